-- The visitor: someone before there is a session. No table at all; these named functions only. The door is trusted to
-- have checked the password and the code before it begins a session (docs/trust.md).

grant select, insert on app.firm to subrosa_gate;
grant insert, update (password_hash, sealed_totp, totp_used_step, invitation_hash, invitation_ends_at, joined_at) on app.people to subrosa_gate;
grant select, insert, update (used_at) on app.recovery_codes to subrosa_gate;
grant insert, update (revoked_at) on app.sessions to subrosa_gate;
grant select, insert, update, delete on app.attempts to subrosa_gate;
grant insert on ledger.entries to subrosa_gate;
create policy gate_founds on app.firm to subrosa_gate using (true) with check (true);
create policy gate_keeps on app.recovery_codes to subrosa_gate using (true) with check (true);
create policy gate_counts on app.attempts to subrosa_gate using (true) with check (true);
create policy gate_records on ledger.entries for insert to subrosa_gate with check (true);

create or replace function hidden.firm_name() returns table (firm uuid, sealed bytea)
language sql stable security definer set search_path = '' as $$
  select f.id, f.sealed_name from app.firm f
$$;

-- The firm and its first person, once: a second call is refused by the firm's uniqueness (23505).
create or replace function hidden.found_firm(firm uuid, firm_name bytea, person uuid, person_name bytea, email bytea, email_token bytea, password text, totp bytea, totp_step bigint, codes bytea[])
returns void language plpgsql security definer set search_path = '' as $$
begin
  insert into app.firm (id, sealed_name) values (firm, firm_name);
  insert into app.people (id, sealed_name, sealed_email, email_token, roles, password_hash, sealed_totp, totp_used_step, joined_at)
  values (person, person_name, email, email_token, '{partner,administrator}', password, totp, totp_step, clock_timestamp());
  insert into app.recovery_codes (person_id, code_hash) select person, unnest(codes);
end $$;

create or replace function hidden.account(token bytea)
returns table (person uuid, sealed_name bytea, password_hash text, sealed_totp bytea, totp_used_step bigint, roles text[])
language sql stable security definer set search_path = '' as $$
  select p.id, p.sealed_name, p.password_hash, p.sealed_totp, p.totp_used_step, p.roles
  from app.people p where p.email_token = token and p.joined_at is not null
$$;

-- True once for each step: a code that was used is not a code any more.
create or replace function hidden.use_totp(who uuid, step bigint) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  update app.people p set totp_used_step = step where p.id = who and p.totp_used_step < step;
  return found;
end $$;

create or replace function hidden.use_recovery_code(who uuid, code bytea) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  update app.recovery_codes c set used_at = clock_timestamp() where c.person_id = who and c.code_hash = code and c.used_at is null;
  return found;
end $$;

create or replace function hidden.begin_session(session uuid, who uuid, secret_hash bytea, session_kind text, idle interval, lasts interval)
returns timestamptz language sql volatile security definer set search_path = '' as $$
  insert into app.sessions (id, person_id, secret_hash, kind, idle_limit, ends_at)
  values (session, who, secret_hash, session_kind, idle, clock_timestamp() + lasts) returning ends_at
$$;

-- An access token, for someone who has just proved themselves; false when their roles do not reach as far as its scope.
-- What is done in person stays out of every token.
create or replace function hidden.issue_token(token uuid, who uuid, secret_hash bytea, label bytea, token_scope text[], ends timestamptz)
returns boolean language plpgsql security definer set search_path = '' as $$
declare held text[];
begin
  select array_agg(held_one) into held
  from app.people p join app.roles r on r.role = any (p.roles) cross join unnest(r.permissions) held_one
  where p.id = who and p.joined_at is not null;
  if held is null or not 'token.manage' = any (held) or not token_scope <@ held
    or token_scope && '{person.create,token.manage,clock.confirm}' then
    return false;
  end if;
  insert into app.sessions (id, person_id, secret_hash, kind, sealed_label, scope, ends_at)
  values (token, who, secret_hash, 'token', label, token_scope, ends);
  return true;
end $$;

create or replace function hidden.invitation(hash bytea)
returns table (person uuid, sealed_name bytea, sealed_email bytea)
language sql stable security definer set search_path = '' as $$
  select p.id, p.sealed_name, p.sealed_email from app.people p
  where p.invitation_hash = hash and p.joined_at is null and p.invitation_ends_at > statement_timestamp()
$$;

create or replace function hidden.accept_invitation(hash bytea, password text, totp bytea, totp_step bigint, codes bytea[])
returns uuid language plpgsql security definer set search_path = '' as $$
declare who uuid;
begin
  update app.people p set password_hash = password, sealed_totp = totp, totp_used_step = totp_step, joined_at = clock_timestamp(), invitation_hash = null, invitation_ends_at = null
  where p.invitation_hash = hash and p.joined_at is null and p.invitation_ends_at > statement_timestamp()
  returning p.id into who;
  if who is not null then
    insert into app.recovery_codes (person_id, code_hash) select who, unnest(codes);
  end if;
  return who;
end $$;

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
language sql volatile security definer set search_path = '' as $$
  delete from app.attempts a where a.key = try_key or a.window_ends_at < clock_timestamp() - interval '1 day'
$$;

create or replace function hidden.record_visit(entry uuid, deed text, who uuid, via text, object uuid, salt bytea, details_commitment text, sealed_details bytea)
returns void language sql volatile security definer set search_path = '' as $$
  insert into ledger.entries (id, at, deed, actor, via, object, salt, details_commitment, sealed_details)
  values (entry, clock_timestamp(), deed, who, via, object, salt, details_commitment, sealed_details)
$$;

grant execute on function
  hidden.firm_name(), hidden.found_firm(uuid, bytea, uuid, bytea, bytea, bytea, text, bytea, bigint, bytea[]),
  hidden.account(bytea), hidden.use_totp(uuid, bigint), hidden.use_recovery_code(uuid, bytea),
  hidden.begin_session(uuid, uuid, bytea, text, interval, interval), hidden.issue_token(uuid, uuid, bytea, bytea, text[], timestamptz),
  hidden.invitation(bytea), hidden.accept_invitation(bytea, text, bytea, bigint, bytea[]),
  hidden.count_try(bytea, interval), hidden.forget_tries(bytea),
  hidden.record_visit(uuid, text, uuid, text, uuid, bytea, text, bytea)
to subrosa_visitor;
