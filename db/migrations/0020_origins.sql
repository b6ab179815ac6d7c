-- From where a deed was done and what allowed it. A place is kept once, named by what it says: docs/formats/ledger.md.

create table ledger.origins (
  -- SHA-256 over a salt made of what is sealed, and what is sealed: the same place has the same id
  id bytea primary key check (octet_length(id) = 32),
  -- keyed token of the address, for finding
  address_token bytea not null check (octet_length(address_token) = 16),
  -- under the firm's field key: 16 bytes of salt, then canonical JSON
  sealed_origin bytea not null
);
create index origins_of_address on ledger.origins (address_token);

alter table ledger.entries no force row level security;
alter table ledger.entries
  -- the leaf's version: entries from before this have no place and no ground
  add column v smallint not null default 1 check (v in (1, 2)),
  add column origin bytea check (octet_length(origin) = 32),
  -- why PostgreSQL let it be done, at that moment
  add column ground text;
alter table ledger.entries alter column v set default 2;
alter table ledger.entries force row level security;
create index entries_of_actor on ledger.entries (actor, id) where actor is not null;
create index entries_of_object on ledger.entries (object, id) where object is not null;
create index entries_of_deed on ledger.entries (deed, id);
create index entries_of_origin on ledger.entries (origin, id) where origin is not null;

-- Looks at the ledger that stand in it already: one a session, half an hour and what was looked at.
create table app.readings (
  session_id uuid not null references app.sessions on delete cascade,
  -- what was looked at: a matter, a person, or the nil id for the whole
  subject uuid not null,
  ends_at timestamptz not null,
  primary key (session_id, subject)
);
