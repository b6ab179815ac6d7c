-- Keys in versions, so that each can be replaced while the firm goes on.

alter table app.keys no force row level security;
alter table app.matter_keys no force row level security;

-- from the first rotation of the firm key on, what was derived from it stands in rows of its own, wrapped under it
alter table app.keys
  drop constraint keys_name_check,
  add column version integer not null default 1 check (version > 0),
  add constraint keys_name check (name in ('firm', 'ledger', 'field', 'token', 'pepper')),
  drop constraint keys_pkey,
  add primary key (name, version);

alter table app.matter_keys
  drop constraint matter_keys_purpose_check,
  add constraint matter_keys_purpose check (purpose in ('half', 'field', 'token')),
  -- `current` wraps; `coming` and `leaving` only open
  add column standing text not null default 'current' check (standing in ('coming', 'current', 'leaving')),
  -- null: since the matter was begun
  add column since timestamptz;
create unique index matter_keys_current on app.matter_keys (matter_id) where purpose = 'half' and standing = 'current';

-- A rotation under way or ended; `after` is the last matter that is done. A matter's id is no reference: an id of nothing is
-- taken like one that is there, and comes to nothing.
create table app.rotations (
  id uuid primary key,
  what text not null check (what in ('root', 'firm', 'matter')),
  matter_id uuid check (matter_id is null or what = 'matter'),
  begun_by uuid not null references app.people,
  begun_at timestamptz not null default clock_timestamp(),
  after uuid,
  done integer not null default 0,
  of integer not null default 0,
  ended_at timestamptz
);
-- one of each kind at a time
create unique index rotations_open on app.rotations (what) where ended_at is null;

alter table app.keys force row level security;
alter table app.matter_keys force row level security;
