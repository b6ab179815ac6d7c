-- From one matter into another, and out of another document. The contents are sealed anew before this, outside of any transaction; here a document changes its
-- matter, or a copy of it begins there, in one statement of the person's. SR038: its class lets this person's group not in there.

-- Both matters are taken in the order of their ids, so that two who go opposite ways do not wait for each other. A copy leaves its
-- source as it is, also a closed one. False: one of them is not within reach, or it is not theirs to do.
create or replace function hidden.begin_transfer(source uuid, target uuid, as_copy boolean) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare one uuid;
begin
  if source = target or not (hidden.may('document.change') and hidden.may('document.upload') and hidden.may(case when as_copy then 'document.download' else 'document.read' end))
    or not hidden.reaches(source) or not hidden.reaches(target) then return false; end if;
  for one in select x from unnest(array[source, target]) x where x = target or not as_copy order by x loop
    if not hidden.begin_filing(one) then return false; end if;
  end loop;
  return hidden.reaches(source) and hidden.reaches(target);
end $$;

-- `copied` is the id of the copy; null: the document itself goes, with its id. Its versions go along by number, each from `was` to
-- `becomes`, with who made it, when and from which one; what ends leaves its blob. It is nowhere milder than it was in its matter.
-- False: not theirs, or the handling of its class holds it back. SR033: it has other versions now.
create or replace function hidden.transfer_document(document uuid, target uuid, folder uuid, copied uuid, name bytea, token bytea, about bytea, note bytea,
  part uuid, place bytea, was uuid[], becomes uuid[], wrapped bytea[], facts bytea[], content bytea[], reasons bytea[], signatures bytea[]) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare d app.documents; its app.versions[]; raised text; made integer;
begin
  select * into d from app.documents x where x.id = document;
  if d.id is null or not hidden.begin_transfer(d.matter_id, target, copied is not null) then return false; end if;
  if copied is null then perform from app.documents x where x.id = document for update; else perform from app.documents x where x.id = document for share; end if;
  -- it may have changed while we waited
  if d.matter_id <> (select x.matter_id from app.documents x where x.id = document) then return false; end if;
  select * into d from app.documents x where x.id = document;
  if d.trashed_at is not null or not hidden.reaches(d.matter_id, d.class) then return false; end if;
  if exists (select from hidden.held_back(document, copied is not null, hidden.proved())) then return false; end if;
  if exists (select from app.versions v where v.document_id = document and hidden.is_scan_held(v.id)) then return false; end if;
  if copied is null and d.locked_at is not null then raise exception 'locked' using errcode = 'SR031'; end if;
  if copied is null and d.out_by <> hidden.me() then raise exception 'out' using errcode = 'SR032'; end if;
  raised := hidden.stricter(d.class, hidden.stricter(hidden.class_of(d.matter_id), hidden.class_of(target)));
  if not hidden.reaches(target, raised) then raise exception 'no group is let in' using errcode = 'SR038'; end if;
  select array_agg(v order by v.number) into its from app.versions v where v.document_id = document;
  if was is distinct from (select array_agg(v.id order by v.number) from unnest(its) v) then raise exception 'other versions' using errcode = 'SR033'; end if;
  if copied is null then
    delete from app.versions v where v.document_id = document;
    update app.documents x set matter_id = target, folder_id = folder, sealed_name = name, name_token = token, sealed_about = about, sealed_out_note = note,
      part_of = part, sealed_place = place, class = raised where x.id = document;
    -- what was asked for in its matter is decided in that matter
    update app.confirmations c set state = 'lapsed', decided_at = clock_timestamp() where c.document_id = document and c.state = 'waiting';
  else
    insert into app.documents (id, matter_id, folder_id, sealed_name, name_token, class, created_by, sealed_about, part_of, sealed_place)
    values (copied, target, folder, name, token, raised, hidden.me(), about, part, place);
  end if;
  insert into app.versions (id, document_id, matter_id, number, wrapped_key, sealed_facts, content_token, size, created_by, created_at, sealed_reason, made_from,
    scan, scan_why, sealed_signature, scan_at, scan_by)
  select s.id, coalesce(copied, document), target, v.number, s.wrapped, s.facts, s.content, v.size, v.created_by, v.created_at, s.reason, v.made_from,
    v.scan, v.scan_why, s.signature, v.scan_at, v.scan_by
  from unnest(its) v join unnest(was, becomes, wrapped, facts, content, reasons, signatures) s(was, id, wrapped, facts, content, reason, signature) on s.was = v.id;
  get diagnostics made = row_count;
  if made <> cardinality(its) then raise exception 'other versions' using errcode = 'SR033'; end if;
  return true;
end $$;

-- What was taken out of another document stands in its matter, and has no milder class; only of what is within reach can it be said.
create or replace function hidden.fits_part(part uuid, matter uuid, class text) returns boolean
language sql stable security definer set search_path = '' as $$
  select part is null or exists (select from app.documents d where d.id = part and d.matter_id = matter and d.trashed_at is null
    and hidden.reaches(d.matter_id, d.class) and hidden.stricter(fits_part.class, d.class) = fits_part.class)
$$;
grant insert (part_of, sealed_place) on app.documents to subrosa_person;
create policy part_within_reach on app.documents as restrictive for insert to subrosa_person with check (hidden.fits_part(part_of, matter_id, class));

grant insert (id, matter_id, folder_id, sealed_name, name_token, class, created_by, sealed_about, part_of, sealed_place), update (matter_id, part_of, sealed_place)
  on app.documents to subrosa_gate;
grant execute on function hidden.fits_part(uuid, uuid, text), hidden.begin_transfer(uuid, uuid, boolean),
  hidden.transfer_document(uuid, uuid, uuid, uuid, bytea, bytea, bytea, bytea, uuid, bytea, uuid[], uuid[], bytea[], bytea[], bytea[], bytea[], bytea[]) to subrosa_person;
