-- What a directory does over SCIM, by an access token that holds person.provision, and what its word counts for at the door.
--
-- A directory lets anyone leave but the token's owner and the last who can run the firm: shutting out is the safe side.
-- It changes the name and the address only of people whom it brought and to whom the firm gave no role by hand, while
-- nothing about them waits for a second person. For where an address goes, there go invitations, links that renew a
-- password or a factor, and notices: a directory that could redirect an administrator's, or those of someone whose
-- guarded role is about to be approved, could take the account over. And it gives no role: groups bring those, the
-- firm says which, and never a guarded one.

create or replace function hidden.is_of_directory(who uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select from app.people p where p.id = who and p.provisioned and p.roles = '{}'
      and not exists (select from app.approvals a where a.subject_id = p.id and a.ends_at > clock_timestamp()
        and (a.state = 'waiting' or (a.state = 'approved' and a.kind <> 'roles' and a.linked_at is null))))
$$;

-- People as the directory knows them: all of the firm, or those of an id, an address or an external id, without those
-- whom it has deleted and who have left.
create or replace function hidden.directory_people(who uuid, email bytea, external bytea)
returns table (id uuid, sealed_name bytea, sealed_email bytea, sealed_directory bytea, active boolean, created_at timestamptz, changed_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select p.id, p.sealed_name, p.sealed_email, p.sealed_directory, p.leaves_at is null or p.leaves_at > statement_timestamp(), p.created_at,
    -- a leaving that was set for later changes what is told when its time has come
    case when p.leaves_at <= statement_timestamp() then greatest(p.changed_at, p.leaves_at) else p.changed_at end
  from app.people p
  where hidden.provisions() and (who is null or p.id = who) and (email is null or p.email_token = email)
    and (external is null or p.external_token = external)
    and not (p.unlisted and p.leaves_at is not null and p.leaves_at <= statement_timestamp())
  order by p.id
$$;
-- For one write after another: whoever comes second waits here, and then sees what the first has done.
create or replace function hidden.hold_person(who uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not hidden.provisions() then return; end if;
  -- first what hidden.leave waits for, so that no two wait for each other
  perform hidden.one_at_a_time();
  perform from app.people p where p.id = who for update;
end $$;

create or replace function hidden.provision_person(who uuid, name bytea, email bytea, token bytea, told bytea, external bytea) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not hidden.provisions() then raise exception 'not by this session' using errcode = '42501'; end if;
  insert into app.people (id, sealed_name, sealed_email, email_token, roles, provisioned, sealed_directory, external_token, created_by)
  values (who, name, email, token, '{}', true, told, external, hidden.me());
end $$;

-- What the directory says of someone. Name and address only where they are its own to say (name null: they stay).
create or replace function hidden.revise_person(who uuid, name bytea, email bytea, token bytea, told bytea, external bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not hidden.provisions() or (name is not null and not hidden.is_of_directory(who)) then return false; end if;
  update app.people p set sealed_name = coalesce(name, p.sealed_name), sealed_email = coalesce(email, p.sealed_email),
    email_token = coalesce(token, p.email_token), sealed_directory = told, external_token = external,
    version = p.version + 1, changed_at = clock_timestamp()
  where p.id = who;
  return found;
end $$;

-- Back from having left: with no role, with nothing of what they could sign in with, and from now on the directory's.
create or replace function hidden.provision_back(who uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not hidden.provisions() then return false; end if;
  perform hidden.one_at_a_time();
  return hidden.come_back(who, '{}', true);
end $$;

-- Deleted in the directory (RFC 7644, 3.6): not there for it any more; their name stays in the ledger and on old matters.
create or replace function hidden.unlist_person(who uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  update app.people p set unlisted = true, version = p.version + 1, changed_at = clock_timestamp()
  where hidden.provisions() and p.id = who and p.leaves_at <= clock_timestamp();
  return found;
end $$;
-- Someone deleted whom the directory brings again by the same address.
create or replace function hidden.unlisted_person(token bytea) returns uuid
language sql stable security definer set search_path = '' as $$
  select p.id from app.people p where hidden.provisions() and p.email_token = token and p.unlisted and p.leaves_at <= statement_timestamp()
$$;
grant update (sealed_directory, external_token, provisioned) on app.people to subrosa_gate;

-- The directory's own groups. A token's owner does not add themselves to a group that brings roles: whoever may say what
-- a group brings would give themselves a role with it.
grant delete on app.groups to subrosa_person;
create policy insert_by_directory on app.groups for insert to subrosa_person with check (
  made_by = (select hidden.me()) and kept_by = 'directory' and roles = '{}' and (select hidden.provisions()));
create policy update_by_directory on app.groups for update to subrosa_person using (kept_by = 'directory' and (select hidden.provisions()));
create policy delete_by_directory on app.groups for delete to subrosa_person using (kept_by = 'directory' and (select hidden.provisions()));

create or replace function hidden.takes_member(which uuid, who uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from app.groups g where g.id = which and g.kept_by = 'directory' and (g.roles = '{}' or who <> hidden.me()))
    and exists (select from app.people p where p.id = who and (p.leaves_at is null or p.leaves_at > statement_timestamp()))
$$;
create policy insert_by_directory on app.group_members for insert to subrosa_person with check (
  (select hidden.provisions()) and hidden.takes_member(group_id, person_id));
create policy delete_by_directory on app.group_members for delete to subrosa_person using (
  (select hidden.provisions()) and hidden.kept_by(group_id) = 'directory');

grant execute on function
  hidden.directory_people(uuid, bytea, bytea), hidden.hold_person(uuid), hidden.provision_person(uuid, bytea, bytea, bytea, bytea, bytea),
  hidden.revise_person(uuid, bytea, bytea, bytea, bytea, bytea), hidden.provision_back(uuid), hidden.unlist_person(uuid), hidden.unlisted_person(bytea),
  hidden.takes_member(uuid, uuid)
to subrosa_person;

-- At the door (granted in visitor.sql): someone whom the directory has brought comes in by the identity provider, when the
-- provider's subject is the directory's externalId and a group that brings roles has them. Null: nobody, or more than one.
create or replace function hidden.join_provisioned(external bytea, identity uuid, account bytea, label bytea, group_tokens bytea[]) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare found_people uuid[];
begin
  select array_agg(p.id) into found_people from app.people p
  where p.external_token = external and p.joined_at is null and (p.leaves_at is null or p.leaves_at > clock_timestamp())
    and hidden.is_of_directory(p.id)
    and exists (select from app.groups g where g.roles <> '{}' and (
      (g.kept_by = 'claims' and g.name_token = any (group_tokens))
      or exists (select from app.group_members m where m.group_id = g.id and m.person_id = p.id)));
  if coalesce(cardinality(found_people), 0) <> 1 then return null; end if;
  update app.people p set joined_at = clock_timestamp() where p.id = found_people[1];
  update app.links l set used_at = clock_timestamp() where l.person_id = found_people[1] and l.used_at is null;
  insert into app.identities (id, person_id, account_token, sealed_label) values (identity, found_people[1], account, label);
  return found_people[1];
end $$;

-- A second factor that the provider asked for is as old as it says, and no fresher.
create or replace function hidden.age_factor(session_hash bytea, at timestamptz) returns void
language sql volatile security definer set search_path = '' as $$
  update app.sessions s set factor_at = least(s.factor_at, at) where s.secret_hash = session_hash
$$;
