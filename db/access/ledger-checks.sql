-- Whether the ledger is what it was. The clerk writes it down; people ask by named functions.

grant select, update on app.ledger_checks to subrosa_clerk;
create policy clerk_keeps on app.ledger_checks to subrosa_clerk using (true) with check (true);
grant select, update on app.ledger_checks to subrosa_gate;
create policy gate_keeps on app.ledger_checks to subrosa_gate using (true) with check (true);

-- Asks for a check; one that is under way goes on. False: not theirs.
create or replace function hidden.start_ledger_check() returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not hidden.may('integrity.keep') then return false; end if;
  update app.ledger_checks c set wanted_at = clock_timestamp() where c.begun_at is null or c.ended_at is not null;
  return true;
end $$;
create or replace function hidden.ledger_check() returns setof app.ledger_checks
language sql stable security definer set search_path = '' as $$
  select * from app.ledger_checks where hidden.may('integrity.keep')
$$;
-- Who is told that the ledger is not what it was.
create or replace function hidden.told_of_ledger() returns table (person uuid)
language sql stable security definer set search_path = '' as $$
  select p.id from app.people p where p.probe_id is null and hidden.can(p.id, 'integrity.keep')
$$;
grant execute on function hidden.start_ledger_check(), hidden.ledger_check() to subrosa_person;
grant execute on function hidden.told_of_ledger() to subrosa_clerk;
