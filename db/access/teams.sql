-- Teams and practice groups: who comes onto a matter, and when. Who sees it is in 4-wall.sql.

grant insert (id, matter_id, person_id, role, sealed_reason, added_by, starts_at, ends_at) on app.team_members to subrosa_person;
create policy insert_onto_team on app.team_members for insert to subrosa_person with check (
  added_by = (select hidden.me()) and via = 'team'
  and ((hidden.without_team(matter_id) and person_id = (select hidden.me()) and (select hidden.may('matter.create')))
    or (hidden.on_team(matter_id) and person_id <> (select hidden.me()) and (select hidden.may('team.join')))));

-- Before the policy is asked nothing is looked at: only the turn is waited for.
create or replace function hidden.wait_for_turn() returns trigger
language plpgsql security definer set search_path = '' as $$ begin perform hidden.one_at_a_time(); return new; end $$;
create trigger wait_for_turn before insert on app.team_members for each row execute function hidden.wait_for_turn();
-- Whatever brings someone onto a matter passes here. SR020: they are kept from it, now or during the time asked for; the
-- wall wins whichever came first. A second membership at the same time is a duplicate.
create or replace function hidden.come_onto_team() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if hidden.is_screened_ever(new.person_id, new.matter_id, new.starts_at, new.ends_at) then raise exception 'screened' using errcode = 'SR020'; end if;
  if exists (select from app.team_members t where t.id <> new.id and t.matter_id = new.matter_id and t.person_id = new.person_id
    and t.starts_at < coalesce(new.ends_at, 'infinity') and coalesce(t.ends_at, 'infinity') > new.starts_at) then
    raise exception 'on the team already' using errcode = '23505', constraint = 'team_members_once';
  end if;
  return null;
end $$;
-- after, and so behind the policy: whoever may not bring someone is not told of a wall
create trigger admit_onto_team after insert on app.team_members for each row execute function hidden.come_onto_team();
-- A two-sided wall keeps whoever came onto one side from the other; an announced one asks them to acknowledge it.
create or replace function hidden.came_onto_team() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into app.wall_people (wall_id, side, person_id)
  select w.id, case t.side when 'a' then 'b' else 'a' end, new.person_id
  from app.matters m join app.wall_targets t on t.matter_id = m.id or t.client_id = m.client_id
  join app.walls w on w.id = t.wall_id and w.kind = 'two-sided' and w.lifted_at is null and (w.ends_at is null or w.ends_at > statement_timestamp())
  where m.id = new.matter_id on conflict do nothing;
  insert into app.wall_acknowledgements (wall_id, person_id, screened)
  select w.id, new.person_id, false
  from app.matters m join app.wall_targets t on t.matter_id = m.id or t.client_id = m.client_id
  join app.walls w on w.id = t.wall_id and w.announced and w.lifted_at is null and (w.ends_at is null or w.ends_at > statement_timestamp())
  where m.id = new.matter_id on conflict do nothing;
  return null;
end $$;
create trigger came_onto_team after insert on app.team_members for each row execute function hidden.came_onto_team();

-- Kept from it at some time between two moments (null: for good), by a wall that stands or is to come.
create or replace function hidden.is_screened_ever(who uuid, matter uuid, since timestamptz, until timestamptz) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select from app.matters m
    join app.wall_targets t on t.matter_id = m.id or t.client_id = m.client_id
    join app.walls w on w.id = t.wall_id and w.lifted_at is null
      and w.starts_at < coalesce(until, 'infinity') and coalesce(w.ends_at, 'infinity') > since
    join app.wall_people p on p.wall_id = w.id and p.side = t.side
    where m.id = matter
      and (p.person_id = who or exists (select from app.group_members i where i.group_id = p.group_id and i.person_id = who)))
$$;

-- Ends a membership for someone on the team. False: no such membership, or not theirs to end.
create or replace function hidden.leave_team(matter uuid, leaver uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  if not (hidden.on_team(matter) and hidden.may('team.leave')) then return false; end if;
  -- two who take each other off at once: the second waits here, and then finds itself the last
  perform from app.team_members t where t.matter_id = matter and (t.ends_at is null or t.ends_at > clock_timestamp()) for update;
  if exists (select from app.team_members t where t.matter_id = matter and t.person_id = leaver and t.via = 'team' and (t.ends_at is null or t.ends_at > clock_timestamp()))
    and not exists (select from app.team_members t where t.matter_id = matter and t.person_id <> leaver and t.via = 'team'
      and t.starts_at <= clock_timestamp() and (t.ends_at is null or t.ends_at > clock_timestamp()) and not hidden.is_screened(t.person_id, matter)) then
    raise exception 'the last of the team' using errcode = 'SR002';
  end if;
  -- one that was still to begin is as if it had never been asked for
  update app.team_members t set starts_at = least(t.starts_at, transaction_timestamp()), ends_at = transaction_timestamp(), ended_by = hidden.me()
  where t.matter_id = matter and t.person_id = leaver and (t.ends_at is null or t.ends_at > clock_timestamp());
  return found;
end $$;
create or replace function hidden.change_part(matter uuid, who uuid, part text) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  if not (hidden.on_team(matter) and hidden.may('team.join')) then return false; end if;
  update app.team_members t set role = part where t.matter_id = matter and t.person_id = who and t.via = 'team' and (t.ends_at is null or t.ends_at > clock_timestamp());
  return found;
end $$;
grant update (starts_at, ends_at, ended_by, role, warned_at) on app.team_members to subrosa_gate;

-- whether a person of the firm can be brought onto a team: one who has joined and has not left
create or replace function hidden.has_joined(who uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select hidden.is_here(who)
$$;

-- Who is responsible for these matters, of those within reach.
create or replace function hidden.leads_of(matters uuid[]) returns table (matter uuid, person uuid, sealed_name bytea)
language sql stable security definer set search_path = '' as $$
  select distinct on (t.matter_id) t.matter_id, p.id, p.sealed_name
  from app.team_members t join app.people p on p.id = t.person_id
  where t.matter_id = any (matters) and t.role = 'responsible' and t.via = 'team' and t.starts_at <= statement_timestamp() and (t.ends_at is null or t.ends_at > statement_timestamp())
    and hidden.reaches(t.matter_id) and not hidden.is_screened(t.person_id, t.matter_id)
  order by t.matter_id, t.starts_at, t.id
$$;
grant execute on function hidden.leads_of(uuid[]) to subrosa_person;

-- Practice groups. SR026: the class does not let that group in, or a two-sided wall stands around the matter.
create or replace function hidden.open_to(opening uuid, matter uuid, which uuid, reason bytea, until timestamptz) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not (hidden.may('matter.change') and hidden.on_team(matter)) then return false; end if;
  perform hidden.one_at_a_time();
  if not exists (select from app.groups g where g.id = which) then return false; end if;
  if until <= clock_timestamp() or not hidden.group_fits(which, hidden.class_of(matter)) or hidden.has_two_sides(matter) then
    raise exception 'that group cannot come in' using errcode = 'SR026';
  end if;
  update app.matter_groups g set ends_at = clock_timestamp(), ended_by = hidden.me() where g.matter_id = matter and g.group_id = which and (g.ends_at is null or g.ends_at > clock_timestamp());
  insert into app.matter_groups (id, matter_id, group_id, sealed_reason, opened_by, ends_at) values (opening, matter, which, reason, hidden.me(), until);
  return true;
end $$;
create or replace function hidden.close_to(matter uuid, which uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not (hidden.may('matter.change') and hidden.on_team(matter)) then return false; end if;
  update app.matter_groups g set ends_at = clock_timestamp(), ended_by = hidden.me() where g.matter_id = matter and g.group_id = which and (g.ends_at is null or g.ends_at > clock_timestamp());
  return found;
end $$;
create or replace function hidden.opened_to(matter uuid)
returns table (id uuid, group_id uuid, group_name bytea, sealed_reason bytea, starts_at timestamptz, ends_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select g.id, g.group_id, n.sealed_name, g.sealed_reason, g.starts_at, g.ends_at
  from app.matter_groups g join app.groups n on n.id = g.group_id
  where g.matter_id = matter and (g.ends_at is null or g.ends_at > statement_timestamp()) and hidden.reaches(matter) order by g.starts_at, g.id
$$;
create or replace function hidden.has_two_sides(matter uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from app.matters m join app.wall_targets t on t.matter_id = m.id or t.client_id = m.client_id
    join app.walls w on w.id = t.wall_id and w.kind = 'two-sided' and w.lifted_at is null and (w.ends_at is null or w.ends_at > statement_timestamp())
    where m.id = matter)
$$;
-- Closes a matter to groups that its class, or a two-sided wall, lets in no more.
create or replace function hidden.close_unfit(matter uuid) returns void
language sql volatile security definer set search_path = '' as $$
  update app.matter_groups g set ends_at = clock_timestamp(), ended_by = hidden.me()
  where g.matter_id = matter and (g.ends_at is null or g.ends_at > clock_timestamp())
    and (not hidden.group_fits(g.group_id, hidden.class_of(matter)) or hidden.has_two_sides(matter))
$$;
grant insert, update (ends_at, ended_by) on app.matter_groups to subrosa_gate;

-- Who was in a group when. A member that an announced wall screens by the group is asked to acknowledge it.
create or replace function hidden.keep_terms() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform hidden.one_at_a_time();
  if tg_op = 'INSERT' then
    insert into app.group_terms (group_id, person_id) values (new.group_id, new.person_id);
    insert into app.wall_acknowledgements (wall_id, person_id, screened)
    select w.id, new.person_id, true from app.wall_people p join app.walls w on w.id = p.wall_id and w.announced and w.lifted_at is null
    where p.group_id = new.group_id on conflict do nothing;
  else
    update app.group_terms t set until = clock_timestamp() where t.group_id = old.group_id and t.person_id = old.person_id and t.until is null;
    -- whom a wall screens by a group it screens by name from then on: what they know stays with them, and lifting takes two
    insert into app.wall_people (wall_id, side, person_id)
    select p.wall_id, p.side, old.person_id from app.wall_people p join app.walls w on w.id = p.wall_id and w.lifted_at is null and (w.ends_at is null or w.ends_at > clock_timestamp())
    where p.group_id = old.group_id on conflict do nothing;
  end if;
  return null;
end $$;
create trigger keep_terms after insert or delete on app.group_members for each row execute function hidden.keep_terms();
grant insert, update on app.group_terms to subrosa_gate;

grant execute on function
  hidden.has_joined(uuid), hidden.leave_team(uuid, uuid), hidden.change_part(uuid, uuid, text), hidden.open_to(uuid, uuid, uuid, bytea, timestamptz),
  hidden.close_to(uuid, uuid), hidden.opened_to(uuid)
to subrosa_person;
