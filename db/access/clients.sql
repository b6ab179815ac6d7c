-- Clients: who knows, changes and merges them; and who keeps the register.

-- Kept from a client as a whole, and so from all its matters.
create or replace function hidden.is_screened_from_client(who uuid, client uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select from app.wall_targets t
    join app.walls w on w.id = t.wall_id and w.lifted_at is null and w.starts_at <= statement_timestamp() and (w.ends_at is null or w.ends_at > statement_timestamp())
    join app.wall_people p on p.wall_id = w.id and p.side = t.side
    where t.client_id = client
      and (p.person_id = who or exists (select from app.group_members i where i.group_id = p.group_id and i.person_id = who)))
$$;
-- The same, or from every matter that it has: to whoever oversees the firm it would tell of them.
create or replace function hidden.is_kept_from_client(who uuid, client uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select hidden.is_screened_from_client(who, client)
    or (exists (select from app.matters m where m.client_id = client) and not exists (select from app.matters m where m.client_id = client and not hidden.is_screened(who, m.id)))
$$;
-- Whoever took a client on knows it until they are kept from it.
create or replace function hidden.took_on(client uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from app.clients c where c.id = client and c.created_by = hidden.me()) and not hidden.is_screened_from_client(hidden.me(), client)
$$;
-- The register is for those who keep it, less what they are kept from themselves.
create or replace function hidden.registers(matter uuid) returns boolean
language plpgsql stable security definer set search_path = '' cost 10000 as $$
begin return hidden.may('register.read') and exists (select from app.matters m where m.id = matter) and not hidden.is_screened(hidden.me(), matter); end $$;
create or replace function hidden.registers_client(client uuid) returns boolean
language plpgsql stable security definer set search_path = '' cost 10000 as $$
begin
  return hidden.may('register.read') and exists (select from app.clients c where c.id = client) and not hidden.is_kept_from_client(hidden.me(), client);
end $$;

create policy select_through_matter on app.clients for select to subrosa_person using (
  hidden.acts_for(id)
  or (created_by = (select hidden.me()) and hidden.took_on(id))
  or ((select hidden.may('register.read')) and hidden.registers_client(id)));
grant insert (id, sealed_name, kind, class, sealed_details, created_by) on app.clients to subrosa_person;
create policy insert_by_permission on app.clients for insert to subrosa_person with check (
  created_by = (select hidden.me()) and (select hidden.may('client.create')));

-- the same as select_through_matter less the register
create or replace function hidden.knows_client(client uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select (hidden.acts_for(client) or hidden.took_on(client))
    and exists (select from app.clients c where c.id = client and c.merged_into is null)
$$;

-- A client is changed by whoever knows it; its class is only raised. False: not theirs. SR023: someone changed it in
-- between. SR024: a milder class.
create or replace function hidden.change_client(client uuid, name bytea, what text, strict text, details bytea, seen integer) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare c app.clients;
begin
  if not (hidden.may('client.change') and hidden.knows_client(client)) then return false; end if;
  perform hidden.one_at_a_time();
  select * into c from app.clients x where x.id = client for update;
  if c.version <> seen then raise exception 'changed in between' using errcode = 'SR023'; end if;
  if hidden.stricter(strict, c.class) <> strict then raise exception 'a milder class' using errcode = 'SR024'; end if;
  update app.clients x set sealed_name = name, kind = what, class = strict, sealed_details = details, version = c.version + 1, changed_at = clock_timestamp() where x.id = client;
  perform hidden.close_unfit(m.id) from app.matters m where m.client_id = client;
  return true;
end $$;

-- Merges a client into another: its matters and names go there, and a wall around either stands around the whole. SR022: a
-- wall would then keep a responsible lawyer out, or leave a matter without anyone. Asked of those who keep the register.
create or replace function hidden.merge_client(gone uuid, stays uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform hidden.one_at_a_time();
  if gone = stays or not (hidden.may('client.merge') and hidden.is_fresh() and hidden.registers_client(gone) and hidden.registers_client(stays)) then return false; end if;
  perform from app.clients c where c.id in (gone, stays) and c.merged_into is null for update;
  if (select count(*) from app.clients c where c.id in (gone, stays) and c.merged_into is null) < 2 then return false; end if;
  insert into app.wall_targets (wall_id, side, client_id) select t.wall_id, t.side, stays from app.wall_targets t where t.client_id = gone on conflict do nothing;
  update app.matters m set client_id = stays, version = m.version + 1, changed_at = clock_timestamp() where m.client_id = gone;
  update app.names n set client_id = stays where n.client_id = gone;
  update app.clients c set merged_into = stays, version = c.version + 1, changed_at = clock_timestamp() where c.id = gone;
  update app.clients c set class = hidden.stricter(c.class, (select g.class from app.clients g where g.id = gone)) where c.id = stays;
  -- two sides of one wall cannot be one client
  if exists (select from app.wall_targets a join app.wall_targets b on b.wall_id = a.wall_id and b.side <> a.side
    where a.client_id = gone and b.client_id = stays and exists (select from app.walls w where w.id = a.wall_id and w.lifted_at is null)) then
    raise exception 'both sides of a wall' using errcode = 'SR022';
  end if;
  if exists (select from app.matters m where m.client_id = stays and hidden.is_deserted(m.id)) then raise exception 'a matter would be left without anyone responsible' using errcode = 'SR022'; end if;
  perform hidden.keep_sides_apart(t.wall_id) from app.wall_targets t where t.client_id = stays;
  perform hidden.close_unfit(m.id) from app.matters m where m.client_id = stays;
  return true;
end $$;

-- A matter whose responsible person is kept from it, or that nobody on its team reaches any more.
create or replace function hidden.is_deserted(matter uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from app.team_members t where t.matter_id = matter and t.via = 'team' and t.role = 'responsible'
      and (t.ends_at is null or t.ends_at > statement_timestamp()) and hidden.is_here(t.person_id) and hidden.is_screened_ever(t.person_id, matter, statement_timestamp(), null))
    or (exists (select from app.team_members t where t.matter_id = matter and t.via = 'team' and (t.ends_at is null or t.ends_at > statement_timestamp()))
      and not exists (select from app.team_members t where t.matter_id = matter and t.via = 'team' and (t.ends_at is null or t.ends_at > statement_timestamp())
        and hidden.is_here(t.person_id) and not hidden.is_screened_ever(t.person_id, matter, statement_timestamp(), null)))
$$;

grant execute on function
  hidden.took_on(uuid), hidden.registers(uuid), hidden.registers_client(uuid), hidden.knows_client(uuid),
  hidden.change_client(uuid, bytea, text, text, bytea, integer), hidden.merge_client(uuid, uuid)
to subrosa_person;
