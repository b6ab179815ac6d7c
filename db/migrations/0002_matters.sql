-- Clients, matters and their teams. A matter's row, keys and team are behind the wall.

create table app.clients (
  id uuid primary key,
  sealed_name bytea not null,
  created_by uuid not null references app.people,
  created_at timestamptz not null default clock_timestamp()
);

create table app.matters (
  id uuid primary key,
  client_id uuid not null references app.clients,
  -- assigned, with a random part, and sealed: a number cannot be probed
  sealed_number bytea not null,
  number_token bytea not null unique,
  sealed_title bytea not null,
  class text not null check (class in ('confidential', 'privileged', 'restricted')),
  created_by uuid not null references app.people,
  created_at timestamptz not null default clock_timestamp()
);
create index matters_of_client on app.matters (client_id);

create table app.team_members (
  id uuid primary key,
  matter_id uuid not null references app.matters,
  person_id uuid not null references app.people,
  role text not null check (role in ('responsible', 'member', 'assistant')),
  sealed_reason bytea,
  added_by uuid not null references app.people,
  starts_at timestamptz not null default clock_timestamp(),
  ends_at timestamptz,
  ended_by uuid references app.people,
  check (ends_at is null or ended_by is not null)
);
create unique index team_members_once on app.team_members (matter_id, person_id) where ends_at is null;
create index team_members_reach on app.team_members (person_id, matter_id);

-- A matter's own half of its key, and the keys under the joined key. The other half stands in the key store,
-- outside PostgreSQL and outside the data backup. [Note: A matter key has two halves]
create table app.matter_keys (
  matter_id uuid not null references app.matters,
  purpose text not null check (purpose in ('half', 'field')),
  version integer not null check (version > 0),
  wrapped bytea not null,
  primary key (matter_id, purpose, version)
);
