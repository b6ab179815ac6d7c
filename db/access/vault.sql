-- Documents: what someone within reach may add, and how the handling matrix opens them. Who sees them is in 4-wall.sql, what is done
-- to them in filing.sql; no version is changed or deleted by anybody.

grant select, insert (id, matter_id, parent_id, sealed_name, name_token, created_by) on app.folders to subrosa_person;
grant select, insert (id, matter_id, folder_id, sealed_name, name_token, class, created_by) on app.documents to subrosa_person;
grant select, insert (id, document_id, matter_id, number, wrapped_key, sealed_facts, content_token, size, created_by) on app.versions to subrosa_person;
grant select (id, version_id, matter_id, session_id, person_id, created_at, ends_at, copy, proved), insert (id, version_id, matter_id, session_id, person_id, ends_at, copy) on app.openings to subrosa_person;

-- a closed matter takes nothing more
create or replace function hidden.takes_more(matter uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from app.matters m where m.id = matter and m.status <> 'closed') and hidden.reaches(matter)
$$;
-- the class of a matter with its client's, for those who reach it: nothing in it is milder
create or replace function hidden.floor_of(matter uuid) returns text
language sql stable security definer set search_path = '' as $$
  select hidden.class_of(matter) where hidden.reaches(matter)
$$;
create or replace function hidden.fits_matter(matter uuid, class text) returns boolean
language sql stable security definer set search_path = '' as $$
  select hidden.stricter(class, hidden.floor_of(matter)) = class
$$;
grant execute on function hidden.takes_more(uuid), hidden.floor_of(uuid), hidden.fits_matter(uuid, text) to subrosa_person;
create policy insert_within_reach on app.folders for insert to subrosa_person with check (
  created_by = (select hidden.me()) and hidden.takes_more(matter_id) and ((select hidden.may('document.upload')) or (select hidden.may('document.change'))));
create policy insert_within_reach on app.documents for insert to subrosa_person with check (
  created_by = (select hidden.me()) and hidden.takes_more(matter_id) and hidden.fits_matter(matter_id, class) and (select hidden.may('document.upload')));
-- the first version of what one has just added; every later one by hidden.add_version
create or replace function hidden.is_bare(document uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from app.documents d where d.id = document and d.created_by = hidden.me() and d.trashed_at is null)
    and not exists (select from app.versions v where v.document_id = document)
$$;
grant execute on function hidden.is_bare(uuid) to subrosa_person;
create policy insert_first on app.versions for insert to subrosa_person with check (
  created_by = (select hidden.me()) and number = 1 and hidden.is_bare(document_id) and hidden.takes_more(matter_id) and (select hidden.may('document.upload')));

-- What this session has proved within five minutes.
create or replace function hidden.proved() returns text
language sql stable security definer set search_path = '' as $$
  select case when not hidden.is_fresh() then 'session'
    when (select s.factor from app.sessions s where s.id = hidden.session()) = 'passkey' then 'passkey' else 'fresh' end
$$;
-- What the matrix says against opening a document, or taking a copy, by someone who has proved so much: the rule, what it asks
-- (`off`: nothing helps), and the version that it stands in. No row: nothing. The effective class is the strictest of three.
create or replace function hidden.held_back(document uuid, as_copy boolean, proof text) returns table (class text, rule text, asks text, version integer)
language sql stable security definer set search_path = '' as $$
  select h.class, h.class || case when not as_copy then '.open' when h.off then '.download' else '.downloadAsks' end, case when h.off then 'off' else h.asks end, h.version
  from (
    select c.class, m.version, as_copy and m.rules #>> array['classes', c.class, 'download'] = 'false' as off,
      m.rules #>> array['classes', c.class, case when as_copy then 'downloadAsks' else 'open' end] as asks
    from app.documents d cross join lateral (select hidden.stricter(d.class, hidden.class_of(d.matter_id)) as class) c cross join hidden.matrix_at(null) m
    where d.id = document and d.trashed_at is null and hidden.reaches(d.matter_id)) h
  where h.off or array_position('{session,fresh,passkey}', h.asks) > array_position('{session,fresh,passkey}', proof)
$$;
-- Whether what was opened with so much proved may be open now: a stricter class, or a stricter matrix, ends it.
create or replace function hidden.holds_open(version uuid, as_copy boolean, proof text) returns boolean
language sql stable security definer set search_path = '' as $$
  select not hidden.is_held(version) and not exists (select from hidden.held_back((select v.document_id from app.versions v where v.id = version), as_copy, proof))
$$;
create or replace function hidden.stamp_opening() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  new.proved := hidden.proved();
  return new;
end $$;
create trigger stamp before insert on app.openings for each row execute function hidden.stamp_opening();
create policy insert_own on app.openings for insert to subrosa_person with check (
  person_id = (select hidden.me()) and session_id = (select hidden.session())
  and exists (select from app.versions v where v.id = openings.version_id and v.matter_id = openings.matter_id)
  and ((select hidden.may('document.read')) or (select hidden.may('document.download')))
  and hidden.holds_open(version_id, copy, proved));
grant execute on function hidden.held_back(uuid, boolean, text), hidden.holds_open(uuid, boolean, text), hidden.proved() to subrosa_person;

-- Within this person's reach, as the policies have it; said again because a definer passes none of theirs.
create or replace function hidden.reaches_document(document uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from app.documents d where d.id = document and d.trashed_at is null and hidden.reaches(d.matter_id, d.class))
$$;
-- Raises a document's class; whoever may add documents may. False: not theirs. SR024: no stricter than it is already.
create or replace function hidden.classify(document uuid, strict text) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare d app.documents;
begin
  if not (hidden.may('document.upload') and hidden.reaches_document(document)) then return false; end if;
  select * into d from app.documents x where x.id = document for update;
  if hidden.stricter(hidden.stricter(d.class, hidden.class_of(d.matter_id)), strict) <> strict or strict = d.class then
    raise exception 'no stricter' using errcode = 'SR024';
  end if;
  update app.documents x set class = strict where x.id = document;
  -- a milder class that someone asked for before is not what they would ask for now
  update app.confirmations c set state = 'lapsed', decided_at = clock_timestamp() where c.document_id = document and c.state = 'waiting';
  return true;
end $$;
grant execute on function hidden.classify(uuid, text) to subrosa_person;
grant select, update (class) on app.documents to subrosa_gate;
create policy gate_sees on app.documents to subrosa_gate using (true) with check (true);
