-- What one person takes of a matter as one archive: which openings, under which paths, and what was left out, sealed under the
-- matter's key. It serves that session for half an hour.
create table app.bundles (
  id uuid primary key,
  matter_id uuid not null references app.matters,
  session_id uuid not null references app.sessions,
  person_id uuid not null references app.people,
  created_at timestamptz not null default clock_timestamp(),
  ends_at timestamptz not null,
  sealed_plan bytea not null
);
create index bundles_of_matter on app.bundles (matter_id);
create index bundles_by_end on app.bundles (ends_at);
