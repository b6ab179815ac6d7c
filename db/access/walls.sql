-- Walls: raising one, and keeping its sides apart. What a wall does stands in 4-wall.sql.

-- Raises it. False: not theirs to raise. SR022: it has a fault. It stands with the commit, also for sessions and streams that
-- are open. Whoever wrote an announced wall's memorandum has acknowledged it.
create or replace function hidden.raise_wall(wall uuid, form text, why text, words bytea, is_announced boolean, does_withhold boolean,
  certify integer, remind integer, known timestamptz, since timestamptz, until timestamptz, targets jsonb, people jsonb, seen bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform hidden.one_at_a_time();
  if not (hidden.is_fresh() and hidden.may_wall_all(targets)) then return false; end if;
  if exists (select from hidden.wall_faults(form, targets, people, coalesce(since, clock_timestamp()), until)) then raise exception 'that wall cannot be' using errcode = 'SR022'; end if;
  insert into app.walls (id, kind, rule, sealed_words, announced, withholds, certify_days, remind_days, need_known_at, starts_at, ends_at, sealed_seen, raised_by)
  values (wall, form, why, words, is_announced, does_withhold, certify, remind, known, coalesce(since, statement_timestamp()), until, seen, hidden.me());
  insert into app.wall_targets (wall_id, side, matter_id, client_id)
  select distinct wall, t.side, t.matter, t.client from jsonb_to_recordset(targets) as t (side text, matter uuid, client uuid);
  if form = 'exclusion' then
    insert into app.wall_people (wall_id, side, person_id, group_id)
    select distinct wall, p.side, p.person, p."group" from jsonb_to_recordset(people) as p (side text, person uuid, "group" uuid);
  else
    insert into app.wall_people (wall_id, side, person_id) select distinct wall, p.side, p.person from hidden.wished_people(form, targets, people) p;
    perform hidden.close_unfit(m.matter) from hidden.wished_matters(targets) m;
  end if;
  if is_announced then
    insert into app.wall_acknowledgements (wall_id, person_id, screened, acknowledged_at)
    select wall, a.person, bool_or(a.screened), case when a.person = hidden.me() then clock_timestamp() end
    from (select p.person, form = 'exclusion' as screened from hidden.wished_people(form, targets, people) p
      union all select t.person_id, false from hidden.wished_matters(targets) m join app.team_members t on t.matter_id = m.matter
        where t.ends_at is null or t.ends_at > clock_timestamp()) a
    group by a.person on conflict do nothing;
  end if;
  return true;
end $$;
-- After a merger: whoever is on a matter that has come to one side of a two-sided wall is kept from the other.
create or replace function hidden.keep_sides_apart(wall uuid) returns void
language sql volatile security definer set search_path = '' as $$
  insert into app.wall_people (wall_id, side, person_id)
  select distinct w.id, case t.side when 'a' then 'b' else 'a' end, o.person_id
  from app.walls w join app.wall_targets t on t.wall_id = w.id join app.matters m on m.id = t.matter_id or m.client_id = t.client_id
  join app.team_members o on o.matter_id = m.id and (o.ends_at is null or o.ends_at > statement_timestamp())
  where w.id = wall and w.kind = 'two-sided' and w.lifted_at is null
    and not exists (select from app.wall_people p where p.wall_id = w.id and p.side = t.side and p.person_id = o.person_id)
  on conflict do nothing
$$;
grant insert, update (lifted_at, lifted_by) on app.walls to subrosa_gate;
grant insert on app.wall_targets, app.wall_people to subrosa_gate;
grant insert, update (told_at, reminded_at, acknowledged_at) on app.wall_acknowledgements to subrosa_gate;

-- A memorandum is for those it screens, and for a team as far as no other wall has come upon them.
create or replace function hidden.is_addressed(who uuid, wall uuid, as_screened boolean) returns boolean
language sql stable security definer set search_path = '' as $$
  select as_screened or exists (select from app.wall_targets t join app.matters m on m.id = t.matter_id or m.client_id = t.client_id
    where t.wall_id = wall and hidden.has_path(who, m.id) and not hidden.is_screened(who, m.id))
$$;

grant execute on function
  hidden.raise_wall(uuid, text, text, bytea, boolean, boolean, integer, integer, timestamptz, timestamptz, timestamptz, jsonb, jsonb, bytea),
  hidden.one_at_a_time()
to subrosa_person;
