-- People and their sessions. A password's hash, a TOTP secret and a session's hash are granted to nobody who asks:
-- the visitor's functions at the end hand them to the door for the one account that is signing in.

grant select (id, sealed_name, sealed_email, roles, created_at, joined_at, invitation_ends_at) on app.people to subrosa_person;
create policy select_colleagues on app.people for select to subrosa_person using ((select hidden.me()) is not null);
grant insert (id, sealed_name, sealed_email, email_token, roles, invitation_hash, invitation_ends_at, created_by) on app.people to subrosa_person;
create policy insert_by_permission on app.people for insert to subrosa_person with check (
  created_by = (select hidden.me()) and (select hidden.may('person.create')));

grant select on app.firm to subrosa_person;
create policy select_own_firm on app.firm for select to subrosa_person using ((select hidden.me()) is not null);

grant select (id, person_id, kind, sealed_label, scope, created_at, used_at, ends_at, revoked_at), update (revoked_at) on app.sessions to subrosa_person;
grant insert (id, person_id, secret_hash, kind, sealed_label, scope, ends_at) on app.sessions to subrosa_person;
create policy select_own on app.sessions for select to subrosa_person using (person_id = (select hidden.me()));
-- revoked is for ever
create policy update_own on app.sessions for update to subrosa_person using (person_id = (select hidden.me()) and revoked_at is null) with check (person_id = (select hidden.me()));
-- an access token is made in a session and never by another token
create policy insert_token on app.sessions for insert to subrosa_person with check (
  person_id = (select hidden.me()) and kind = 'token' and scope is not null and ends_at < statement_timestamp() + interval '367 days' and (select hidden.via()) <> 'token' and (select hidden.may('token.manage')));

-- keeps a session from its idle limit; at most one write a minute
create or replace function hidden.touch() returns void
language sql volatile security definer set search_path = '' as $$
  update app.sessions s set used_at = clock_timestamp()
  where s.id = hidden.session() and s.used_at < clock_timestamp() - interval '1 minute'
$$;
grant update (used_at) on app.sessions to subrosa_gate;
grant execute on function hidden.touch() to subrosa_person;

-- The owner opens the firm's keys and names the log, once at start, as the migrator; nobody else holds anything here.
create policy owner_unwraps on app.keys to subrosa_owner using (true) with check (true);

-- Invites again someone whose invitation ran out before they came. Name and roles stay as they were given first.
create or replace function hidden.invite_again(token bytea, hash bytea, ends timestamptz) returns uuid
language plpgsql security definer set search_path = '' as $$
declare who uuid;
begin
  if not hidden.may('person.create') then return null; end if;
  update app.people p set invitation_hash = hash, invitation_ends_at = ends
  where p.email_token = token and p.joined_at is null and p.invitation_ends_at < statement_timestamp() returning p.id into who;
  return who;
end $$;
grant execute on function hidden.invite_again(bytea, bytea, timestamptz) to subrosa_person;
