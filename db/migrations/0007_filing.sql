-- What a document is beside its content, who works on it, where it stands, and why a version was made.

alter table app.documents no force row level security;
alter table app.versions no force row level security;

alter table app.documents
  -- {privilege, tags, author, custodian, source, receivedOn}, under the matter's key; null: nothing was said
  add column sealed_about bytea,
  add column out_by uuid references app.people,
  add column out_at timestamptz,
  add column sealed_out_note bytea,
  add constraint documents_out check ((out_by is null) = (out_at is null) and (out_by is not null or sealed_out_note is null)),
  add column locked_as text check (locked_as in ('filed', 'served', 'signed')),
  add column locked_by uuid references app.people,
  add column locked_at timestamptz,
  add constraint documents_locked check ((locked_as is null) = (locked_by is null) and (locked_as is null) = (locked_at is null)),
  add column trashed_by uuid references app.people,
  add column trashed_at timestamptz,
  add constraint documents_trashed check ((trashed_by is null) = (trashed_at is null));

-- what is in the trash keeps its name, and holds nobody else from it
alter table app.documents drop constraint documents_matter_id_folder_id_name_token_key;
create unique index documents_name on app.documents (matter_id, folder_id, name_token) nulls not distinct where trashed_at is null;
create index documents_in_trash on app.documents (matter_id, trashed_at) where trashed_at is not null;

-- why it was made, under the matter's key, and of which number; null: the first
alter table app.versions
  add column sealed_reason bytea,
  add column made_from integer;

-- what was in the trash when its folder was removed still says where it was
alter table app.folders no force row level security;
alter table app.folders
  add column removed_by uuid references app.people,
  add column removed_at timestamptz,
  add constraint folders_removed check ((removed_by is null) = (removed_at is null)),
  drop constraint folders_matter_id_parent_id_name_token_key;
create unique index folders_name on app.folders (matter_id, parent_id, name_token) nulls not distinct where removed_at is null;
create index documents_of_folder on app.documents (folder_id);

alter table app.folders force row level security;
alter table app.documents force row level security;
alter table app.versions force row level security;
