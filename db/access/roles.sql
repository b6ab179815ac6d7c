-- Roles of the firm's own, and groups of people.

grant select on app.roles, app.groups, app.group_members to subrosa_person;
create policy select_all on app.roles for select to subrosa_person using ((select hidden.me()) is not null);
create policy select_all on app.groups for select to subrosa_person using ((select hidden.me()) is not null);
create policy select_all on app.group_members for select to subrosa_person using ((select hidden.me()) is not null);

-- a role's word is a built-in one or a UUID, so that none can be given before it is made
grant insert (role, permissions, sealed_name, sealed_words, name_token, made_by, made_at), update (permissions, sealed_name, sealed_words, name_token, retired_at)
  on app.roles to subrosa_person;
create policy insert_by_permission on app.roles for insert to subrosa_person with check (
  made_by = (select hidden.me()) and sealed_name is not null and role ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
  and not hidden.is_mixed(permissions) and (select hidden.may('role.change')) and (select hidden.is_fresh()));
-- never a role of one's own
create policy update_by_permission on app.roles for update to subrosa_person
  using (sealed_name is not null and retired_at is null and (select hidden.may('role.change')) and (select hidden.is_fresh())
    and not hidden.has_role((select hidden.me()), role))
  with check (sealed_name is not null and not hidden.is_mixed(permissions));
-- What two people gave is not more tomorrow by the word of one: whether a role is guarded stays as it was made, nothing
-- guarded is added to it while someone holds it, and nothing of it changes while it waits for a second person.
create or replace function hidden.keep_guard() returns trigger
language plpgsql security definer set search_path = '' as $$
declare added text[];
begin
  perform hidden.one_at_a_time();
  select coalesce(array_agg(one), '{}') into added from unnest(new.permissions) one where not one = any (old.permissions);
  if hidden.is_guarded(new.permissions) <> hidden.is_guarded(old.permissions)
    or (hidden.is_guarded(added) and exists (select from app.people p
      where old.role = any (p.roles) and (p.leaves_at is null or p.leaves_at > clock_timestamp())))
    or (new.retired_at is null and exists (select from app.approvals a where old.role = any (a.roles) and a.state = 'waiting' and a.ends_at > clock_timestamp())) then
    raise exception 'a second person is needed' using errcode = 'SR010';
  end if;
  return new;
end $$;
create trigger keep_guard before update on app.roles for each row execute function hidden.keep_guard();
create or replace function hidden.keep_run() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if 'approval.give' = any (old.permissions) and (new.retired_at is not null or not 'approval.give' = any (new.permissions)) then
    perform hidden.thin(clock_timestamp());
  end if;
  if not hidden.is_run() then raise exception 'nobody would be left' using errcode = 'SR011'; end if;
  return null;
end $$;
create trigger keep_run after update on app.roles for each row execute function hidden.keep_run();

grant insert (id, sealed_name, name_token, roles, kept_by, sealed_external_id, made_by), update (sealed_name, name_token, roles, sealed_external_id, version, changed_at)
  on app.groups to subrosa_person;
create policy insert_by_permission on app.groups for insert to subrosa_person with check (
  made_by = (select hidden.me())
  and kept_by in ('firm', 'claims') and (select hidden.may('group.change')) and (select hidden.is_fresh()) and (roles = '{}' or not hidden.holds_guarded(roles)));
create policy update_by_permission on app.groups for update to subrosa_person
  using ((select hidden.may('group.change')) and (select hidden.is_fresh()))
  with check (roles = '{}' or not hidden.holds_guarded(roles));
-- what a group brings is the firm's to say and never the directory's, and nobody changes what they bring themselves
create or replace function hidden.keep_roles() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if new.roles = (case when tg_op = 'UPDATE' then old.roles else '{}' end) then return new; end if;
  if not (hidden.may('group.change') and hidden.is_fresh()) then
    raise exception 'roles are not the directory''s' using errcode = '42501';
  end if;
  if exists (select from app.group_members m where m.group_id = new.id and m.person_id = hidden.me()) then
    raise exception 'not to oneself' using errcode = 'SR012';
  end if;
  new.roles_by := hidden.me();
  return new;
end $$;
create trigger keep_roles before insert or update on app.groups for each row execute function hidden.keep_roles();

grant insert, delete on app.group_members to subrosa_person;
create policy insert_by_keeper on app.group_members for insert to subrosa_person with check (
  hidden.kept_by(group_id) = 'firm' and (select hidden.may('group.change')) and (select hidden.is_fresh()) and person_id <> (select hidden.me()));
create policy delete_by_keeper on app.group_members for delete to subrosa_person using (
  hidden.kept_by(group_id) = 'firm' and (select hidden.may('group.change')) and (select hidden.is_fresh()));

grant execute on function hidden.has_role(uuid, text), hidden.kept_by(uuid), hidden.roles_of(uuid) to subrosa_person;
