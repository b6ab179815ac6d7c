-- Checkpoints that leave the firm: stamped by a time-stamping authority (RFC 3161), and mailed.

create table ledger.stamps (
  size bigint primary key references ledger.checkpoints,
  -- when, by the authority's clock, and the address that was asked
  at timestamptz not null,
  url text not null,
  -- the token (CMS SignedData) over SHA-256 of the checkpoint's note
  token bytea not null,
  made_at timestamptz not null default clock_timestamp()
);

create table app.publishing (
  what text primary key check (what in ('mail', 'stamp')),
  -- the last that went out, and over how many entries
  done_at timestamptz,
  size bigint,
  -- not tried before then; what was wrong the last time, and how often in a row
  next_at timestamptz not null default clock_timestamp(),
  fault text,
  tries integer not null default 0,
  -- asked for out of turn
  wanted boolean not null default false
);
insert into app.publishing (what) values ('mail'), ('stamp');

alter table app.settings no force row level security;
alter table app.settings
  drop constraint settings_name_check,
  add constraint settings_name_check check (name in ('password', 'sessions', 'sso', 'matters', 'leaving', 'checkpoints'));
alter table app.settings force row level security;
