-- Clients, matters, parties and teams: who may bring them about and change them. Who sees them is in 4-wall.sql.

grant select on app.clients, app.matters, app.matter_keys, app.parties, app.names, app.register to subrosa_person;
grant select on app.clients, app.parties, app.names, app.register, app.serials to subrosa_gate;
create policy gate_sees on app.clients to subrosa_gate using (true);
create policy gate_sees on app.parties to subrosa_gate using (true);
create policy gate_sees on app.names to subrosa_gate using (true);
create policy gate_sees on app.register to subrosa_gate using (true);
create policy gate_counts on app.serials to subrosa_gate using (true) with check (true);

grant insert (id, client_id, sealed_number, number_token, sealed_title, sealed_details, class, created_by) on app.matters to subrosa_person;
create policy insert_by_permission on app.matters for insert to subrosa_person with check (
  created_by = (select hidden.me()) and (select hidden.may('matter.create'))
  and hidden.knows_client(client_id));

-- A number's running part, counted by scope.
create or replace function hidden.next_serial(which text) returns integer
language sql volatile security definer set search_path = '' as $$
  insert into app.serials as s (scope, last) select which, 1 where hidden.may('matter.create')
  on conflict (scope) do update set last = s.last + 1 returning last
$$;
grant insert, update on app.serials to subrosa_gate;

grant insert on app.matter_keys to subrosa_person;
create policy insert_with_matter on app.matter_keys for insert to subrosa_person with check (hidden.without_team(matter_id));

-- The register's card of a matter, kept with the matter by whoever may change it, and by the clerk where there is none.
grant insert, update on app.register to subrosa_person;
create policy select_register on app.register for select to subrosa_person using (
  exists (select from app.matters m where m.id = register.matter_id) or ((select hidden.may('register.read')) and hidden.registers(matter_id)));
create policy insert_card on app.register for insert to subrosa_person with check (hidden.without_team(matter_id) or hidden.reaches(matter_id));
create policy update_card on app.register for update to subrosa_person using (hidden.reaches(matter_id)) with check (hidden.reaches(matter_id));

-- The conflicts register. Read within reach, and by those who keep the register; a client's own name with its client.
create policy select_names on app.names for select to subrosa_person using (
  (matter_id is not null and exists (select from app.matters m where m.id = names.matter_id))
  or (matter_id is null and exists (select from app.clients c where c.id = names.client_id))
  or ((select hidden.may('register.read')) and (hidden.registers(matter_id) or (matter_id is null and hidden.registers_client(client_id)))));
grant insert (id, client_id, matter_id, party_id, role, form, kind, sealed_name, tokens, added_by), update (ended_at) on app.names to subrosa_person;
create policy insert_with_noun on app.names for insert to subrosa_person with check (
  added_by = (select hidden.me())
  and case when matter_id is null then hidden.knows_client(client_id) and ((select hidden.may('client.create')) or (select hidden.may('client.change')))
    else hidden.reaches(matter_id) and (select hidden.may('party.keep')) end);
create policy end_with_noun on app.names for update to subrosa_person using (
  case when matter_id is null then hidden.knows_client(client_id) and (select hidden.may('client.change'))
    else hidden.reaches(matter_id) and (select hidden.may('party.keep')) end) with check (true);

grant insert (id, matter_id, role, sealed_details, added_by), update (role, sealed_details, version, removed_at, removed_by) on app.parties to subrosa_person;
create policy insert_within_reach on app.parties for insert to subrosa_person with check (
  added_by = (select hidden.me()) and hidden.reaches(matter_id) and (select hidden.may('party.keep')));
create policy update_within_reach on app.parties for update to subrosa_person using (
  hidden.reaches(matter_id) and (select hidden.may('party.keep'))) with check (hidden.reaches(matter_id));

-- Matters with their clients, whom everyone knows who reaches a matter of theirs: the wall is asked once for the two.
create or replace function hidden.matters_in_reach(wanted uuid[])
returns table (id uuid, sealed_number bytea, sealed_title bytea, sealed_details bytea, own_class text, class text, status text, version integer,
  created_at timestamptz, client_id uuid, client_name bytea, client_class text, client_at timestamptz)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare within uuid[] := case when cardinality(wanted) < 4 then array(select w from unnest(wanted) w where hidden.reaches(w))
  -- of many it is worked out at once
  else array(select s.matter_id from hidden.sees_among(hidden.me(), wanted) s) end;
begin
  return query
    select m.id, m.sealed_number, m.sealed_title, m.sealed_details, m.class as own_class, hidden.stricter(m.class, c.class) as class, m.status, m.version,
      m.created_at, c.id as client_id, c.sealed_name as client_name, c.class as client_class, c.created_at as client_at
    from app.matters m join app.clients c on c.id = m.client_id
    where m.id = any (within)
    order by m.id desc;
end $$;
grant execute on function hidden.matters_in_reach(uuid[]) to subrosa_person;

-- Words and class of a matter, by someone on its team; a class is only raised here.
create or replace function hidden.change_matter(matter uuid, title bytea, details bytea, strict text, seen integer) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare m app.matters;
begin
  if not (hidden.may('matter.change') and hidden.on_team(matter)) then return false; end if;
  select * into m from app.matters x where x.id = matter for update;
  if m.version <> seen then raise exception 'changed in between' using errcode = 'SR023'; end if;
  if hidden.stricter(strict, m.class) <> strict then raise exception 'a milder class' using errcode = 'SR024'; end if;
  update app.matters x set sealed_title = title, sealed_details = details, class = strict, version = m.version + 1, changed_at = clock_timestamp() where x.id = matter;
  if strict <> m.class then update app.confirmations c set state = 'lapsed', decided_at = clock_timestamp() where c.matter_id = matter and c.kind = 'class.lower' and c.state = 'waiting'; end if;
  perform hidden.close_unfit(matter);
  return true;
end $$;
-- `intake` to `open`, `open` to `closed`, and back. False: not theirs. SR025: not in this state.
create or replace function hidden.set_status(matter uuid, wanted text) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare was text;
begin
  if not (hidden.may('matter.change') and hidden.on_team(matter)) then return false; end if;
  select m.status into was from app.matters m where m.id = matter for update;
  if not (was, wanted) in (('intake', 'open'), ('intake', 'closed'), ('open', 'closed'), ('closed', 'open')) then raise exception 'not in this state' using errcode = 'SR025'; end if;
  update app.matters m set status = wanted, version = m.version + 1, changed_at = clock_timestamp(),
    opened_at = case when wanted = 'open' then coalesce(m.opened_at, clock_timestamp()) else m.opened_at end,
    closed_at = case when wanted = 'closed' then clock_timestamp() end
  where m.id = matter;
  return true;
end $$;
grant update (sealed_name, kind, class, sealed_details, version, changed_at, merged_into) on app.clients to subrosa_gate;
grant update (sealed_title, sealed_details, class, status, client_id, version, changed_at, opened_at, closed_at) on app.matters to subrosa_gate;
grant update (client_id) on app.names to subrosa_gate;

grant execute on function
  hidden.next_serial(text), hidden.change_matter(uuid, bytea, bytea, text, integer), hidden.set_status(uuid, text)
to subrosa_person;
