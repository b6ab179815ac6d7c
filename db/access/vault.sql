-- Documents: what someone on the team may add. Who sees them is in 4-wall.sql; nothing here can be changed or deleted.

grant select, insert on app.folders, app.documents, app.versions to subrosa_person;
grant select (id, version_id, matter_id, session_id, person_id, created_at, ends_at), insert (id, version_id, matter_id, session_id, person_id, ends_at) on app.openings to subrosa_person;

create policy insert_within_reach on app.folders for insert to subrosa_person with check (
  created_by = (select hidden.me()) and hidden.on_team(matter_id) and (select hidden.may('document.upload')));
create policy insert_within_reach on app.documents for insert to subrosa_person with check (
  created_by = (select hidden.me()) and hidden.on_team(matter_id) and (select hidden.may('document.upload')));
create policy insert_within_reach on app.versions for insert to subrosa_person with check (
  created_by = (select hidden.me()) and hidden.on_team(matter_id) and (select hidden.may('document.upload')));

create policy insert_own on app.openings for insert to subrosa_person with check (
  person_id = (select hidden.me()) and session_id = (select hidden.session()) and hidden.on_team(matter_id)
  and ((select hidden.may('document.read')) or (select hidden.may('document.download'))));
