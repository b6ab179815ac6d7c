-- A long list in the order of its names, which are sealed: the program works it out in memory, and asks here each time whether what
-- it knows is what there is. Both functions show a person what the policies would, with the wall asked once a class and not once a row
-- (`offset 0` keeps the question from being put to every row of a class).

-- What is within reach of a matter's documents, a row for each class: how many, and a mark that another change makes another one.
create or replace function hidden.listing_marks(matter uuid) returns table (class text, documents bigint, mark text)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not hidden.may('document.list') or not hidden.reaches(matter) then return; end if;
  return query
    select c.class, c.n, concat_ws(' ', c.print, v.print, f.print)
    from (select d.class, count(*) as n, bit_xor(uuid_hash_extended(d.id, d.xmin::text::bigint))::text as print
          from app.documents d where d.matter_id = matter and d.trashed_at is null group by d.class offset 0) c
    -- a version is never changed
    join (select d.class, bit_xor(uuid_hash_extended(v.id, 0))::text as print
          from app.versions v join app.documents d on d.id = v.document_id where v.matter_id = matter and d.matter_id = matter group by d.class) v using (class)
    cross join (select coalesce(bit_xor(uuid_hash_extended(f.id, f.xmin::text::bigint)), 0)::text as print
                from app.folders f where f.matter_id = matter) f
    where hidden.reaches(matter, c.class);
end $$;
-- What the order is made of, of those classes that are within reach.
create or replace function hidden.listing_of(matter uuid)
returns table (id uuid, folder_id uuid, sealed_name bytea, class text, size bigint, created_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare within text[];
begin
  if not hidden.may('document.list') or not hidden.reaches(matter) then return; end if;
  within := array(select c.class from (select distinct d.class from app.documents d where d.matter_id = matter offset 0) c where hidden.reaches(matter, c.class));
  return query
    select distinct on (d.id) d.id, d.folder_id, d.sealed_name, d.class, v.size, v.created_at
    from app.documents d join app.versions v on v.document_id = d.id
    where d.matter_id = matter and d.trashed_at is null and d.class = any (within) order by d.id, v.number desc;
end $$;
grant execute on function hidden.listing_marks(uuid), hidden.listing_of(uuid) to subrosa_person;
