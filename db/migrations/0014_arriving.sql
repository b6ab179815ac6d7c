-- What the scanner said of a version, and uploads of which parts have arrived.

alter table app.versions no force row level security;
alter table app.versions
  -- none: nobody looked (scan_why says why, null: no scanner was there); waiting and quarantined: nobody opens it; released: by scan_by
  add column scan text not null default 'none' check (scan in ('none', 'clean', 'waiting', 'quarantined', 'released')),
  add column scan_why text check (scan_why in ('away', 'too-large', 'unclear')),
  -- what was found in it, under the firm's key: whoever releases it reads nothing of the matter
  add column sealed_signature bytea,
  add column scan_at timestamptz,
  add column scan_by uuid references app.people,
  add constraint versions_scan check (
    (scan <> 'quarantined' or sealed_signature is not null) and ((scan = 'released') = (scan_by is not null)));
create index versions_held on app.versions (id) where scan in ('waiting', 'quarantined');
alter table app.versions force row level security;

-- An upload in parts; what has arrived lies sealed under its id. Its key and what it is to become, under the matter's key.
create table app.uploads (
  id uuid primary key,
  matter_id uuid not null references app.matters,
  person_id uuid not null references app.people,
  wrapped_key bytea not null,
  -- {name, folder, class, modified}
  sealed_wish bytea not null,
  size bigint not null check (size > 0),
  created_at timestamptz not null default clock_timestamp(),
  ends_at timestamptz not null default clock_timestamp() + interval '1 day',
  -- what it has become; its parts are gone
  document_id uuid
);
create index uploads_of_person on app.uploads (person_id, matter_id);
