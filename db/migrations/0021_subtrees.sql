-- The roots of whole tiles (c2sp.org/tlog-tiles), so that a proof is made of some hundred hashes however long the log is.

create table ledger.subtrees (
  -- the root of the 256^level leaves from index * 256^level on; of level 0 they are the leaves' own hashes
  level smallint not null check (level between 1 and 6),
  index bigint not null check (index >= 0),
  hash bytea not null check (octet_length(hash) = 32),
  primary key (level, index)
);

-- those of the leaves that are there
alter table ledger.leaves no force row level security;
do $$
declare hashes bytea[]; tile bigint; l smallint := 1; leaves bigint := (select coalesce(max(n) + 1, 0) from ledger.leaves);
begin
  while leaves >= (256::bigint ^ l)::bigint loop
    for tile in 0 .. (leaves / (256::bigint ^ l)::bigint) - 1 loop
      if l = 1 then
        hashes := array(select leaf_hash from ledger.leaves where n >= tile * 256 and n < (tile + 1) * 256 order by n);
      else
        hashes := array(select hash from ledger.subtrees where level = l - 1 and index >= tile * 256 and index < (tile + 1) * 256 order by index);
      end if;
      while array_length(hashes, 1) > 1 loop
        hashes := array(select sha256('\x01'::bytea || hashes[2 * k - 1] || hashes[2 * k]) from generate_series(1, array_length(hashes, 1) / 2) k order by k);
      end loop;
      insert into ledger.subtrees (level, index, hash) values (l, tile, hashes[1]);
    end loop;
    l := l + 1;
  end loop;
end $$;
alter table ledger.leaves force row level security;
