-- Emptying the trash in one: what came out of it or is held when it comes to it stays, and is counted.

alter table app.destructions no force row level security;
alter table app.destructions
  add column emptying boolean not null default false,
  add column stayed integer not null default 0 check (stayed >= 0),
  add constraint destructions_emptying check (emptying or stayed = 0),
  add constraint destructions_emptying_documents check (kind = 'document.destroy' or not emptying);
alter table app.destructions force row level security;

-- An upload in parts may become the next version of a document; it outlives no document that is gone, so nothing refers.
alter table app.uploads no force row level security;
alter table app.uploads add column into_document uuid;
alter table app.uploads force row level security;

-- Custodians say that they have their sheet, and are reminded until they do.
alter table app.custodians no force row level security;
alter table app.custodians add column acknowledged_at timestamptz, add column reminded_at timestamptz;
alter table app.custodians force row level security;
