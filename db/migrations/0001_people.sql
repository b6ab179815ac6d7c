-- Firm, people and their sessions. Names and addresses are sealed under the firm key;
-- the address is found by a keyed token, on which its uniqueness stands.

create schema app;
create schema ledger;
create schema hidden;

-- The firm key and the ledger's signing seed, wrapped under the root key. Read once, by the migrator, at start.
create table app.keys (
  name text primary key check (name in ('firm', 'ledger')),
  wrapped bytea not null,
  made_at timestamptz not null default clock_timestamp()
);

create table app.firm (
  id uuid primary key,
  one boolean not null default true unique check (one),
  sealed_name bytea not null,
  founded_at timestamptz not null default clock_timestamp()
);

-- Which role may do what; filled by db/access/3-roles.sql, and the same as src/contract/roles.ts (a test binds them).
create table app.roles (
  role text primary key,
  permissions text[] not null
);

create table app.people (
  id uuid primary key,
  sealed_name bytea not null,
  sealed_email bytea not null,
  email_token bytea not null unique,
  roles text[] not null check (cardinality(roles) > 0),
  -- Argon2id in PHC form, peppered with a key derived from the firm key; null until the invitation is accepted
  password_hash text,
  sealed_totp bytea,
  -- the last TOTP step that was used, so that a code serves once (RFC 6238, 5.2)
  totp_used_step bigint not null default 0,
  invitation_hash bytea unique,
  invitation_ends_at timestamptz,
  created_by uuid references app.people,
  created_at timestamptz not null default clock_timestamp(),
  joined_at timestamptz
);

create table app.recovery_codes (
  person_id uuid not null references app.people,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (person_id, code_hash)
);

-- One row a session. Only the SHA-256 of its 32 random bytes is kept.
create table app.sessions (
  id uuid primary key,
  person_id uuid not null references app.people,
  secret_hash bytea not null unique check (octet_length(secret_hash) = 32),
  kind text not null check (kind in ('browser', 'command', 'token')),
  -- an access token's name; null for a session
  sealed_label bytea,
  -- an access token's permissions; null: all of the person's
  scope text[],
  created_at timestamptz not null default clock_timestamp(),
  used_at timestamptz not null default clock_timestamp(),
  -- null: no idle limit (access tokens)
  idle_limit interval,
  ends_at timestamptz not null,
  revoked_at timestamptz
);
create index sessions_of_person on app.sessions (person_id) where revoked_at is null;

-- Tries at the door, by a keyed token of the account or the address; a row dies with its window.
create table app.attempts (
  key bytea primary key,
  tries integer not null,
  window_ends_at timestamptz not null
);
