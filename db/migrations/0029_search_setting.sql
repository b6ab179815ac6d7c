-- The languages of documents are a setting of the firm.
alter table app.settings no force row level security;
alter table app.settings
  drop constraint settings_name_check,
  add constraint settings_name_check check (name in ('password', 'sessions', 'sso', 'matters', 'leaving', 'checkpoints', 'search'));
alter table app.settings force row level security;
