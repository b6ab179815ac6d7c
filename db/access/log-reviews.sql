-- Reviews of the access log. Those who oversee see them; who keeps them says what is reviewed and by whom; the clerk draws what is looked
-- at; the reviewer marks and signs, and nobody signs over their own accesses. Nothing that was signed changes.

grant select, insert (id, sealed_plan, cadence, sample, days, reviewer_id, made_by, next_at),
  update (sealed_plan, cadence, sample, days, reviewer_id, next_at, version, retired_at) on app.log_reviews to subrosa_person;
grant select on app.log_review_tasks, app.log_review_items to subrosa_person;
create policy select_by_permission on app.log_reviews for select to subrosa_person using ((select hidden.may('ledger.oversee')));
create policy insert_by_permission on app.log_reviews for insert to subrosa_person with check (made_by = (select hidden.me()) and (select hidden.may('log-review.keep')));
create policy update_by_permission on app.log_reviews for update to subrosa_person using (retired_at is null and (select hidden.may('log-review.keep'))) with check ((select hidden.may('log-review.keep')));
create policy select_by_permission on app.log_review_tasks for select to subrosa_person using ((select hidden.may('ledger.oversee')));
-- an access in a matter that a wall keeps them from is none that they review
create policy select_seen on app.log_review_items for select to subrosa_person using (
  (select hidden.may('ledger.oversee')) and exists (select from ledger.entries e where e.id = log_review_items.entry_id));

-- Whether someone can review: they oversee the ledger, and are here. Of people only, so that it tells nothing of a client.
create or replace function hidden.can_review(who uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return (hidden.may('ledger.oversee')) and hidden.can(who, 'ledger.oversee');
end $$;
-- Takes a review on: nobody's yet, or one's own. False: not there.
create or replace function hidden.start_log_review(task uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare t app.log_review_tasks;
begin
  select * into t from app.log_review_tasks x where x.id = task for update;
  if t.id is null or not hidden.may('ledger.oversee') then return false; end if;
  if t.signed_at is not null then raise exception 'it is signed' using errcode = 'SR091'; end if;
  if t.reviewer_id is not null and t.reviewer_id <> hidden.me() then raise exception 'it is someone else''s' using errcode = 'SR092'; end if;
  update app.log_review_tasks x set reviewer_id = hidden.me(), started_at = coalesce(x.started_at, clock_timestamp()) where x.id = task;
  return true;
end $$;
create or replace function hidden.assign_log_review(task uuid, who uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare t app.log_review_tasks;
begin
  select * into t from app.log_review_tasks x where x.id = task for update;
  if t.id is null or not hidden.may('log-review.keep') then return false; end if;
  if t.signed_at is not null then raise exception 'it is signed' using errcode = 'SR091'; end if;
  if not hidden.can(who, 'ledger.oversee') then raise exception 'they do not oversee' using errcode = 'SR093'; end if;
  update app.log_review_tasks x set reviewer_id = who, started_at = null where x.id = task;
  return true;
end $$;
-- The reviewer's marks, of what they see. False: not there.
create or replace function hidden.mark_log_review(task uuid, entries uuid[], said text, notes bytea[]) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare t app.log_review_tasks;
begin
  select * into t from app.log_review_tasks x where x.id = task for update;
  if t.id is null or not hidden.may('ledger.oversee') then return false; end if;
  if t.signed_at is not null then raise exception 'it is signed' using errcode = 'SR091'; end if;
  if t.reviewer_id is distinct from hidden.me() then raise exception 'it is someone else''s' using errcode = 'SR092'; end if;
  if exists (select from unnest(entries) one where not exists (select from app.log_review_items i where i.task_id = task and i.entry_id = one and hidden.oversees(one)))
    then return false; end if;
  update app.log_review_items i set mark = said, sealed_note = n.note, marked_by = hidden.me()
  from unnest(entries, notes) as n (entry, note) where i.task_id = task and i.entry_id = n.entry;
  return true;
end $$;
-- Signs what was found. By its reviewer, with a factor proved just now, who did none of what is in it and has looked at all that they see.
create or replace function hidden.sign_log_review(task uuid, said text, findings bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare t app.log_review_tasks;
begin
  select * into t from app.log_review_tasks x where x.id = task for update;
  if t.id is null or not hidden.may('ledger.oversee') or not hidden.is_fresh() then return false; end if;
  if t.signed_at is not null then raise exception 'it is signed' using errcode = 'SR091'; end if;
  if t.reviewer_id is distinct from hidden.me() then raise exception 'it is someone else''s' using errcode = 'SR092'; end if;
  if exists (select from app.log_review_items i join ledger.entries e on e.id = i.entry_id where i.task_id = task and e.actor = hidden.me())
    then raise exception 'the reviewer is in the sample' using errcode = 'SR094'; end if;
  if exists (select from app.log_review_items i where i.task_id = task and i.mark is null and hidden.oversees(i.entry_id))
    then raise exception 'not all of it was looked at' using errcode = 'SR095'; end if;
  if said = 'clean' and exists (select from app.log_review_items i where i.task_id = task and i.mark = 'question')
    then raise exception 'something asks for an answer' using errcode = 'SR096'; end if;
  update app.log_review_tasks x set outcome = said, sealed_findings = findings, signed_by = hidden.me(), signed_at = clock_timestamp() where x.id = task;
  return true;
end $$;
grant execute on function hidden.can_review(uuid), hidden.start_log_review(uuid), hidden.assign_log_review(uuid, uuid), hidden.mark_log_review(uuid, uuid[], text, bytea[]),
  hidden.sign_log_review(uuid, text, bytea) to subrosa_person;
grant select, update (reviewer_id, started_at, outcome, sealed_findings, signed_by, signed_at, reminded_at) on app.log_review_tasks to subrosa_gate;
grant select, update (mark, sealed_note, marked_by) on app.log_review_items to subrosa_gate;
create policy gate_keeps on app.log_review_tasks to subrosa_gate using (true) with check (true);
create policy gate_keeps on app.log_review_items to subrosa_gate using (true) with check (true);

-- The clerk makes the task of a period that has ended, and those reviews with which a firm begins.
grant select, insert (id, sealed_plan, cadence, sample, days, next_at), update (next_at) on app.log_reviews to subrosa_clerk;
grant select, insert (id, review_id, period_from, period_to, due_at, sealed_plan, entries, reviewer_id) on app.log_review_tasks to subrosa_clerk;
grant select, insert (task_id, entry_id, why) on app.log_review_items to subrosa_clerk;
create policy clerk_makes on app.log_reviews to subrosa_clerk using (true) with check (true);
create policy clerk_makes on app.log_review_tasks to subrosa_clerk using (true) with check (true);
create policy clerk_makes on app.log_review_items to subrosa_clerk using (true) with check (true);
grant select (address_token) on ledger.origins to subrosa_gate;
create or replace function hidden.is_founded() returns boolean
language sql stable security definer set search_path = '' as $$ select exists (select from app.firm) $$;

-- The accesses of a period that a review looks at: drawn at random, and those that its plain rules find (src/contract/log-review.ts),
-- at most 300 of these. People of a leak probe are none of the firm's. `total`: how many there were in all, in a row without an entry.
create or replace function hidden.pick_log_review(began timestamptz, ended timestamptz, deeds text[], who uuid, matter uuid, zone text, from_hour integer, to_hour integer, many_refusals integer, many_looks integer, looked text[], refused text[], draw integer)
returns table (entry uuid, why text[], total bigint)
language sql volatile security definer set search_path = '' as $$
  with base as materialized (
    select e.id, e.at, e.deed, e.actor, e.origin, e.ground, (e.at at time zone zone) as local_at, o.address_token, p.leaves_at
    from ledger.entries e left join ledger.origins o on o.id = e.origin left join app.people p on p.id = e.actor
    where e.at >= began and e.at < ended
      and e.id >= hidden.id_not_before(began - interval '1 day') and e.id < hidden.id_not_before(ended + interval '1 day')
      and (cardinality(deeds) = 0 or e.deed = any (deeds)) and (who is null or e.actor = who) and (matter is null or e.matter_id = matter)
      and p.probe_id is null),
  drawn as (select b.id, 'sample' as why from base b order by random() limit draw),
  hours as (
    select distinct on (b.actor, b.local_at::date) b.id from base b
    where b.actor is not null and (extract(isodow from b.local_at) >= 6 or extract(hour from b.local_at) < from_hour or extract(hour from b.local_at) >= to_hour)
    order by b.actor, b.local_at::date, b.id),
  places as (
    select distinct on (b.actor, b.address_token) b.id, b.actor, b.address_token from base b
    where b.actor is not null and b.address_token is not null order by b.actor, b.address_token, b.id),
  fresh as (
    select p.id from places p where not exists (
      select from ledger.origins o join ledger.entries x on x.origin = o.id
      where o.address_token = p.address_token and x.actor = p.actor and x.at < began)),
  emergencies as (select b.id from base b where b.ground like 'emergency %' or b.deed like 'glass.%'),
  no as (
    select (array_agg(b.id order by b.id))[1] as id from base b where b.actor is not null and b.deed = any (refused)
    group by b.actor, b.local_at::date having count(*) >= many_refusals),
  leavers as (
    select distinct on (b.actor, b.local_at::date) b.id from base b where b.leaves_at is not null and b.at >= b.leaves_at - interval '30 days'
    order by b.actor, b.local_at::date, b.id),
  many as (
    select (array_agg(b.id order by b.id))[1] as id from base b where b.actor is not null and b.deed = any (looked)
    group by b.actor, date_trunc('hour', b.local_at) having count(*) >= many_looks),
  found as (
    select f.id, f.why from (
      select id, 'outside-hours' as why from hours union all select id, 'new-address' from fresh union all select id, 'emergency' from emergencies
      union all select id, 'refused' from no union all select id, 'leaver' from leavers union all select id, 'bulk' from many) f
    where f.id in (select g.id from (select id from emergencies union select id from many union select id from no union select id from leavers union select id from fresh union select id from hours) g limit 300))
  select one.id, array_agg(one.why order by one.why), null::bigint from (select * from drawn union all select * from found) one group by one.id
  union all
  select null, null, count(*) from base
$$;
-- The least id of a version 7 that an entry of that moment can have.
create or replace function hidden.id_not_before(moment timestamptz) returns uuid
language sql immutable set search_path = '' as $$
  select (lpad(to_hex(greatest(floor(extract(epoch from moment) * 1000)::bigint, 0)), 12, '0') || '00000000000000000000')::uuid
$$;
-- Reviews that are overdue: whom to tell, once a day. Where a review is nobody's, or its reviewer left, those who oversee; where nobody
-- does, those who say what roles there are.
create or replace function hidden.overdue_log_reviews() returns table (task uuid, person uuid)
language sql volatile security definer set search_path = '' as $$
  with late as (update app.log_review_tasks t set reminded_at = clock_timestamp()
    where t.signed_at is null and t.due_at <= clock_timestamp() and (t.reminded_at is null or t.reminded_at < clock_timestamp() - interval '1 day') returning t.id)
  select l.id, r.person from late l cross join lateral hidden.reviewers_of(l.id) r
$$;
create or replace function hidden.reviewers_of(task uuid) returns table (person uuid)
language sql stable security definer set search_path = '' as $$
  with named as (select t.reviewer_id as id from app.log_review_tasks t where t.id = task and hidden.can(t.reviewer_id, 'ledger.oversee')),
  overseers as (select p.id from app.people p where p.probe_id is null and hidden.can(p.id, 'ledger.oversee') and not exists (select from named))
  select id from named union all select id from overseers
  union all
  select p.id from app.people p where p.probe_id is null and not exists (select from named) and not exists (select from overseers) and hidden.can(p.id, 'role.change')
$$;
grant execute on function hidden.is_founded(), hidden.reviewers_of(uuid), hidden.overdue_log_reviews(),
  hidden.pick_log_review(timestamptz, timestamptz, text[], uuid, uuid, text, integer, integer, integer, integer, text[], text[], integer) to subrosa_clerk;
