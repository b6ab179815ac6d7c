-- Walls: memoranda, notes, certifications, what was tried, and what the screening pack proves.

-- Memoranda that are addressed to whoever asks: of announced walls that stand; nothing else of the wall.
create or replace function hidden.memoranda()
returns table (wall uuid, screened boolean, sealed_words bytea, starts_at timestamptz, asked_at timestamptz, acknowledged_at timestamptz, withholds boolean)
language sql stable security definer set search_path = '' as $$
  select w.id, a.screened, w.sealed_words, w.starts_at, a.asked_at, a.acknowledged_at, w.withholds and not a.screened
  from app.wall_acknowledgements a join app.walls w on w.id = a.wall_id
  where a.person_id = hidden.me() and w.announced and w.lifted_at is null and (w.ends_at is null or w.ends_at > statement_timestamp())
    and hidden.is_addressed(a.person_id, w.id, a.screened)
  order by a.asked_at desc, w.id
$$;
create or replace function hidden.acknowledge(wall uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  update app.wall_acknowledgements a set acknowledged_at = coalesce(a.acknowledged_at, clock_timestamp())
  where a.wall_id = wall and a.person_id = hidden.me() and exists (select from hidden.memoranda() m where m.wall = acknowledge.wall);
  return found;
end $$;

-- Papers. A partner certifies what they keep; whoever is screened by an announced wall certifies for themselves.
grant insert on app.wall_notes to subrosa_person;
create policy insert_kept on app.wall_notes for insert to subrosa_person with check (made_by = (select hidden.me()) and hidden.keeps(wall_id));
create or replace function hidden.certifies(wall uuid, part text) returns boolean
language sql stable security definer set search_path = '' as $$
  select case part when 'partner' then hidden.keeps(wall) and hidden.has_role(hidden.me(), 'partner')
    else exists (select from hidden.memoranda() m where m.wall = certifies.wall and m.screened) end
$$;
grant insert on app.wall_certifications to subrosa_person;
create policy insert_own on app.wall_certifications for insert to subrosa_person with check (person_id = (select hidden.me()) and hidden.certifies(wall_id, capacity));
-- Refused tries on the wall's matters by those whom it screens: entries `nothing.answered` whose tried id the caller compares,
-- because what was tried is sealed.
create or replace function hidden.tries_of_screened(wall uuid, since timestamptz, until timestamptz)
returns table (entry uuid, person uuid, at timestamptz, sealed_details bytea)
language sql stable security definer set search_path = '' as $$
  select e.id, e.actor, e.at, e.sealed_details from ledger.entries e
  where hidden.keeps(wall) and e.deed in ('nothing.answered', 'glass.tried', 'grant.requested') and e.matter_id is null
    and e.at >= since and e.at < until
    and e.actor in (select p.person_id from app.wall_people p where p.wall_id = wall and p.person_id is not null
      union select t.person_id from app.wall_people p join app.group_terms t on t.group_id = p.group_id where p.wall_id = wall)
  order by e.id desc limit 10000
$$;
-- Everything that stands under the wall's matters by id, to compare a try with; ids only.
create or replace function hidden.is_of_wall(wall uuid, tried uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select hidden.keeps(wall) and exists (
    select from app.wall_targets t join app.matters m on m.id = t.matter_id or m.client_id = t.client_id
    where t.wall_id = wall and (m.id = tried or m.client_id = tried and t.client_id is not null
      or exists (select from app.documents d where d.id = tried and d.matter_id = m.id)
      or exists (select from app.parties p where p.id = tried and p.matter_id = m.id)
      or exists (select from app.openings o where o.id = tried and o.matter_id = m.id)))
$$;
-- Entries of a screened person on the wall's matters over a period, for the pack's proof: there should be none.
create or replace function hidden.entries_behind(wall uuid, since timestamptz, until timestamptz)
returns table (entry uuid, person uuid, at timestamptz, deed text, matter uuid, n bigint)
language sql stable security definer set search_path = '' as $$
  select e.id, e.actor, e.at, e.deed, e.matter_id, l.n
  from app.wall_targets t join app.matters m on m.id = t.matter_id or m.client_id = t.client_id
  join ledger.entries e on e.matter_id = m.id left join ledger.leaves l on l.entry_id = e.id
  where t.wall_id = wall and hidden.keeps(wall) and e.at >= since and e.at < until
    and exists (select from app.wall_people p where p.wall_id = wall and p.side = t.side
      and (p.person_id = e.actor or exists (select from app.group_terms g where g.group_id = p.group_id and g.person_id = e.actor)))
  order by e.id limit 10000
$$;
-- What a wall stands around now, and whom it screens or screened by a group; for those who keep it.
create or replace function hidden.matters_of_wall(wall uuid) returns table (side text, matter uuid)
language sql stable security definer set search_path = '' as $$
  select distinct t.side, m.id from app.wall_targets t join app.matters m on m.id = t.matter_id or m.client_id = t.client_id where t.wall_id = wall and hidden.keeps(wall) order by 2 limit 2000
$$;
create or replace function hidden.people_of_wall(wall uuid) returns table (id uuid, sealed_name bytea, roles text[])
language sql stable security definer set search_path = '' as $$
  select p.id, p.sealed_name, coalesce((select array_agg(distinct r.role) from hidden.roles_of(p.id) r join app.roles b on b.role = r.role and b.sealed_name is null), '{}')
  from app.people p where hidden.keeps(wall) and p.id in (
    select s.person_id from app.wall_people s where s.wall_id = wall and s.person_id is not null
    union select t.person_id from app.wall_people s join app.group_terms t on t.group_id = s.group_id and (t.until is null or t.until > s.since) where s.wall_id = wall)
  order by p.id
$$;
-- The part of the log that a period covers: the first and the last leaf numbered in it.
create or replace function hidden.span_of(since timestamptz, until timestamptz) returns table (first_n bigint, first_at timestamptz, last_n bigint, last_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select (array_agg(l.n order by l.n))[1], min(e.at), (array_agg(l.n order by l.n desc))[1], max(e.at)
  from ledger.leaves l join ledger.entries e on e.id = l.entry_id where hidden.may('ledger.read') and e.at >= since and e.at < until
$$;

grant execute on function
  hidden.memoranda(), hidden.acknowledge(uuid), hidden.certifies(uuid, text), hidden.tries_of_screened(uuid, timestamptz, timestamptz),
  hidden.is_of_wall(uuid, uuid), hidden.entries_behind(uuid, timestamptz, timestamptz), hidden.span_of(timestamptz, timestamptz),
  hidden.matters_of_wall(uuid), hidden.people_of_wall(uuid)
to subrosa_person;
