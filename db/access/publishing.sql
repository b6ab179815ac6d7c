-- Checkpoints that leave the firm. The clerk sends them; who reads the ledger sees when, and whoever keeps witnesses may ask for it now.

grant select on ledger.stamps, app.publishing to subrosa_person;
create policy select_by_permission on ledger.stamps for select to subrosa_person using ((select hidden.may('ledger.read')));
create policy select_by_permission on app.publishing for select to subrosa_person using ((select hidden.may('ledger.read')));

grant select, insert on ledger.stamps to subrosa_clerk;
create policy clerk_keeps on ledger.stamps to subrosa_clerk using (true) with check (true);
grant select, update on app.publishing to subrosa_clerk;
create policy clerk_keeps on app.publishing to subrosa_clerk using (true) with check (true);

grant select, update (wanted, next_at) on app.publishing to subrosa_gate;
create policy gate_asks on app.publishing to subrosa_gate using (true) with check (true);
-- False: not theirs to ask.
create or replace function hidden.want_published(which text) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not hidden.may('witness.keep') then return false; end if;
  update app.publishing p set wanted = true, next_at = clock_timestamp() where p.what = which;
  return found;
end $$;
grant execute on function hidden.want_published(text) to subrosa_person;
