-- Where the ledger is sent to (SIEM), and how far each receiver has taken it.

create table app.receivers (
  id uuid primary key,
  sealed_name bytea not null,
  -- whether it gets the ledger from its beginning
  from_beginning boolean not null,
  added_by uuid not null references app.people,
  added_at timestamptz not null default clock_timestamp(),
  retired_by uuid references app.people,
  retired_at timestamptz,
  check ((retired_at is null) = (retired_by is null))
);

-- Every settings that were asked for; what holds is what was approved last.
create table app.receiver_settings (
  id uuid primary key,
  receiver_id uuid not null references app.receivers,
  sealed_settings bytea not null,
  sealed_reason bytea not null,
  asked_by uuid not null references app.people,
  asked_at timestamptz not null default clock_timestamp(),
  state text not null default 'waiting' check (state in ('waiting', 'approved', 'refused')),
  decided_by uuid references app.people,
  decided_at timestamptz,
  check ((state = 'waiting') = (decided_at is null) and (decided_at is null) = (decided_by is null))
);
create unique index receiver_settings_waiting on app.receiver_settings (receiver_id) where state = 'waiting';
create index receiver_settings_of on app.receiver_settings (receiver_id, decided_at);

-- One row from the first approval on. `next` is the first leaf that the receiver has not taken.
create table app.receiver_cursors (
  receiver_id uuid primary key references app.receivers,
  next bigint not null check (next >= 0),
  -- which process sends to it just now
  lease uuid,
  lease_until timestamptz,
  taken_at timestamptz,
  -- tries that failed since it last took something
  faults integer not null default 0,
  sealed_fault bytea,
  fault_at timestamptz,
  failing_since timestamptz,
  next_try timestamptz not null default clock_timestamp(),
  -- when it was last said that it is away for long
  told_at timestamptz,
  -- it is retired, and was sent that too
  ended_at timestamptz,
  check ((faults = 0) = (failing_since is null))
);
