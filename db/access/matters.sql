-- Clients, matters and teams: who may bring them about. Who sees them is in 4-wall.sql.

grant select on app.clients, app.matters, app.matter_keys, app.team_members to subrosa_person;

-- a client is there through a matter within reach, or for whoever took it on
create policy select_through_matter on app.clients for select to subrosa_person using (
  created_by = (select hidden.me()) or exists (select from app.matters m where m.client_id = clients.id));
grant insert (id, sealed_name, created_by) on app.clients to subrosa_person;
create policy insert_by_permission on app.clients for insert to subrosa_person with check (
  created_by = (select hidden.me()) and (select hidden.may('client.create')));

-- the same as select_through_matter; a function, because the two tables' policies would ask each other
create or replace function hidden.knows_client(client uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from app.clients c where c.id = client and c.created_by = hidden.me())
    or exists (select from app.matters m where m.client_id = client and hidden.on_team(m.id))
$$;
grant select on app.clients to subrosa_gate;
create policy gate_sees on app.clients for select to subrosa_gate using (true);
grant execute on function hidden.knows_client(uuid) to subrosa_person;

grant insert (id, client_id, sealed_number, number_token, sealed_title, class, created_by) on app.matters to subrosa_person;
create policy insert_by_permission on app.matters for insert to subrosa_person with check (
  created_by = (select hidden.me()) and (select hidden.may('matter.create'))
  and hidden.knows_client(client_id));

grant insert on app.matter_keys to subrosa_person;
create policy insert_with_matter on app.matter_keys for insert to subrosa_person with check (hidden.without_team(matter_id));

-- one's own memberships, ended ones too; the whole team is told by hidden.team_of
create policy select_own on app.team_members for select to subrosa_person using (person_id = (select hidden.me()));
grant insert (id, matter_id, person_id, role, sealed_reason, added_by) on app.team_members to subrosa_person;
create policy insert_onto_team on app.team_members for insert to subrosa_person with check (
  added_by = (select hidden.me())
  and ((hidden.without_team(matter_id) and person_id = (select hidden.me()) and (select hidden.may('matter.create')))
    or (hidden.on_team(matter_id) and (select hidden.may('team.join')))));

-- Ends a membership for someone on the team. False: no such membership, or not theirs to end.
create or replace function hidden.leave_team(matter uuid, leaver uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  if not (hidden.on_team(matter) and hidden.may('team.leave')) then return false; end if;
  -- two who take each other off at once: the second waits here, and then finds itself the last
  perform from app.team_members t where t.matter_id = matter and t.ends_at is null for update;
  if (select count(*) from app.team_members t where t.matter_id = matter and t.ends_at is null) < 2 then
    raise exception 'the last of the team' using errcode = 'SR002';
  end if;
  update app.team_members t set ends_at = transaction_timestamp(), ended_by = hidden.me()
  where t.matter_id = matter and t.person_id = leaver and t.ends_at is null;
  return found;
end $$;
grant update (ends_at, ended_by) on app.team_members to subrosa_gate;
grant execute on function hidden.leave_team(uuid, uuid) to subrosa_person;

-- whether a person of the firm can be brought onto a team: one who has joined and has not left
create or replace function hidden.has_joined(who uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select hidden.is_here(who)
$$;
grant execute on function hidden.has_joined(uuid) to subrosa_person;
