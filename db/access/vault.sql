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
language plpgsql stable security definer set search_path = '' as $$
begin
  return case when hidden.reaches(matter) then hidden.class_of(matter) end;
end $$;
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

-- A document with its first version and what a scanner said of it, asked for and written as the policies above have it, in one
-- step. False: not theirs. SR030: the matter is closed.
create or replace function hidden.add_document(document uuid, matter uuid, folder uuid, name bytea, token bytea, class text, version uuid, wrapped bytea,
  facts bytea, content bytea, bytes bigint, said text, why text, signature bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare me uuid := hidden.me(); m record;
begin
  if not hidden.may('document.upload') or not hidden.sees(me, matter) then return false; end if;
  select x.status, hidden.class_of(x.id) as floor into m from app.matters x where x.id = matter;
  if m.status = 'closed' then raise exception 'the matter is closed' using errcode = 'SR030'; end if;
  if hidden.stricter(class, m.floor) <> class then return false; end if;
  insert into app.documents (id, matter_id, folder_id, sealed_name, name_token, class, created_by) values (document, matter, folder, name, token, class, me);
  insert into app.versions (id, document_id, matter_id, number, wrapped_key, sealed_facts, content_token, size, created_by, scan, scan_why, sealed_signature, scan_at)
  values (version, document, matter, 1, wrapped, facts, content, bytes, me, said, why, signature, clock_timestamp());
  return true;
end $$;
grant execute on function hidden.add_document(uuid, uuid, uuid, bytea, bytea, text, uuid, bytea, bytea, bytea, bigint, text, text, bytea) to subrosa_person;

-- What this session has proved within five minutes.
create or replace function hidden.proved() returns text
language plpgsql stable security definer set search_path = '' as $$
begin
  return case when not hidden.is_fresh() then 'session'
    when (select s.factor from app.sessions s where s.id = (select hidden.session())) = 'passkey' then 'passkey' else 'fresh' end;
end $$;
-- What the matrix says against opening a document, or taking a copy, by someone who has proved so much: the rule, what it asks
-- (`off`: nothing helps), and the version that it stands in. No row: nothing. The effective class is the strictest of three.
create or replace function hidden.held_back(document uuid, as_copy boolean, proof text) returns table (class text, rule text, asks text, version integer)
language sql stable security definer set search_path = '' as $$
  select h.class, h.class || case when not as_copy then '.open' when h.off then '.download' else '.downloadAsks' end, case when h.off then 'off' else h.asks end, h.version
  from (
    select c.class, (select max(m.version) from app.matrix m) as version, as_copy and hidden.handling(c.class, 'download')::text = 'false' as off,
      hidden.handling(c.class, case when as_copy then 'downloadAsks' else 'open' end) #>> '{}' as asks
    from app.documents d cross join lateral (select hidden.stricter(d.class, hidden.class_of(d.matter_id)) as class) c
    where d.id = document and d.trashed_at is null and hidden.reaches(d.matter_id)) h
  where h.off or array_position('{session,fresh,passkey}', h.asks) > array_position('{session,fresh,passkey}', proof)
$$;
-- Whether what was opened with so much proved may be open now: a stricter class, or a stricter matrix, ends it.
create or replace function hidden.holds_open(version uuid, as_copy boolean, proof text) returns boolean
language sql stable security definer set search_path = '' as $$
  select not hidden.is_scan_held(version) and not exists (select from hidden.held_back((select v.document_id from app.versions v where v.id = version), as_copy, proof))
$$;
create or replace function hidden.stamp_opening() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  new.proved := hidden.proved();
  return new;
end $$;
-- An opening of a document's version of that number, or its newest, for whoever asks, or what stands against it: all of it asked in one step. No row: not theirs. `held`:
-- waiting, quarantined, broken, or what the matrix asks for; null: it was made.
create or replace function hidden.make_opening(opening uuid, document uuid, number integer, as_copy boolean, ends timestamptz)
returns table (held text, class text, rule text, asks text, matrix integer)
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_column
declare me uuid := hidden.me(); d record; b record;
begin
  select x.id, x.matter_id, x.class, v.id as version, v.scan, (select s.broken_at from app.soundness s where s.version_id = v.id) as broken_at into d
  from app.documents x join app.versions v on v.document_id = x.id
  where x.id = document and x.trashed_at is null and (make_opening.number is null or v.number = make_opening.number) order by v.number desc limit 1;
  if d.id is null or not hidden.sees(me, d.matter_id, d.class) or not (hidden.may('document.read') or hidden.may('document.download')) then return; end if;
  if d.broken_at is not null then return query select 'broken', null::text, null::text, null::text, null::integer; return; end if;
  if d.scan in ('waiting', 'quarantined') then return query select d.scan, null::text, null::text, null::text, null::integer; return; end if;
  select * into b from hidden.held_back(d.id, as_copy, hidden.proved()) h;
  if b.rule is not null then return query select 'matrix', b.class, b.rule, b.asks, b.version; return; end if;
  insert into app.openings (id, version_id, matter_id, session_id, person_id, ends_at, copy)
  values (opening, d.version, d.matter_id, hidden.session(), me, ends, as_copy);
  return query select null::text, null::text, null::text, null::text, null::integer;
end $$;
grant execute on function hidden.make_opening(uuid, uuid, integer, boolean, timestamptz) to subrosa_person;
grant insert on app.openings to subrosa_gate;
create trigger stamp before insert on app.openings for each row execute function hidden.stamp_opening();
create policy insert_own on app.openings for insert to subrosa_person with check (
  person_id = (select hidden.me()) and session_id = (select hidden.session())
  and exists (select from app.versions v where v.id = openings.version_id and v.matter_id = openings.matter_id offset 0)
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

-- An upload in parts, to its own person.
create policy select_own on app.uploads for select to subrosa_person using (
  person_id = (select hidden.me()) and ends_at > statement_timestamp() and hidden.reaches(matter_id)
  -- of a version: while its document is there, and its class within reach
  and (into_document is null or hidden.reaches_document(into_document)));
grant execute on function hidden.reaches_document(uuid) to subrosa_person;
