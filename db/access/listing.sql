-- A long list in the order of its names, which are sealed: the program works it out in memory, and asks here each time whether what
-- it knows is what there is. These functions show a person what the policies would, with the wall asked once a class and not once a
-- row (`offset 0` keeps the question from being put to every row of a class).

-- The classes that a matter's list may hold.
create or replace function hidden.reached_classes(matter uuid) returns text[]
language plpgsql stable security definer set search_path = '' as $$
begin
  if not hidden.may('document.list') or not hidden.reaches(matter) then return '{}'; end if;
  return array(select c.class from (select distinct l.class from app.listings l where l.matter_id = matter and l.class <> '' offset 0) c
    where hidden.reaches(matter, c.class) order by c.class);
end $$;
-- What is within reach of a matter's list, a row for each class: how many documents, and how often it or a folder changed. A change
-- that is committed makes a sum larger, and none makes it smaller: the same sum is the same list.
create or replace function hidden.listing_marks(matter uuid) returns table (class text, documents bigint, mark text, floor text)
language plpgsql stable security definer set search_path = '' as $$
declare within text[] := hidden.reached_classes(matter);
begin
  if within = '{}' then return; end if;
  return query
    select l.class, sum(l.documents)::bigint, sum(l.changes) || ' ' || (select coalesce(sum(f.changes), 0) from app.listings f where f.matter_id = matter and f.class = ''),
      hidden.floor_of(matter)
    from app.listings l where l.matter_id = matter and l.class = any (within) group by l.class order by l.class;
end $$;
-- What the order is made of, of those classes that are within reach.
create or replace function hidden.listing_of(matter uuid)
returns table (id uuid, folder_id uuid, sealed_name bytea, class text, size bigint, created_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare within text[] := hidden.reached_classes(matter);
begin
  if within = '{}' then return; end if;
  return query
    select distinct on (d.id) d.id, d.folder_id, d.sealed_name, d.class, v.size, v.created_at
    from app.documents d join app.versions v on v.document_id = d.id
    where d.matter_id = matter and d.trashed_at is null and d.class = any (within) order by d.id, v.number desc;
end $$;
-- Ids of the newest documents within reach, newest first: a list before its order is known.
create or replace function hidden.newest_of(matter uuid, start bigint, most bigint) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
declare within text[] := hidden.reached_classes(matter);
begin
  return array(select d.id from app.documents d where d.matter_id = matter and d.trashed_at is null and d.class = any (within)
    order by d.id desc offset start limit most);
end $$;
-- Ids of the documents within reach in the order in which they came, from the one after `after`.
create or replace function hidden.oldest_of(matter uuid, after uuid, most bigint) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
declare within text[] := hidden.reached_classes(matter);
begin
  return array(select d.id from app.documents d where d.matter_id = matter and d.trashed_at is null and d.class = any (within)
    and (after is null or d.id > after) order by d.id limit most);
end $$;
-- Those of these documents that are within reach, each as of its newest version.
create or replace function hidden.listed(matter uuid, ids uuid[])
returns table (id uuid, matter_id uuid, folder_id uuid, sealed_name bytea, class text, sealed_about bytea, out_by uuid, out_at timestamptz, sealed_out_note bytea,
  out_name bytea, locked_as text, locked_by uuid, locked_at timestamptz, locked_name bytea, version_id uuid, number integer, wrapped_key bytea,
  sealed_facts bytea, size bigint, scan text, scan_why text, sealed_signature bytea, created_by uuid, created_at timestamptz, by_name bytea)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare within text[] := hidden.reached_classes(matter);
begin
  return query
    select d.id, d.matter_id, d.folder_id, d.sealed_name, d.class, d.sealed_about, d.out_by, d.out_at, d.sealed_out_note, o.sealed_name, d.locked_as, d.locked_by,
      d.locked_at, l.sealed_name, v.id, v.number, v.wrapped_key, v.sealed_facts, v.size, v.scan, v.scan_why, v.sealed_signature, v.created_by, v.created_at, p.sealed_name
    from app.documents d
    join lateral (select * from app.versions v where v.document_id = d.id order by v.number desc limit 1) v on true
    join app.people p on p.id = v.created_by
    left join app.people o on o.id = d.out_by left join app.people l on l.id = d.locked_by
    where d.id = any (ids) and d.matter_id = matter and d.trashed_at is null and d.class = any (within);
end $$;
grant execute on function hidden.listing_marks(uuid), hidden.listing_of(uuid), hidden.newest_of(uuid, bigint, bigint), hidden.oldest_of(uuid, uuid, bigint),
  hidden.listed(uuid, uuid[]) to subrosa_person;

-- How many documents of a matter stand within reach.
create or replace function hidden.count_documents(matter uuid) returns bigint
language plpgsql stable security definer set search_path = '' as $$
declare n bigint := 0; c record;
begin
  for c in select l.class, sum(l.documents)::bigint as documents from app.listings l where l.matter_id = matter and l.class <> '' group by l.class loop
    if hidden.reaches(matter, c.class) then n := n + c.documents; end if;
  end loop;
  return n;
end $$;
grant execute on function hidden.count_documents(uuid) to subrosa_person;

-- The sums. A statement writes one row for each matter and class that it changed, whatever the number of its documents.
create or replace function hidden.tell_listing(matter uuid, its text, more bigint) returns void
language sql volatile security definer set search_path = '' as $$
  insert into app.listings as l (matter_id, class, stripe, changes, documents) values (matter, its, pg_catalog.pg_backend_pid() % 1024, 1, more)
  on conflict (matter_id, class, stripe) do update set changes = l.changes + 1, documents = l.documents + excluded.documents
$$;
create or replace function hidden.list_added() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform hidden.tell_listing(c.matter_id, c.class, c.n) from (
    select n.matter_id, n.class, count(*) filter (where n.trashed_at is null) as n from added n group by n.matter_id, n.class order by 1, 2) c;
  return null;
end $$;
create or replace function hidden.list_ended() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform hidden.tell_listing(c.matter_id, c.class, c.n) from (
    select n.matter_id, n.class, -count(*) filter (where n.trashed_at is null) as n from ended n group by n.matter_id, n.class order by 1, 2) c;
  return null;
end $$;
-- What is beside name, place, class and trash does not change a list.
create or replace function hidden.list_changed() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform hidden.tell_listing(c.matter_id, c.class, c.n) from (
    select x.matter_id, x.class, sum(x.n)::bigint as n from (
      select o.id, o.matter_id, o.class, case when o.trashed_at is null then -1 else 0 end as n, o.folder_id, o.sealed_name, o.trashed_at is null as stands from was o
      union all
      select n.id, n.matter_id, n.class, case when n.trashed_at is null then 1 else 0 end, n.folder_id, n.sealed_name, n.trashed_at is null from is_now n) x
    where exists (select from was o join is_now n using (id) where o.id = x.id
      and (o.matter_id, o.class, o.folder_id, o.sealed_name, o.trashed_at is null) is distinct from (n.matter_id, n.class, n.folder_id, n.sealed_name, n.trashed_at is null))
    group by x.matter_id, x.class order by 1, 2) c;
  return null;
end $$;
create trigger list_added after insert on app.documents referencing new table as added for each statement execute function hidden.list_added();
create trigger list_ended after delete on app.documents referencing old table as ended for each statement execute function hidden.list_ended();
create trigger list_changed after update on app.documents referencing old table as was new table as is_now for each statement execute function hidden.list_changed();

-- A further version has another size and time; the first comes with its document.
create or replace function hidden.list_version() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform hidden.tell_listing(c.matter_id, c.class, 0) from (
    select distinct d.matter_id, d.class from versions n join app.documents d on d.id = n.document_id where n.number > 1 order by 1, 2) c;
  return null;
end $$;
create trigger list_added after insert on app.versions referencing new table as versions for each statement execute function hidden.list_version();
create trigger list_ended after delete on app.versions referencing old table as versions for each statement execute function hidden.list_version();

create or replace function hidden.list_folder() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform hidden.tell_listing(c.matter_id, '', 0) from (select distinct n.matter_id from folders n order by 1) c;
  return null;
end $$;
create trigger list_added after insert on app.folders referencing new table as folders for each statement execute function hidden.list_folder();
create trigger list_changed after update on app.folders referencing new table as folders for each statement execute function hidden.list_folder();
create trigger list_ended after delete on app.folders referencing old table as folders for each statement execute function hidden.list_folder();

grant select, insert, update (changes, documents) on app.listings to subrosa_gate;
create policy gate_keeps on app.listings to subrosa_gate using (true) with check (true);
