-- Small pictures of what documents show first, sealed under a key of their version's, or why there is none. They end with it.
create table app.thumbnails (
  version_id uuid primary key references app.versions on delete cascade,
  matter_id uuid not null references app.matters,
  sealed_picture bytea check (octet_length(sealed_picture) between 1 and 65600),
  why text check (why in ('too-much', 'broken', 'encrypted', 'took-too-long', 'crashed')),
  made_at timestamptz not null default clock_timestamp(),
  check ((sealed_picture is null) <> (why is null))
);

-- That a session looks at the pictures of a matter, of which the ledger has an entry; for half an hour, as an opening.
create table app.glances (
  session_id uuid not null references app.sessions on delete cascade,
  matter_id uuid not null references app.matters,
  ends_at timestamptz not null,
  primary key (session_id, matter_id)
);
create index glances_by_end on app.glances (ends_at);
