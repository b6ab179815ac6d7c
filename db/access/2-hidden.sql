-- Who asks. The raw session secret comes as a bind parameter, is set for one transaction, and is known here only by
-- its SHA-256: whoever can inject SQL still cannot name another person, and a revoked session is nobody at the next
-- statement. These few functions run as subrosa_gate, which no one who serves requests can become.

grant select on app.sessions, app.people, app.roles, app.team_members, app.matters to subrosa_gate;
create policy gate_sees on app.sessions to subrosa_gate using (true);
create policy gate_sees on app.people to subrosa_gate using (true);
create policy gate_sees on app.roles to subrosa_gate using (true);
create policy gate_sees on app.team_members to subrosa_gate using (true);
create policy gate_sees on app.matters to subrosa_gate using (true);

create or replace function hidden.session() returns uuid
language sql stable security definer set search_path = '' as $$
  select s.id from app.sessions s
  where s.secret_hash = sha256(decode(current_setting('subrosa.secret', true), 'hex'))
    -- a session that ends itself lives on to the end of that transaction, so that its last entry is its own
    and (s.revoked_at is null or s.revoked_at = transaction_timestamp())
    and s.ends_at > statement_timestamp()
    and (s.idle_limit is null or s.used_at + s.idle_limit > statement_timestamp())
$$;

create or replace function hidden.me() returns uuid
language sql stable security definer set search_path = '' as $$
  select s.person_id from app.sessions s where s.id = hidden.session()
$$;

create or replace function hidden.via() returns text
language sql stable security definer set search_path = '' as $$
  select s.kind from app.sessions s where s.id = hidden.session()
$$;

-- The way in, once a transaction: sets the secret for its length, and says what the door needs to know of who asks.
create or replace function hidden.enter(secret text)
returns table (person uuid, session uuid, kind text, roles text[], scope text[], sealed_name bytea, sealed_email bytea, ends_at timestamptz, used_at timestamptz)
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform set_config('subrosa.secret', secret, true);
  return query
    select p.id, s.id, s.kind, p.roles, s.scope, p.sealed_name, p.sealed_email, s.ends_at, s.used_at
    from app.sessions s join app.people p on p.id = s.person_id
    where s.id = hidden.session();
end $$;

-- May this person do this at all; which matters is the wall's business.
create or replace function hidden.may(permission text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select from app.sessions s join app.people p on p.id = s.person_id join app.roles r on r.role = any (p.roles)
    where s.id = hidden.session() and permission = any (r.permissions)
      and (s.scope is null or permission = any (s.scope)))
$$;

-- Whether this person is on the matter's team now. Policies spell the same out where the planner needs it correlated;
-- this function serves where a policy would have to read its own table.
create or replace function hidden.on_team(matter uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select from app.team_members t
    where t.matter_id = matter and t.person_id = hidden.me()
      and t.starts_at <= statement_timestamp() and (t.ends_at is null or t.ends_at > statement_timestamp()))
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

-- A team, for those on it.
create or replace function hidden.team_of(matter uuid)
returns table (person uuid, sealed_name bytea, member uuid, role text, sealed_reason bytea, starts_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select p.id, p.sealed_name, t.id, t.role, t.sealed_reason, t.starts_at
  from app.team_members t join app.people p on p.id = t.person_id
  where t.matter_id = matter and (t.ends_at is null or t.ends_at > statement_timestamp()) and hidden.on_team(matter)
  order by t.starts_at, t.id
$$;

grant execute on function
  hidden.session(), hidden.me(), hidden.via(), hidden.enter(text), hidden.may(text), hidden.on_team(uuid),
  hidden.without_team(uuid), hidden.left_just_now(uuid), hidden.team_of(uuid)
to subrosa_person;
