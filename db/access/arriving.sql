-- What has come in and is looked at: what the scanner said of a version, who releases what was held, and uploads in parts.
-- A version that waits or is quarantined is there for whoever reaches it, and opened by nobody.

create or replace function hidden.is_scan_held(version uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from app.versions v where v.id = version and v.scan in ('waiting', 'quarantined'))
$$;
-- Why a version of a document is not opened; null: nothing against it, or not within reach.
create or replace function hidden.scan_hold(document uuid, version integer) returns text
language sql stable security definer set search_path = '' as $$
  select v.scan from app.versions v
  where v.document_id = document and v.number = version and v.scan in ('waiting', 'quarantined') and hidden.reaches_document(document)
$$;
-- What was said of a version that this very transaction has made; said once.
create or replace function hidden.mark_scan(version uuid, said text, why text, signature bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  update app.versions v set scan = said, scan_why = why, sealed_signature = signature, scan_at = clock_timestamp()
  where v.id = version and v.created_by = hidden.me() and v.scan = 'none' and v.scan_at is null and said in ('none', 'clean', 'waiting', 'quarantined')
    and v.xmin::text::bigint = txid_current() % 4294967296;
  return found;
end $$;

-- What is held, for those who may release it: no name and no matter, and nothing behind a wall that keeps them out.
create or replace function hidden.held_versions()
returns table (version_id uuid, document_id uuid, number integer, size bigint, scan text, scan_why text, sealed_signature bytea, created_at timestamptz,
  created_by uuid, by_name bytea)
language sql stable security definer set search_path = '' as $$
  select v.id, v.document_id, v.number, v.size, v.scan, v.scan_why, v.sealed_signature, v.created_at, v.created_by, p.sealed_name
  from app.versions v join app.people p on p.id = v.created_by
  where v.scan in ('waiting', 'quarantined') and hidden.may('quarantine.release') and not hidden.is_screened(hidden.me(), v.matter_id)
  order by v.id desc
$$;
-- SR025: released already. False: not theirs, or not held: of what was never held they know nothing.
create or replace function hidden.release_version(document uuid, version integer) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare v app.versions;
begin
  if not hidden.may('quarantine.release') or not hidden.is_fresh() then return false; end if;
  select * into v from app.versions x where x.document_id = document and x.number = version for update;
  if v.id is null or hidden.is_screened(hidden.me(), v.matter_id) then return false; end if;
  if v.scan = 'released' then raise exception 'released' using errcode = 'SR025'; end if;
  if v.scan not in ('waiting', 'quarantined') then return false; end if;
  update app.versions x set scan = 'released', scan_by = hidden.me(), scan_at = clock_timestamp() where x.id = v.id;
  return true;
end $$;
-- What was held of what is in the trash of a matter, as hidden.trashed_in shows it.
create or replace function hidden.trashed_scans(matter uuid) returns table (version_id uuid, scan text, scan_why text, sealed_signature bytea)
language sql stable security definer set search_path = '' as $$
  select v.id, v.scan, v.scan_why, v.sealed_signature from app.documents d join app.versions v on v.document_id = d.id
  where d.matter_id = matter and d.trashed_at is not null and hidden.may('document.list') and hidden.reaches(d.matter_id, d.class)
$$;
grant execute on function hidden.scan_hold(uuid, integer), hidden.mark_scan(uuid, text, text, bytea), hidden.held_versions(),
  hidden.release_version(uuid, integer), hidden.trashed_scans(uuid) to subrosa_person;

-- The clerk looks again at what waits, and writes down what the scanner said; never of what someone has decided.
create or replace function hidden.waiting_versions(after uuid, most integer) returns table (version_id uuid, matter_id uuid, scan_why text)
language sql stable security definer set search_path = '' as $$
  select v.id, v.matter_id, v.scan_why from app.versions v where v.scan = 'waiting' and v.id > after order by v.id limit most
$$;
create or replace function hidden.settle_scan(version uuid, said text, why text, signature bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  update app.versions v set scan = said, scan_why = why, sealed_signature = signature, scan_at = clock_timestamp()
  where v.id = version and v.scan = 'waiting' and v.matter_id = hidden.job_matter() and said in ('clean', 'waiting', 'quarantined');
  return found;
end $$;
grant execute on function hidden.waiting_versions(uuid, integer), hidden.settle_scan(uuid, text, text, bytea) to subrosa_clerk;
grant update (scan, scan_why, sealed_signature, scan_at, scan_by) on app.versions to subrosa_gate;
create policy gate_marks on app.versions for update to subrosa_gate using (true) with check (true);
grant select (scan, scan_why, sealed_signature, scan_at) on app.versions to subrosa_person;

-- An upload in parts is its own person's, and stands while its matter takes more.
grant select (id, matter_id, person_id, wrapped_key, sealed_wish, size, created_at, ends_at, document_id, into_document) on app.uploads to subrosa_person;
-- (who sees it: db/access/vault.sql)
-- SR039: too many of theirs stand already.
create or replace function hidden.begin_upload(upload uuid, matter uuid, wrapped bytea, wish bytea, bytes bigint, into_ uuid) returns timestamptz
language plpgsql volatile security definer set search_path = '' as $$
declare until timestamptz;
begin
  if not hidden.may('document.upload') or not hidden.takes_more(matter) then return null; end if;
  -- one after the other of theirs, so that none is overlooked
  perform pg_advisory_xact_lock(1919904869, hashtext(hidden.me()::text));
  if into_ is not null and not (hidden.reaches_document(into_) and exists (select from app.documents d where d.id = into_ and d.matter_id = matter)) then return null; end if;
  if (select count(*) from app.uploads u where u.person_id = hidden.me() and u.document_id is null and u.ends_at > statement_timestamp()) >= 100 then
    raise exception 'too many' using errcode = 'SR039';
  end if;
  insert into app.uploads (id, matter_id, person_id, wrapped_key, sealed_wish, size, into_document)
  values (upload, matter, hidden.me(), wrapped, wish, bytes, into_) returning ends_at into until;
  return until;
end $$;
-- It has become a document or its next version, in that one's own transaction; its key is no longer needed.
create or replace function hidden.finish_upload(upload uuid, document uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  update app.uploads u set document_id = document, wrapped_key = ''
  where u.id = upload and u.person_id = hidden.me() and u.document_id is null and u.ends_at > statement_timestamp()
    and exists (select from app.documents d where d.id = document and d.matter_id = u.matter_id and (
      u.into_document is null and d.created_by = hidden.me() or u.into_document = d.id and hidden.me() = (
        select v.created_by from app.versions v where v.document_id = d.id order by v.number desc limit 1)));
  return found;
end $$;
create or replace function hidden.end_upload(upload uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  delete from app.uploads u where u.id = upload and u.person_id = hidden.me() and hidden.reaches(u.matter_id);
  return found;
end $$;
grant execute on function hidden.begin_upload(uuid, uuid, bytea, bytea, bigint, uuid), hidden.finish_upload(uuid, uuid), hidden.end_upload(uuid) to subrosa_person;

-- Which of these uploads still stand: not run out, not become a document, their person within reach, the matter open,
-- and the document of which one is to be a version there.
create or replace function hidden.standing_uploads(uploads uuid[]) returns setof uuid
language sql stable security definer set search_path = '' as $$
  select u.id from app.uploads u join app.matters m on m.id = u.matter_id
  where u.id = any (uploads) and u.ends_at > statement_timestamp() and u.document_id is null and m.status <> 'closed'
    and hidden.is_here(u.person_id) and hidden.sees(u.person_id, u.matter_id)
    and (u.into_document is null or exists (select from app.documents d
      where d.id = u.into_document and d.matter_id = u.matter_id and d.trashed_at is null and hidden.sees(u.person_id, d.matter_id, d.class)))
$$;
create or replace function hidden.sweep_uploads() returns void
language sql volatile security definer set search_path = '' as $$
  delete from app.uploads u where u.ends_at < clock_timestamp()
    or (u.document_id is null and not exists (select from hidden.standing_uploads(array[u.id])));
$$;
grant execute on function hidden.standing_uploads(uuid[]), hidden.sweep_uploads() to subrosa_clerk;
grant select, insert, delete, update (document_id, wrapped_key) on app.uploads to subrosa_gate;
create policy gate_keeps on app.uploads to subrosa_gate using (true) with check (true);
