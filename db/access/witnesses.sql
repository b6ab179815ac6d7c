-- Witnesses: who reads the firm's ledger sees them, who keeps them names them and lets them go, the clerk asks them.

grant select on ledger.witnesses, ledger.cosignatures to subrosa_person;
create policy select_by_permission on ledger.witnesses for select to subrosa_person using ((select hidden.may('ledger.read')));
create policy select_by_permission on ledger.cosignatures for select to subrosa_person using ((select hidden.may('ledger.read')));

grant select, insert, update (retired_by, retired_at) on ledger.witnesses to subrosa_gate;
create policy gate_keeps on ledger.witnesses to subrosa_gate using (true) with check (true);
-- With a factor proved just now. False: not theirs. A key that is a live witness's already breaks witnesses_live.
create or replace function hidden.add_witness(witness uuid, key text, address text) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not (hidden.may('witness.keep') and hidden.is_fresh()) then return false; end if;
  insert into ledger.witnesses (id, vkey, url, added_by) values (witness, key, address, hidden.me());
  return true;
end $$;
-- Null: not theirs, no such witness, or let go already. Its key otherwise.
create or replace function hidden.retire_witness(witness uuid) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare key text;
begin
  if not (hidden.may('witness.keep') and hidden.is_fresh()) then return null; end if;
  update ledger.witnesses w set retired_by = hidden.me(), retired_at = clock_timestamp() where w.id = witness and w.retired_at is null returning w.vkey into key;
  return key;
end $$;
grant execute on function hidden.add_witness(uuid, text, text), hidden.retire_witness(uuid) to subrosa_person;

-- Whether an entry lies under a checkpoint that a witness cosigned. Whoever asks gives the entry's salt, which is read with the
-- entry and cannot be guessed: of an entry that one does not see it says nothing.
create or replace function hidden.is_witnessed(entry uuid, known bytea) returns boolean
language plpgsql stable security definer set search_path = '' cost 10000 as $$
begin
  return exists (select from ledger.leaves l join ledger.entries e on e.id = l.entry_id
    where l.entry_id = entry and e.salt = known and l.n < (select max(c.size) from ledger.cosignatures c));
end $$;
grant select on ledger.cosignatures to subrosa_gate;
create policy gate_counts on ledger.cosignatures for select to subrosa_gate using (true);
grant execute on function hidden.is_witnessed(uuid, bytea) to subrosa_person;

-- The clerk sends checkpoints and keeps what comes back; a cosignature is never changed or taken away.
grant select on ledger.witnesses to subrosa_clerk;
grant update (held, asked_at, next_at, fault, fault_at, tries) on ledger.witnesses to subrosa_clerk;
create policy clerk_asks on ledger.witnesses to subrosa_clerk using (true) with check (true);
grant select, insert on ledger.cosignatures to subrosa_clerk;
create policy clerk_keeps on ledger.cosignatures to subrosa_clerk using (true) with check (true);
-- whom it tells when a witness contradicts the ledger
create or replace function hidden.told_of_witnesses() returns table (person uuid)
language sql stable security definer set search_path = '' as $$
  select p.id from app.people p where p.probe_id is null and hidden.can(p.id, 'witness.keep')
$$;
grant execute on function hidden.told_of_witnesses() to subrosa_clerk;
