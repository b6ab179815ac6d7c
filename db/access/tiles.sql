-- Tiles and proofs: hashes of the ledger's tree. They tell how much happens in the firm and nothing of what, and need `ledger.read`.

grant select, insert on ledger.subtrees to subrosa_clerk;
create policy clerk_numbers on ledger.subtrees to subrosa_clerk using (true) with check (true);
grant select on ledger.subtrees to subrosa_gate;
create policy gate_reads on ledger.subtrees for select to subrosa_gate using (true);
grant select (leaf_hash, matter_n) on ledger.leaves to subrosa_gate;

-- The hashes of some spans of the tree, of level 0 those of the leaves.
create or replace function hidden.tile_hashes(levels smallint[], froms bigint[], untils bigint[]) returns table (level smallint, index bigint, hash bytea)
language plpgsql stable security definer set search_path = '' as $$
begin
  if not hidden.may('ledger.read') then return; end if;
  for i in 1 .. least(coalesce(array_length(levels, 1), 0), 64) loop
    if levels[i] = 0 then
      return query select 0::smallint, l.n, l.leaf_hash from ledger.leaves l where l.n >= froms[i] and l.n < least(untils[i], froms[i] + 1024) order by l.n;
    else
      return query select s.level, s.index, s.hash from ledger.subtrees s
        where s.level = levels[i] and s.index >= froms[i] and s.index < least(untils[i], froms[i] + 1024) order by s.index;
    end if;
  end loop;
end $$;

-- Where an entry stands in the log; its salt shows that whoever asks has seen the entry, so that a known id alone tells nothing.
create or replace function hidden.place_of(entry uuid, its_salt bytea) returns table (n bigint, matter_n bigint, numbered timestamptz, leaf_hash bytea)
language plpgsql stable security definer set search_path = '' as $$
begin
  if not hidden.may('ledger.read') then return; end if;
  return query select l.n, l.matter_n, l.numbered, l.leaf_hash from ledger.leaves l join ledger.entries e on e.id = l.entry_id
    where l.entry_id = entry and e.salt = its_salt;
end $$;

-- Leaves of a part of the log, of the entries that whoever oversees is not kept from.
create or replace function hidden.overseen_leaves(lo bigint, hi bigint) returns table (n bigint, entry uuid, matter_n bigint, numbered timestamptz)
language plpgsql stable security definer set search_path = '' as $$
begin
  if not hidden.may('ledger.oversee') then return; end if;
  return query select l.n, l.entry_id, l.matter_n, l.numbered from ledger.leaves l
    where l.n >= lo and l.n < least(hi, lo + 256) and hidden.oversees(l.entry_id) order by l.n;
end $$;
grant execute on function hidden.tile_hashes(smallint[], bigint[], bigint[]), hidden.place_of(uuid, bytea), hidden.overseen_leaves(bigint, bigint) to subrosa_person;
