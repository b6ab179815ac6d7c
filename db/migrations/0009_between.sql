-- What a document came out of, and by what the same content is found again in its matter.

alter table app.documents no force row level security;
alter table app.versions no force row level security;

alter table app.documents
  -- the e-mail or archive that it was taken out of; it may be gone, or in another matter, since
  add column part_of uuid,
  -- where it stood in there, under the matter's key
  add column sealed_place bytea,
  add constraint documents_part check ((part_of is null) = (sealed_place is null));
create index documents_part_of on app.documents (part_of) where part_of is not null;
create index versions_content on app.versions (matter_id, content_token);

alter table app.documents force row level security;
alter table app.versions force row level security;
