-- The firm's settings: every version is kept, and the highest holds.

grant select, insert on app.settings to subrosa_person;
create policy select_by_permission on app.settings for select to subrosa_person using ((select hidden.may('setting.read')));
create policy insert_by_permission on app.settings for insert to subrosa_person with check (
  set_by = (select hidden.me()) and (select hidden.may('setting.change')) and (select hidden.is_fresh()));
-- what holds now, for the door: before there is a session, and for whoever may not read the settings
create or replace function hidden.setting(which text) returns table (version integer, sealed_value bytea)
language sql stable security definer set search_path = '' as $$
  select s.version, s.sealed_value from app.settings s where s.name = which order by s.version desc limit 1
$$;
grant select on app.settings to subrosa_gate;
create policy gate_reads on app.settings for select to subrosa_gate using (true);
-- who of these roles is here and has no passkey yet: they would be shut out by a rule that asks for one
create or replace function hidden.without_passkey(wanted text[]) returns setof uuid
language sql stable security definer set search_path = '' as $$
  select p.id from app.people p
  where hidden.may('setting.change') and hidden.is_here(p.id) and exists (select from hidden.roles_of(p.id) r where r.role = any (wanted))
    and not exists (select from app.passkeys k where k.person_id = p.id and k.revoked_at is null)
  order by p.id
$$;
grant execute on function hidden.without_passkey(text[]) to subrosa_person;
grant execute on function hidden.setting(text) to subrosa_visitor, subrosa_clerk;
