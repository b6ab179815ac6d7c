-- Under which key the log is signed. The clerk adds an epoch, and nobody changes or removes one.
grant select on ledger.epochs to subrosa_person;
create policy select_by_permission on ledger.epochs for select to subrosa_person using ((select hidden.may('ledger.read')));
-- a key is replaced, and the check of the ledger watched, by those who need not read it
create policy select_by_keepers on ledger.epochs for select to subrosa_person using ((select hidden.may('key.rotate')) or (select hidden.may('integrity.keep')));
create policy select_by_keepers on ledger.log for select to subrosa_person using ((select hidden.may('key.rotate')) or (select hidden.may('integrity.keep')));
grant select, insert on ledger.epochs to subrosa_clerk;
create policy clerk_begins on ledger.epochs to subrosa_clerk using (true) with check (true);

-- forgets the ledger's key of before, once a later one stands
create or replace function hidden.drop_ledger_key(its integer) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  delete from app.keys k where k.name = 'ledger' and k.version = its and exists (select from app.keys l where l.name = 'ledger' and l.version > its);
  return found;
end $$;
grant execute on function hidden.drop_ledger_key(integer) to subrosa_clerk;
