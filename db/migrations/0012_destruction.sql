-- Legal holds, destruction by two people, and what stays of what was destroyed: stones and certificates.

create table app.holds (
  id uuid primary key,
  number integer not null unique check (number > 0),
  matter_id uuid not null references app.matters,
  -- false: the documents of app.hold_documents alone
  whole boolean not null,
  -- {trigger, triggeredOn, issuer, scope, reason}, under the firm's key: whoever keeps holds may read no content
  sealed_words bytea not null,
  placed_by uuid not null references app.people,
  placed_at timestamptz not null default clock_timestamp(),
  -- why it was lifted
  sealed_lifting bytea,
  lifted_by uuid references app.people,
  lifted_at timestamptz,
  constraint holds_lifted check ((lifted_by is null) = (lifted_at is null) and (lifted_by is null) = (sealed_lifting is null)),
  constraint holds_by_another check (lifted_by <> placed_by)
);
create index holds_standing on app.holds (matter_id) where lifted_at is null;
create table app.hold_documents (
  hold_id uuid not null references app.holds on delete cascade,
  -- outlives the document
  document_id uuid not null,
  primary key (hold_id, document_id)
);
create table app.hold_custodians (
  hold_id uuid not null references app.holds on delete cascade,
  person_id uuid not null references app.people,
  primary key (hold_id, person_id)
);

-- asked -> approved -> ended (rows and the row half are gone) -> erased (the other half and the blobs are) -> certified.
-- From asked also refused; from approved also stopped, by a hold or because something changed in between.
create table app.destructions (
  id uuid primary key,
  kind text not null check (kind in ('document.destroy', 'matter.destroy')),
  matter_id uuid not null references app.matters,
  state text not null default 'asked' check (state in ('asked', 'refused', 'approved', 'stopped', 'ended', 'erased', 'certified')),
  -- {reason, basis}, under the firm's key
  sealed_words bytea not null,
  -- {id: name}, under the matter's key, with which it dies; null for a whole matter
  sealed_names bytea,
  asked_by uuid not null references app.people,
  asked_at timestamptz not null default clock_timestamp(),
  approved_by uuid references app.people,
  approved_at timestamptz,
  hold_checked_at timestamptz,
  ended_at timestamptz,
  erased_at timestamptz,
  -- what was destroyed: {items, digest, key}, under the firm's key
  sealed_items bytea,
  -- the ledger's entry of it, the last one where there are several
  entry_id uuid,
  -- the certificate: a signed note, under the firm's key
  number integer unique check (number > 0),
  sealed_note bytea,
  certified_at timestamptz,
  constraint destructions_by_two check (approved_by <> asked_by),
  constraint destructions_certified check ((number is null) = (sealed_note is null) and (number is null) = (certified_at is null))
);
create index destructions_due on app.destructions (id) where state in ('approved', 'ended', 'erased');
create index destructions_of_matter on app.destructions (matter_id);
-- What is asked for; once it has ended, the stones of documents that are no more.
create table app.destruction_items (
  destruction_id uuid not null references app.destructions on delete cascade,
  document_id uuid not null,
  class text not null,
  primary key (destruction_id, document_id)
);
create index destruction_items_of_document on app.destruction_items (document_id);

alter table app.matters no force row level security;
alter table app.matters add column destroyed_at timestamptz;
alter table app.matters force row level security;

-- the second person decides on destruction as on walls and classes; a confirmation outlives its document
alter table app.confirmations no force row level security;
alter table app.confirmations
  add column destruction_id uuid references app.destructions on delete cascade,
  drop constraint confirmations_document_id_fkey,
  drop constraint confirmations_kind_check,
  drop constraint confirmations_check,
  add constraint confirmations_kind_check check (kind in ('wall.lift', 'class.lower', 'document.lower', 'document.destroy', 'matter.destroy')),
  add constraint confirmations_check check ((kind = 'wall.lift') = (wall_id is not null) and (kind = 'wall.lift') = (matter_id is null)
    and (kind in ('class.lower', 'document.lower')) = (wanted is not null) and (kind = 'document.lower') = (document_id is not null)
    and (kind in ('document.destroy', 'matter.destroy')) = (destruction_id is not null));
drop index app.confirmations_once;
create unique index confirmations_once on app.confirmations (kind, coalesce(wall_id, document_id, destruction_id, matter_id)) where state = 'waiting';
alter table app.confirmations force row level security;
