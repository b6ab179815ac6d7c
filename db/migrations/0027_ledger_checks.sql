-- The last check of the whole ledger, or the one under way: the clerk writes it down, and those who keep integrity are shown it.

create table app.ledger_checks (
  one boolean primary key default true check (one),
  wanted_at timestamptz,
  begun_at timestamptz,
  ended_at timestamptz,
  -- while it runs: when it was last heard of, what it is at, and how far
  seen_at timestamptz,
  step text,
  done bigint not null default 0,
  of bigint not null default 0,
  -- of the last one that ended: entries in the tree, and what was wrong, by ids
  entries bigint not null default 0,
  faults jsonb not null default '[]',
  -- since when faults are known; null: none are
  broken_at timestamptz
);
insert into app.ledger_checks default values;
