-- The visitor: someone before there is a session. No table at all; these named functions only. The door is trusted to
-- have checked the password and the factor before it begins a session (docs/trust.md).

grant select, insert on app.firm to subrosa_gate;
grant insert, update (password_hash, sealed_totp, totp_used_step, joined_at, handle) on app.people to subrosa_gate;
grant select, insert, update (used_at), delete on app.recovery_codes to subrosa_gate;
grant insert, update (revoked_at, factor_at, factor) on app.sessions to subrosa_gate;
grant insert on app.passkeys, app.identities, app.group_members to subrosa_gate;
grant insert, update (seen_at, lost_at, sealed_description) on app.devices to subrosa_gate;
grant select, insert, update, delete on app.attempts, app.spent to subrosa_gate;
grant insert on ledger.entries to subrosa_gate;
create policy gate_founds on app.firm to subrosa_gate using (true) with check (true);
create policy gate_keeps on app.recovery_codes to subrosa_gate using (true) with check (true);
create policy gate_counts on app.attempts to subrosa_gate using (true) with check (true);
create policy gate_counts on app.spent to subrosa_gate using (true) with check (true);
create policy gate_records on ledger.entries for insert to subrosa_gate with check (true);

create or replace function hidden.firm_name() returns table (firm uuid, sealed bytea)
language sql stable security definer set search_path = '' as $$
  select f.id, f.sealed_name from app.firm f
$$;

-- The firm and its first person, once: a second call is refused by the firm's uniqueness (23505).
create or replace function hidden.found_firm(firm uuid, firm_name bytea, person uuid, person_name bytea, email bytea, email_token bytea)
returns void language sql volatile security definer set search_path = '' as $$
  insert into app.firm (id, sealed_name) values (firm, firm_name);
  insert into app.people (id, sealed_name, sealed_email, email_token, roles) values (person, person_name, email, email_token, '{partner,administrator}');
$$;

-- What the door needs of the one account that signs in.
create or replace function hidden.account(token bytea, who uuid)
returns table (person uuid, sealed_name bytea, sealed_email bytea, password_hash text, sealed_totp bytea, password_changed_at timestamptz,
  password_due boolean, roles text[], permissions text[], passkeys bigint, recovery bigint)
language sql stable security definer set search_path = '' as $$
  select p.id, p.sealed_name, p.sealed_email, p.password_hash, p.sealed_totp, p.password_changed_at, p.password_due,
    (select coalesce(array_agg(distinct r.role), '{}') from hidden.roles_of(p.id) r),
    (select coalesce(array_agg(distinct one), '{}') from hidden.roles_of(p.id) r cross join unnest(r.permissions) one),
    (select count(*) from app.passkeys k where k.person_id = p.id and k.revoked_at is null),
    (select count(*) from app.recovery_codes c where c.person_id = p.id and c.used_at is null)
  from app.people p where (p.email_token = token or p.id = who) and hidden.is_here(p.id)
$$;

-- One more try at the door, before any password is hashed: `go`, `wait` (this account from this place has had its ten and
-- waits a growing time), `closed` (a hundred in a row: passwords stop, but for devices that the account knows) or `busy`
-- (this address). Unknown accounts count alike. tries: how many in a row from this place, this one included.
create or replace function hidden.door_try(account_key bytea, place_key bytea, address_key bytea, who uuid, device_hash bytea)
returns table (verdict text, tries integer, known boolean)
language plpgsql volatile security definer set search_path = '' as $$
declare pair bytea; a app.attempts; of_account integer;
begin
  known := exists (select from app.devices d where d.person_id = who and d.secret_hash = device_hash and d.lost_at is null);
  pair := sha256(account_key || case when known then device_hash else place_key end);
  tries := 0;
  if not known then
    if hidden.count_try(address_key, '15 minutes') > 100 then verdict := 'busy'; return next; return; end if;
  end if;
  insert into app.attempts (key, tries, window_ends_at) values (pair, 0, clock_timestamp() + interval '1 day') on conflict (key) do nothing;
  select * into a from app.attempts x where x.key = pair for update;
  if a.not_before > clock_timestamp() then verdict := 'wait'; tries := a.tries; return next; return; end if;
  if not known then
    insert into app.attempts as x (key, tries, window_ends_at) values (account_key, 1, clock_timestamp() + interval '30 days')
    on conflict (key) do update set tries = x.tries + 1, window_ends_at = excluded.window_ends_at returning x.tries into of_account;
    if of_account > 100 then verdict := 'closed'; tries := of_account; return next; return; end if;
  end if;
  tries := case when a.window_ends_at < clock_timestamp() then 1 else a.tries + 1 end;
  -- ten in a row, then one after an hour, two, four, ... a day: never more than ten within an hour
  update app.attempts x set tries = door_try.tries, window_ends_at = clock_timestamp() + interval '2 days',
    not_before = case when door_try.tries >= 10 then clock_timestamp() + least(interval '1 hour' * power(2, least(door_try.tries - 10, 10)), interval '24 hours') end
  where x.key = pair;
  verdict := 'go';
  return next;
end $$;

-- The tries of an account end with its success: all of its own from here, and the row of a hundred.
create or replace function hidden.door_ok(account_key bytea, place_key bytea, device_hash bytea) returns void
language sql volatile security definer set search_path = '' as $$
  delete from app.attempts a where a.key in (account_key, sha256(account_key || place_key), sha256(account_key || device_hash));
  delete from app.attempts a where a.window_ends_at < clock_timestamp() - interval '1 day';
$$;

-- One more try under a key; how many there were in its window, this one included.
create or replace function hidden.count_try(try_key bytea, per interval) returns integer
language sql volatile security definer set search_path = '' as $$
  insert into app.attempts as a (key, tries, window_ends_at) values (try_key, 1, clock_timestamp() + per)
  on conflict (key) do update set
    tries = case when a.window_ends_at < clock_timestamp() then 1 else a.tries + 1 end,
    window_ends_at = case when a.window_ends_at < clock_timestamp() then clock_timestamp() + per else a.window_ends_at end
  returning tries
$$;
create or replace function hidden.forget_tries(try_key bytea) returns void
language sql volatile security definer set search_path = '' as $$ delete from app.attempts a where a.key = try_key $$;

-- A try of which nothing was hashed is given back.
create or replace function hidden.door_back(account_key bytea, place_key bytea, device_hash bytea) returns void
language sql volatile security definer set search_path = '' as $$
  update app.attempts a set tries = greatest(a.tries - 1, 0), not_before = null
  where a.key in (account_key, sha256(account_key || place_key), sha256(account_key || device_hash)) and (a.not_before is null or a.tries >= 10)
$$;
-- When this visit began: before anything was read in it.
create or replace function hidden.now_here() returns timestamptz
language sql stable set search_path = '' as $$ select transaction_timestamp() $$;
create or replace function hidden.has_recovery_code(who uuid, code bytea) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from app.recovery_codes c where c.person_id = who and c.code_hash = code and c.used_at is null)
$$;

-- True once: what was spent serves no more until it could not serve anyway.
create or replace function hidden.spend(what bytea, until_time timestamptz) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  delete from app.spent s where s.until < clock_timestamp() - interval '1 hour';
  insert into app.spent (hash, until) values (what, until_time) on conflict do nothing;
  return found;
end $$;

-- True once for each step: a code that was used is not a code any more.
create or replace function hidden.use_totp(who uuid, step bigint) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  update app.people p set totp_used_step = step where p.id = who and p.totp_used_step < step;
  return found;
end $$;

create or replace function hidden.use_recovery_code(who uuid, code bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  update app.recovery_codes c set used_at = clock_timestamp() where c.person_id = who and c.code_hash = code and c.used_at is null;
  return found;
end $$;

create or replace function hidden.passkey(credential bytea)
returns table (id uuid, person uuid, public_key bytea, counter bigint, transports text[], handle bytea)
language sql stable security definer set search_path = '' as $$
  select k.id, k.person_id, k.public_key, k.counter, k.transports, p.handle
  from app.passkeys k join app.people p on p.id = k.person_id
  where k.credential_id = credential and k.revoked_at is null and hidden.is_here(k.person_id)
$$;
create or replace function hidden.passkeys_of(who uuid) returns table (credential_id bytea, transports text[])
language sql stable security definer set search_path = '' as $$
  select k.credential_id, k.transports from app.passkeys k where k.person_id = who and k.revoked_at is null order by k.id
$$;
-- False when the count did not grow: then there may be a copy of it (WebAuthn 6.1.1). Passkeys that do not count stay at zero.
create or replace function hidden.use_passkey(passkey uuid, count_now bigint) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  update app.passkeys k set counter = count_now, used_at = clock_timestamp()
  where k.id = passkey and k.revoked_at is null and (count_now > k.counter or (count_now = 0 and k.counter = 0));
  return found;
end $$;
create or replace function hidden.stop_passkey(passkey uuid) returns void
language sql volatile security definer set search_path = '' as $$
  update app.passkeys k set revoked_at = clock_timestamp() where k.id = passkey and k.revoked_at is null
$$;
-- The user handle of WebAuthn: made once, random.
create or replace function hidden.handle(who uuid, fresh bytea) returns bytea
language sql volatile security definer set search_path = '' as $$
  update app.people p set handle = coalesce(p.handle, fresh) where p.id = who returning p.handle
$$;

-- Begins a session, for someone who proved themselves at `proved_at` (null: in this very transaction) and whose password
-- and factors have not changed since. The device is known by the hash of its cookie; `is_new`: this person was never seen
-- on it. A cookie that nobody was ever seen with, or that was reported as lost, makes no device known: `fresh_hash` does then.
create or replace function hidden.begin_session(session uuid, who uuid, secret_hash bytea, session_kind text, idle interval, lasts interval,
  factor_used text, proved_at timestamptz, place bytea, browser_token bytea, device uuid, device_hash bytea, fresh_hash bytea, device_words bytea)
returns table (ends_at timestamptz, is_new boolean, is_fresh boolean)
language plpgsql volatile security definer set search_path = '' as $$
declare on_device uuid; had_others boolean;
begin
  is_new := false;
  is_fresh := false;
  perform from app.people p where p.id = who and (proved_at is null or p.credentials_at <= proved_at) for update;
  if not found or not hidden.is_here(who) then return; end if;
  if fresh_hash is not null then
    had_others := exists (select from app.devices d where d.person_id = who);
    select d.id into on_device from app.devices d where d.person_id = who and d.secret_hash = device_hash and d.lost_at is null;
    if on_device is null then
      is_new := had_others;
      is_fresh := not exists (select from app.devices d where d.secret_hash = device_hash and d.lost_at is null)
        or exists (select from app.devices d where d.secret_hash = device_hash and d.lost_at is not null);
      insert into app.devices (id, person_id, secret_hash, sealed_description)
      values (device, who, case when is_fresh then fresh_hash else device_hash end, device_words) returning id into on_device;
    else
      update app.devices d set seen_at = clock_timestamp() where d.id = on_device;
    end if;
  end if;
  update app.people p set seen_at = clock_timestamp() where p.id = who;
  insert into app.sessions as s (id, person_id, secret_hash, kind, idle_limit, ends_at, device_id, device_token, sealed_place, factor_at, factor)
  values (session, who, secret_hash, session_kind, idle, clock_timestamp() + lasts, on_device, browser_token, place, clock_timestamp(), factor_used)
  returning s.ends_at into ends_at;
  return next;
end $$;

-- A second factor was proved again in a session.
create or replace function hidden.prove_session(which uuid, factor_used text) returns timestamptz
language sql volatile security definer set search_path = '' as $$
  update app.sessions s set factor_at = clock_timestamp(), factor = factor_used where s.id = which and s.kind <> 'token' and s.revoked_at is null
  returning s.factor_at + interval '5 minutes'
$$;
-- A session whose cookie turned up elsewhere, or whose factor was guessed at, ends. Whose it was.
create or replace function hidden.end_session(which uuid) returns uuid
language sql volatile security definer set search_path = '' as $$
  update app.sessions s set revoked_at = clock_timestamp() where s.id = which and s.revoked_at is null returning s.person_id
$$;

-- An access token, for someone who has just proved themselves; false when their roles do not reach as far as its scope.
-- What is done in person stays out of every token.
create or replace function hidden.issue_token(token uuid, who uuid, secret_hash bytea, label bytea, token_scope text[], ends timestamptz)
returns boolean language plpgsql volatile security definer set search_path = '' as $$
declare held text[];
begin
  select array_agg(held_one) into held from hidden.roles_of(who) r cross join unnest(r.permissions) held_one where hidden.is_here(who);
  if held is null or not 'token.manage' = any (held) or not token_scope <@ held or hidden.in_person(token_scope) then return false; end if;
  insert into app.sessions (id, person_id, secret_hash, kind, sealed_label, scope, ends_at)
  values (token, who, secret_hash, 'token', label, token_scope, ends);
  return true;
end $$;

-- `place`: from where, with its keyed token and as it is sealed; null where nobody came from anywhere.
drop function if exists hidden.record_visit(uuid, text, uuid, text, uuid, bytea, text, bytea);
create or replace function hidden.record_visit(entry uuid, deed text, who uuid, via text, object uuid, salt bytea, details_commitment text, sealed_details bytea,
  place bytea, place_token bytea, sealed_place bytea)
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  if place is not null then
    insert into ledger.origins (id, address_token, sealed_origin) values (place, place_token, sealed_place) on conflict do nothing;
  end if;
  insert into ledger.entries (id, at, deed, actor, via, object, origin, salt, details_commitment, sealed_details)
  values (entry, clock_timestamp(), deed, who, via, object, place, salt, details_commitment, sealed_details);
end $$;

do $$
declare f record;
begin
  for f in select fn.oid::regprocedure as signature from pg_proc fn join pg_namespace n on n.oid = fn.pronamespace
           where n.nspname = 'hidden' and fn.proname in ('firm_name', 'found_firm', 'account', 'door_try', 'door_ok', 'door_back', 'now_here', 'has_recovery_code', 'count_try', 'forget_tries', 'spend',
             'use_totp', 'use_recovery_code', 'passkey', 'passkeys_of', 'use_passkey', 'stop_passkey', 'handle', 'begin_session', 'prove_session', 'end_session',
             'issue_token', 'link', 'roles_by_link', 'use_link', 'new_link', 'enrol', 'enrol_passkey', 'passwords_before', 'renew_password', 'mark_password', 'identity',
             'join_by_identity', 'join_provisioned', 'follow_groups', 'age_factor', 'record_visit', 'approvers') loop
    execute format('grant execute on function %s to subrosa_visitor', f.signature);
  end loop;
end $$;
