-- Folders, documents, versions, and openings. Names are sealed; a keyed token per folder keeps them unique.

create table app.folders (
  id uuid primary key,
  matter_id uuid not null references app.matters,
  parent_id uuid,
  sealed_name bytea not null,
  name_token bytea not null,
  created_by uuid not null references app.people,
  created_at timestamptz not null default clock_timestamp(),
  unique (id, matter_id),
  foreign key (parent_id, matter_id) references app.folders (id, matter_id),
  unique nulls not distinct (matter_id, parent_id, name_token)
);

create table app.documents (
  id uuid primary key,
  matter_id uuid not null references app.matters,
  folder_id uuid,
  sealed_name bytea not null,
  name_token bytea not null,
  class text not null check (class in ('confidential', 'privileged', 'restricted')),
  created_by uuid not null references app.people,
  created_at timestamptz not null default clock_timestamp(),
  unique (id, matter_id),
  foreign key (folder_id, matter_id) references app.folders (id, matter_id),
  unique nulls not distinct (matter_id, folder_id, name_token)
);
create index documents_of_matter on app.documents (matter_id, id);

-- A version's blob lies under its id. Its size is in the clear: the blob's length on the disk shows it anyway.
create table app.versions (
  id uuid primary key,
  document_id uuid not null,
  matter_id uuid not null,
  number integer not null check (number > 0),
  wrapped_key bytea not null,
  -- {sha256, mediaType} of the content
  sealed_facts bytea not null,
  -- keyed checksum, by which the same content is recognized within its matter and nowhere else
  content_token bytea not null,
  size bigint not null check (size > 0),
  created_by uuid not null references app.people,
  created_at timestamptz not null default clock_timestamp(),
  foreign key (document_id, matter_id) references app.documents (id, matter_id),
  unique (document_id, number)
);
create index versions_of_matter on app.versions (matter_id, id);

-- An opening serves one version's bytes to one session for some minutes; each use asks the wall again.
create table app.openings (
  id uuid primary key,
  version_id uuid not null references app.versions,
  matter_id uuid not null references app.matters,
  session_id uuid not null references app.sessions,
  person_id uuid not null references app.people,
  created_at timestamptz not null default clock_timestamp(),
  ends_at timestamptz not null,
  delivered bigint not null default 0
);
create index openings_of_version on app.openings (version_id);
