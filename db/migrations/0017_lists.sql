-- What is known of a matter's list without looking at its documents: for each class how many stand in it, and how often it changed.
-- Kept by triggers (db/access/listing.sql). Whoever changes it does so in a row of their own connection's number, so that two who
-- file in one matter do not wait for each other; the sums count.
create table app.listings (
  matter_id uuid not null references app.matters,
  -- '': its folders
  class text not null,
  stripe integer not null,
  changes bigint not null,
  documents bigint not null,
  primary key (matter_id, class, stripe)
);

alter table app.documents no force row level security;
insert into app.listings (matter_id, class, stripe, changes, documents)
select matter_id, class, 0, 1, count(*) filter (where trashed_at is null) from app.documents group by matter_id, class;
alter table app.documents force row level security;
