-- The ledger: an entry is written inside its act's transaction; the clerk numbers committed entries into leaves
-- and signs checkpoints. Nobody holds update or delete on entries, leaves or checkpoints.

create table ledger.log (
  one boolean primary key default true check (one),
  -- the checkpoint's origin and the verifier key (c2sp.org/signed-note)
  origin text not null,
  vkey text not null,
  made_at timestamptz not null default clock_timestamp()
);

create table ledger.entries (
  id uuid primary key,
  at timestamptz not null,
  deed text not null,
  actor uuid,
  session uuid,
  via text not null check (via in ('browser', 'command', 'token', 'visitor', 'clerk')),
  matter_id uuid,
  object uuid,
  -- 128 random bits for the commitments to actor, matter and object
  salt bytea not null check (octet_length(salt) = 16),
  -- base64 of SHA-256 over a salt, sealed with the details, and the details
  details_commitment text not null,
  -- under the matter's field key, or the firm's where there is no matter
  sealed_details bytea not null
);
create index entries_of_matter on ledger.entries (matter_id, id) where matter_id is not null;
create index entries_of_firm on ledger.entries (id) where matter_id is null;

-- Entries that are committed and not yet numbered; filled by a trigger in the same transaction.
create table ledger.pending (entry_id uuid primary key);

create table ledger.leaves (
  n bigint primary key check (n >= 0),
  entry_id uuid not null unique references ledger.entries,
  matter_n bigint check (matter_n > 0),
  numbered timestamptz not null,
  leaf_hash bytea not null check (octet_length(leaf_hash) = 32)
);

create table ledger.matter_counts (
  matter_id uuid primary key,
  entries bigint not null check (entries > 0)
);

create table ledger.checkpoints (
  size bigint primary key check (size >= 0),
  root bytea not null check (octet_length(root) = 32),
  -- hashes of the perfect subtrees, largest first, from which the tree grows
  frontier bytea[] not null,
  note text not null,
  signed_at timestamptz not null default clock_timestamp()
);
