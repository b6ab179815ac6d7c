-- People, as colleagues see them, and what administrators do to them. A password's hash, a TOTP secret and a session's
-- hash are granted to nobody who asks: the visitor's functions hand them to the door for the one account that signs in.
-- SR010: a second person is needed. SR011: nobody would be left to run the firm. SR012: not to oneself. SR013: not in this state.
-- SR018: cannot take over.

grant select (id, sealed_name, sealed_email, roles, version, created_at, changed_at, joined_at, leaves_at, probe_id) on app.people to subrosa_person;
create policy select_colleagues on app.people for select to subrosa_person using ((select hidden.me()) is not null);

grant insert (id, sealed_name, sealed_email, email_token, roles, created_by) on app.people to subrosa_person;
create policy insert_by_permission on app.people for insert to subrosa_person with check (
  created_by = (select hidden.me())
  and (select hidden.may('person.invite')) and (select hidden.is_fresh()) and (not hidden.holds_guarded(roles) or hidden.is_founding()));

-- Who runs the firm and stays.
create or replace function hidden.administrators() returns setof uuid
language sql stable security definer set search_path = '' as $$
  select p.id from app.people p where p.leaves_at is null and p.probe_id is null and hidden.can(p.id, 'person.change')
$$;
-- What is lost can be given again: someone asks, and someone is the second person, if after a day the same.
create or replace function hidden.is_run() returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from hidden.administrators())
    and exists (select from app.people p where p.leaves_at is null and p.probe_id is null and hidden.can(p.id, 'approval.give'))
$$;

create or replace function hidden.edit_person(who uuid, name bytea, email bytea, token bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not (hidden.may('person.change') and hidden.is_fresh()) then return false; end if;
  if exists (select from app.people p where p.id = who and p.email_token <> token) then
    -- the second person approved a renewal for someone at the address of then
    if exists (select from app.approvals a where a.subject_id = who and a.kind <> 'roles' and (
        (a.state = 'waiting' and a.ends_at > clock_timestamp())
        or (a.state = 'approved' and exists (select from app.links l where l.person_id = who and l.kind = a.kind and l.used_at is null and l.ends_at > clock_timestamp()))))
      -- and whoever was here before comes back to the address that was theirs
      or exists (select from app.people p where p.id = who and p.joined_at is null and p.seen_at is not null)
    then raise exception 'not now' using errcode = 'SR013'; end if;
    perform hidden.unguard(who);
  end if;
  -- a link that went to the address of before is not theirs any more
  update app.links l set used_at = clock_timestamp()
  where l.person_id = who and l.used_at is null and exists (select from app.people p where p.id = who and p.email_token <> token);
  update app.people p set sealed_name = name, sealed_email = email, email_token = token, version = p.version + 1, changed_at = clock_timestamp()
  where p.id = who;
  return found;
end $$;

-- Someone who has not come, and whom another address or a fresh link is given: whoever holds that may be someone else than
-- the one whom two people gave a guarded role.
create or replace function hidden.unguard(who uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  if hidden.is_founding() or not exists (select from app.people p where p.id = who and p.joined_at is null) then return; end if;
  update app.people p set version = p.version + 1, changed_at = clock_timestamp(),
    roles = (select coalesce(array_agg(r), '{}') from unnest(p.roles) r where not hidden.holds_guarded(array[r]))
  where p.id = who and hidden.holds_guarded(p.roles);
  update app.approvals a set state = 'withdrawn', decided_at = clock_timestamp() where a.subject_id = who and a.kind = 'roles' and a.state = 'waiting';
end $$;

-- Gives and takes roles. What is guarded, or given to oneself, is given by hidden.decide alone.
create or replace function hidden.change_roles(who uuid, given text[], taken text[]) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare could boolean;
begin
  perform hidden.one_at_a_time();
  if not (hidden.may('person.change') and hidden.is_fresh()) then return false; end if;
  if given <> '{}' and (who = hidden.me() or hidden.holds_guarded(given)) then raise exception 'a second person is needed' using errcode = 'SR010'; end if;
  could := hidden.can(who, 'approval.give');
  update app.people p set version = p.version + 1, changed_at = clock_timestamp(),
    roles = (select coalesce(array_agg(distinct r), '{}') from unnest(p.roles || given) r where not r = any (taken))
  where p.id = who and (p.leaves_at is null or p.leaves_at > clock_timestamp());
  if not found then return false; end if;
  if could and not hidden.can(who, 'approval.give') then perform hidden.thin(clock_timestamp()); end if;
  if not hidden.is_run() then raise exception 'nobody would be left' using errcode = 'SR011'; end if;
  return true;
end $$;

-- Whoever takes over what nobody else is on: a partner or lawyer who stays. Someone who runs the firm and is no partner
-- cannot name a lawyer whom they let in themselves: through them they would read what they may not.
create or replace function hidden.may_succeed(who uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select hidden.is_here(who) and exists (select from app.people p where p.id = who and p.leaves_at is null and p.probe_id is null) and exists (
    select from hidden.roles_of(who) r where r.role = 'partner' or (r.role = 'lawyer' and (
      exists (select from hidden.roles_of(hidden.me()) own where own.role = 'partner')
      or not exists (select from app.links l where l.person_id = who and l.kind = 'invitation' and l.made_by = hidden.me()))))
$$;

-- Lets someone leave: from that moment on they are nobody, whatever they still hold. What they held ends here.
create or replace function hidden.leave(who uuid, at_time timestamptz, successor uuid)
returns table (sessions integer, tokens integer, passkeys integer)
language plpgsql volatile security definer set search_path = '' as $$
declare at_once boolean := at_time <= clock_timestamp();
begin
  perform hidden.one_at_a_time();
  if not ((hidden.may('person.leave') and hidden.is_fresh()) or hidden.provisions()) then return; end if;
  if who = hidden.me() then raise exception 'not to oneself' using errcode = 'SR012'; end if;
  if successor is not null and (successor = who or not hidden.may_succeed(successor)) then raise exception 'cannot take over' using errcode = 'SR018'; end if;
  update app.people p set leaves_at = case when at_once then transaction_timestamp() else at_time end, successor_id = successor, settled_at = null,
    version = p.version + 1, changed_at = clock_timestamp()
  where p.id = who and (p.leaves_at is null or p.leaves_at > clock_timestamp());
  if not found then raise exception 'has left already' using errcode = 'SR013'; end if;
  if not hidden.is_run() then raise exception 'nobody would be left' using errcode = 'SR011'; end if;
  if at_once then return query select * from hidden.end_access(who);
  else return query select 0, 0, 0; end if;
end $$;

-- Sessions, tokens, factors, links (those they made for others too), groups and what they asked for. Their entries and
-- their name stay. How many ended that were still alive.
create or replace function hidden.end_access(who uuid) returns table (sessions integer, tokens integer, passkeys integer)
language plpgsql volatile security definer set search_path = '' as $$
begin
  with ended as (update app.sessions s set revoked_at = clock_timestamp() where s.person_id = who and s.revoked_at is null
    returning s.kind, s.ends_at > clock_timestamp() and (s.idle_limit is null or s.used_at + s.idle_limit > clock_timestamp()) as alive)
  select count(*) filter (where e.alive and e.kind <> 'token'), count(*) filter (where e.alive and e.kind = 'token') into sessions, tokens from ended e;
  update app.passkeys k set revoked_at = clock_timestamp() where k.person_id = who and k.revoked_at is null;
  get diagnostics passkeys = row_count;
  update app.links l set used_at = clock_timestamp() where (l.person_id = who or l.made_by = who) and l.used_at is null;
  update app.approvals a set state = 'withdrawn', decided_at = clock_timestamp() where (a.asked_by = who or a.subject_id = who) and a.state = 'waiting';
  delete from app.group_members m where m.person_id = who;
  -- the identity stays, for nobody who has left is found by it, and it cannot come in again as someone new (hidden.join_by_identity)
  delete from app.recovery_codes c where c.person_id = who;
  update app.people p set password_hash = null, sealed_totp = null, totp_made_at = null where p.id = who;
  return next;
end $$;

-- Nobody calls their own leaving off.
create or replace function hidden.stay(who uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not (hidden.may('person.leave') and hidden.is_fresh()) then return false; end if;
  if who = hidden.me() then raise exception 'not to oneself' using errcode = 'SR012'; end if;
  update app.people p set leaves_at = null, successor_id = null, version = p.version + 1, changed_at = clock_timestamp()
  where p.id = who and p.leaves_at > clock_timestamp();
  return found;
end $$;

-- Takes someone back: no roles that need a second person, and nothing of what they could sign in with.
create or replace function hidden.take_back(who uuid, wanted text[]) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not (hidden.may('person.leave') and hidden.is_fresh() and not hidden.holds_guarded(wanted)) then return false; end if;
  return hidden.come_back(who, wanted, false);
end $$;
-- The same for the firm and for a directory, which have asked before whether they may. False: they have not left, or what
-- they left is not handed over yet.
create or replace function hidden.come_back(who uuid, wanted text[], by_directory boolean) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  update app.people p set leaves_at = null, successor_id = null, settled_at = null, joined_at = null, roles = wanted, unlisted = false,
    provisioned = p.provisioned or by_directory, version = p.version + 1, changed_at = clock_timestamp()
  where p.id = who and p.leaves_at <= clock_timestamp() and p.settled_at is not null
    and not exists (select from app.team_members t where t.person_id = who and (t.ends_at is null or t.ends_at > clock_timestamp()));
  if not found then return false; end if;
  perform hidden.forget_leaving(who);
  return true;
end $$;
-- That they left stays (hidden.thinned_at); the report of it and the account at the provider belong to someone who has gone.
create or replace function hidden.forget_leaving(who uuid) returns void
language sql volatile security definer set search_path = '' as $$
  select hidden.thin(statement_timestamp());
  delete from app.leavings l where l.person_id = who;
  delete from app.identities i where i.person_id = who;
  -- one that a directory brought them into while they were leaving
  delete from app.group_members m where m.person_id = who;
$$;

-- What someone who leaves could know or has set up: `founder`, `runs` (by a role of now, or one that was approved), live
-- access tokens with the directory in their scope or without (`directory`, `tokens`), live `links` they made, `sso`.
create or replace function hidden.knew_of(who uuid) returns text[]
language sql stable security definer set search_path = '' as $$
  with alive as (select s.scope from app.sessions s where s.person_id = who and s.kind = 'token' and s.revoked_at is null and s.ends_at > clock_timestamp())
  select array_remove(array[
    case when who = (select p.id from app.people p order by p.created_at, p.id limit 1) then 'founder' end,
    case when exists (select from app.roles r where hidden.runs(r.permissions) and (
      exists (select from app.people p where p.id = who and r.role = any (p.roles))
      or exists (select from app.approvals a where a.subject_id = who and a.state = 'approved' and r.role = any (a.roles)))) then 'runs' end,
    case when exists (select from alive where 'person.provision' = any (alive.scope)) then 'directory' end,
    case when exists (select from alive where not 'person.provision' = any (alive.scope)) then 'tokens' end,
    case when exists (select from app.links l where l.made_by = who and l.person_id <> who and l.used_at is null and l.ends_at > clock_timestamp()) then 'links' end,
    case when exists (select from app.settings s where s.set_by = who and s.name = 'sso') then 'sso' end], null)
$$;
create or replace function hidden.knew(who uuid) returns text[]
language sql stable security definer set search_path = '' as $$
  select hidden.knew_of(who) where hidden.may('person.leave') or hidden.provisions()
$$;

-- Ends one session of a person, or all and the access tokens with them. How many ended.
create or replace function hidden.end_sessions(who uuid, one uuid) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare ended integer;
begin
  if not hidden.may('person.reset') then return 0; end if;
  update app.sessions s set revoked_at = clock_timestamp()
  where s.person_id = who and (one is null or s.id = one) and s.revoked_at is null and s.ends_at > clock_timestamp() and s.id <> hidden.session();
  get diagnostics ended = row_count;
  if one is null then perform hidden.kill_links(who); end if;
  return ended;
end $$;

-- What was proved so far, or asked for by e-mail, and is not used yet: it ends with what it was proved by.
create or replace function hidden.kill_links(who uuid) returns void
language sql volatile security definer set search_path = '' as $$
  update app.links l set used_at = clock_timestamp()
  where l.person_id = who and l.kind in ('renewal', 'second', 'sso', 'password') and l.used_at is null
$$;
create or replace function hidden.kill_my_links() returns void
language sql volatile security definer set search_path = '' as $$ select hidden.kill_links(hidden.me()) $$;

-- How people sign in, for those who may know it.
create or replace function hidden.sign_in_of(who uuid)
returns table (person uuid, totp boolean, passkeys bigint, recovery bigint, identity boolean, seen_at timestamptz, has_password boolean,
  password_changed_at timestamptz, password_due boolean, link_ends_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select p.id, p.sealed_totp is not null,
    (select count(*) from app.passkeys k where k.person_id = p.id and k.revoked_at is null),
    (select count(*) from app.recovery_codes c where c.person_id = p.id and c.used_at is null),
    hidden.is_here(p.id) and exists (select from app.identities i where i.person_id = p.id),
    p.seen_at, p.password_hash is not null, p.password_changed_at, p.password_due,
    (select max(l.ends_at) from app.links l where l.person_id = p.id and l.used_at is null and l.kind = 'invitation')
  from app.people p
  where (who is null or p.id = who) and (hidden.may('person.read') or p.id = hidden.me())
$$;

grant select on app.firm to subrosa_person;
create policy select_own_firm on app.firm for select to subrosa_person using ((select hidden.me()) is not null);

-- A one-time link for someone; who may make which is asked here, and the one before it dies.
create or replace function hidden.make_link(link_hash bytea, who uuid, link_kind text, ends timestamptz) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare ok boolean := false;
begin
  if not exists (select from app.people p where p.id = who and (p.leaves_at is null or p.leaves_at > clock_timestamp())) then return false; end if;
  if link_kind = 'invitation' then
    ok := exists (select from app.people p where p.id = who and p.joined_at is null)
      and ((hidden.may('person.invite') and hidden.is_fresh()) or (hidden.provisions() and hidden.is_of_directory(who)));
  elsif link_kind = 'password' then
    ok := hidden.is_here(who) and hidden.may('person.reset') and hidden.is_fresh();
  elsif link_kind in ('factor', 'account') then
    -- one link for each approval, made by either of the two
    update app.approvals a set linked_at = clock_timestamp()
    where a.subject_id = who and a.kind = link_kind and a.state = 'approved' and a.linked_at is null and hidden.me() in (a.asked_by, a.decided_by);
    ok := found;
  end if;
  if not ok then return false; end if;
  if link_kind = 'invitation' and exists (select from app.links l where l.person_id = who and l.kind = 'invitation' and l.used_at is null) then
    perform hidden.unguard(who);
  end if;
  update app.links l set used_at = clock_timestamp() where l.person_id = who and l.kind = link_kind and l.used_at is null;
  insert into app.links (hash, person_id, kind, made_by, ends_at) values (link_hash, who, link_kind, hidden.me(), ends);
  return true;
end $$;

grant select on app.links, app.passkeys, app.recovery_codes, app.identities, app.approvals, app.devices, app.settings to subrosa_gate;
grant insert, update (used_at) on app.links to subrosa_gate;
grant update (revoked_at, counter, used_at) on app.passkeys to subrosa_gate;
grant delete on app.recovery_codes, app.identities, app.group_members to subrosa_gate;
grant update (state, decided_by, decided_at, linked_at) on app.approvals to subrosa_gate;
grant update (revoked_at) on app.sessions to subrosa_gate;
grant update (sealed_name, sealed_email, email_token, roles, version, changed_at, leaves_at, successor_id, settled_at, joined_at, unlisted, password_hash, sealed_totp, credentials_at)
  on app.people to subrosa_gate;
create policy gate_links on app.links to subrosa_gate using (true) with check (true);
create policy gate_keys on app.passkeys to subrosa_gate using (true) with check (true);
create policy gate_knows on app.identities to subrosa_gate using (true) with check (true);
create policy gate_decides on app.approvals to subrosa_gate using (true) with check (true);
create policy gate_knows on app.devices to subrosa_gate using (true) with check (true);

grant execute on function
  hidden.is_alone(uuid), hidden.is_founding(), hidden.holds_guarded(text[]), hidden.administrators(), hidden.may_succeed(uuid), hidden.knew(uuid), hidden.edit_person(uuid, bytea, bytea, bytea),
  hidden.change_roles(uuid, text[], text[]), hidden.leave(uuid, timestamptz, uuid), hidden.stay(uuid), hidden.take_back(uuid, text[]),
  hidden.end_sessions(uuid, uuid), hidden.kill_my_links(), hidden.sign_in_of(uuid), hidden.make_link(bytea, uuid, text, timestamptz)
to subrosa_person;

-- The owner opens the firm's keys and names the log, once at start, as the migrator; nobody else holds anything here.
create policy owner_unwraps on app.keys to subrosa_owner using (true) with check (true);
