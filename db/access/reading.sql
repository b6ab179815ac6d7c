-- Reading the ledger by what is asked for: questions whose answers let an index be used. They tell nothing of an entry.

-- Whether a matter's entries may be asked for: it is within reach, or they oversee and no wall keeps them from it. Those who oversee
-- are told yes of what is not there as well: it has no entries.
create or replace function hidden.knows_matter(matter uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  if hidden.may('ledger.oversee') then return not hidden.is_screened(hidden.me(), matter); end if;
  return hidden.reaches(matter);
end $$;
-- Entries that wait for their number, by id, for those who may read how far the ledger has come, or on a matter within reach.
create or replace function hidden.unnumbered() returns setof uuid
language plpgsql stable security definer set search_path = '' as $$
begin
  if hidden.may('ledger.read') then return query select p.entry_id from ledger.pending p;
  elsif hidden.may('entry.list') then
    return query select p.entry_id from ledger.pending p join ledger.entries e on e.id = p.entry_id where e.matter_id is not null and hidden.reaches(e.matter_id);
  end if;
end $$;
create or replace function hidden.has_witnessed() returns boolean
language plpgsql stable security definer set search_path = '' as $$ begin return exists (select from ledger.cosignatures); end $$;
grant select on ledger.pending to subrosa_gate;
create policy gate_reads on ledger.pending for select to subrosa_gate using (true);
grant execute on function hidden.knows_matter(uuid), hidden.unnumbered(), hidden.has_witnessed() to subrosa_person;
