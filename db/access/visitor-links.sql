-- What the visitor does by a one-time link, and after the identity provider has answered. Granted in visitor.sql.

create or replace function hidden.link(link_hash bytea)
returns table (person uuid, kind text, factor text, ends_at timestamptz, sealed_name bytea, sealed_email bytea)
language sql stable security definer set search_path = '' as $$
  select l.person_id, l.kind, l.factor, l.ends_at, p.sealed_name, p.sealed_email from app.links l join app.people p on p.id = l.person_id
  where l.hash = link_hash and l.used_at is null and l.ends_at > statement_timestamp()
    and (p.leaves_at is null or p.leaves_at > statement_timestamp()) and (l.kind = 'invitation' or p.joined_at is not null)
    -- a link that someone made who has left since serves nobody
    and (l.made_by is null or hidden.is_here(l.made_by))
$$;
-- the roles of whoever a link is for, by which their session's limits go
create or replace function hidden.roles_by_link(link_hash bytea) returns table (roles text[])
language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(distinct r.role), '{}') from app.links l cross join lateral hidden.roles_of(l.person_id) r where l.hash = link_hash
$$;
create or replace function hidden.use_link(link_hash bytea, link_kind text) returns uuid
language sql volatile security definer set search_path = '' as $$
  update app.links l set used_at = clock_timestamp()
  where l.hash = link_hash and l.kind = link_kind and l.used_at is null and l.ends_at > statement_timestamp() returning l.person_id
$$;
-- For what was proved so far, or asked for by e-mail: a forgotten password, one that is due, the step after the provider.
create or replace function hidden.new_link(link_hash bytea, who uuid, link_kind text, proved text, ends timestamptz) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if link_kind not in ('password', 'renewal', 'sso', 'second') or not hidden.is_here(who) then return false; end if;
  -- a stranger may ask for a link for a password: it must not kill the one that its owner asked for
  update app.links l set used_at = clock_timestamp() where l.person_id = who and l.kind = link_kind and l.kind <> 'password' and l.used_at is null;
  insert into app.links (hash, person_id, kind, factor, ends_at) values (link_hash, who, link_kind, proved, ends);
  return true;
end $$;

-- What a person has chosen by a link, or at the founding: password (null: as it is), authenticator app, passkey, codes.
create or replace function hidden.enrol(who uuid, password text, totp bytea, totp_step bigint, codes bytea[])
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  if password is not null then perform hidden.keep_password(who, password); end if;
  update app.people p set joined_at = coalesce(p.joined_at, clock_timestamp()),
    sealed_totp = coalesce(totp, p.sealed_totp), totp_used_step = coalesce(totp_step, p.totp_used_step),
    totp_made_at = case when totp is null then p.totp_made_at else clock_timestamp() end
  where p.id = who;
  delete from app.recovery_codes c where c.person_id = who;
  insert into app.recovery_codes (person_id, code_hash) select who, unnest(codes);
end $$;
create or replace function hidden.enrol_passkey(passkey uuid, who uuid, credential bytea, key bytea, count_now bigint, ways text[], in_step boolean, name bytea)
returns void language sql volatile security definer set search_path = '' as $$
  insert into app.passkeys (id, person_id, credential_id, public_key, counter, transports, synced, sealed_name, used_at)
  values (passkey, who, credential, key, count_now, ways, in_step, name, clock_timestamp())
$$;

create or replace function hidden.passwords_before(who uuid, most integer) returns setof text
language sql stable security definer set search_path = '' as $$
  select h.password_hash from app.password_history h where h.person_id = who order by h.until desc limit most
$$;
-- A new password by link or because it was due: whatever session there was ends.
create or replace function hidden.renew_password(who uuid, new_hash text) returns void
language sql volatile security definer set search_path = '' as $$
  select hidden.keep_password(who, new_hash);
  update app.sessions s set revoked_at = clock_timestamp() where s.person_id = who and s.revoked_at is null;
  select hidden.kill_links(who);
$$;
create or replace function hidden.mark_password(who uuid) returns void
language sql volatile security definer set search_path = '' as $$ update app.people p set password_due = true where p.id = who $$;

create or replace function hidden.identity(account bytea) returns uuid
language sql stable security definer set search_path = '' as $$
  select i.person_id from app.identities i where i.account_token = account and hidden.is_here(i.person_id)
$$;
-- Someone whom a mapped group lets in, with no role of their own. False: none of these groups is mapped to a role.
create or replace function hidden.join_by_identity(who uuid, name bytea, email bytea, email_token bytea, identity uuid, account bytea, label bytea, group_tokens bytea[])
returns boolean language plpgsql volatile security definer set search_path = '' as $$
begin
  if not exists (select from app.groups g where g.kept_by = 'claims' and g.name_token = any (group_tokens) and g.roles <> '{}') then return false; end if;
  insert into app.people (id, sealed_name, sealed_email, email_token, roles, joined_at) values (who, name, email, email_token, '{}', clock_timestamp());
  insert into app.identities (id, person_id, account_token, sealed_label) values (identity, who, account, label);
  return true;
end $$;
-- A person's groups are those that the provider says, among those that follow its claims. What changed.
create or replace function hidden.follow_groups(who uuid, group_tokens bytea[]) returns table (id uuid, sealed_name bytea, came boolean)
language sql volatile security definer set search_path = '' as $$
  with gone as (
    delete from app.group_members m using app.groups g
    where g.id = m.group_id and m.person_id = who and g.kept_by = 'claims' and not g.name_token = any (group_tokens)
    returning g.id, g.sealed_name, false),
  come as (
    -- whoever said what a group brings does not come by it themselves
    insert into app.group_members (group_id, person_id)
    select g.id, who from app.groups g
    where g.kept_by = 'claims' and g.name_token = any (group_tokens) and (g.roles = '{}' or g.roles_by is distinct from who)
    on conflict do nothing returning group_id)
  select * from gone union all select g.id, g.sealed_name, true from come join app.groups g on g.id = come.group_id
$$;
