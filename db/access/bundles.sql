-- Archives: made by whoever takes copies, seen by their session alone, and behind the matter's wall. Each document in one has an
-- opening of its own, for which the wall and the handling of its class were asked as for any copy (vault.sql), and are asked again.

grant select, insert (id, matter_id, session_id, person_id, ends_at, sealed_plan) on app.bundles to subrosa_person;
create policy select_own on app.bundles for select to subrosa_person using (
  person_id = (select hidden.me()) and session_id = (select hidden.session()) and hidden.reaches(matter_id));
create policy insert_own on app.bundles for insert to subrosa_person with check (
  person_id = (select hidden.me()) and session_id = (select hidden.session()) and hidden.reaches(matter_id) and (select hidden.may('document.download')));

-- what has served is ended by the sweep (clerk.sql): it names files that may have ended since
grant select (id, matter_id, ends_at), delete on app.bundles to subrosa_gate;
create policy gate_ends on app.bundles to subrosa_gate using (true);
