-- Roles of the firm's own, factors, devices, one-time links, the second person, groups, identities, settings, leavers.

alter table app.roles
  add column sealed_name bytea,
  add column sealed_words bytea,
  add column name_token bytea unique,
  add column made_by uuid references app.people,
  add column made_at timestamptz,
  add column retired_at timestamptz;

alter table app.people
  -- may be empty while a role waits for a second person
  drop constraint people_roles_check,
  add column version integer not null default 1,
  add column changed_at timestamptz not null default clock_timestamp(),
  add column password_changed_at timestamptz,
  -- marked: a new one is asked for at the next sign-in
  add column password_due boolean not null default false,
  add column totp_made_at timestamptz,
  -- WebAuthn user handle: random, says nothing of the person
  add column handle bytea unique,
  add column seen_at timestamptz,
  -- when password or factors last changed: a sign-in that was proved before ends in nothing
  add column credentials_at timestamptz not null default clock_timestamp(),
  add column leaves_at timestamptz,
  add column successor_id uuid references app.people,
  -- the leaver's matters have been handed over
  add column settled_at timestamptz,
  -- made by the directory; it may change name and address while the firm gave no role by hand (db/access/directory.sql)
  add column provisioned boolean not null default false,
  -- the directory has deleted them: for it they are not there until they are back
  add column unlisted boolean not null default false,
  -- {externalId, displayName, name}, as the directory says
  add column sealed_directory bytea,
  add column external_token bytea;
-- row security binds the owner too; the access folder, applied after this, forces it again
alter table app.people no force row level security;
update app.people set password_changed_at = joined_at, totp_made_at = joined_at where joined_at is not null;
create index people_to_settle on app.people (leaves_at) where leaves_at is not null and settled_at is null;

-- One-time links; only the SHA-256 of their 32 random bytes is kept. A new one of a kind kills the one before.
create table app.links (
  hash bytea primary key check (octet_length(hash) = 32),
  person_id uuid not null references app.people,
  kind text not null check (kind in ('invitation', 'account', 'factor', 'password', 'renewal', 'sso', 'second')),
  made_by uuid references app.people,
  -- for a `renewal`: the factor that was proved before it
  factor text check (factor in ('totp', 'passkey', 'recovery', 'identity')),
  made_at timestamptz not null default clock_timestamp(),
  ends_at timestamptz not null,
  used_at timestamptz
);
create unique index links_one_live on app.links (person_id, kind) where used_at is null and kind in ('invitation', 'account', 'factor');
insert into app.links (hash, person_id, kind, made_by, ends_at)
select invitation_hash, id, 'invitation', created_by, invitation_ends_at from app.people where invitation_hash is not null;
alter table app.people drop column invitation_hash, drop column invitation_ends_at;

create table app.password_history (
  person_id uuid not null references app.people,
  password_hash text not null,
  until timestamptz not null default clock_timestamp(),
  primary key (person_id, until)
);

create table app.passkeys (
  id uuid primary key,
  person_id uuid not null references app.people,
  credential_id bytea not null unique,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  synced boolean not null,
  sealed_name bytea not null,
  created_at timestamptz not null default clock_timestamp(),
  used_at timestamptz,
  revoked_at timestamptz
);
create index passkeys_of_person on app.passkeys (person_id) where revoked_at is null;

-- A browser that someone has signed in on, known by a cookie of its own; the same browser is another row for another person.
create table app.devices (
  id uuid primary key,
  person_id uuid not null references app.people,
  secret_hash bytea not null check (octet_length(secret_hash) = 32),
  sealed_description bytea not null,
  first_seen_at timestamptz not null default clock_timestamp(),
  seen_at timestamptz not null default clock_timestamp(),
  lost_at timestamptz,
  unique (person_id, secret_hash)
);

alter table app.sessions
  add column device_id uuid references app.devices,
  -- keyed token of the browser's family and system: a cookie that turns up in another kind of browser is stolen
  add column device_token bytea,
  -- {description, address}
  add column sealed_place bytea,
  -- when a second factor was last proved in this session, and which
  add column factor_at timestamptz,
  add column factor text check (factor in ('totp', 'passkey', 'recovery', 'identity'));

-- Challenges and the like that have served; a row dies with the time in which it could serve again.
create table app.spent (
  hash bytea primary key,
  until timestamptz not null
);

alter table app.attempts add column not_before timestamptz;

create table app.approvals (
  id uuid primary key,
  kind text not null check (kind in ('roles', 'factor', 'account')),
  subject_id uuid not null references app.people,
  -- for `roles`: those to be given
  roles text[],
  sealed_reason bytea not null,
  asked_by uuid not null references app.people,
  asked_at timestamptz not null default clock_timestamp(),
  ends_at timestamptz not null default clock_timestamp() + interval '14 days',
  state text not null default 'waiting' check (state in ('waiting', 'approved', 'refused', 'withdrawn', 'lapsed')),
  decided_by uuid references app.people,
  decided_at timestamptz,
  -- the one-time link that an approved renewal brings has been made
  linked_at timestamptz
);
create unique index approvals_once on app.approvals (subject_id, kind) where state = 'waiting' and kind <> 'roles';

create table app.groups (
  id uuid primary key,
  sealed_name bytea not null,
  name_token bytea not null unique,
  roles text[] not null default '{}',
  -- who last said which
  roles_by uuid references app.people,
  -- `directory`: over SCIM; `claims`: by what the identity provider says at each sign-in
  kept_by text not null check (kept_by in ('firm', 'directory', 'claims')),
  sealed_external_id bytea,
  version integer not null default 1,
  made_by uuid references app.people,
  made_at timestamptz not null default clock_timestamp(),
  changed_at timestamptz not null default clock_timestamp()
);
create table app.group_members (
  group_id uuid not null references app.groups on delete cascade,
  person_id uuid not null references app.people,
  primary key (group_id, person_id)
);
create index groups_of_person on app.group_members (person_id);

-- Accounts at an identity provider, by issuer and subject and never by e-mail.
create table app.identities (
  id uuid primary key,
  person_id uuid not null unique references app.people,
  account_token bytea not null unique,
  sealed_label bytea not null,
  linked_at timestamptz not null default clock_timestamp()
);

-- When the firm last lost someone who could be a second person: whoever is alone since then waits a day from there.
alter table app.firm add column thinned_at timestamptz;

-- Every version is kept; the highest holds.
create table app.settings (
  name text not null check (name in ('password', 'sessions', 'sso', 'leaving')),
  version integer not null check (version > 0),
  sealed_value bytea not null,
  sealed_reason bytea not null,
  set_by uuid not null references app.people,
  set_at timestamptz not null default clock_timestamp(),
  primary key (name, version)
);

create table app.notices (
  id uuid primary key,
  person_id uuid not null references app.people,
  -- {text, todo}
  sealed_words bytea not null,
  made_at timestamptz not null default clock_timestamp(),
  seen_at timestamptz,
  mailed_at timestamptz,
  mail_tries integer not null default 0
);
create index notices_of_person on app.notices (person_id, id);
create index notices_to_mail on app.notices (id) where mailed_at is null;

create table app.leavings (
  id uuid primary key,
  person_id uuid not null references app.people,
  sealed_report bytea not null,
  made_by uuid references app.people,
  made_at timestamptz not null default clock_timestamp()
);

-- A matter whose responsible person has left; seen by its team and by no one else.
create table app.handovers (
  id uuid primary key default gen_random_uuid(),
  matter_id uuid not null references app.matters,
  leaver_id uuid not null references app.people,
  made_at timestamptz not null default clock_timestamp(),
  -- the team has been asked
  told_at timestamptz,
  taken_by uuid references app.people,
  taken_at timestamptz
);
create index handovers_open on app.handovers (matter_id) where taken_at is null;
