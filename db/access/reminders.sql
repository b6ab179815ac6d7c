-- Requests, grants and memoranda: what the clerk tells and reminds.

-- For the clerk, who tells and reminds. What is told is marked in the same transaction: two clerks tell it once.

-- Works out which matter a new request means, and whom to tell. A wall, no such number and free words come to the same: those who
-- oversee find out. Where nobody is there who decides at first, it widens at once.
create or replace function hidden.requests_to_tell()
returns table (request uuid, asker uuid, asker_name bytea, kind text, urgent boolean, entered boolean, found_it boolean, person uuid)
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_column
declare r app.requests;
begin
  for r in select * from app.requests x where x.told_at is null and x.state <> 'lapsed' order by x.id limit 500 for update skip locked loop
    if r.number_token is not null then
      select m.id into r.matter_id from app.matters m
      where m.number_token = r.number_token and not hidden.is_screened_ever(r.person_id, m.id, clock_timestamp(), clock_timestamp() + make_interval(days => r.days));
    end if;
    if not exists (select from hidden.deciders_of(r.matter_id, false) d where d.person <> r.person_id) then r.widens_at := least(r.widens_at, clock_timestamp()); end if;
    update app.requests x set matter_id = r.matter_id, number_token = null, widens_at = r.widens_at, told_at = clock_timestamp(),
      widened_at = case when r.widens_at <= clock_timestamp() then clock_timestamp() end
    where x.id = r.id;
    return query
      select r.id, r.person_id, n.sealed_name, r.kind, r.urgent, r.state = 'granted', r.matter_id is not null, d.person
      from hidden.deciders_of(r.matter_id, r.widens_at <= clock_timestamp()) d join app.people n on n.id = r.person_id where d.person <> r.person_id and hidden.hears(d.person, r.person_id);
  end loop;
end $$;
create or replace function hidden.requests_widening() returns table (request uuid, person uuid)
language sql volatile security definer set search_path = '' as $$
  with lapsed as (update app.requests r set state = 'lapsed', decided_at = clock_timestamp() where r.state = 'waiting' and r.made_at < clock_timestamp() - interval '14 days' returning r.id),
  wide as (update app.requests r set widened_at = clock_timestamp()
    where r.state = 'waiting' and r.told_at is not null and r.widened_at is null and r.widens_at <= clock_timestamp() and r.made_at >= clock_timestamp() - interval '14 days'
    returning r.id, r.matter_id, r.person_id)
  -- what names no matter was told to all of them at first
  select w.id, d.person from wide w cross join lateral hidden.deciders_of(w.matter_id, true) d where d.person <> w.person_id and w.matter_id is not null and hidden.hears(d.person, w.person_id)
$$;
-- Grants near their end: who has one, and who could renew it. A short one is announced half way.
create or replace function hidden.grants_ending(within interval) returns table (member uuid, person uuid, own boolean, ends_at timestamptz)
language sql volatile security definer set search_path = '' as $$
  with ending as (
    update app.team_members t set warned_at = clock_timestamp()
    where t.via = 'grant' and t.warned_at is null and t.ends_at > clock_timestamp() and t.ends_at < clock_timestamp() + least(within, (t.ends_at - t.starts_at) / 2)
    returning t.id, t.person_id, t.matter_id, t.ends_at),
  -- to whoever a wall has come upon since, the matter is not there any more
  seen as (select * from ending e where hidden.sees(e.person_id, e.matter_id))
  select e.id, e.person_id, true, e.ends_at from seen e
  union all
  select e.id, d.person, false, e.ends_at from seen e cross join lateral hidden.deciders_of(e.matter_id, false) d where d.person <> e.person_id and hidden.hears(d.person, e.person_id)
$$;
create or replace function hidden.reviews_overdue() returns table (request uuid, person uuid)
language sql volatile security definer set search_path = '' as $$
  with due as (update app.requests r set review_reminded_at = clock_timestamp()
    where r.review_due_at < clock_timestamp() and r.reviewed_at is null
      and (r.review_reminded_at is null or r.review_reminded_at < clock_timestamp() - interval '24 hours') returning r.id, r.matter_id, r.person_id)
  select u.id, d.person from due u cross join lateral hidden.deciders_of(u.matter_id, true) d where d.person <> u.person_id and hidden.hears(d.person, u.person_id)
$$;
-- Memoranda of announced walls. `first`: told for the first time; else a reminder that it is owed, or that the screen goes on.
create or replace function hidden.memoranda_due() returns table (wall uuid, person uuid, first boolean, owed boolean)
language sql volatile security definer set search_path = '' as $$
  update app.wall_acknowledgements a set told_at = coalesce(a.told_at, clock_timestamp()),
    reminded_at = case when a.told_at is null and a.acknowledged_at is null then null else clock_timestamp() end
  from app.walls w
  where w.id = a.wall_id and w.announced and w.lifted_at is null and w.starts_at <= clock_timestamp() and (w.ends_at is null or w.ends_at > clock_timestamp()) and hidden.is_here(a.person_id) and hidden.is_addressed(a.person_id, a.wall_id, a.screened)
    and ((a.told_at is null and a.acknowledged_at is null)
      or (a.acknowledged_at is null and coalesce(a.reminded_at, a.told_at) < clock_timestamp() - interval '3 days')
      or (a.acknowledged_at is not null and greatest(a.reminded_at, a.acknowledged_at) < clock_timestamp() - make_interval(days => w.remind_days)))
  returning a.wall_id, a.person_id, a.reminded_at is null, a.acknowledged_at is null
$$;
grant execute on function hidden.requests_to_tell(), hidden.requests_widening(), hidden.grants_ending(interval), hidden.reviews_overdue(), hidden.memoranda_due() to subrosa_clerk;
