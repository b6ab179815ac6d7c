-- Who asks. The raw session secret comes as a bind parameter, is set for one transaction, and is known here only by
-- its SHA-256: whoever can inject SQL still cannot name another person, and a revoked session is nobody at the next
-- statement. These few functions run as subrosa_gate, which no one who serves requests can become. Those that every
-- request asks are in plpgsql, which keeps a connection's plans; PostgreSQL before 18 plans an SQL function at each call.

grant select on app.sessions, app.people, app.roles, app.groups, app.group_members, app.team_members, app.matters to subrosa_gate;
create policy gate_sees on app.sessions to subrosa_gate using (true);
create policy gate_sees on app.people to subrosa_gate using (true);
create policy gate_sees on app.roles to subrosa_gate using (true);
create policy gate_sees on app.groups to subrosa_gate using (true);
create policy gate_sees on app.group_members to subrosa_gate using (true);
create policy gate_sees on app.team_members to subrosa_gate using (true);
create policy gate_sees on app.matters to subrosa_gate using (true);

-- What runs the system: the permissions of kind `system` in src/contract/roles.ts (a test binds them).
create or replace function hidden.runs(permissions text[]) returns boolean
language sql immutable set search_path = '' as $$
  select permissions && '{person.invite,person.read,person.change,person.reset,person.leave,person.provision,role.change,group.change,setting.change,storage.move,clock.confirm,key.rotate,receiver.keep}'::text[]
$$;
-- What a person does in person and no access token does for them. The same as IN_PERSON in src/contract/roles.ts (a test binds them).
create or replace function hidden.in_person(permissions text[]) returns boolean
language sql immutable set search_path = '' as $$
  select permissions && '{token.manage,approval.give,person.invite,person.change,person.reset,person.leave,role.change,group.change,setting.change,clock.confirm,log-review.keep,wall.keep,client.merge,conflict.decide,grant.approve,grant.break-glass,grant.oversee,matrix.change,probe.run,document.destroy,hold.keep,matter.destroy,quarantine.release,storage.move,key.rotate,receiver.keep,witness.keep,evidence.make}'::text[]
$$;

-- Given by two people and never by a group: what runs the system, oversees the whole firm, or is the second person; who
-- could make a second person alone would need none. The same as isGuarded there (a test binds them).
create or replace function hidden.is_guarded(permissions text[]) returns boolean
language sql immutable set search_path = '' as $$
  select hidden.runs(permissions) or permissions && '{ledger.oversee,log-review.keep,approval.give,wall.keep,register.read,client.merge,conflict.decide,grant.oversee,access.oversee,matrix.change,probe.run,matter.destroy,quarantine.release,witness.keep}'::text[]
$$;
-- Whether these would both run the system and work or oversee. The same as isMixed there (a test binds them).
create or replace function hidden.is_mixed(permissions text[]) returns boolean
language sql immutable set search_path = '' as $$
  select hidden.runs(permissions) and exists (select from unnest(permissions) one
    where not hidden.runs(array[one]) and not one = any ('{person.list,role.list,token.manage,setting.read,approval.give,matrix.read,grant.request,quarantine.release,integrity.keep,evidence.make}'::text[]))
$$;

-- What someone of a leak probe is left of a role: they change nothing of the firm itself, whoever they are a twin of.
create or replace function hidden.harmless(permissions text[]) returns text[]
language sql immutable set search_path = '' as $$
  select array(select unnest(permissions) except select unnest('{person.invite,person.change,person.reset,person.leave,person.provision,role.change,group.change,setting.change,clock.confirm,log-review.keep,approval.give,matrix.change,matter.destroy,quarantine.release,storage.move,key.rotate,receiver.keep,witness.keep}'::text[]))
$$;
-- A person's roles: their own, and those that their groups bring. What a group brings is never guarded, whatever it says.
create or replace function hidden.roles_of(who uuid) returns table (role text, permissions text[], by_group uuid)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query
    select r.role, case when p.probe_id is null then r.permissions else hidden.harmless(r.permissions) end, null::uuid
    from app.people p join app.roles r on r.role = any (p.roles) where p.id = who and r.retired_at is null
    union all
    select r.role, r.permissions, g.id
    from app.group_members m join app.groups g on g.id = m.group_id join app.roles r on r.role = any (g.roles)
    where m.person_id = who and r.retired_at is null and not hidden.is_guarded(r.permissions);
end $$;

-- Whether someone holds a role, by themselves or by a group.
create or replace function hidden.has_role(who uuid, wanted text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from app.people p where p.id = who and wanted = any (p.roles))
    or exists (select from app.group_members m join app.groups g on g.id = m.group_id where m.person_id = who and wanted = any (g.roles))
$$;

-- Whether the firm or a directory keeps a group's members.
create or replace function hidden.kept_by(which uuid) returns text
language sql stable security definer set search_path = '' as $$ select g.kept_by from app.groups g where g.id = which $$;
-- Someone who has come and has not left.
create or replace function hidden.is_here(who uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from app.people p where p.id = who and p.joined_at is not null
    and (p.leaves_at is null or p.leaves_at > statement_timestamp()))
$$;

-- The session of whoever asks, while it lives; null where there is none. It holds the hash of its secret: for no one but these functions.
create or replace function hidden.asking() returns app.sessions
language plpgsql stable security definer set search_path = '' as $$
declare hash bytea := sha256(decode(current_setting('subrosa.secret', true), 'hex')); found_ app.sessions;
begin
  select s.* into found_ from app.sessions s join app.people p on p.id = s.person_id
  where s.secret_hash = hash
    -- a session that ends itself lives on to the end of that transaction, so that its last entry is its own
    and (s.revoked_at is null or s.revoked_at = transaction_timestamp())
    and s.ends_at > statement_timestamp()
    and (s.idle_limit is null or s.used_at + s.idle_limit > statement_timestamp())
    and (p.leaves_at is null or p.leaves_at > statement_timestamp());
  return found_;
end $$;
-- Whoever asks; nobody where there is no session.
create or replace function hidden.me() returns uuid
language plpgsql stable security definer set search_path = '' as $$
begin
  return (hidden.asking()).person_id;
end $$;
create or replace function hidden.session() returns uuid
language plpgsql stable security definer set search_path = '' as $$
begin
  return (hidden.asking()).id;
end $$;

create or replace function hidden.via() returns text
language sql stable security definer set search_path = '' as $$
  select s.kind from app.sessions s where s.id = (select hidden.session())
$$;

-- A second factor was proved in this session within five minutes: sensitive acts ask for that. A token never has one.
create or replace function hidden.is_fresh() returns boolean
language plpgsql stable security definer set search_path = '' as $$
declare asks app.sessions := hidden.asking();
begin
  return coalesce(asks.kind <> 'token' and asks.factor_at > statement_timestamp() - interval '5 minutes', false);
end $$;

-- The way in, once a transaction: sets the secret for its length, and says what the door needs to know of who asks. Roles
-- and permissions are words with commas between them, some of them twice: to tell them apart here takes longer than all the rest.
create or replace function hidden.enter(secret text)
returns table (person uuid, session uuid, kind text, roles text, permissions text, scope text[], sealed_name bytea, sealed_email bytea,
  ends_at timestamptz, used_at timestamptz, factor_at timestamptz, device uuid, device_token bytea)
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_column
declare asks app.sessions;
begin
  perform set_config('subrosa.secret', secret, true);
  asks := hidden.asking();
  return query
    select p.id, asks.id, asks.kind, coalesce(held.roles, ''), coalesce(held.permissions, ''), asks.scope, p.sealed_name, p.sealed_email,
      asks.ends_at, asks.used_at, asks.factor_at, asks.device_id, asks.device_token
    from app.people p cross join lateral (
      select string_agg(r.role, ',') as roles, string_agg(array_to_string(r.permissions, ','), ',') as permissions
      from hidden.roles_of(p.id) r) held
    where p.id = asks.person_id;
end $$;

-- May this person do this at all; which matters is the wall's business.
create or replace function hidden.may(permission text) returns boolean
language plpgsql stable security definer set search_path = '' as $$
declare asks app.sessions := hidden.asking();
begin
  if asks.id is null or not (asks.scope is null or permission = any (asks.scope)) then return false; end if;
  return exists (select from hidden.roles_of(asks.person_id) r where permission = any (r.permissions));
end $$;

-- Whether a directory asks (SCIM): by an access token only, because a browser's session would do what asks for a fresh factor.
create or replace function hidden.provisions() returns boolean
language sql stable security definer set search_path = '' as $$
  select hidden.may('person.provision') and hidden.via() = 'token'
$$;

-- Whether someone who is here may do this by a role.
create or replace function hidden.can(who uuid, permission text) returns boolean
language sql stable security definer set search_path = '' as $$
  select hidden.is_here(who) and exists (select from hidden.roles_of(who) r where permission = any (r.permissions))
$$;

-- Whatever changes who may do what waits here for whoever is at it, so that each sees what the other has done.
create or replace function hidden.one_at_a_time() returns void
language sql volatile set search_path = '' as $$ select pg_advisory_xact_lock(1919904869) $$;

-- Nobody else could be the second person: as in a firm of one.
create or replace function hidden.is_alone(but uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select not exists (
    select from app.people p where p.id <> hidden.me() and p.id is distinct from but and p.probe_id is null and hidden.can(p.id, 'approval.give'))
$$;
-- When the firm last lost someone who could be the second person, by a role that was taken or because they left. Null: never.
create or replace function hidden.thinned_at() returns timestamptz
language sql stable security definer set search_path = '' as $$
  select greatest((select f.thinned_at from app.firm f), (select max(p.leaves_at) from app.people p where p.leaves_at <= statement_timestamp() and p.probe_id is null))
$$;
-- Nobody else could be it, and nobody ever could: a firm that is being founded. Whoever sent the others away is not that.
create or replace function hidden.is_founding() returns boolean
language sql stable security definer set search_path = '' as $$
  select hidden.is_alone(null) and hidden.thinned_at() is null
$$;
-- From then on the firm has one fewer who could be the second person.
create or replace function hidden.thin(since timestamptz) returns void
language sql volatile security definer set search_path = '' as $$ update app.firm f set thinned_at = greatest(f.thinned_at, since) $$;
grant select, update (thinned_at) on app.firm to subrosa_gate;

-- Whether these roles together hold something guarded; an unknown role counts as such, a retired one brings nothing any more.
create or replace function hidden.holds_guarded(wanted text[]) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from unnest(wanted) w left join app.roles r on r.role = w
    where r.role is null or (r.retired_at is null and hidden.is_guarded(r.permissions)))
$$;

-- A matter that this person has just made and that has no team yet: its maker may be the first on it.
create or replace function hidden.without_team(matter uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from app.matters m where m.id = matter and m.created_by = hidden.me())
    and not exists (select from app.team_members t where t.matter_id = matter)
$$;

-- The membership that this person ended in this very transaction: the entry of leaving is still theirs to write.
create or replace function hidden.left_just_now(matter uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select from app.team_members t
    where t.matter_id = matter and t.person_id = hidden.me() and t.ended_by = hidden.me() and t.ends_at = transaction_timestamp())
$$;

-- A team, for those within reach; whoever is kept from the matter is not on it, whatever was written once.
create or replace function hidden.team_of(matter uuid)
returns table (person uuid, sealed_name bytea, member uuid, role text, via text, sealed_reason bytea, starts_at timestamptz, ends_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select p.id, p.sealed_name, t.id, t.role, t.via, t.sealed_reason, t.starts_at, t.ends_at
  from app.team_members t join app.people p on p.id = t.person_id
  where t.matter_id = matter and (t.ends_at is null or t.ends_at > statement_timestamp()) and hidden.reaches(matter)
    and not hidden.is_screened(t.person_id, matter)
  order by t.starts_at, t.id
$$;

grant execute on function
  hidden.session(), hidden.me(), hidden.via(), hidden.enter(text), hidden.may(text), hidden.provisions(), hidden.is_fresh(), hidden.runs(text[]), hidden.in_person(text[]), hidden.is_guarded(text[]), hidden.is_mixed(text[]), hidden.is_here(uuid),
  hidden.without_team(uuid), hidden.left_just_now(uuid), hidden.team_of(uuid)
to subrosa_person;
