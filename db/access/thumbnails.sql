-- Small pictures. Nobody holds anything on the table: a picture is given by a function that asks the wall, the permission, the
-- handling matrix and the scanner's hold, and gives it only while its session's look at the matter's pictures is in the ledger.

grant select, insert, update, delete on app.thumbnails, app.glances to subrosa_gate;
create policy gate_keeps on app.thumbnails to subrosa_gate using (true) with check (true);
create policy gate_keeps on app.glances to subrosa_gate using (true) with check (true);

-- Whether the matrix lets a document be seen so: a class that opens to a session alone, of which copies are taken, and that is not
-- shown under its reader's name. Anything stricter is opened, and not seen in passing.
create or replace function hidden.shows_picture(document uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select from app.documents d cross join lateral (select hidden.stricter(d.class, hidden.class_of(d.matter_id)) as class) c
    where d.id = document and d.trashed_at is null and hidden.reaches(d.matter_id, d.class)
      and hidden.handling(c.class, 'open') = '"session"' and hidden.handling(c.class, 'download') = 'true'
      and hidden.handling(c.class, 'watermark') = 'false')
$$;
-- Of a version within reach that may be seen so, one row: what is kept of it, neither when nothing is yet. `glanced`: the look stands
-- in the ledger; without it no picture is given. What was late or crashed is tried again after a day.
create or replace function hidden.thumbnail_of(version uuid) returns table (glanced boolean, sealed_picture bytea, why text)
language sql stable security definer set search_path = '' as $$
  select g.session_id is not null, case when g.session_id is not null then t.sealed_picture end, t.why
  from app.versions v
  left join app.thumbnails t on t.version_id = v.id
    and (t.why is null or t.why not in ('took-too-long', 'crashed') or t.made_at > statement_timestamp() - interval '1 day')
  left join app.glances g on g.session_id = hidden.session() and g.matter_id = v.matter_id and g.ends_at > statement_timestamp()
  where v.id = version and hidden.may('document.read') and hidden.shows_picture(v.document_id) and not hidden.is_scan_held(version)
    and not exists (select from app.soundness s where s.version_id = version and s.broken_at is not null)
$$;
-- Within the act whose entry says so. False: not theirs, or it stands already.
create or replace function hidden.begin_glance(matter uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not (hidden.may('document.read') and hidden.reaches(matter)) then return false; end if;
  insert into app.glances (session_id, matter_id, ends_at) values (hidden.session(), matter, clock_timestamp() + interval '30 minutes')
  on conflict (session_id, matter_id) do update set ends_at = excluded.ends_at where glances.ends_at <= clock_timestamp();
  return found;
end $$;
grant execute on function hidden.thumbnail_of(uuid), hidden.begin_glance(uuid) to subrosa_person;

-- The clerk keeps what was drawn, in the one matter of its job; nothing of a version that has ended meanwhile.
create or replace function hidden.keep_thumbnail(version uuid, picture bytea, reason text) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into app.thumbnails (version_id, matter_id, sealed_picture, why)
  select v.id, v.matter_id, picture, reason from app.versions v where v.id = version and v.matter_id = hidden.job_matter()
  on conflict (version_id) do update set sealed_picture = excluded.sealed_picture, why = excluded.why, made_at = clock_timestamp();
  return found;
end $$;
grant execute on function hidden.keep_thumbnail(uuid, bytea, text) to subrosa_clerk;
