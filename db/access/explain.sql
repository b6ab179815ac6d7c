-- Who can see what, and why: the same law as 4-wall.sql, told path by path, for now or for a moment before. The wall proof
-- (test/wall.test.ts) holds the two to one answer.

-- Every path to a matter at a moment, of everyone or of one person. `fits` is false where the class does not let a group in. That
-- is asked for now; before now what it let in no more was closed when it changed.
-- KNOWN: a group that had outgrown its class for a while, and fits again, counts as if it had fitted all the while.
create or replace function hidden.paths_at(matter uuid, moment timestamptz, who uuid)
returns table (person uuid, via text, role text, group_id uuid, since timestamptz, until timestamptz, by_person uuid, member uuid, request uuid, sealed_reason bytea, of_group uuid, fits boolean)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query
    select t.person_id, t.via, t.role, null::uuid, t.starts_at, t.ends_at, t.added_by, t.id, t.request_id, t.sealed_reason, null::uuid, true
    from app.team_members t
    where t.matter_id = matter and (who is null or t.person_id = who) and t.starts_at <= moment and (t.ends_at is null or t.ends_at > moment)
    union all
    select i.person_id, 'group', null, g.group_id, greatest(g.starts_at, i.since), least(g.ends_at, i.until), g.opened_by, null, null, g.sealed_reason, g.id, g.fits
    from (
      select o.*, moment < transaction_timestamp() or hidden.group_fits(o.group_id, hidden.class_of(matter)) as fits
      from app.matter_groups o where o.matter_id = matter and o.starts_at <= moment and (o.ends_at is null or o.ends_at > moment) offset 0) g
    join app.group_terms i on i.group_id = g.group_id and (who is null or i.person_id = who) and i.since <= moment and (i.until is null or i.until > moment);
end $$;
-- Walls that kept someone, or one person, from a matter at a moment.
create or replace function hidden.walls_at(matter uuid, moment timestamptz, who uuid) returns table (person uuid, wall uuid)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query
    select s.person, w.id
    from app.matters m join app.wall_targets t on t.matter_id = m.id or t.client_id = m.client_id
    join app.walls w on w.id = t.wall_id and w.starts_at <= moment and (w.lifted_at is null or w.lifted_at > moment) and (w.ends_at is null or w.ends_at > moment)
    join lateral (
      select p.person_id as person from app.wall_people p where p.wall_id = w.id and p.side = t.side and p.since <= moment
      union
      select i.person_id from app.wall_people p join app.group_terms i on i.group_id = p.group_id and i.since <= moment and (i.until is null or i.until > moment)
      where p.wall_id = w.id and p.side = t.side and p.since <= moment) s on s.person = coalesce(who, s.person)
    where m.id = matter;
end $$;
-- Announced walls that withheld access to a matter at a moment, until each acknowledged.
create or replace function hidden.withheld_at(matter uuid, moment timestamptz) returns table (wall uuid)
language plpgsql stable security definer set search_path = '' as $$
begin
  return query
    select distinct w.id from app.matters m join app.wall_targets t on t.matter_id = m.id or t.client_id = m.client_id
    join app.walls w on w.id = t.wall_id and w.withholds and w.starts_at <= moment and (w.lifted_at is null or w.lifted_at > moment) and (w.ends_at is null or w.ends_at > moment)
    where m.id = matter;
end $$;
create or replace function hidden.had_acknowledged(who uuid, wall uuid, moment timestamptz) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from app.wall_acknowledgements a where a.wall_id = wall and a.person_id = who and a.acknowledged_at <= moment);
end $$;
-- Whether someone saw a matter at a moment.
create or replace function hidden.saw(who uuid, matter uuid, moment timestamptz) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return hidden.was_here(who, moment)
    and exists (select from hidden.paths_at(matter, moment, who) p where p.fits)
    and not exists (select from hidden.walls_at(matter, moment, who))
    and not exists (select from hidden.withheld_at(matter, moment) w where not hidden.had_acknowledged(who, w.wall, moment));
end $$;
create or replace function hidden.was_here(who uuid, moment timestamptz) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from app.people p where p.id = who and p.joined_at <= moment and (p.leaves_at is null or p.leaves_at > moment));
end $$;

-- May this person ask about a matter: within reach, or where they oversee access and no wall keeps them from it.
create or replace function hidden.may_explain(matter uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return (hidden.may('access.explain') and hidden.reaches(matter)) or (hidden.may('access.oversee') and hidden.registers(matter));
end $$;
-- Everyone who has a path to a matter at a moment (null: now), and what stops them. A wall is told only to those who keep it; to
-- everyone else whoever it keeps out is not there. `sealed_words`: of the request that brought a grant. Roles are those of now.
create or replace function hidden.explain(matter uuid, moment timestamptz)
returns table (person uuid, sealed_name bytea, roles text[], via text, role text, group_id uuid, group_name bytea, since timestamptz, until timestamptz, by_person uuid, by_name bytea,
  member uuid, of_group uuid, sealed_reason bytea, request uuid, sealed_words bytea, fits boolean, works boolean, walls uuid[], walled boolean, owes uuid[], owing boolean, here boolean)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare at timestamptz := least(moment, statement_timestamp());
begin
  if not hidden.may_explain(matter) then return; end if;
  return query
    with paths as materialized (select * from hidden.paths_at(matter, at, null)),
    kept as materialized (select k.person, k.wall from hidden.walls_at(matter, at, null) k),
    withheld as materialized (select w.wall, hidden.keeps(w.wall) as mine from hidden.withheld_at(matter, at) w),
    mine as materialized (select d.wall from (select distinct k.wall from kept k) d where hidden.keeps(d.wall)),
    people as materialized (
      select n.id, n.sealed_name, hidden.was_here(n.id, at) as here,
        (select coalesce(array_agg(distinct r.role), '{}') from hidden.roles_of(n.id) r) as roles,
        moment is not null or hidden.can(n.id, 'matter.read') as works,
        exists (select from kept k where k.person = n.id) as walled,
        (select coalesce(array_agg(distinct k.wall), '{}') from kept k join mine m on m.wall = k.wall where k.person = n.id) as walls,
        (select coalesce(array_agg(w.wall) filter (where w.mine), '{}') from withheld w where not hidden.had_acknowledged(n.id, w.wall, at)) as owes,
        exists (select from withheld w where not hidden.had_acknowledged(n.id, w.wall, at)) as owing
      from app.people n where n.id in (select p.person from paths p))
    select p.person, n.sealed_name, n.roles, p.via, p.role, p.group_id, g.sealed_name, p.since, p.until, p.by_person, b.sealed_name,
      p.member, p.of_group, p.sealed_reason, p.request, r.sealed_words, p.fits, n.works, n.walls, n.walled, n.owes, n.owing, n.here
    from paths p join people n on n.id = p.person left join app.people b on b.id = p.by_person left join app.groups g on g.id = p.group_id
    left join app.requests r on r.id = p.request
    where not n.walled or n.walls <> '{}'
    order by p.person, p.since, p.via;
end $$;
-- What someone reaches at a moment (null: now); for themselves, and for those who oversee access less what they are kept from.
create or replace function hidden.reach_of(who uuid, moment timestamptz)
returns table (matter uuid, via text, role text, group_id uuid, group_name bytea, since timestamptz, until timestamptz, by_person uuid, by_name bytea, member uuid, of_group uuid, sealed_reason bytea,
  request uuid, sealed_words bytea)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare at timestamptz := least(moment, statement_timestamp()); own boolean := who = hidden.me();
begin
  if not own and not hidden.may('access.oversee') or (moment is null and not hidden.can(who, 'matter.read')) then return; end if;
  return query
    with places as materialized (
      select t.matter_id as id from app.team_members t where t.person_id = who and t.starts_at <= at and (t.ends_at is null or t.ends_at > at)
      union
      select g.matter_id from app.matter_groups g join app.group_terms i on i.group_id = g.group_id and i.person_id = who and i.since <= at and (i.until is null or i.until > at)
      where g.starts_at <= at and (g.ends_at is null or g.ends_at > at)),
    seen as materialized (
      select s.id from places s where hidden.saw(who, s.id, at) and case when own then hidden.reaches(s.id) else hidden.registers(s.id) end)
    select s.id, p.via, p.role, p.group_id, g.sealed_name, p.since, p.until, p.by_person, b.sealed_name, p.member, p.of_group, p.sealed_reason, p.request, r.sealed_words
    from seen s cross join lateral hidden.paths_at(s.id, at, who) p left join app.people b on b.id = p.by_person left join app.groups g on g.id = p.group_id
    left join app.requests r on r.id = p.request
    where p.fits
    order by s.id, p.since, p.via;
end $$;
-- Matters that are open beyond their teams, and how many see each: within reach, and by a role that reads matters.
create or replace function hidden.wide_matters() returns table (matter uuid, group_id uuid, group_name bytea, people bigint)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare at timestamptz := statement_timestamp();
begin
  if not hidden.may('access.oversee') then return; end if;
  return query
    with wide as materialized (
      select g.matter_id, g.group_id, g.starts_at from app.matter_groups g
      where g.starts_at <= at and (g.ends_at is null or g.ends_at > at)
        and hidden.group_fits(g.group_id, hidden.class_of(g.matter_id)) and hidden.registers(g.matter_id)),
    readers as materialized (select p.id from app.people p where hidden.can(p.id, 'matter.read')),
    counts as materialized (
      select d.matter_id, (
        select count(distinct p.person) from hidden.paths_at(d.matter_id, at, null) p join readers r on r.id = p.person
        where p.fits and p.person not in (select k.person from hidden.walls_at(d.matter_id, at, null) k)
          and not exists (select from hidden.withheld_at(d.matter_id, at) w where not hidden.had_acknowledged(p.person, w.wall, at))) as people
      from (select distinct w.matter_id from wide w) d)
    select w.matter_id, w.group_id, n.sealed_name, c.people
    from wide w join counts c on c.matter_id = w.matter_id join app.groups n on n.id = w.group_id
    order by w.matter_id, w.starts_at;
end $$;
grant execute on function hidden.may_explain(uuid), hidden.explain(uuid, timestamptz), hidden.reach_of(uuid, timestamptz), hidden.wide_matters() to subrosa_person;
