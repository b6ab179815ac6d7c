-- Whether all of a file was read: a folder of an archive under a password, or what lies beyond the limits, was not.
alter table app.texts no force row level security;
alter table app.texts add column is_whole boolean not null default true;
alter table app.texts force row level security;
