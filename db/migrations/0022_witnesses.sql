-- Witnesses of the ledger: programs of others, which sign that it only grew (c2sp.org/tlog-witness). Their names, addresses and keys
-- are no secret.

create table ledger.witnesses (
  id uuid primary key,
  -- the verifier key (c2sp.org/tlog-cosignature); its name is the witness's
  vkey text not null,
  url text not null,
  added_by uuid not null references app.people,
  added_at timestamptz not null default clock_timestamp(),
  retired_by uuid references app.people,
  retired_at timestamptz,
  -- the size that it says it holds; null before it was asked
  held bigint check (held >= 0),
  asked_at timestamptz,
  -- not asked before then
  next_at timestamptz not null default clock_timestamp(),
  -- what was wrong when it was last asked, since when, and how often in a row
  fault text,
  fault_at timestamptz,
  tries integer not null default 0,
  check ((fault is null) = (fault_at is null)),
  check ((retired_by is null) = (retired_at is null))
);
create unique index witnesses_live on ledger.witnesses (vkey) where retired_at is null;

create table ledger.cosignatures (
  witness_id uuid not null references ledger.witnesses,
  size bigint not null references ledger.checkpoints,
  -- when, by the witness's clock
  at timestamptz not null,
  -- the signature line, as it stands under the checkpoint's note
  line text not null,
  primary key (witness_id, size)
);
create index cosignatures_by_size on ledger.cosignatures (size);
