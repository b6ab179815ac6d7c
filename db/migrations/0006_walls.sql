-- Clients and parties in full, matters' standing, practice groups, walls and their papers, requests for access, conflicts,
-- the handling matrix. Words are sealed; what PostgreSQL must ask is an id, a time or one of a few fixed words.

alter table app.clients
  add column kind text not null default 'organization' check (kind in ('person', 'organization')),
  add column class text not null default 'confidential' check (class in ('confidential', 'privileged', 'restricted')),
  -- {formerNames, aliases, emails, addresses}
  add column sealed_details bytea,
  add column version integer not null default 1,
  add column changed_at timestamptz not null default clock_timestamp(),
  add column merged_into uuid references app.clients;

-- what was begun before this had no intake
alter table app.matters
  add column status text not null default 'open' check (status in ('intake', 'open', 'closed')),
  -- {type, jurisdiction}, under the matter's key
  add column sealed_details bytea,
  add column version integer not null default 1,
  add column changed_at timestamptz not null default clock_timestamp(),
  add column opened_at timestamptz,
  add column closed_at timestamptz;
alter table app.matters alter column status set default 'intake';

-- Numbers by pattern may count; one row a scope (`2026`).
create table app.serials (
  scope text primary key,
  last integer not null
);

-- A matter's number and title under the firm's key, for those who keep the register and read no content.
create table app.register (
  matter_id uuid primary key references app.matters,
  -- {number, title}
  sealed_card bytea not null
);

create table app.parties (
  id uuid primary key,
  matter_id uuid not null references app.matters,
  role text not null check (role in ('client', 'adverse', 'co-party', 'counsel', 'witness', 'expert', 'court')),
  -- {name, kind, formerNames, aliases, emails, addresses, actsFor}, under the matter's key
  sealed_details bytea not null,
  version integer not null default 1,
  added_by uuid not null references app.people,
  added_at timestamptz not null default clock_timestamp(),
  removed_at timestamptz,
  removed_by uuid references app.people
);
create index parties_of_matter on app.parties (matter_id);

-- The conflicts register: every name that the firm has to do with, under the firm's key; it outlives its matter. At rest
-- there are keyed tokens of whole words and of their sounds, and nothing finer.
create table app.names (
  id uuid primary key,
  client_id uuid not null references app.clients,
  -- null: a name of the client itself
  matter_id uuid,
  party_id uuid references app.parties,
  role text not null check (role in ('client', 'adverse', 'co-party', 'counsel', 'witness', 'expert', 'court')),
  form text not null check (form in ('name', 'former', 'alias', 'email')),
  kind text not null check (kind in ('person', 'organization')),
  sealed_name bytea not null,
  tokens bytea[] not null,
  added_by uuid not null references app.people,
  added_at timestamptz not null default clock_timestamp(),
  -- no longer so called, or no longer a party: the register keeps it
  ended_at timestamptz,
  -- held against the rest of the register by itself
  checked_at timestamptz
);
create index names_to_check on app.names (id) where checked_at is null;
create index names_of_client on app.names (client_id);
create index names_of_matter on app.names (matter_id) where matter_id is not null;
create index names_of_party on app.names (party_id) where party_id is not null;
create index names_by_token on app.names using gin (tokens);

alter table app.team_members
  drop constraint team_members_role_check,
  add constraint team_members_role_check check (role in ('responsible', 'deputy', 'member', 'assistant')),
  add column via text not null default 'team' check (via in ('team', 'grant', 'break-glass')),
  add column request_id uuid,
  -- its coming end has been announced
  add column warned_at timestamptz,
  -- who ended it is known where it was ended before its time
  drop constraint team_members_check,
  add constraint team_members_term check (ends_at is null or ends_at >= starts_at);

create index team_members_of_matter on app.team_members (matter_id);

-- Practice groups to which a matter is open beyond its team.
create table app.matter_groups (
  id uuid primary key,
  matter_id uuid not null references app.matters,
  group_id uuid not null references app.groups on delete cascade,
  sealed_reason bytea not null,
  opened_by uuid not null references app.people,
  starts_at timestamptz not null default clock_timestamp(),
  ends_at timestamptz,
  ended_by uuid references app.people
);
create unique index matter_groups_once on app.matter_groups (matter_id, group_id) where ends_at is null;
create index matter_groups_of_matter on app.matter_groups (matter_id);
create index matter_groups_of_group on app.matter_groups (group_id, matter_id);

-- Who was in which group when; kept by a trigger, so that "who had access on a day" can be answered.
create table app.group_terms (
  group_id uuid not null,
  person_id uuid not null references app.people,
  since timestamptz not null default clock_timestamp(),
  until timestamptz
);
create index group_terms_of_group on app.group_terms (group_id, person_id);
-- row security binds the owner too; the access folder, applied after this, forces it again
alter table app.group_members no force row level security;
insert into app.group_terms (group_id, person_id) select group_id, person_id from app.group_members;

create table app.walls (
  id uuid primary key,
  kind text not null check (kind in ('exclusion', 'two-sided')),
  rule text not null check (rule in ('1.10(a)(2)', '1.11', '1.12', '1.18', 'sra-6.5', 'insider', 'voluntary')),
  -- {reason, trigger, information, procedures, fee, memorandum}
  sealed_words bytea not null,
  announced boolean not null,
  withholds boolean not null check (announced or not withholds),
  certify_days integer not null,
  remind_days integer not null,
  need_known_at timestamptz not null,
  starts_at timestamptz not null,
  ends_at timestamptz check (ends_at > starts_at),
  -- what those whom it screens had opened before: [{entry, person, at, deed, matter, object}]; its SHA-256 stands in the
  -- entry of the raising
  sealed_seen bytea,
  raised_by uuid not null references app.people,
  raised_at timestamptz not null default clock_timestamp(),
  lifted_at timestamptz,
  lifted_by uuid references app.people
);
-- What it stands around: a matter, or a client with all its matters, also those to come.
create table app.wall_targets (
  wall_id uuid not null references app.walls,
  side text not null check (side in ('a', 'b')),
  matter_id uuid references app.matters,
  client_id uuid references app.clients,
  check (num_nonnulls(matter_id, client_id) = 1),
  unique nulls not distinct (wall_id, matter_id, client_id)
);
create index wall_targets_of_matter on app.wall_targets (matter_id) where matter_id is not null;
create index wall_targets_of_client on app.wall_targets (client_id) where client_id is not null;
-- Who is kept from the targets of `side`: a person, or whoever is in a group. A two-sided wall adds everyone who comes
-- onto a matter of the other side.
create table app.wall_people (
  wall_id uuid not null references app.walls,
  side text not null check (side in ('a', 'b')),
  person_id uuid references app.people,
  -- a group that is deleted leaves those who were in it by name
  group_id uuid references app.groups on delete cascade,
  since timestamptz not null default clock_timestamp(),
  check (num_nonnulls(person_id, group_id) = 1),
  unique nulls not distinct (wall_id, side, person_id, group_id)
);
-- Who is asked to acknowledge an announced wall's memorandum.
create table app.wall_acknowledgements (
  wall_id uuid not null references app.walls,
  person_id uuid not null references app.people,
  screened boolean not null,
  asked_at timestamptz not null default clock_timestamp(),
  told_at timestamptz,
  reminded_at timestamptz,
  acknowledged_at timestamptz,
  primary key (wall_id, person_id)
);
create table app.wall_certifications (
  id uuid primary key,
  wall_id uuid not null references app.walls,
  person_id uuid not null references app.people,
  capacity text not null check (capacity in ('screened', 'partner')),
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  -- {words, attempts}
  sealed_words bytea not null,
  made_at timestamptz not null default clock_timestamp()
);
create table app.wall_notes (
  id uuid primary key,
  wall_id uuid not null references app.walls,
  kind text not null check (kind in ('notice', 'inquiry', 'answer', 'breach', 'note')),
  sealed_words bytea not null,
  made_by uuid not null references app.people,
  made_at timestamptz not null default clock_timestamp()
);

-- What a second person on the matter, or of those who keep the wall, decides.
create table app.confirmations (
  id uuid primary key,
  kind text not null check (kind in ('wall.lift', 'class.lower', 'document.lower')),
  wall_id uuid references app.walls,
  matter_id uuid references app.matters,
  document_id uuid references app.documents,
  -- the class that is asked for
  wanted text,
  sealed_reason bytea not null,
  asked_by uuid not null references app.people,
  asked_at timestamptz not null default clock_timestamp(),
  ends_at timestamptz not null default clock_timestamp() + interval '14 days',
  state text not null default 'waiting' check (state in ('waiting', 'approved', 'refused', 'lapsed')),
  decided_by uuid references app.people,
  decided_at timestamptz,
  check ((kind = 'wall.lift') = (wall_id is not null) and (kind <> 'wall.lift') = (matter_id is not null and wanted is not null)
    and (kind = 'document.lower') = (document_id is not null))
);
create unique index confirmations_once on app.confirmations (kind, coalesce(wall_id, document_id, matter_id)) where state = 'waiting';

-- Requests for access, and emergencies. Which matter one means is known to those who decide and never to who asks.
create table app.requests (
  id uuid primary key,
  person_id uuid not null references app.people,
  kind text not null check (kind in ('access', 'break-glass')),
  -- {about, reason}
  sealed_words bytea not null,
  -- what was typed, read as a number; only until the clerk has worked out which matter it means
  number_token bytea,
  days integer check (days between 1 and 365),
  hours integer check (hours between 1 and 24),
  urgent boolean not null,
  made_at timestamptz not null default clock_timestamp(),
  -- those who decide have been told
  told_at timestamptz,
  -- from when the deputy, and those who oversee, may decide as well
  widens_at timestamptz not null,
  widened_at timestamptz,
  matter_id uuid references app.matters,
  state text not null default 'waiting' check (state in ('waiting', 'granted', 'refused', 'lapsed')),
  decided_by uuid references app.people,
  decided_at timestamptz,
  -- of an emergency in which someone went in
  review_due_at timestamptz,
  review_reminded_at timestamptz,
  reviewed_by uuid references app.people,
  reviewed_at timestamptz,
  justified boolean,
  -- the words of a refusal or a review
  sealed_review bytea
);
create index requests_of_person on app.requests (person_id, id);
create index requests_open on app.requests (matter_id) where state = 'waiting' or (review_due_at is not null and reviewed_at is null);
create index requests_untold on app.requests (id) where told_at is null;
-- how long a grant runs stands with the membership that it brought
create index team_members_of_request on app.team_members (request_id) where request_id is not null;

create table app.checks (
  id uuid primary key,
  cause text not null check (cause in ('demand', 'intake', 'client', 'party')),
  -- {names: [{text, kind, owner}], emails: [{text, owner}], note}
  sealed_words bytea not null,
  matter_id uuid references app.matters,
  client_id uuid references app.clients,
  -- null: made by itself for a new name
  asked_by uuid references app.people,
  made_at timestamptz not null default clock_timestamp(),
  -- the register has been looked through; that is done afterwards, so that asking takes the same time whatever there is
  searched_at timestamptz,
  -- names that reached the threshold beyond those that are listed
  left_out integer not null default 0
);
create index checks_to_search on app.checks (id) where searched_at is null;
create index checks_of_matter on app.checks (matter_id) where matter_id is not null;
create table app.check_hits (
  check_id uuid not null references app.checks,
  name_id uuid not null references app.names,
  -- {asked, score, why}
  sealed_why bytea not null,
  score real not null,
  -- within the asker's reach when it was found; the wall is asked again when it is read
  for_asker boolean not null,
  primary key (check_id, name_id)
);
create index check_hits_for_asker on app.check_hits (check_id) where for_asker;
-- Each decider's own word. Of the firm's it is one when its decider saw every hit (`whole`).
create table app.check_decisions (
  check_id uuid not null references app.checks,
  decided_by uuid not null references app.people,
  decision text not null check (decision in ('cleared', 'waived', 'refused')),
  -- {reasoning, waiver}
  sealed_words bytea not null,
  whole boolean not null,
  made_at timestamptz not null default clock_timestamp(),
  primary key (check_id, decided_by)
);

-- What was opened as a copy, and what the session had proved when it was opened: the handling matrix is asked again at each use.
alter table app.openings
  add column copy boolean not null default false,
  add column proved text not null default 'session' check (proved in ('session', 'fresh', 'passkey'));

-- The handling matrix: every version is kept, and the highest holds. Version 0 is written by db/access/3-matrix.sql.
create table app.matrix (
  version integer primary key check (version >= 0),
  rules jsonb not null,
  sealed_reason bytea,
  set_by uuid references app.people,
  set_at timestamptz not null default clock_timestamp()
);

alter table app.settings
  drop constraint settings_name_check,
  add constraint settings_name_check check (name in ('password', 'sessions', 'sso', 'matters', 'leaving'));

-- Reports of the leak prober; the report itself is a signed note.
create table app.probes (
  id uuid primary key,
  run_by uuid not null references app.people,
  sealed_words bytea not null,
  started_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz
);
-- Made for a probe and gone with it: nobody's colleague.
alter table app.people add column probe_id uuid references app.probes;
create index people_of_probe on app.people (probe_id) where probe_id is not null;
