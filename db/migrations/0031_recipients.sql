-- Recipients: people and offices outside of the firm, their addresses, the part that each has in a matter, and how sure the firm is
-- that an address is theirs. Names and addresses are sealed under the firm's key, since one recipient may stand in several matters; what
-- is said of their part in a matter, and of what confirmed an address in it, under that matter's. An address and what confirms it belong
-- to the matter in which they were written down.

create table app.recipients (
  id uuid primary key,
  kind text not null check (kind in ('person', 'organization')),
  sealed_details bytea not null,
  version integer not null default 1,
  added_by uuid not null references app.people,
  added_at timestamptz not null default clock_timestamp()
);

create table app.standings (
  id uuid primary key,
  recipient_id uuid not null references app.recipients,
  matter_id uuid not null references app.matters,
  part text not null check (part in ('client', 'co-party', 'adverse', 'counsel', 'witness', 'expert', 'court', 'other')),
  side text not null check (side in ('ours', 'theirs', 'neither')),
  sealed_details bytea not null,
  added_by uuid not null references app.people,
  added_at timestamptz not null default clock_timestamp(),
  ended_by uuid references app.people,
  ended_at timestamptz,
  check ((ended_at is null) = (ended_by is null))
);
create unique index standings_live on app.standings (matter_id, recipient_id) where ended_at is null;
create index standings_of_recipient on app.standings (recipient_id) where ended_at is null;

create table app.recipient_addresses (
  id uuid primary key,
  recipient_id uuid not null references app.recipients,
  matter_id uuid not null references app.matters,
  kind text not null check (kind in ('email', 'phone', 'post')),
  sealed_address bytea not null,
  -- of the mailbox, the number's digits or the street, under the firm's key: who else is at this address
  token bytea not null,
  -- this one came in the place of another of its kind, or beside one: it is not used before then
  cools_until timestamptz,
  added_by uuid not null references app.people,
  added_at timestamptz not null default clock_timestamp(),
  bounced_at timestamptz,
  ended_at timestamptz
);
create unique index addresses_once on app.recipient_addresses (recipient_id, matter_id, token) where ended_at is null;
create index addresses_by_token on app.recipient_addresses (token) where ended_at is null;

create table app.verifications (
  id uuid primary key,
  address_id uuid not null references app.recipient_addresses,
  matter_id uuid not null references app.matters,
  method text not null check (method in ('loop', 'question', 'code', 'call-back', 'directory', 'certificate', 'identity', 'register')),
  is_confirmed boolean not null,
  level integer not null check (level between 0 and 4),
  -- by a code there is none: the program itself has seen it
  sealed_evidence bytea check ((sealed_evidence is null) = (method = 'code')),
  -- the other address by which it was confirmed
  by_address uuid references app.recipient_addresses,
  verified_by uuid not null references app.people,
  at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  voided_at timestamptz,
  void text check (void in ('changed', 'bounced', 'withdrawn')),
  check ((voided_at is null) = (void is null)),
  check (is_confirmed or level = 0),
  check (by_address is distinct from address_id),
  -- no method reaches higher than this (docs/formats/recipients.md), whatever the program says
  check (level <= case method when 'loop' then 1 when 'question' then 1 when 'code' then 2 when 'call-back' then 2 when 'directory' then 2
    when 'certificate' then 3 else 4 end)
);
create index verifications_of_address on app.verifications (address_id, at);

-- A code on its way by a second channel: the link goes to the address that is to be confirmed, the code by another one.
create table app.challenges (
  id uuid primary key,
  address_id uuid not null references app.recipient_addresses,
  by_address uuid not null references app.recipient_addresses,
  matter_id uuid not null references app.matters,
  link_hash bytea not null unique,
  code_hash bytea not null,
  asked_by uuid not null references app.people,
  made_at timestamptz not null default clock_timestamp(),
  ends_at timestamptz not null,
  tries integer not null default 0 check (tries between 0 and 5),
  used_at timestamptz,
  check (address_id <> by_address)
);
create index challenges_of_address on app.challenges (address_id, made_at);
