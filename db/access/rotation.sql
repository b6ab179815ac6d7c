-- Rotation of keys. An administrator asks for it; the clerk does it, by functions that replace one wrapped key by another of the
-- same key, and only where the one that it read still stands. What is wrapped under what, PostgreSQL cannot see.

grant select, insert, update on app.rotations to subrosa_gate;
create policy gate_keeps on app.rotations to subrosa_gate using (true) with check (true);
grant select, insert, update, delete on app.keys to subrosa_gate;
create policy gate_rewraps on app.keys to subrosa_gate using (true) with check (true);
grant select, insert, update, delete on app.matter_keys to subrosa_gate;
create policy gate_rewraps on app.matter_keys to subrosa_gate using (true) with check (true);
grant select (wrapped_key, matter_id), update (wrapped_key) on app.versions to subrosa_gate;
create policy gate_rewraps on app.versions for update to subrosa_gate using (true) with check (true);

-- Asks for a rotation. False: it is not theirs to ask for. SR060: one of that kind is under way.
create or replace function hidden.begin_rotation(rotation uuid, which text, matter uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  -- a matter goes under a client's key, or off it, by two people of its own alone (hidden.begin_own_root)
  if not (which <> 'own' and hidden.may('key.rotate') and hidden.is_fresh()) then return false; end if;
  insert into app.rotations (id, what, matter_id, begun_by) values (rotation, which, matter, hidden.me()) on conflict do nothing;
  if not found then raise exception 'under way' using errcode = 'SR060'; end if;
  return true;
end $$;
-- What stands: how many matters have a key, since when the oldest has stood, and the firm key.
create or replace function hidden.keys_standing() returns table (firm_version integer, firm_since timestamptz, matters bigint, rotated bigint, oldest timestamptz)
language sql stable security definer set search_path = '' as $$
  select f.version, f.made_at, m.n, m.rotated, m.oldest
  from (select k.version, k.made_at from app.keys k where k.name = 'firm' order by k.version desc limit 1) f
    cross join (select count(*) as n, count(*) filter (where h.version > 1) as rotated, min(coalesce(h.since, m.created_at)) as oldest
      from app.matter_keys h join app.matters m on m.id = h.matter_id where h.purpose = 'half' and h.standing = 'current') m
  where hidden.may('key.rotate')
$$;
create or replace function hidden.rotations() returns table (id uuid, what text, one boolean, begun_at timestamptz, done integer, "of" integer, ended_at timestamptz, by bytea, begun_by uuid, skipped integer)
language sql stable security definer set search_path = '' as $$
  -- which matter goes under a client's key, and who asked for it, is for its own people
  select r.id, r.what, r.matter_id is not null, r.begun_at, r.done, r."of", r.ended_at, p.sealed_name, r.begun_by, r.skipped
  from app.rotations r join app.people p on p.id = r.begun_by where hidden.may('key.rotate') and r.what <> 'own' order by r.begun_at desc limit 20
$$;
grant execute on function hidden.begin_rotation(uuid, text, uuid), hidden.keys_standing(), hidden.rotations() to subrosa_person;
-- the version of a matter's key and since when it stands, for those who reach the matter
create or replace function hidden.key_of(matter uuid) returns table (version integer, since timestamptz)
language sql stable security definer set search_path = '' as $$
  select h.version, coalesce(h.since, m.created_at) from app.matter_keys h join app.matters m on m.id = h.matter_id
  where h.matter_id = matter and h.purpose = 'half' and h.standing = 'current' and hidden.reaches(matter)
$$;
grant execute on function hidden.key_of(uuid) to subrosa_person;

-- The clerk's part.
-- `aside`: those that wait for a client's key, so that they hold up no other
create or replace function hidden.next_rotation(aside uuid[]) returns table (id uuid, what text, matter_id uuid, root_id uuid, begun_by uuid, after uuid, done integer, "of" integer, skipped integer)
language sql stable security definer set search_path = '' as $$
  select r.id, r.what, r.matter_id, r.root_id, r.begun_by, r.after, r.done, r."of", r.skipped from app.rotations r
  where r.ended_at is null and r.id <> all (aside) order by r.begun_at, r.id limit 1
$$;
create or replace function hidden.step_rotation(rotation uuid, reached uuid, so_far integer, all_of integer, passed_over integer) returns void
language sql volatile security definer set search_path = '' as $$
  update app.rotations r set after = coalesce(reached, r.after), done = so_far, "of" = all_of, skipped = passed_over where r.id = rotation and r.ended_at is null
$$;
create or replace function hidden.end_rotation(rotation uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  update app.rotations r set ended_at = clock_timestamp() where r.id = rotation and r.ended_at is null;
  return found;
end $$;
create or replace function hidden.firm_wraps() returns table (name text, version integer, wrapped bytea)
language sql stable security definer set search_path = '' as $$
  select k.name, k.version, k.wrapped from app.keys k order by k.name, k.version
$$;
-- adds a wrapped key of the firm, or replaces the one that was read
create or replace function hidden.put_firm_wrap(which text, its integer, old bytea, new bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if old is null then insert into app.keys (name, version, wrapped) values (which, its, new) on conflict do nothing;
  else update app.keys k set wrapped = new where k.name = which and k.version = its and k.wrapped = old; end if;
  return found;
end $$;
-- forgets a firm key that a later one has replaced; never the last
create or replace function hidden.drop_firm_key(its integer) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  delete from app.keys k where k.name = 'firm' and k.version = its
    and exists (select from app.keys l where l.name = 'firm' and l.version > its)
    and (select count(*) from app.keys d where d.name in ('field', 'token', 'pepper')) = 3;
  return found;
end $$;

-- Within the one matter that the clerk's job names.
create or replace function hidden.bring_half(its integer, half bytea, tokens bytea, root uuid) returns void
language sql volatile security definer set search_path = '' as $$
  insert into app.matter_keys (matter_id, purpose, version, wrapped, standing, since, root_id) select hidden.job_matter(), 'half', its, half, 'coming', clock_timestamp(), root
    where exists (select from app.matter_keys k where k.matter_id = hidden.job_matter() and k.purpose = 'half' and k.standing = 'current' and k.version = its - 1);
  insert into app.matter_keys (matter_id, purpose, version, wrapped) select hidden.job_matter(), 'token', 1, tokens
    where exists (select from app.matter_keys k where k.matter_id = hidden.job_matter() and k.purpose = 'half') on conflict do nothing;
$$;
create or replace function hidden.turn_half() returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not exists (select from app.matter_keys k where k.matter_id = hidden.job_matter() and k.purpose = 'half' and k.standing = 'coming') then return false; end if;
  update app.matter_keys k set standing = 'leaving' where k.matter_id = hidden.job_matter() and k.purpose = 'half' and k.standing = 'current';
  update app.matter_keys k set standing = 'current', since = clock_timestamp() where k.matter_id = hidden.job_matter() and k.purpose = 'half' and k.standing = 'coming';
  return true;
end $$;
create or replace function hidden.rewrap_matter_key(which text, its integer, old bytea, new bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  update app.matter_keys k set wrapped = new where k.matter_id = hidden.job_matter() and k.purpose = which and k.version = its and k.wrapped = old;
  return found;
end $$;
create or replace function hidden.rewrap_versions(ids uuid[], old bytea[], new bytea[]) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare n integer;
begin
  update app.versions v set wrapped_key = w.new from unnest(ids, old, new) w(id, old, new)
  where v.id = w.id and v.wrapped_key = w.old and v.matter_id = hidden.job_matter();
  get diagnostics n = row_count;
  return n;
end $$;
create or replace function hidden.rewrap_uploads(ids uuid[], old bytea[], new bytea[]) returns void
language sql volatile security definer set search_path = '' as $$
  update app.uploads u set wrapped_key = w.new from unnest(ids, old, new) w(id, old, new)
  where u.id = w.id and u.wrapped_key = w.old and u.matter_id = hidden.job_matter()
$$;
create or replace function hidden.drop_half(its integer) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  delete from app.matter_keys k where k.matter_id = hidden.job_matter() and k.purpose = 'half' and k.version = its and k.standing = 'leaving'
    and exists (select from app.matter_keys c where c.matter_id = hidden.job_matter() and c.purpose = 'half' and c.standing = 'current');
  return found;
end $$;
grant execute on function hidden.next_rotation(uuid[]), hidden.step_rotation(uuid, uuid, integer, integer, integer), hidden.end_rotation(uuid), hidden.firm_wraps(),
  hidden.put_firm_wrap(text, integer, bytea, bytea), hidden.drop_firm_key(integer), hidden.bring_half(integer, bytea, bytea, uuid), hidden.turn_half(),
  hidden.rewrap_matter_key(text, integer, bytea, bytea), hidden.rewrap_versions(uuid[], bytea[], bytea[]), hidden.rewrap_uploads(uuid[], bytea[], bytea[]),
  hidden.drop_half(integer) to subrosa_clerk;
grant select (id, matter_id, wrapped_key, document_id) on app.uploads to subrosa_clerk;
create policy clerk_within_job on app.uploads for select to subrosa_clerk using (matter_id = (select hidden.job_matter()));
