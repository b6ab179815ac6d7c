-- Keys that clients bring. Administrators say which there are; which matter is under which, two people who are responsible for it.
grant select, insert on app.own_roots to subrosa_gate;
create policy gate_keeps on app.own_roots to subrosa_gate using (true) with check (true);
grant select on app.own_roots to subrosa_clerk;
create policy clerk_opens on app.own_roots for select to subrosa_clerk using (true);
-- its name is for those who run keys, and for those who reach a matter under it or a matter that is to come under it
grant select (id, sealed_name) on app.own_roots to subrosa_person;
create policy select_known on app.own_roots for select to subrosa_person using ((select hidden.may('key.rotate'))
  or exists (select from app.matter_keys k where k.root_id = own_roots.id) or exists (select from app.confirmations c where c.root_id = own_roots.id));

-- False: not theirs to add. A name that is taken breaks own_roots_name_token_key.
create or replace function hidden.add_own_root(root uuid, token bytea, name bytea, which text, key bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not (hidden.may('key.rotate') and hidden.is_fresh()) then return false; end if;
  insert into app.own_roots (id, name_token, sealed_name, kind, sealed_key, added_by) values (root, token, name, which, key, hidden.me());
  return true;
end $$;
create or replace function hidden.own_roots() returns table (id uuid, sealed_name bytea, kind text, added_at timestamptz, added_by uuid, by bytea, matters bigint, due bigint)
language sql stable security definer set search_path = '' as $$
  select o.id, o.sealed_name, o.kind, o.added_at, o.added_by, p.sealed_name,
    (select count(*) from app.matter_keys k where k.root_id = o.id and k.standing = 'current'),
    (select count(*) from app.rotations r where r.root_id = o.id and r.ended_at is null)
  from app.own_roots o join app.people p on p.id = o.added_by where hidden.may('key.rotate') order by o.added_at, o.id
$$;

-- Asks for a matter to come under a root, or off the one that it is under (no token). False: not theirs to ask. SR070: there is no
-- root of that name. SR071: it is so already, or a change is under way.
create or replace function hidden.ask_own_root(confirmation uuid, matter uuid, token bytea, reason bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare wish uuid; stands uuid;
begin
  perform hidden.one_at_a_time();
  if not (hidden.is_fresh() and hidden.on_team(matter) and hidden.may('matter.change')) then return false; end if;
  select k.root_id into stands from app.matter_keys k where k.matter_id = matter and k.purpose = 'half' and k.standing = 'current';
  if not found then return false; end if;
  if token is not null then
    select o.id into wish from app.own_roots o where o.name_token = token;
    if wish is null then raise exception 'no such root' using errcode = 'SR070'; end if;
  end if;
  update app.confirmations c set state = 'lapsed', decided_at = c.ends_at where c.state = 'waiting' and c.ends_at < clock_timestamp();
  if wish is not distinct from stands or exists (select from app.rotations r where r.matter_id = matter and r.what = 'own' and r.ended_at is null)
    or exists (select from app.confirmations c where c.matter_id = matter and c.kind in ('root.put', 'root.take') and c.state = 'waiting') then
    raise exception 'so already, or under way' using errcode = 'SR071';
  end if;
  insert into app.confirmations (id, kind, matter_id, root_id, sealed_reason, asked_by)
  values (confirmation, case when token is null then 'root.take' else 'root.put' end, matter, wish, reason, hidden.me());
  return true;
end $$;
-- For hidden.confirm: from here on the clerk does it, as a rotation. SR015: another change is under way.
create or replace function hidden.begin_own_root(confirmation uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into app.rotations (id, what, matter_id, root_id, begun_by) select c.id, 'own', c.matter_id, c.root_id, c.asked_by from app.confirmations c
  where c.id = confirmation and c.state = 'approved' and c.kind in ('root.put', 'root.take') on conflict do nothing;
  if not found then raise exception 'under way' using errcode = 'SR015'; end if;
end $$;
-- Whether such a change is under way, for those who reach the matter.
create or replace function hidden.is_own_root_due(matter uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select hidden.reaches(matter) and exists (select from app.rotations r where r.matter_id = matter and r.what = 'own' and r.ended_at is null)
$$;
grant execute on function hidden.add_own_root(uuid, bytea, bytea, text, bytea), hidden.own_roots(), hidden.ask_own_root(uuid, uuid, bytea, bytea),
  hidden.is_own_root_due(uuid) to subrosa_person;
