-- A version that ends leaves its blob to be erased: named in the same transaction, erased by the clerk, who then forgets the name.
-- No person has a way to it; what ends a version is a function of the gate's.
create or replace function hidden.leave_blob() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  delete from app.openings o where o.version_id = old.id;
  insert into app.erasures (blob_id) values (old.id) on conflict do nothing;
  return old;
end $$;
create trigger leave_blob before delete on app.versions for each row execute function hidden.leave_blob();
grant delete on app.versions to subrosa_gate;
create policy gate_ends on app.versions for delete to subrosa_gate using (true);
grant select (id, version_id), delete on app.openings to subrosa_gate;
create policy gate_ends on app.openings to subrosa_gate using (true);

grant select (blob_id), insert (blob_id) on app.erasures to subrosa_gate;
create policy gate_names on app.erasures to subrosa_gate using (true) with check (true);
grant select, delete on app.erasures to subrosa_clerk;
create policy clerk_erases on app.erasures to subrosa_clerk using (true);
