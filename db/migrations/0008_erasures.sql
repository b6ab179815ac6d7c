-- Blobs of versions that are no more; each stays named here until its file is gone.
create table app.erasures (
  blob_id uuid primary key,
  since timestamptz not null default clock_timestamp()
);
