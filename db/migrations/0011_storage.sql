-- Where new sealed files go, and the last move from one store to the other.
create table app.storage (
  one boolean primary key default true check (one),
  target text not null default 'disk' check (target in ('disk', 's3')),
  moving boolean not null default false,
  begun_at timestamptz,
  ended_at timestamptz,
  moved bigint not null default 0,
  bytes bigint not null default 0,
  failed bigint not null default 0
);
insert into app.storage default values;

-- The check of every stored file: whether one is asked for, how far it is, and where it goes on after a stop.
create table app.sweeps (
  one boolean primary key default true check (one),
  wanted_at timestamptz,
  begun_at timestamptz,
  ended_at timestamptz,
  after_matter uuid,
  after_version uuid,
  checked bigint not null default 0,
  bytes bigint not null default 0,
  of bigint not null default 0,
  of_bytes bigint not null default 0
);
insert into app.sweeps default values;

-- What was found when a version was last read whole; no row: not read since it came in.
create table app.soundness (
  version_id uuid primary key references app.versions on delete cascade,
  matter_id uuid not null,
  checked_at timestamptz not null,
  good_at timestamptz,
  broken_at timestamptz,
  -- in words, without a name
  fault text check ((fault is null) = (broken_at is null))
);
create index soundness_broken on app.soundness (matter_id, version_id) where broken_at is not null;
