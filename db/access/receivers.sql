-- Where the ledger is sent to. One person who runs it asks, a second one agrees; the clerk sends and keeps count.
grant select, insert on app.receivers, app.receiver_settings, app.receiver_cursors to subrosa_gate;
grant update (retired_by, retired_at) on app.receivers to subrosa_gate;
grant update (state, decided_by, decided_at) on app.receiver_settings to subrosa_gate;
grant update (next_try) on app.receiver_cursors to subrosa_gate;
create policy gate_keeps on app.receivers to subrosa_gate using (true) with check (true);
create policy gate_keeps on app.receiver_settings to subrosa_gate using (true) with check (true);
create policy gate_keeps on app.receiver_cursors to subrosa_gate using (true) with check (true);
grant select on app.receivers, app.receiver_settings, app.receiver_cursors to subrosa_clerk;
grant update on app.receiver_cursors to subrosa_clerk;
create policy clerk_sends on app.receivers for select to subrosa_clerk using (true);
create policy clerk_sends on app.receiver_settings for select to subrosa_clerk using (true);
create policy clerk_sends on app.receiver_cursors to subrosa_clerk using (true) with check (true);

create or replace function hidden.sees_receivers() returns boolean
language sql stable security definer set search_path = '' as $$ select hidden.may('receiver.keep') or hidden.may('approval.give') $$;
-- From when whoever asked may agree alone, where nobody else could. Null: never.
create or replace function hidden.receiver_ripe_at(asked uuid) returns timestamptz
language sql stable security definer set search_path = '' as $$
  select greatest(s.asked_at + interval '24 hours', hidden.thinned_at() + interval '7 days') from app.receiver_settings s
  where s.id = asked and s.asked_by = hidden.me() and hidden.may('approval.give') and hidden.is_alone(null)
$$;

create or replace function hidden.receivers() returns table (id uuid, sealed_name bytea, added_by uuid, by bytea, added_at timestamptz, retired_at timestamptz,
  settings_id uuid, sealed_settings bytea, next bigint, behind bigint, behind_since timestamptz, taken_at timestamptz, sealed_fault bytea, fault_at timestamptz,
  failing_since timestamptz, next_try timestamptz)
language sql stable security definer set search_path = '' as $$
  select r.id, r.sealed_name, r.added_by, p.sealed_name, r.added_at, r.retired_at, s.id, s.sealed_settings, c.next,
    case when c.ended_at is null then greatest((select max(l.n) + 1 from ledger.leaves l) - c.next, 0) end,
    case when c.ended_at is null then (select l.numbered from ledger.leaves l where l.n = c.next) end,
    c.taken_at, c.sealed_fault, c.fault_at, c.failing_since, c.next_try
  from app.receivers r join app.people p on p.id = r.added_by left join app.receiver_cursors c on c.receiver_id = r.id
  left join lateral (select x.id, x.sealed_settings from app.receiver_settings x where x.receiver_id = r.id and x.state = 'approved' order by x.decided_at desc limit 1) s on true
  where hidden.sees_receivers() order by r.added_at, r.id
$$;
create or replace function hidden.receiver_wishes() returns table (id uuid, receiver_id uuid, state text, sealed_settings bytea, sealed_reason bytea, asked_by uuid,
  by bytea, asked_at timestamptz, may_agree boolean, ripe_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select s.id, s.receiver_id, s.state, s.sealed_settings, s.sealed_reason, s.asked_by, p.sealed_name, s.asked_at,
    hidden.may('approval.give') and (s.asked_by <> hidden.me() or coalesce(hidden.receiver_ripe_at(s.id) <= statement_timestamp(), false)), hidden.receiver_ripe_at(s.id)
  from app.receiver_settings s join app.people p on p.id = s.asked_by join app.receivers r on r.id = s.receiver_id
  where hidden.sees_receivers() and s.state <> 'approved' and r.retired_at is null order by s.asked_at
$$;

-- False: not theirs to ask. SR092: there are as many as there can be.
create or replace function hidden.add_receiver(receiver uuid, name bytea, beginning boolean, wish uuid, settings bytea, reason bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform hidden.one_at_a_time();
  if not (hidden.may('receiver.keep') and hidden.is_fresh()) then return false; end if;
  if (select count(*) from app.receivers r where r.retired_at is null and not (
    not exists (select from app.receiver_cursors c where c.receiver_id = r.id) and not exists (select from app.receiver_settings s where s.receiver_id = r.id and s.state = 'waiting'))) >= 16 then
    raise exception 'too many' using errcode = 'SR092';
  end if;
  insert into app.receivers (id, sealed_name, from_beginning, added_by) values (receiver, name, beginning, hidden.me());
  insert into app.receiver_settings (id, receiver_id, sealed_settings, sealed_reason, asked_by) values (wish, receiver, settings, reason, hidden.me());
  return true;
end $$;
-- False: not theirs to ask, or not there. SR091: it is retired, was refused, or something waits already.
create or replace function hidden.change_receiver(receiver uuid, wish uuid, settings bytea, reason bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform hidden.one_at_a_time();
  if not (hidden.may('receiver.keep') and hidden.is_fresh() and exists (select from app.receivers r where r.id = receiver)) then return false; end if;
  if exists (select from app.receivers r where r.id = receiver and r.retired_at is not null) or exists (select from app.receiver_settings s where s.receiver_id = receiver and s.state = 'waiting')
    or not exists (select from app.receiver_cursors c where c.receiver_id = receiver) then raise exception 'not in this state' using errcode = 'SR091'; end if;
  insert into app.receiver_settings (id, receiver_id, sealed_settings, sealed_reason, asked_by) values (wish, receiver, settings, reason, hidden.me());
  return true;
end $$;
-- Null: not theirs, or not there. Else what was decided: `added`, `changed` or `refused`. SR012: the second person is someone else. SR015: decided.
-- SR016: not ripe.
create or replace function hidden.decide_receiver(receiver uuid, wish uuid, approve boolean) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare s app.receiver_settings; ripe timestamptz;
begin
  perform hidden.one_at_a_time();
  if not (hidden.is_fresh() and hidden.sees_receivers()) then return null; end if;
  select * into s from app.receiver_settings x where x.id = wish and x.receiver_id = receiver for update;
  if s.id is null then return null; end if;
  if s.state <> 'waiting' or exists (select from app.receivers r where r.id = receiver and r.retired_at is not null) then raise exception 'decided' using errcode = 'SR015'; end if;
  if not hidden.may('approval.give') and (approve or s.asked_by <> hidden.me()) then return null; end if;
  if approve then
    -- what someone asked for who may no more is not done
    if not hidden.can(s.asked_by, 'receiver.keep') then raise exception 'asked by someone who may no more' using errcode = 'SR015'; end if;
    if s.asked_by = hidden.me() then
      ripe := hidden.receiver_ripe_at(wish);
      if ripe is null then raise exception 'not to oneself' using errcode = 'SR012'; end if;
      if ripe > clock_timestamp() then raise exception 'not yet' using errcode = 'SR016'; end if;
    end if;
  end if;
  update app.receiver_settings x set state = case when approve then 'approved' else 'refused' end, decided_by = hidden.me(), decided_at = clock_timestamp() where x.id = wish;
  if not approve then return 'refused'; end if;
  update app.receiver_cursors c set next_try = clock_timestamp() where c.receiver_id = receiver;
  if found then return 'changed'; end if;
  insert into app.receiver_cursors (receiver_id, next)
  select receiver, case when r.from_beginning then 0 else coalesce((select max(l.n) + 1 from ledger.leaves l), 0) end from app.receivers r where r.id = receiver;
  return 'added';
end $$;
-- False: not theirs to end, not there, or retired.
create or replace function hidden.retire_receiver(receiver uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform hidden.one_at_a_time();
  if not (hidden.may('receiver.keep') and hidden.is_fresh()) then return false; end if;
  update app.receivers r set retired_by = hidden.me(), retired_at = clock_timestamp() where r.id = receiver and r.retired_at is null;
  return found;
end $$;
-- whom to tell: those who run receivers, and those who could be the second person
create or replace function hidden.told_of_receivers() returns setof uuid
language sql stable security definer set search_path = '' as $$
  select p.id from app.people p where p.probe_id is null and (hidden.can(p.id, 'receiver.keep') or hidden.can(p.id, 'approval.give'))
$$;
grant execute on function hidden.sees_receivers(), hidden.receivers(), hidden.receiver_wishes(), hidden.add_receiver(uuid, bytea, boolean, uuid, bytea, bytea),
  hidden.change_receiver(uuid, uuid, bytea, bytea), hidden.decide_receiver(uuid, uuid, boolean), hidden.retire_receiver(uuid) to subrosa_person;
grant execute on function hidden.told_of_receivers() to subrosa_person, subrosa_clerk;

-- Sealed names of people, for a receiver that gets them by what two people agreed on, and for no other.
create or replace function hidden.names_to_send(receiver uuid, people uuid[]) returns table (person uuid, sealed_name bytea)
language sql stable security definer set search_path = '' as $$
  select p.id, p.sealed_name from app.people p where p.id = any (people) and exists (select from app.receiver_cursors c where c.receiver_id = receiver and c.ended_at is null)
$$;
grant execute on function hidden.names_to_send(uuid, uuid[]) to subrosa_clerk;
