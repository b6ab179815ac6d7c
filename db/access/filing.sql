-- Filing: what is done to a document and its folders once they are there. Nobody changes a row of theirs directly; each act is a
-- named function that asks the wall for the document's own class, and acts of one matter come one after another.
-- SR030: the matter is closed. SR031: locked. SR032: someone else has it out. SR033: not the newest version. SR034: the same content.
-- SR035: a folder into itself. SR036: the folder holds something. SR037: the folder is gone.

-- A matter is taken for one act of filing, until its transaction ends. False: not within reach.
create or replace function hidden.begin_filing(matter uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare state text;
begin
  if not hidden.reaches(matter) then return false; end if;
  select m.status into state from app.matters m where m.id = matter for no key update;
  if state = 'closed' then raise exception 'the matter is closed' using errcode = 'SR030'; end if;
  return hidden.reaches(matter);
end $$;
-- A document that is not in the trash, held for a change by someone who may; null: not theirs.
create or replace function hidden.hold_document(document uuid, need text) returns app.documents
language plpgsql volatile security definer set search_path = '' as $$
declare d app.documents;
begin
  select * into d from app.documents x where x.id = document;
  if d.id is null or not hidden.may(need) or not hidden.reaches(d.matter_id, d.class) or d.trashed_at is not null then return null; end if;
  if not hidden.begin_filing(d.matter_id) then return null; end if;
  -- it may have changed while we waited
  select * into d from app.documents x where x.id = document for update;
  if d.trashed_at is not null or not hidden.reaches(d.matter_id, d.class) then return null; end if;
  return d;
end $$;
-- The same, for what a lock keeps as it is.
create or replace function hidden.hold_unlocked(document uuid, need text) returns app.documents
language plpgsql volatile security definer set search_path = '' as $$
declare d app.documents := hidden.hold_document(document, need);
begin
  if d.locked_at is not null then raise exception 'locked' using errcode = 'SR031'; end if;
  return d;
end $$;
-- The same, for what someone else's work must not be disturbed by either.
create or replace function hidden.hold_free(document uuid, need text) returns app.documents
language plpgsql volatile security definer set search_path = '' as $$
declare d app.documents := hidden.hold_unlocked(document, need);
begin
  if d.out_by <> hidden.me() then raise exception 'out' using errcode = 'SR032'; end if;
  return d;
end $$;

-- A version made from the newest one; its number, or null: not theirs. What it holds may raise the document's class, and one's own
-- check-out ends with it.
create or replace function hidden.add_version(version uuid, document uuid, seen integer, wrapped bytea, facts bytea, content bytea, bytes bigint,
  reason bytea, strict text, keep boolean) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare d app.documents := hidden.hold_free(document, 'document.upload'); newest app.versions;
begin
  if d.id is null then return null; end if;
  select * into newest from app.versions v where v.document_id = document order by v.number desc limit 1;
  if newest.number is distinct from seen then raise exception 'not the newest' using errcode = 'SR033'; end if;
  if newest.content_token = content then raise exception 'the same content' using errcode = 'SR034'; end if;
  insert into app.versions (id, document_id, matter_id, number, wrapped_key, sealed_facts, content_token, size, created_by, sealed_reason, made_from)
  values (version, document, d.matter_id, seen + 1, wrapped, facts, content, bytes, hidden.me(), reason, seen);
  if hidden.stricter(d.class, strict) <> d.class then
    update app.documents x set class = strict where x.id = document;
    -- as when it is raised by hand
    update app.confirmations c set state = 'lapsed', decided_at = clock_timestamp() where c.document_id = document and c.state = 'waiting';
  end if;
  if not keep then update app.documents x set out_by = null, out_at = null, sealed_out_note = null where x.id = document and x.out_by = hidden.me(); end if;
  return seen + 1;
end $$;

create or replace function hidden.take_out(document uuid, note bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if (hidden.hold_free(document, 'document.change')).id is null then return false; end if;
  update app.documents x set out_by = hidden.me(), out_at = clock_timestamp(), sealed_out_note = note where x.id = document;
  return true;
end $$;
-- Also a locked one: it comes back as it was. By another than its holder only with `matter.change`.
create or replace function hidden.bring_back(document uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare d app.documents := hidden.hold_document(document, 'document.change');
begin
  if d.id is null then return false; end if;
  if d.out_by is null then raise exception 'not out' using errcode = 'SR025'; end if;
  if d.out_by <> hidden.me() and not hidden.may('matter.change') then raise exception 'out' using errcode = 'SR032'; end if;
  update app.documents x set out_by = null, out_at = null, sealed_out_note = null where x.id = document;
  return true;
end $$;
create or replace function hidden.rename_document(document uuid, name bytea, token bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if (hidden.hold_free(document, 'document.change')).id is null then return false; end if;
  update app.documents x set sealed_name = name, name_token = token where x.id = document;
  return true;
end $$;
-- Into a folder of its matter; null: its own floor.
create or replace function hidden.move_document(document uuid, folder uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if (hidden.hold_free(document, 'document.change')).id is null then return false; end if;
  update app.documents x set folder_id = folder where x.id = document;
  return true;
end $$;
create or replace function hidden.describe_document(document uuid, about bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if (hidden.hold_unlocked(document, 'document.change')).id is null then return false; end if;
  update app.documents x set sealed_about = about where x.id = document;
  return true;
end $$;
create or replace function hidden.lock_document(document uuid, how text) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if (hidden.hold_unlocked(document, 'document.change')).id is null then return false; end if;
  update app.documents x set locked_as = how, locked_by = hidden.me(), locked_at = clock_timestamp() where x.id = document;
  return true;
end $$;
-- With a factor proved just now. SR025: it is not locked.
create or replace function hidden.unlock_document(document uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare d app.documents;
begin
  if not hidden.is_fresh() then return false; end if;
  d := hidden.hold_document(document, 'document.unlock');
  if d.id is null then return false; end if;
  if d.locked_at is null then raise exception 'not locked' using errcode = 'SR025'; end if;
  update app.documents x set locked_as = null, locked_by = null, locked_at = null where x.id = document;
  return true;
end $$;
create or replace function hidden.trash_document(document uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if (hidden.hold_free(document, 'document.change')).id is null then return false; end if;
  update app.documents x set trashed_by = hidden.me(), trashed_at = clock_timestamp() where x.id = document;
  return true;
end $$;
-- The only ways to what is in the trash: its list, with the newest version of each, and back out of it.
create or replace function hidden.trashed_in(matter uuid)
returns table (id uuid, matter_id uuid, folder_id uuid, sealed_name bytea, class text, sealed_about bytea, out_by uuid, out_at timestamptz, sealed_out_note bytea,
  out_name bytea, locked_as text, locked_by uuid, locked_at timestamptz, locked_name bytea, version_id uuid, number integer, wrapped_key bytea,
  sealed_facts bytea, size bigint, created_by uuid, created_at timestamptz, by_name bytea, trashed_by uuid, trashed_at timestamptz, trashed_name bytea)
language sql stable security definer set search_path = '' as $$
  select d.id, d.matter_id, d.folder_id, d.sealed_name, d.class, d.sealed_about, d.out_by, d.out_at, d.sealed_out_note, o.sealed_name, d.locked_as, d.locked_by,
    d.locked_at, l.sealed_name, v.id, v.number, v.wrapped_key, v.sealed_facts, v.size, v.created_by, v.created_at, p.sealed_name, d.trashed_by, d.trashed_at, t.sealed_name
  from app.documents d
  join lateral (select * from app.versions v where v.document_id = d.id order by v.number desc limit 1) v on true
  join app.people p on p.id = v.created_by join app.people t on t.id = d.trashed_by
  left join app.people o on o.id = d.out_by left join app.people l on l.id = d.locked_by
  where d.matter_id = matter and d.trashed_at is not null and hidden.may('document.list') and hidden.reaches(d.matter_id, d.class)
  order by d.trashed_at desc, d.id desc
$$;
create or replace function hidden.restore_document(document uuid, folder uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare d app.documents;
begin
  select * into d from app.documents x where x.id = document;
  if d.id is null or not hidden.may('document.change') or not hidden.reaches(d.matter_id, d.class) then return false; end if;
  if not hidden.begin_filing(d.matter_id) then return false; end if;
  update app.documents x set trashed_by = null, trashed_at = null, folder_id = folder
  where x.id = document and x.trashed_at is not null and hidden.reaches(x.matter_id, x.class);
  return found;
end $$;

-- Renames a folder, or puts it under another; what it holds follows.
create or replace function hidden.move_folder(folder uuid, parent uuid, name bytea, token bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare f app.folders;
begin
  select * into f from app.folders x where x.id = folder;
  if f.id is null or not hidden.may('document.change') or not hidden.begin_filing(f.matter_id) then return false; end if;
  if parent in (
    with recursive below as (select folder as id union select x.id from app.folders x join below b on x.parent_id = b.id) select b.id from below b) then
    raise exception 'into itself' using errcode = 'SR035';
  end if;
  update app.folders x set parent_id = parent, sealed_name = name, name_token = token where x.id = folder and x.removed_at is null;
  return found;
end $$;
-- Its row stays for what is in the trash and was in it.
create or replace function hidden.remove_folder(folder uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare f app.folders;
begin
  select * into f from app.folders x where x.id = folder;
  if f.id is null or not hidden.may('document.change') or not hidden.begin_filing(f.matter_id) then return false; end if;
  -- whoever is putting something into it comes first
  perform from app.folders x where x.id = folder and x.removed_at is null for update;
  if not found then return false; end if;
  if exists (select from app.documents d where d.folder_id = folder and d.trashed_at is null)
    or exists (select from app.folders x where x.parent_id = folder and x.removed_at is null) then
    raise exception 'not empty' using errcode = 'SR036';
  end if;
  update app.folders x set removed_by = hidden.me(), removed_at = clock_timestamp() where x.id = folder;
  return true;
end $$;
-- Nothing is put into a folder that was removed, also not in this very moment.
create or replace function hidden.hold_folder() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare folder uuid := case tg_table_name when 'folders' then to_jsonb(new) ->> 'parent_id' else to_jsonb(new) ->> 'folder_id' end;
begin
  if folder is null then return new; end if;
  perform from app.folders x where x.id = folder and x.matter_id = new.matter_id and x.removed_at is null for share;
  if not found then raise exception 'the folder is gone' using errcode = 'SR037'; end if;
  return new;
end $$;
create trigger hold_folder before insert or update of folder_id on app.documents for each row execute function hidden.hold_folder();
create trigger hold_folder before insert or update of parent_id on app.folders for each row execute function hidden.hold_folder();

-- Within reach, or in the trash and within reach otherwise: what history names.
create or replace function hidden.reached_document(document uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from app.documents d where d.id = document and hidden.reaches(d.matter_id, d.class))
$$;

grant select, insert on app.versions to subrosa_gate;
create policy gate_adds on app.versions for insert to subrosa_gate with check (true);
grant update (folder_id, sealed_name, name_token, sealed_about, out_by, out_at, sealed_out_note, locked_as, locked_by, locked_at, trashed_by, trashed_at) on app.documents to subrosa_gate;
grant select, update (parent_id, sealed_name, name_token, removed_by, removed_at) on app.folders to subrosa_gate;
create policy gate_sees on app.folders to subrosa_gate using (true) with check (true);
grant execute on function hidden.begin_filing(uuid), hidden.add_version(uuid, uuid, integer, bytea, bytea, bytea, bigint, bytea, text, boolean),
  hidden.take_out(uuid, bytea), hidden.bring_back(uuid), hidden.rename_document(uuid, bytea, bytea), hidden.move_document(uuid, uuid),
  hidden.describe_document(uuid, bytea), hidden.lock_document(uuid, text), hidden.unlock_document(uuid), hidden.trash_document(uuid),
  hidden.trashed_in(uuid), hidden.restore_document(uuid, uuid), hidden.move_folder(uuid, uuid, bytea, bytea), hidden.remove_folder(uuid),
  hidden.reached_document(uuid) to subrosa_person;
