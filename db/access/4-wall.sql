-- The wall. What stands under a matter is there for whoever has a path to it, is not kept from it, and does not owe it an
-- acknowledgement; for nobody else, whatever their roles. An administrator, the owner and the gate's own requests pass no
-- policy here.

-- A path: a place on the team, a grant for a time, an emergency; or a practice group that the matter is open to, and that its
-- class lets in. `strict` is the class of what is asked for in it; null: the matter itself.
create or replace function hidden.has_path(who uuid, matter uuid, strict text default null) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  if exists (
    select from app.team_members t
    where t.matter_id = matter and t.person_id = who
      and t.starts_at <= statement_timestamp() and (t.ends_at is null or t.ends_at > statement_timestamp())) then return true; end if;
  return hidden.has_group_path(who, matter, strict);
end $$;
create or replace function hidden.has_group_path(who uuid, matter uuid, strict text) returns boolean
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan as $$
begin
  return exists (
    select from app.group_members m join app.matter_groups g on g.group_id = m.group_id
    where m.person_id = who and g.matter_id = matter
      and g.starts_at <= statement_timestamp() and (g.ends_at is null or g.ends_at > statement_timestamp())
      and hidden.group_fits(g.group_id, hidden.class_of(matter)) and (strict is null or hidden.group_fits(g.group_id, strict)));
end $$;

-- Kept from it: by a wall that stands now, around the matter or its client, by name or by a group. It beats every path.
create or replace function hidden.is_screened(who uuid, matter uuid) returns boolean
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan as $$
begin
  return exists (
    select from app.matters m
    join app.wall_targets t on t.matter_id = m.id or t.client_id = m.client_id
    join app.walls w on w.id = t.wall_id and w.lifted_at is null
      and w.starts_at <= statement_timestamp() and (w.ends_at is null or w.ends_at > statement_timestamp())
    join app.wall_people p on p.wall_id = w.id and p.side = t.side
    where m.id = matter
      and (p.person_id = who or exists (select from app.group_members i where i.group_id = p.group_id and i.person_id = who)));
end $$;

-- Owes it an acknowledgement: an announced wall that withholds stands around it, and they have not acknowledged it yet.
create or replace function hidden.owes(who uuid, matter uuid) returns boolean
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan as $$
begin
  return exists (
    select from app.matters m
    join app.wall_targets t on t.matter_id = m.id or t.client_id = m.client_id
    join app.walls w on w.id = t.wall_id and w.withholds and w.lifted_at is null
      and w.starts_at <= statement_timestamp() and (w.ends_at is null or w.ends_at > statement_timestamp())
    where m.id = matter
      and not exists (select from app.wall_acknowledgements a where a.wall_id = w.id and a.person_id = who and a.acknowledged_at is not null));
end $$;

-- A few small statements, of which no more run than are needed; policies that said the same in SQL cost more to begin than these
-- to run (docs/decisions/0011).
create or replace function hidden.sees(who uuid, matter uuid, strict text default null) returns boolean
language plpgsql stable security definer set search_path = '' cost 10000 as $$
begin
  if not hidden.has_path(who, matter, strict) then return false; end if;
  -- around most matters stands no wall
  if not exists (select from app.wall_targets t where t.matter_id = matter) then
    if not exists (select from app.wall_targets t where t.client_id = (select m.client_id from app.matters m where m.id = matter)) then return true; end if;
  end if;
  return not hidden.is_screened(who, matter) and not hidden.owes(who, matter);
end $$;

-- The same for whoever asks. It answers no for what is walled as for what is not there, so that asking it tells nothing.
create or replace function hidden.reaches(matter uuid, strict text default null) returns boolean
language plpgsql stable security definer set search_path = '' cost 10000 as $$
begin
  return hidden.sees(hidden.me(), matter, strict);
end $$;
-- And whether any matter of a client's is: by the few paths that lead to one, and not by all its matters.
create or replace function hidden.acts_for(client uuid) returns boolean
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan cost 10000 as $$
declare me uuid := hidden.me();
begin
  return exists (
    select from app.matters m join app.team_members t on t.matter_id = m.id and t.person_id = me
    where m.client_id = client and hidden.sees(me, t.matter_id))
  or exists (
    select from app.matters m join app.matter_groups g on g.matter_id = m.id join app.group_members i on i.group_id = g.group_id and i.person_id = me
    where m.client_id = client and hidden.sees(me, g.matter_id));
end $$;

-- On the team by name, and within reach: what a grant or a group does not bring.
create or replace function hidden.on_team(matter uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (
    select from app.team_members t
    where t.matter_id = matter and t.person_id = hidden.me() and t.via = 'team'
      and t.starts_at <= statement_timestamp() and (t.ends_at is null or t.ends_at > statement_timestamp()))
    and hidden.reaches(matter);
end $$;

-- The stricter of a matter's class and its client's.
create or replace function hidden.class_of(matter uuid) returns text
language plpgsql stable security definer set search_path = '' as $$
begin
  return (select hidden.stricter(m.class, c.class) from app.matters m join app.clients c on c.id = m.client_id where m.id = matter);
end $$;
create or replace function hidden.stricter(one text, other text) returns text
language sql immutable set search_path = '' as $$
  select case when array_position('{public,internal,confidential,privileged,restricted}', one)
    >= array_position('{public,internal,confidential,privileged,restricted}', other) then one else other end
$$;
grant select on app.matter_groups, app.walls, app.wall_targets, app.wall_people, app.wall_acknowledgements, app.group_terms to subrosa_gate;
create policy gate_sees on app.matter_groups to subrosa_gate using (true);
create policy gate_sees on app.walls to subrosa_gate using (true) with check (true);
create policy gate_sees on app.wall_targets to subrosa_gate using (true) with check (true);
create policy gate_sees on app.wall_people to subrosa_gate using (true) with check (true);
create policy gate_sees on app.wall_acknowledgements to subrosa_gate using (true) with check (true);
create policy gate_sees on app.group_terms to subrosa_gate using (true) with check (true);

-- One's own paths, while they lead somewhere: a path on which a wall stands is not there, and neither is one that is over.
grant select on app.team_members, app.matter_groups to subrosa_person;
create policy select_own_path on app.team_members for select to subrosa_person using (
  person_id = (select hidden.me())
  and starts_at <= statement_timestamp() and (ends_at is null or ends_at > statement_timestamp())
  and hidden.reaches(matter_id));
create policy select_own_path on app.matter_groups for select to subrosa_person using (
  exists (select from app.group_members m where m.group_id = matter_groups.group_id and m.person_id = (select hidden.me()))
  and starts_at <= statement_timestamp() and (ends_at is null or ends_at > statement_timestamp())
  and hidden.reaches(matter_id));

-- What stands under a matter.
create policy select_within_reach on app.matters for select to subrosa_person using (hidden.reaches(id));
create policy select_within_reach on app.matter_keys for select to subrosa_person using (hidden.reaches(matter_id));
create policy select_within_reach on app.folders for select to subrosa_person using (hidden.reaches(matter_id));
create policy select_within_reach on app.parties for select to subrosa_person using (hidden.reaches(matter_id));
-- A document of a class that no group may reach, or none so large, is there for those named on the matter only; one in the trash
-- for nobody (filing.sql lists it).
create policy select_within_reach on app.documents for select to subrosa_person using (trashed_at is null and hidden.reaches(matter_id, class));
create policy select_within_reach on app.versions for select to subrosa_person using (
  exists (select from app.documents d where d.id = versions.document_id offset 0));
create policy select_within_reach on app.openings for select to subrosa_person using (
  exists (select from app.versions v where v.id = openings.version_id offset 0));

grant execute on function hidden.reaches(uuid, text), hidden.acts_for(uuid), hidden.on_team(uuid), hidden.stricter(text, text) to subrosa_person;
