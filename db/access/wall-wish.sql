-- Walls before they are: whom one would screen, why it cannot be, who would lose what.

-- A wall before it is one: `targets` [{side, matter, client}], `people` [{side, person, group}].
create or replace function hidden.wished_matters(targets jsonb) returns table (side text, matter uuid)
language sql stable security definer set search_path = '' as $$
  select distinct t.side, m.id
  from jsonb_to_recordset(targets) as t (side text, matter uuid, client uuid) join app.matters m on m.id = t.matter or m.client_id = t.client
$$;
-- Whom it would screen, and from which side. A two-sided wall screens those who are on a matter of the other side, but whoever
-- is on both loses the side that is named for them.
create or replace function hidden.wished_people(form text, targets jsonb, people jsonb) returns table (side text, person uuid)
language sql stable security definer set search_path = '' as $$
  with named as (
    select p.side, p.person from jsonb_to_recordset(people) as p (side text, person uuid) where p.person is not null
    union
    select p.side, i.person_id from jsonb_to_recordset(people) as p (side text, "group" uuid) join app.group_members i on i.group_id = p."group"),
  placed as (
    select distinct m.side, t.person_id as person from hidden.wished_matters(targets) m join app.team_members t on t.matter_id = m.matter
    where form = 'two-sided' and (t.ends_at is null or t.ends_at > statement_timestamp()))
  select n.side, n.person from named n
  union
  select case p.side when 'a' then 'b' else 'a' end, p.person from placed p
  where not exists (select from named n where n.person = p.person and n.side = p.side)
$$;

-- Why it cannot be raised: see WallFault in src/contract/wall.ts.
create or replace function hidden.wall_faults(form text, targets jsonb, people jsonb, since timestamptz, until timestamptz) returns setof text
language plpgsql stable security definer set search_path = '' as $$
begin
  if not hidden.may_wall_all(targets) then return; end if;
  if since < clock_timestamp() - interval '1 minute' or until <= greatest(since, clock_timestamp()) then return next 'dates'; end if;
  if jsonb_array_length(targets) = 0 or (form = 'two-sided' and (select count(distinct t.side) from jsonb_to_recordset(targets) as t (side text)) < 2) then return next 'nothing'; end if;
  if form = 'exclusion' and jsonb_array_length(people) = 0 then return next 'nobody'; end if;
  return query
  with matters as (
    select m.*, exists (select from app.matters x join app.wall_targets t on t.matter_id = x.id or t.client_id = x.client_id
      join app.walls w on w.id = t.wall_id and w.lifted_at is null where x.id = m.matter) as walled
    from hidden.wished_matters(targets) m),
  screened as materialized (select * from hidden.wished_people(form, targets, people)),
  team as (
    select m.side, m.walled, t.matter_id, t.person_id, t.role from matters m join app.team_members t on t.matter_id = m.matter
    join app.people p on p.id = t.person_id and p.joined_at is not null and (p.leaves_at is null or p.leaves_at > statement_timestamp())
    where t.via = 'team' and (t.ends_at is null or t.ends_at > statement_timestamp())),
  after as (
    select t.*, exists (select from screened s where s.side = t.side and s.person = t.person_id)
      or (t.walled and hidden.is_screened_ever(t.person_id, t.matter_id, statement_timestamp(), null)) as out from team t),
  deciders as (select p.id, exists (select from screened s where s.person = p.id) as out from app.people p where p.probe_id is null and hidden.can(p.id, 'wall.keep') and hidden.can(p.id, 'register.read'))
  select f from (
    select 'responsible' as f where exists (select from after a where a.role = 'responsible' and a.out)
    union all
    select 'everyone' where exists (select from after a group by a.matter_id having bool_and(a.out))
    union all
    select 'both-sides' where form = 'two-sided' and exists (select from screened s group by s.person having count(distinct s.side) > 1)
    union all
    -- whoever raises it must not be the last who could keep it
    select case when exists (select from screened s where s.person = hidden.me()) then 'oneself' else 'last-decider' end
    where exists (select from deciders) and not exists (select from deciders d where not d.out)
    union all
    select 'oneself' where not exists (select from deciders) and exists (select from screened s where s.person = hidden.me())
  ) found;
end $$;

-- The dry run, for whoever may raise it. What each would lose, newest first, `most` of it, and by which path they have it now;
-- a line without a matter is somebody's who loses nothing.
create or replace function hidden.wall_losses(form text, targets jsonb, people jsonb, most integer)
returns table (person uuid, person_name bytea, matters bigint, sides text, matter uuid, how text, documents bigint)
language sql stable security definer set search_path = '' as $$
  with screened as materialized (select * from hidden.wished_people(form, targets, people)),
  around as materialized (select * from hidden.wished_matters(targets)),
  -- whoever has no path there is not asked for matter by matter
  paths as (
    select s.person, a.side, a.matter, t.via, t.starts_at, t.ends_at
    from screened s join around a on a.side = s.side join app.team_members t on t.matter_id = a.matter and t.person_id = s.person
    union all
    select s.person, a.side, a.matter, 'group', g.starts_at, g.ends_at
    from screened s join around a on a.side = s.side join app.matter_groups g on g.matter_id = a.matter
    join app.group_members i on i.group_id = g.group_id and i.person_id = s.person),
  lost as (
    select p.person, p.matter, string_agg(distinct p.via, ',') as how, string_agg(distinct p.side, ',') as side from paths p
    where p.starts_at <= statement_timestamp() and (p.ends_at is null or p.ends_at > statement_timestamp())
    group by p.person, p.matter having hidden.sees(p.person, p.matter)),
  ranked as (
    select l.*, row_number() over (partition by l.person order by l.matter desc) as place from lost l),
  sums as (select l.person, count(*) as matters, string_agg(distinct l.side, ',' order by l.side) as sides from lost l group by l.person)
  select p.id, p.sealed_name, coalesce(n.matters, 0), coalesce(n.sides, ''), r.matter, r.how, (select count(*) from app.documents d where d.matter_id = r.matter and d.trashed_at is null)
  from app.people p left join sums n on n.person = p.id left join ranked r on r.person = p.id and r.place <= most
  where p.id in (select s.person from screened s) and hidden.may_wall_all(targets)
  order by p.id, r.place
$$;
-- The matters that it would stand around.
create or replace function hidden.wall_matters(targets jsonb) returns table (side text, matter uuid, of bigint)
language sql stable security definer set search_path = '' as $$
  select m.side, m.matter, count(*) over () from hidden.wished_matters(targets) m where hidden.may_wall_all(targets)
$$;
-- Groups that a two-sided wall closes its matters to.
create or replace function hidden.wall_closes(form text, targets jsonb) returns table (matter uuid, group_id uuid, group_name bytea)
language sql stable security definer set search_path = '' as $$
  select m.matter, n.id, n.sealed_name from hidden.wished_matters(targets) m
  join app.matter_groups g on g.matter_id = m.matter and (g.ends_at is null or g.ends_at > statement_timestamp()) join app.groups n on n.id = g.group_id
  where form = 'two-sided' and hidden.may_wall_all(targets)
$$;
-- What they did on those matters before: entries, newest first. What is sealed in them opens to those within reach alone.
create or replace function hidden.wall_seen(form text, targets jsonb, people jsonb, most integer)
returns table (entry uuid, person uuid, at timestamptz, deed text, matter uuid, object uuid)
language sql stable security definer set search_path = '' as $$
  select e.id, e.actor, e.at, e.deed, e.matter_id, e.object
  from hidden.wished_people(form, targets, people) s join hidden.wished_matters(targets) m on m.side = s.side
  join ledger.entries e on e.matter_id = m.matter and e.actor = s.person
  where hidden.may_wall_all(targets) and e.via <> 'clerk' and e.deed in ('document.opened', 'document.downloaded', 'document.added', 'matter.created', 'matter.changed', 'party.added', 'party.changed', 'team.joined', 'glass.broken')
  order by e.id desc limit most
$$;
grant select (id, matter_id) on app.openings to subrosa_gate;
create policy gate_sees on app.openings for select to subrosa_gate using (true);
grant select on ledger.entries to subrosa_gate;
create policy gate_reads on ledger.entries for select to subrosa_gate using (true);

grant execute on function
  hidden.wall_matters(jsonb), hidden.wall_faults(text, jsonb, jsonb, timestamptz, timestamptz), hidden.wall_losses(text, jsonb, jsonb, integer),
  hidden.wall_closes(text, jsonb), hidden.wall_seen(text, jsonb, jsonb, integer)
to subrosa_person;
