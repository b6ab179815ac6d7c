-- One's own sessions, devices, factors and notices; an administrator sees those of others and ends them by function.

grant select (id, person_id, kind, sealed_label, scope, created_at, used_at, ends_at, revoked_at, device_id, sealed_place, factor_at, factor),
  update (revoked_at) on app.sessions to subrosa_person;
grant insert (id, person_id, secret_hash, kind, sealed_label, scope, ends_at, device_id) on app.sessions to subrosa_person;
create policy select_own on app.sessions for select to subrosa_person using (person_id = (select hidden.me()) or (select hidden.may('person.read')));
-- revoked is for ever
create policy update_own on app.sessions for update to subrosa_person using (person_id = (select hidden.me()) and revoked_at is null) with check (person_id = (select hidden.me()));
-- an access token is made in a session, with a fresh factor, and never by another token
create policy insert_token on app.sessions for insert to subrosa_person with check (
  person_id = (select hidden.me()) and kind = 'token' and scope is not null and ends_at < statement_timestamp() + interval '367 days'
  and (select hidden.is_fresh()) and (select hidden.may('token.manage')) and not hidden.in_person(scope)
  and (device_id is null or exists (select from app.devices d where d.id = device_id)));

-- keeps a session from its idle limit; at most one write a minute
create or replace function hidden.touch() returns void
language sql volatile security definer set search_path = '' as $$
  update app.sessions s set used_at = clock_timestamp()
  where s.id = hidden.session() and s.used_at < clock_timestamp() - interval '1 minute';
  update app.people p set seen_at = clock_timestamp()
  where p.id = hidden.me() and (p.seen_at is null or p.seen_at < clock_timestamp() - interval '1 minute');
$$;
grant update (used_at) on app.sessions to subrosa_gate;
grant update (seen_at) on app.people to subrosa_gate;

grant select (id, person_id, sealed_description, first_seen_at, seen_at, lost_at), update (lost_at) on app.devices to subrosa_person;
create policy select_own on app.devices for select to subrosa_person using (person_id = (select hidden.me()) or (select hidden.may('person.read')));
create policy lose_own on app.devices for update to subrosa_person using (person_id = (select hidden.me()) and lost_at is null) with check (person_id = (select hidden.me()));

grant select (id, person_id, synced, sealed_name, created_at, used_at, revoked_at, credential_id, transports), update (sealed_name) on app.passkeys to subrosa_person;
grant insert (id, person_id, credential_id, public_key, counter, transports, synced, sealed_name) on app.passkeys to subrosa_person;
create policy select_own on app.passkeys for select to subrosa_person using (person_id = (select hidden.me()) or (select hidden.may('person.read')));
create policy rename_own on app.passkeys for update to subrosa_person using (person_id = (select hidden.me()) and revoked_at is null) with check (person_id = (select hidden.me()));
create policy insert_own on app.passkeys for insert to subrosa_person with check (person_id = (select hidden.me()) and (select hidden.is_fresh()));

-- How many second factors a person would still have: an authenticator app, passkeys.
create or replace function hidden.factors_left(who uuid, but_totp boolean, but_passkey uuid) returns bigint
language sql stable security definer set search_path = '' as $$
  select (select count(*) from app.people p where p.id = who and p.sealed_totp is not null and not but_totp)
    + (select count(*) from app.passkeys k where k.person_id = who and k.revoked_at is null and k.id is distinct from but_passkey)
$$;

-- SR014: it is the only one. One's own factors change with a fresh factor only.
create or replace function hidden.revoke_passkey(passkey uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not hidden.is_fresh() then return false; end if;
  perform from app.people p where p.id = hidden.me() for update;
  if hidden.factors_left(hidden.me(), false, passkey) = 0 then raise exception 'the last factor' using errcode = 'SR014'; end if;
  update app.passkeys k set revoked_at = clock_timestamp() where k.id = passkey and k.person_id = hidden.me() and k.revoked_at is null;
  if not found then return false; end if;
  perform hidden.end_others();
  return true;
end $$;

-- A factor that is given up may be in other hands, and so may what was signed in with it.
create or replace function hidden.end_others() returns void
language sql volatile security definer set search_path = '' as $$
  update app.sessions s set revoked_at = clock_timestamp()
  where s.person_id = hidden.me() and s.kind <> 'token' and s.id <> hidden.session() and s.revoked_at is null;
  update app.people p set credentials_at = clock_timestamp() where p.id = hidden.me();
  select hidden.kill_my_links();
$$;

create or replace function hidden.totp_made_at() returns timestamptz
language sql stable security definer set search_path = '' as $$ select p.totp_made_at from app.people p where p.id = hidden.me() $$;

create or replace function hidden.set_totp(sealed bytea, step bigint) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not hidden.is_fresh() then return false; end if;
  perform from app.people p where p.id = hidden.me() for update;
  if sealed is null and hidden.factors_left(hidden.me(), true, null) = 0 then raise exception 'the last factor' using errcode = 'SR014'; end if;
  update app.people p set sealed_totp = sealed, totp_used_step = coalesce(step, 0), totp_made_at = case when sealed is null then null else clock_timestamp() end
  where p.id = hidden.me();
  perform hidden.end_others();
  return true;
end $$;

create or replace function hidden.set_recovery_codes(codes bytea[]) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not hidden.is_fresh() then return false; end if;
  delete from app.recovery_codes c where c.person_id = hidden.me();
  insert into app.recovery_codes (person_id, code_hash) select hidden.me(), unnest(codes);
  return true;
end $$;

-- Sets one's own password; the one before goes to the history, and every other session ends.
create or replace function hidden.set_password(new_hash text) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not hidden.is_fresh() then return false; end if;
  perform hidden.keep_password(hidden.me(), new_hash);
  perform hidden.end_others();
  return true;
end $$;
create or replace function hidden.keep_password(who uuid, new_hash text) returns void
language sql volatile security definer set search_path = '' as $$
  insert into app.password_history (person_id, password_hash) select p.id, p.password_hash from app.people p where p.id = who and p.password_hash is not null;
  delete from app.password_history h where h.person_id = who and h.until < (
    select min(recent.until) from (select o.until from app.password_history o where o.person_id = who order by o.until desc limit 24) recent);
  update app.people p set password_hash = new_hash, password_changed_at = clock_timestamp(), credentials_at = clock_timestamp(), password_due = false where p.id = who;
$$;
grant select, insert, delete on app.password_history to subrosa_gate;
create policy gate_keeps on app.password_history to subrosa_gate using (true) with check (true);
grant update (password_changed_at, password_due, totp_made_at, totp_used_step, credentials_at) on app.people to subrosa_gate;

grant select on app.identities to subrosa_person;
create policy select_own on app.identities for select to subrosa_person using (person_id = (select hidden.me()));
grant insert on app.identities to subrosa_person;
create policy insert_own on app.identities for insert to subrosa_person with check (person_id = (select hidden.me()) and (select hidden.is_fresh()));
-- not the last way in: a passkey is left, or a password with an authenticator app
create or replace function hidden.unlink() returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not hidden.is_fresh() then return false; end if;
  if not exists (select from app.people p where p.id = hidden.me() and p.password_hash is not null and p.sealed_totp is not null)
    and not exists (select from app.passkeys k where k.person_id = hidden.me() and k.revoked_at is null) then
    raise exception 'the last way in' using errcode = 'SR014';
  end if;
  delete from app.identities i where i.person_id = hidden.me();
  return found;
end $$;

grant select (id, person_id, sealed_words, made_at, seen_at), update (seen_at) on app.notices to subrosa_person;
create policy select_own on app.notices for select to subrosa_person using (person_id = (select hidden.me()));
create policy see_own on app.notices for update to subrosa_person using (person_id = (select hidden.me())) with check (person_id = (select hidden.me()));
-- a notice stands in the page of whoever it is for, and goes out by e-mail where mail is set up
create or replace function hidden.notify(notice uuid, who uuid, words bytea) returns void
language sql volatile security definer set search_path = '' as $$
  insert into app.notices (id, person_id, sealed_words) select notice, who, words where hidden.is_here(who) and hidden.hears(who, hidden.me())
$$;
grant insert, select on app.notices to subrosa_gate;
create policy gate_notifies on app.notices to subrosa_gate using (true) with check (true);

grant execute on function
  hidden.touch(), hidden.totp_made_at(), hidden.revoke_passkey(uuid), hidden.set_totp(bytea, bigint), hidden.set_recovery_codes(bytea[]), hidden.set_password(text),
  hidden.unlink(), hidden.notify(uuid, uuid, bytea)
to subrosa_person;
grant execute on function hidden.notify(uuid, uuid, bytea) to subrosa_visitor, subrosa_clerk;
