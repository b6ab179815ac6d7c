-- Made from the migrations and the access folder by `npm run schema`. Do not edit.

table app.approvals
  id uuid not null
  kind text not null
  subject_id uuid not null
  roles text[]
  sealed_reason bytea not null
  asked_by uuid not null
  asked_at timestamp with time zone not null default clock_timestamp()
  ends_at timestamp with time zone not null default (clock_timestamp() + '14 days'::interval)
  state text not null default 'waiting'::text
  decided_by uuid
  decided_at timestamp with time zone
  linked_at timestamp with time zone
  approvals_asked_by_fkey: FOREIGN KEY (asked_by) REFERENCES app.people(id)
  approvals_decided_by_fkey: FOREIGN KEY (decided_by) REFERENCES app.people(id)
  approvals_kind_check: CHECK ((kind = ANY (ARRAY['roles'::text, 'factor'::text, 'account'::text])))
  approvals_pkey: PRIMARY KEY (id)
  approvals_state_check: CHECK ((state = ANY (ARRAY['waiting'::text, 'approved'::text, 'refused'::text, 'withdrawn'::text, 'lapsed'::text])))
  approvals_subject_id_fkey: FOREIGN KEY (subject_id) REFERENCES app.people(id)
  CREATE UNIQUE INDEX approvals_once ON app.approvals USING btree (subject_id, kind) WHERE ((state = 'waiting'::text) AND (kind <> 'roles'::text))
  policy gate_decides for all to subrosa_gate using (true) with check (true)
  policy select_concerned for select to subrosa_person using (((asked_by = ( SELECT hidden.me() AS me)) OR (subject_id = ( SELECT hidden.me() AS me)) OR ( SELECT hidden.may('approval.give'::text) AS may))) with check (-)
  grant insert (asked_at, asked_by, decided_at, decided_by, ends_at, id, kind, linked_at, roles, sealed_reason, state, subject_id) to subrosa_gate
  grant select (asked_at, asked_by, decided_at, decided_by, ends_at, id, kind, linked_at, roles, sealed_reason, state, subject_id) to subrosa_gate
  grant select (asked_at, asked_by, decided_at, decided_by, ends_at, id, kind, linked_at, roles, sealed_reason, state, subject_id) to subrosa_person
  grant update (decided_at, decided_by, linked_at, state) to subrosa_gate

table app.attempts
  key bytea not null
  tries integer not null
  window_ends_at timestamp with time zone not null
  not_before timestamp with time zone
  attempts_pkey: PRIMARY KEY (key)
  policy gate_counts for all to subrosa_gate using (true) with check (true)
  grant insert (key, not_before, tries, window_ends_at) to subrosa_gate
  grant select (key, not_before, tries, window_ends_at) to subrosa_gate
  grant update (key, not_before, tries, window_ends_at) to subrosa_gate
  grant delete to subrosa_gate

table app.clients
  id uuid not null
  sealed_name bytea not null
  created_by uuid not null
  created_at timestamp with time zone not null default clock_timestamp()
  clients_created_by_fkey: FOREIGN KEY (created_by) REFERENCES app.people(id)
  clients_pkey: PRIMARY KEY (id)
  policy gate_sees for select to subrosa_gate using (true) with check (-)
  policy insert_by_permission for insert to subrosa_person using (-) with check (((created_by = ( SELECT hidden.me() AS me)) AND ( SELECT hidden.may('client.create'::text) AS may)))
  policy select_through_matter for select to subrosa_person using (((created_by = ( SELECT hidden.me() AS me)) OR (EXISTS ( SELECT FROM app.matters m WHERE (m.client_id = clients.id))))) with check (-)
  grant insert (created_by, id, sealed_name) to subrosa_person
  grant select (created_at, created_by, id, sealed_name) to subrosa_gate
  grant select (created_at, created_by, id, sealed_name) to subrosa_person

table app.devices
  id uuid not null
  person_id uuid not null
  secret_hash bytea not null
  sealed_description bytea not null
  first_seen_at timestamp with time zone not null default clock_timestamp()
  seen_at timestamp with time zone not null default clock_timestamp()
  lost_at timestamp with time zone
  devices_person_id_fkey: FOREIGN KEY (person_id) REFERENCES app.people(id)
  devices_person_id_secret_hash_key: UNIQUE (person_id, secret_hash)
  devices_pkey: PRIMARY KEY (id)
  devices_secret_hash_check: CHECK ((octet_length(secret_hash) = 32))
  policy gate_knows for all to subrosa_gate using (true) with check (true)
  policy lose_own for update to subrosa_person using (((person_id = ( SELECT hidden.me() AS me)) AND (lost_at IS NULL))) with check ((person_id = ( SELECT hidden.me() AS me)))
  policy select_own for select to subrosa_person using (((person_id = ( SELECT hidden.me() AS me)) OR ( SELECT hidden.may('person.read'::text) AS may))) with check (-)
  grant insert (first_seen_at, id, lost_at, person_id, sealed_description, secret_hash, seen_at) to subrosa_gate
  grant select (first_seen_at, id, lost_at, person_id, sealed_description, secret_hash, seen_at) to subrosa_gate
  grant select (first_seen_at, id, lost_at, person_id, sealed_description, seen_at) to subrosa_person
  grant update (lost_at) to subrosa_person
  grant update (lost_at, sealed_description, seen_at) to subrosa_gate

table app.documents
  id uuid not null
  matter_id uuid not null
  folder_id uuid
  sealed_name bytea not null
  name_token bytea not null
  class text not null
  created_by uuid not null
  created_at timestamp with time zone not null default clock_timestamp()
  documents_class_check: CHECK ((class = ANY (ARRAY['confidential'::text, 'privileged'::text, 'restricted'::text])))
  documents_created_by_fkey: FOREIGN KEY (created_by) REFERENCES app.people(id)
  documents_folder_id_matter_id_fkey: FOREIGN KEY (folder_id, matter_id) REFERENCES app.folders(id, matter_id)
  documents_id_matter_id_key: UNIQUE (id, matter_id)
  documents_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  documents_matter_id_folder_id_name_token_key: UNIQUE NULLS NOT DISTINCT (matter_id, folder_id, name_token)
  documents_pkey: PRIMARY KEY (id)
  CREATE INDEX documents_of_matter ON app.documents USING btree (matter_id, id)
  policy insert_within_reach for insert to subrosa_person using (-) with check (((created_by = ( SELECT hidden.me() AS me)) AND hidden.on_team(matter_id) AND ( SELECT hidden.may('document.upload'::text) AS may)))
  policy select_within_reach for select to subrosa_person using ((EXISTS ( SELECT FROM app.team_members t WHERE ((t.matter_id = documents.matter_id) AND (t.person_id = ( SELECT hidden.me() AS me)) AND (t.starts_at <= statement_timestamp()) AND ((t.ends_at IS NULL) OR (t.ends_at > statement_timestamp())))))) with check (-)
  grant insert (class, created_at, created_by, folder_id, id, matter_id, name_token, sealed_name) to subrosa_person
  grant select (class, created_at, created_by, folder_id, id, matter_id, name_token, sealed_name) to subrosa_person

table app.firm
  id uuid not null
  one boolean not null default true
  sealed_name bytea not null
  founded_at timestamp with time zone not null default clock_timestamp()
  thinned_at timestamp with time zone
  firm_one_check: CHECK (one)
  firm_one_key: UNIQUE (one)
  firm_pkey: PRIMARY KEY (id)
  policy gate_founds for all to subrosa_gate using (true) with check (true)
  policy select_own_firm for select to subrosa_person using ((( SELECT hidden.me() AS me) IS NOT NULL)) with check (-)
  grant insert (founded_at, id, one, sealed_name, thinned_at) to subrosa_gate
  grant select (founded_at, id, one, sealed_name, thinned_at) to subrosa_gate
  grant select (founded_at, id, one, sealed_name, thinned_at) to subrosa_person
  grant update (thinned_at) to subrosa_gate

table app.folders
  id uuid not null
  matter_id uuid not null
  parent_id uuid
  sealed_name bytea not null
  name_token bytea not null
  created_by uuid not null
  created_at timestamp with time zone not null default clock_timestamp()
  folders_created_by_fkey: FOREIGN KEY (created_by) REFERENCES app.people(id)
  folders_id_matter_id_key: UNIQUE (id, matter_id)
  folders_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  folders_matter_id_parent_id_name_token_key: UNIQUE NULLS NOT DISTINCT (matter_id, parent_id, name_token)
  folders_parent_id_matter_id_fkey: FOREIGN KEY (parent_id, matter_id) REFERENCES app.folders(id, matter_id)
  folders_pkey: PRIMARY KEY (id)
  policy insert_within_reach for insert to subrosa_person using (-) with check (((created_by = ( SELECT hidden.me() AS me)) AND hidden.on_team(matter_id) AND ( SELECT hidden.may('document.upload'::text) AS may)))
  policy select_within_reach for select to subrosa_person using ((EXISTS ( SELECT FROM app.team_members t WHERE ((t.matter_id = folders.matter_id) AND (t.person_id = ( SELECT hidden.me() AS me)) AND (t.starts_at <= statement_timestamp()) AND ((t.ends_at IS NULL) OR (t.ends_at > statement_timestamp())))))) with check (-)
  grant insert (created_at, created_by, id, matter_id, name_token, parent_id, sealed_name) to subrosa_person
  grant select (created_at, created_by, id, matter_id, name_token, parent_id, sealed_name) to subrosa_person

table app.group_members
  group_id uuid not null
  person_id uuid not null
  group_members_group_id_fkey: FOREIGN KEY (group_id) REFERENCES app.groups(id) ON DELETE CASCADE
  group_members_person_id_fkey: FOREIGN KEY (person_id) REFERENCES app.people(id)
  group_members_pkey: PRIMARY KEY (group_id, person_id)
  CREATE INDEX groups_of_person ON app.group_members USING btree (person_id)
  policy delete_by_directory for delete to subrosa_person using ((( SELECT hidden.provisions() AS provisions) AND (hidden.kept_by(group_id) = 'directory'::text))) with check (-)
  policy delete_by_keeper for delete to subrosa_person using (((hidden.kept_by(group_id) = 'firm'::text) AND ( SELECT hidden.may('group.change'::text) AS may) AND ( SELECT hidden.is_fresh() AS is_fresh))) with check (-)
  policy gate_sees for all to subrosa_gate using (true) with check (-)
  policy insert_by_directory for insert to subrosa_person using (-) with check ((( SELECT hidden.provisions() AS provisions) AND hidden.takes_member(group_id, person_id)))
  policy insert_by_keeper for insert to subrosa_person using (-) with check (((hidden.kept_by(group_id) = 'firm'::text) AND ( SELECT hidden.may('group.change'::text) AS may) AND ( SELECT hidden.is_fresh() AS is_fresh) AND (person_id <> ( SELECT hidden.me() AS me))))
  policy select_all for select to subrosa_person using ((( SELECT hidden.me() AS me) IS NOT NULL)) with check (-)
  grant insert (group_id, person_id) to subrosa_gate
  grant insert (group_id, person_id) to subrosa_person
  grant select (group_id, person_id) to subrosa_gate
  grant select (group_id, person_id) to subrosa_person
  grant delete to subrosa_gate
  grant delete to subrosa_person

table app.groups
  id uuid not null
  sealed_name bytea not null
  name_token bytea not null
  roles text[] not null default '{}'::text[]
  roles_by uuid
  kept_by text not null
  sealed_external_id bytea
  version integer not null default 1
  made_by uuid
  made_at timestamp with time zone not null default clock_timestamp()
  changed_at timestamp with time zone not null default clock_timestamp()
  groups_kept_by_check: CHECK ((kept_by = ANY (ARRAY['firm'::text, 'directory'::text, 'claims'::text])))
  groups_made_by_fkey: FOREIGN KEY (made_by) REFERENCES app.people(id)
  groups_name_token_key: UNIQUE (name_token)
  groups_pkey: PRIMARY KEY (id)
  groups_roles_by_fkey: FOREIGN KEY (roles_by) REFERENCES app.people(id)
  policy delete_by_directory for delete to subrosa_person using (((kept_by = 'directory'::text) AND ( SELECT hidden.provisions() AS provisions))) with check (-)
  policy gate_sees for all to subrosa_gate using (true) with check (-)
  policy insert_by_directory for insert to subrosa_person using (-) with check (((made_by = ( SELECT hidden.me() AS me)) AND (kept_by = 'directory'::text) AND (roles = '{}'::text[]) AND ( SELECT hidden.provisions() AS provisions)))
  policy insert_by_permission for insert to subrosa_person using (-) with check (((made_by = ( SELECT hidden.me() AS me)) AND (kept_by = ANY (ARRAY['firm'::text, 'claims'::text])) AND ( SELECT hidden.may('group.change'::text) AS may) AND ( SELECT hidden.is_fresh() AS is_fresh) AND ((roles = '{}'::text[]) OR (NOT hidden.holds_guarded(roles)))))
  policy select_all for select to subrosa_person using ((( SELECT hidden.me() AS me) IS NOT NULL)) with check (-)
  policy update_by_directory for update to subrosa_person using (((kept_by = 'directory'::text) AND ( SELECT hidden.provisions() AS provisions))) with check (-)
  policy update_by_permission for update to subrosa_person using ((( SELECT hidden.may('group.change'::text) AS may) AND ( SELECT hidden.is_fresh() AS is_fresh))) with check (((roles = '{}'::text[]) OR (NOT hidden.holds_guarded(roles))))
  grant insert (id, kept_by, made_by, name_token, roles, sealed_external_id, sealed_name) to subrosa_person
  grant select (changed_at, id, kept_by, made_at, made_by, name_token, roles, roles_by, sealed_external_id, sealed_name, version) to subrosa_gate
  grant select (changed_at, id, kept_by, made_at, made_by, name_token, roles, roles_by, sealed_external_id, sealed_name, version) to subrosa_person
  grant update (changed_at, name_token, roles, sealed_external_id, sealed_name, version) to subrosa_person
  grant delete to subrosa_person

table app.handovers
  id uuid not null default gen_random_uuid()
  matter_id uuid not null
  leaver_id uuid not null
  made_at timestamp with time zone not null default clock_timestamp()
  told_at timestamp with time zone
  taken_by uuid
  taken_at timestamp with time zone
  handovers_leaver_id_fkey: FOREIGN KEY (leaver_id) REFERENCES app.people(id)
  handovers_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  handovers_pkey: PRIMARY KEY (id)
  handovers_taken_by_fkey: FOREIGN KEY (taken_by) REFERENCES app.people(id)
  CREATE INDEX handovers_open ON app.handovers USING btree (matter_id) WHERE (taken_at IS NULL)
  policy gate_hands_over for all to subrosa_gate using (true) with check (true)
  policy select_open for select to subrosa_person using (((taken_at IS NULL) AND (EXISTS ( SELECT FROM app.team_members t WHERE ((t.matter_id = handovers.matter_id) AND (t.person_id = ( SELECT hidden.me() AS me)) AND (t.starts_at <= statement_timestamp()) AND ((t.ends_at IS NULL) OR (t.ends_at > statement_timestamp()))))))) with check (-)
  grant insert (id, leaver_id, made_at, matter_id, taken_at, taken_by, told_at) to subrosa_gate
  grant select (id, leaver_id, made_at, matter_id, taken_at) to subrosa_person
  grant select (id, leaver_id, made_at, matter_id, taken_at, taken_by, told_at) to subrosa_gate
  grant update (taken_at, taken_by, told_at) to subrosa_gate

table app.identities
  id uuid not null
  person_id uuid not null
  account_token bytea not null
  sealed_label bytea not null
  linked_at timestamp with time zone not null default clock_timestamp()
  identities_account_token_key: UNIQUE (account_token)
  identities_person_id_fkey: FOREIGN KEY (person_id) REFERENCES app.people(id)
  identities_person_id_key: UNIQUE (person_id)
  identities_pkey: PRIMARY KEY (id)
  policy gate_knows for all to subrosa_gate using (true) with check (true)
  policy insert_own for insert to subrosa_person using (-) with check (((person_id = ( SELECT hidden.me() AS me)) AND ( SELECT hidden.is_fresh() AS is_fresh)))
  policy select_own for select to subrosa_person using ((person_id = ( SELECT hidden.me() AS me))) with check (-)
  grant insert (account_token, id, linked_at, person_id, sealed_label) to subrosa_gate
  grant insert (account_token, id, linked_at, person_id, sealed_label) to subrosa_person
  grant select (account_token, id, linked_at, person_id, sealed_label) to subrosa_gate
  grant select (account_token, id, linked_at, person_id, sealed_label) to subrosa_person
  grant delete to subrosa_gate

table app.keys
  name text not null
  wrapped bytea not null
  made_at timestamp with time zone not null default clock_timestamp()
  keys_name_check: CHECK ((name = ANY (ARRAY['firm'::text, 'ledger'::text])))
  keys_pkey: PRIMARY KEY (name)
  policy owner_unwraps for all to subrosa_owner using (true) with check (true)

table app.leavings
  id uuid not null
  person_id uuid not null
  sealed_report bytea not null
  made_by uuid
  made_at timestamp with time zone not null default clock_timestamp()
  leavings_made_by_fkey: FOREIGN KEY (made_by) REFERENCES app.people(id)
  leavings_person_id_fkey: FOREIGN KEY (person_id) REFERENCES app.people(id)
  leavings_pkey: PRIMARY KEY (id)
  policy clerk_reports for all to subrosa_clerk using (true) with check (true)
  policy gate_forgets for all to subrosa_gate using (true) with check (-)
  policy insert_by_permission for insert to subrosa_person using (-) with check (((made_by = ( SELECT hidden.me() AS me)) AND (( SELECT hidden.may('person.leave'::text) AS may) OR ( SELECT hidden.provisions() AS provisions))))
  policy select_by_permission for select to subrosa_person using (( SELECT hidden.may('person.read'::text) AS may)) with check (-)
  grant insert (id, made_at, made_by, person_id, sealed_report) to subrosa_clerk
  grant insert (id, made_at, made_by, person_id, sealed_report) to subrosa_person
  grant select (id, made_at, made_by, person_id, sealed_report) to subrosa_clerk
  grant select (id, made_at, made_by, person_id, sealed_report) to subrosa_gate
  grant select (id, made_at, made_by, person_id, sealed_report) to subrosa_person
  grant delete to subrosa_gate

table app.links
  hash bytea not null
  person_id uuid not null
  kind text not null
  made_by uuid
  factor text
  made_at timestamp with time zone not null default clock_timestamp()
  ends_at timestamp with time zone not null
  used_at timestamp with time zone
  links_factor_check: CHECK ((factor = ANY (ARRAY['totp'::text, 'passkey'::text, 'recovery'::text, 'identity'::text])))
  links_hash_check: CHECK ((octet_length(hash) = 32))
  links_kind_check: CHECK ((kind = ANY (ARRAY['invitation'::text, 'account'::text, 'factor'::text, 'password'::text, 'renewal'::text, 'sso'::text, 'second'::text])))
  links_made_by_fkey: FOREIGN KEY (made_by) REFERENCES app.people(id)
  links_person_id_fkey: FOREIGN KEY (person_id) REFERENCES app.people(id)
  links_pkey: PRIMARY KEY (hash)
  CREATE UNIQUE INDEX links_one_live ON app.links USING btree (person_id, kind) WHERE ((used_at IS NULL) AND (kind = ANY (ARRAY['invitation'::text, 'account'::text, 'factor'::text])))
  policy gate_links for all to subrosa_gate using (true) with check (true)
  grant insert (ends_at, factor, hash, kind, made_at, made_by, person_id, used_at) to subrosa_gate
  grant select (ends_at, factor, hash, kind, made_at, made_by, person_id, used_at) to subrosa_gate
  grant update (used_at) to subrosa_gate
  grant delete to subrosa_gate

table app.matter_keys
  matter_id uuid not null
  purpose text not null
  version integer not null
  wrapped bytea not null
  matter_keys_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  matter_keys_pkey: PRIMARY KEY (matter_id, purpose, version)
  matter_keys_purpose_check: CHECK ((purpose = ANY (ARRAY['half'::text, 'field'::text])))
  matter_keys_version_check: CHECK ((version > 0))
  policy clerk_within_job for select to subrosa_clerk using ((matter_id = ( SELECT hidden.job_matter() AS job_matter))) with check (-)
  policy insert_with_matter for insert to subrosa_person using (-) with check (hidden.without_team(matter_id))
  policy select_within_reach for select to subrosa_person using ((EXISTS ( SELECT FROM app.team_members t WHERE ((t.matter_id = matter_keys.matter_id) AND (t.person_id = ( SELECT hidden.me() AS me)) AND (t.starts_at <= statement_timestamp()) AND ((t.ends_at IS NULL) OR (t.ends_at > statement_timestamp())))))) with check (-)
  grant insert (matter_id, purpose, version, wrapped) to subrosa_person
  grant select (matter_id, purpose, version, wrapped) to subrosa_clerk
  grant select (matter_id, purpose, version, wrapped) to subrosa_person

table app.matters
  id uuid not null
  client_id uuid not null
  sealed_number bytea not null
  number_token bytea not null
  sealed_title bytea not null
  class text not null
  created_by uuid not null
  created_at timestamp with time zone not null default clock_timestamp()
  matters_class_check: CHECK ((class = ANY (ARRAY['confidential'::text, 'privileged'::text, 'restricted'::text])))
  matters_client_id_fkey: FOREIGN KEY (client_id) REFERENCES app.clients(id)
  matters_created_by_fkey: FOREIGN KEY (created_by) REFERENCES app.people(id)
  matters_number_token_key: UNIQUE (number_token)
  matters_pkey: PRIMARY KEY (id)
  CREATE INDEX matters_of_client ON app.matters USING btree (client_id)
  policy clerk_counts for select to subrosa_clerk using (true) with check (-)
  policy gate_sees for all to subrosa_gate using (true) with check (-)
  policy insert_by_permission for insert to subrosa_person using (-) with check (((created_by = ( SELECT hidden.me() AS me)) AND ( SELECT hidden.may('matter.create'::text) AS may) AND hidden.knows_client(client_id)))
  policy select_within_reach for select to subrosa_person using ((EXISTS ( SELECT FROM app.team_members t WHERE ((t.matter_id = matters.id) AND (t.person_id = ( SELECT hidden.me() AS me)) AND (t.starts_at <= statement_timestamp()) AND ((t.ends_at IS NULL) OR (t.ends_at > statement_timestamp())))))) with check (-)
  grant insert (class, client_id, created_by, id, number_token, sealed_number, sealed_title) to subrosa_person
  grant select (class, client_id, created_at, created_by, id, number_token, sealed_number, sealed_title) to subrosa_gate
  grant select (class, client_id, created_at, created_by, id, number_token, sealed_number, sealed_title) to subrosa_person
  grant select (id) to subrosa_clerk

table app.notices
  id uuid not null
  person_id uuid not null
  sealed_words bytea not null
  made_at timestamp with time zone not null default clock_timestamp()
  seen_at timestamp with time zone
  mailed_at timestamp with time zone
  mail_tries integer not null default 0
  notices_person_id_fkey: FOREIGN KEY (person_id) REFERENCES app.people(id)
  notices_pkey: PRIMARY KEY (id)
  CREATE INDEX notices_of_person ON app.notices USING btree (person_id, id)
  CREATE INDEX notices_to_mail ON app.notices USING btree (id) WHERE (mailed_at IS NULL)
  policy gate_notifies for all to subrosa_gate using (true) with check (true)
  policy see_own for update to subrosa_person using ((person_id = ( SELECT hidden.me() AS me))) with check ((person_id = ( SELECT hidden.me() AS me)))
  policy select_own for select to subrosa_person using ((person_id = ( SELECT hidden.me() AS me))) with check (-)
  grant insert (id, made_at, mail_tries, mailed_at, person_id, sealed_words, seen_at) to subrosa_gate
  grant select (id, made_at, mail_tries, mailed_at, person_id, sealed_words, seen_at) to subrosa_gate
  grant select (id, made_at, person_id, sealed_words, seen_at) to subrosa_person
  grant update (mail_tries, mailed_at) to subrosa_gate
  grant update (seen_at) to subrosa_person
  grant delete to subrosa_gate

table app.openings
  id uuid not null
  version_id uuid not null
  matter_id uuid not null
  session_id uuid not null
  person_id uuid not null
  created_at timestamp with time zone not null default clock_timestamp()
  ends_at timestamp with time zone not null
  delivered bigint not null default 0
  openings_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  openings_person_id_fkey: FOREIGN KEY (person_id) REFERENCES app.people(id)
  openings_pkey: PRIMARY KEY (id)
  openings_session_id_fkey: FOREIGN KEY (session_id) REFERENCES app.sessions(id)
  openings_version_id_fkey: FOREIGN KEY (version_id) REFERENCES app.versions(id)
  CREATE INDEX openings_of_version ON app.openings USING btree (version_id)
  policy clerk_within_job for all to subrosa_clerk using ((matter_id = ( SELECT hidden.job_matter() AS job_matter))) with check ((matter_id = ( SELECT hidden.job_matter() AS job_matter)))
  policy insert_own for insert to subrosa_person using (-) with check (((person_id = ( SELECT hidden.me() AS me)) AND (session_id = ( SELECT hidden.session() AS session)) AND hidden.on_team(matter_id) AND (( SELECT hidden.may('document.read'::text) AS may) OR ( SELECT hidden.may('document.download'::text) AS may))))
  policy select_within_reach for select to subrosa_person using ((EXISTS ( SELECT FROM app.team_members t WHERE ((t.matter_id = openings.matter_id) AND (t.person_id = ( SELECT hidden.me() AS me)) AND (t.starts_at <= statement_timestamp()) AND ((t.ends_at IS NULL) OR (t.ends_at > statement_timestamp())))))) with check (-)
  grant insert (ends_at, id, matter_id, person_id, session_id, version_id) to subrosa_person
  grant select (created_at, ends_at, id, matter_id, person_id, session_id, version_id) to subrosa_person
  grant select (delivered, id, matter_id) to subrosa_clerk
  grant update (delivered) to subrosa_clerk

table app.passkeys
  id uuid not null
  person_id uuid not null
  credential_id bytea not null
  public_key bytea not null
  counter bigint not null
  transports text[] not null
  synced boolean not null
  sealed_name bytea not null
  created_at timestamp with time zone not null default clock_timestamp()
  used_at timestamp with time zone
  revoked_at timestamp with time zone
  passkeys_credential_id_key: UNIQUE (credential_id)
  passkeys_person_id_fkey: FOREIGN KEY (person_id) REFERENCES app.people(id)
  passkeys_pkey: PRIMARY KEY (id)
  CREATE INDEX passkeys_of_person ON app.passkeys USING btree (person_id) WHERE (revoked_at IS NULL)
  policy gate_keys for all to subrosa_gate using (true) with check (true)
  policy insert_own for insert to subrosa_person using (-) with check (((person_id = ( SELECT hidden.me() AS me)) AND ( SELECT hidden.is_fresh() AS is_fresh)))
  policy rename_own for update to subrosa_person using (((person_id = ( SELECT hidden.me() AS me)) AND (revoked_at IS NULL))) with check ((person_id = ( SELECT hidden.me() AS me)))
  policy select_own for select to subrosa_person using (((person_id = ( SELECT hidden.me() AS me)) OR ( SELECT hidden.may('person.read'::text) AS may))) with check (-)
  grant insert (counter, created_at, credential_id, id, person_id, public_key, revoked_at, sealed_name, synced, transports, used_at) to subrosa_gate
  grant insert (counter, credential_id, id, person_id, public_key, sealed_name, synced, transports) to subrosa_person
  grant select (counter, created_at, credential_id, id, person_id, public_key, revoked_at, sealed_name, synced, transports, used_at) to subrosa_gate
  grant select (created_at, credential_id, id, person_id, revoked_at, sealed_name, synced, transports, used_at) to subrosa_person
  grant update (counter, revoked_at, used_at) to subrosa_gate
  grant update (sealed_name) to subrosa_person

table app.password_history
  person_id uuid not null
  password_hash text not null
  until timestamp with time zone not null default clock_timestamp()
  password_history_person_id_fkey: FOREIGN KEY (person_id) REFERENCES app.people(id)
  password_history_pkey: PRIMARY KEY (person_id, until)
  policy gate_keeps for all to subrosa_gate using (true) with check (true)
  grant insert (password_hash, person_id, until) to subrosa_gate
  grant select (password_hash, person_id, until) to subrosa_gate
  grant delete to subrosa_gate

table app.people
  id uuid not null
  sealed_name bytea not null
  sealed_email bytea not null
  email_token bytea not null
  roles text[] not null
  password_hash text
  sealed_totp bytea
  totp_used_step bigint not null default 0
  created_by uuid
  created_at timestamp with time zone not null default clock_timestamp()
  joined_at timestamp with time zone
  version integer not null default 1
  changed_at timestamp with time zone not null default clock_timestamp()
  password_changed_at timestamp with time zone
  password_due boolean not null default false
  totp_made_at timestamp with time zone
  handle bytea
  seen_at timestamp with time zone
  credentials_at timestamp with time zone not null default clock_timestamp()
  leaves_at timestamp with time zone
  successor_id uuid
  settled_at timestamp with time zone
  provisioned boolean not null default false
  unlisted boolean not null default false
  sealed_directory bytea
  external_token bytea
  people_created_by_fkey: FOREIGN KEY (created_by) REFERENCES app.people(id)
  people_email_token_key: UNIQUE (email_token)
  people_handle_key: UNIQUE (handle)
  people_pkey: PRIMARY KEY (id)
  people_successor_id_fkey: FOREIGN KEY (successor_id) REFERENCES app.people(id)
  CREATE INDEX people_to_settle ON app.people USING btree (leaves_at) WHERE ((leaves_at IS NOT NULL) AND (settled_at IS NULL))
  policy gate_sees for all to subrosa_gate using (true) with check (-)
  policy insert_by_permission for insert to subrosa_person using (-) with check (((created_by = ( SELECT hidden.me() AS me)) AND ( SELECT hidden.may('person.invite'::text) AS may) AND ( SELECT hidden.is_fresh() AS is_fresh) AND ((NOT hidden.holds_guarded(roles)) OR hidden.is_founding())))
  policy select_colleagues for select to subrosa_person using ((( SELECT hidden.me() AS me) IS NOT NULL)) with check (-)
  grant insert (changed_at, created_at, created_by, credentials_at, email_token, external_token, handle, id, joined_at, leaves_at, password_changed_at, password_due, password_hash, provisioned, roles, sealed_directory, sealed_email, sealed_name, sealed_totp, seen_at, settled_at, successor_id, totp_made_at, totp_used_step, unlisted, version) to subrosa_gate
  grant insert (created_by, email_token, id, roles, sealed_email, sealed_name) to subrosa_person
  grant select (changed_at, created_at, created_by, credentials_at, email_token, external_token, handle, id, joined_at, leaves_at, password_changed_at, password_due, password_hash, provisioned, roles, sealed_directory, sealed_email, sealed_name, sealed_totp, seen_at, settled_at, successor_id, totp_made_at, totp_used_step, unlisted, version) to subrosa_gate
  grant select (changed_at, created_at, id, joined_at, leaves_at, roles, sealed_email, sealed_name, version) to subrosa_person
  grant update (changed_at, credentials_at, email_token, external_token, handle, joined_at, leaves_at, password_changed_at, password_due, password_hash, provisioned, roles, sealed_directory, sealed_email, sealed_name, sealed_totp, seen_at, settled_at, successor_id, totp_made_at, totp_used_step, unlisted, version) to subrosa_gate

table app.recovery_codes
  person_id uuid not null
  code_hash bytea not null
  used_at timestamp with time zone
  recovery_codes_person_id_fkey: FOREIGN KEY (person_id) REFERENCES app.people(id)
  recovery_codes_pkey: PRIMARY KEY (person_id, code_hash)
  policy gate_keeps for all to subrosa_gate using (true) with check (true)
  grant insert (code_hash, person_id, used_at) to subrosa_gate
  grant select (code_hash, person_id, used_at) to subrosa_gate
  grant update (used_at) to subrosa_gate
  grant delete to subrosa_gate

table app.roles
  role text not null
  permissions text[] not null
  sealed_name bytea
  sealed_words bytea
  name_token bytea
  made_by uuid
  made_at timestamp with time zone
  retired_at timestamp with time zone
  roles_made_by_fkey: FOREIGN KEY (made_by) REFERENCES app.people(id)
  roles_name_token_key: UNIQUE (name_token)
  roles_pkey: PRIMARY KEY (role)
  policy gate_sees for all to subrosa_gate using (true) with check (-)
  policy insert_by_permission for insert to subrosa_person using (-) with check (((made_by = ( SELECT hidden.me() AS me)) AND (sealed_name IS NOT NULL) AND (role ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text) AND (NOT hidden.is_mixed(permissions)) AND ( SELECT hidden.may('role.change'::text) AS may) AND ( SELECT hidden.is_fresh() AS is_fresh)))
  policy select_all for select to subrosa_person using ((( SELECT hidden.me() AS me) IS NOT NULL)) with check (-)
  policy update_by_permission for update to subrosa_person using (((sealed_name IS NOT NULL) AND (retired_at IS NULL) AND ( SELECT hidden.may('role.change'::text) AS may) AND ( SELECT hidden.is_fresh() AS is_fresh) AND (NOT hidden.has_role(( SELECT hidden.me() AS me), role)))) with check (((sealed_name IS NOT NULL) AND (NOT hidden.is_mixed(permissions))))
  grant insert (made_at, made_by, name_token, permissions, role, sealed_name, sealed_words) to subrosa_person
  grant select (made_at, made_by, name_token, permissions, retired_at, role, sealed_name, sealed_words) to subrosa_gate
  grant select (made_at, made_by, name_token, permissions, retired_at, role, sealed_name, sealed_words) to subrosa_person
  grant update (name_token, permissions, retired_at, sealed_name, sealed_words) to subrosa_person

table app.sessions
  id uuid not null
  person_id uuid not null
  secret_hash bytea not null
  kind text not null
  sealed_label bytea
  scope text[]
  created_at timestamp with time zone not null default clock_timestamp()
  used_at timestamp with time zone not null default clock_timestamp()
  idle_limit interval
  ends_at timestamp with time zone not null
  revoked_at timestamp with time zone
  device_id uuid
  device_token bytea
  sealed_place bytea
  factor_at timestamp with time zone
  factor text
  sessions_device_id_fkey: FOREIGN KEY (device_id) REFERENCES app.devices(id)
  sessions_factor_check: CHECK ((factor = ANY (ARRAY['totp'::text, 'passkey'::text, 'recovery'::text, 'identity'::text])))
  sessions_kind_check: CHECK ((kind = ANY (ARRAY['browser'::text, 'command'::text, 'token'::text])))
  sessions_person_id_fkey: FOREIGN KEY (person_id) REFERENCES app.people(id)
  sessions_pkey: PRIMARY KEY (id)
  sessions_secret_hash_check: CHECK ((octet_length(secret_hash) = 32))
  sessions_secret_hash_key: UNIQUE (secret_hash)
  CREATE INDEX sessions_of_person ON app.sessions USING btree (person_id) WHERE (revoked_at IS NULL)
  policy gate_sees for all to subrosa_gate using (true) with check (-)
  policy insert_token for insert to subrosa_person using (-) with check (((person_id = ( SELECT hidden.me() AS me)) AND (kind = 'token'::text) AND (scope IS NOT NULL) AND (ends_at < (statement_timestamp() + '367 days'::interval)) AND ( SELECT hidden.is_fresh() AS is_fresh) AND ( SELECT hidden.may('token.manage'::text) AS may) AND (NOT hidden.in_person(scope)) AND ((device_id IS NULL) OR (EXISTS ( SELECT FROM app.devices d WHERE (d.id = sessions.device_id))))))
  policy select_own for select to subrosa_person using (((person_id = ( SELECT hidden.me() AS me)) OR ( SELECT hidden.may('person.read'::text) AS may))) with check (-)
  policy update_own for update to subrosa_person using (((person_id = ( SELECT hidden.me() AS me)) AND (revoked_at IS NULL))) with check ((person_id = ( SELECT hidden.me() AS me)))
  grant insert (created_at, device_id, device_token, ends_at, factor, factor_at, id, idle_limit, kind, person_id, revoked_at, scope, sealed_label, sealed_place, secret_hash, used_at) to subrosa_gate
  grant insert (device_id, ends_at, id, kind, person_id, scope, sealed_label, secret_hash) to subrosa_person
  grant select (created_at, device_id, device_token, ends_at, factor, factor_at, id, idle_limit, kind, person_id, revoked_at, scope, sealed_label, sealed_place, secret_hash, used_at) to subrosa_gate
  grant select (created_at, device_id, ends_at, factor, factor_at, id, kind, person_id, revoked_at, scope, sealed_label, sealed_place, used_at) to subrosa_person
  grant update (factor, factor_at, revoked_at, used_at) to subrosa_gate
  grant update (revoked_at) to subrosa_person

table app.settings
  name text not null
  version integer not null
  sealed_value bytea not null
  sealed_reason bytea not null
  set_by uuid not null
  set_at timestamp with time zone not null default clock_timestamp()
  settings_name_check: CHECK ((name = ANY (ARRAY['password'::text, 'sessions'::text, 'sso'::text, 'leaving'::text])))
  settings_pkey: PRIMARY KEY (name, version)
  settings_set_by_fkey: FOREIGN KEY (set_by) REFERENCES app.people(id)
  settings_version_check: CHECK ((version > 0))
  policy gate_reads for select to subrosa_gate using (true) with check (-)
  policy insert_by_permission for insert to subrosa_person using (-) with check (((set_by = ( SELECT hidden.me() AS me)) AND ( SELECT hidden.may('setting.change'::text) AS may) AND ( SELECT hidden.is_fresh() AS is_fresh)))
  policy select_by_permission for select to subrosa_person using (( SELECT hidden.may('setting.read'::text) AS may)) with check (-)
  grant insert (name, sealed_reason, sealed_value, set_at, set_by, version) to subrosa_person
  grant select (name, sealed_reason, sealed_value, set_at, set_by, version) to subrosa_gate
  grant select (name, sealed_reason, sealed_value, set_at, set_by, version) to subrosa_person

table app.spent
  hash bytea not null
  until timestamp with time zone not null
  spent_pkey: PRIMARY KEY (hash)
  policy gate_counts for all to subrosa_gate using (true) with check (true)
  grant insert (hash, until) to subrosa_gate
  grant select (hash, until) to subrosa_gate
  grant update (hash, until) to subrosa_gate
  grant delete to subrosa_gate

table app.team_members
  id uuid not null
  matter_id uuid not null
  person_id uuid not null
  role text not null
  sealed_reason bytea
  added_by uuid not null
  starts_at timestamp with time zone not null default clock_timestamp()
  ends_at timestamp with time zone
  ended_by uuid
  team_members_added_by_fkey: FOREIGN KEY (added_by) REFERENCES app.people(id)
  team_members_check: CHECK (((ends_at IS NULL) OR (ended_by IS NOT NULL)))
  team_members_ended_by_fkey: FOREIGN KEY (ended_by) REFERENCES app.people(id)
  team_members_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  team_members_person_id_fkey: FOREIGN KEY (person_id) REFERENCES app.people(id)
  team_members_pkey: PRIMARY KEY (id)
  team_members_role_check: CHECK ((role = ANY (ARRAY['responsible'::text, 'member'::text, 'assistant'::text])))
  CREATE INDEX team_members_reach ON app.team_members USING btree (person_id, matter_id)
  CREATE UNIQUE INDEX team_members_once ON app.team_members USING btree (matter_id, person_id) WHERE (ends_at IS NULL)
  policy gate_sees for all to subrosa_gate using (true) with check (-)
  policy insert_onto_team for insert to subrosa_person using (-) with check (((added_by = ( SELECT hidden.me() AS me)) AND ((hidden.without_team(matter_id) AND (person_id = ( SELECT hidden.me() AS me)) AND ( SELECT hidden.may('matter.create'::text) AS may)) OR (hidden.on_team(matter_id) AND ( SELECT hidden.may('team.join'::text) AS may)))))
  policy select_own for select to subrosa_person using ((person_id = ( SELECT hidden.me() AS me))) with check (-)
  grant insert (added_by, ended_by, ends_at, id, matter_id, person_id, role, sealed_reason, starts_at) to subrosa_gate
  grant insert (added_by, id, matter_id, person_id, role, sealed_reason) to subrosa_person
  grant select (added_by, ended_by, ends_at, id, matter_id, person_id, role, sealed_reason, starts_at) to subrosa_gate
  grant select (added_by, ended_by, ends_at, id, matter_id, person_id, role, sealed_reason, starts_at) to subrosa_person
  grant update (ended_by, ends_at, role) to subrosa_gate

table app.versions
  id uuid not null
  document_id uuid not null
  matter_id uuid not null
  number integer not null
  wrapped_key bytea not null
  sealed_facts bytea not null
  content_token bytea not null
  size bigint not null
  created_by uuid not null
  created_at timestamp with time zone not null default clock_timestamp()
  versions_created_by_fkey: FOREIGN KEY (created_by) REFERENCES app.people(id)
  versions_document_id_matter_id_fkey: FOREIGN KEY (document_id, matter_id) REFERENCES app.documents(id, matter_id)
  versions_document_id_number_key: UNIQUE (document_id, number)
  versions_number_check: CHECK ((number > 0))
  versions_pkey: PRIMARY KEY (id)
  versions_size_check: CHECK ((size > 0))
  CREATE INDEX versions_of_matter ON app.versions USING btree (matter_id, id)
  policy clerk_within_job for select to subrosa_clerk using ((matter_id = ( SELECT hidden.job_matter() AS job_matter))) with check (-)
  policy gate_sees for select to subrosa_gate using (true) with check (-)
  policy insert_within_reach for insert to subrosa_person using (-) with check (((created_by = ( SELECT hidden.me() AS me)) AND hidden.on_team(matter_id) AND ( SELECT hidden.may('document.upload'::text) AS may)))
  policy select_within_reach for select to subrosa_person using ((EXISTS ( SELECT FROM app.team_members t WHERE ((t.matter_id = versions.matter_id) AND (t.person_id = ( SELECT hidden.me() AS me)) AND (t.starts_at <= statement_timestamp()) AND ((t.ends_at IS NULL) OR (t.ends_at > statement_timestamp())))))) with check (-)
  grant insert (content_token, created_at, created_by, document_id, id, matter_id, number, sealed_facts, size, wrapped_key) to subrosa_person
  grant select (content_token, created_at, created_by, document_id, id, matter_id, number, sealed_facts, size, wrapped_key) to subrosa_person
  grant select (document_id, id, matter_id, number, sealed_facts, size, wrapped_key) to subrosa_clerk
  grant select (id) to subrosa_gate

table ledger.checkpoints
  size bigint not null
  root bytea not null
  frontier bytea[] not null
  note text not null
  signed_at timestamp with time zone not null default clock_timestamp()
  checkpoints_pkey: PRIMARY KEY (size)
  checkpoints_root_check: CHECK ((octet_length(root) = 32))
  checkpoints_size_check: CHECK ((size >= 0))
  policy clerk_numbers for all to subrosa_clerk using (true) with check (true)
  policy select_by_permission for select to subrosa_person using (( SELECT hidden.may('ledger.read'::text) AS may)) with check (-)
  grant insert (frontier, note, root, signed_at, size) to subrosa_clerk
  grant select (frontier, note, root, signed_at, size) to subrosa_clerk
  grant select (frontier, note, root, signed_at, size) to subrosa_person

table ledger.entries
  id uuid not null
  at timestamp with time zone not null
  deed text not null
  actor uuid
  session uuid
  via text not null
  matter_id uuid
  object uuid
  salt bytea not null
  details_commitment text not null
  sealed_details bytea not null
  entries_pkey: PRIMARY KEY (id)
  entries_salt_check: CHECK ((octet_length(salt) = 16))
  entries_via_check: CHECK ((via = ANY (ARRAY['browser'::text, 'command'::text, 'token'::text, 'visitor'::text, 'clerk'::text])))
  CREATE INDEX entries_of_firm ON ledger.entries USING btree (id) WHERE (matter_id IS NULL)
  CREATE INDEX entries_of_matter ON ledger.entries USING btree (matter_id, id) WHERE (matter_id IS NOT NULL)
  policy clerk_numbers for select to subrosa_clerk using (true) with check (-)
  policy clerk_writes for insert to subrosa_clerk using (-) with check ((via = 'clerk'::text))
  policy gate_records for insert to subrosa_gate using (-) with check (true)
  policy insert_own for insert to subrosa_person using (-) with check (((actor = ( SELECT hidden.me() AS me)) AND ((matter_id IS NULL) OR hidden.on_team(matter_id) OR hidden.left_just_now(matter_id)) AND (deed = ANY (ARRAY['person.invited'::text, 'person.edited'::text, 'person.changed'::text, 'person.reset'::text, 'person.left'::text, 'person.stayed'::text, 'person.returned'::text, 'person.provisioned'::text, 'session.ended'::text, 'session.revoked'::text, 'device.lost'::text, 'password.changed'::text, 'factor.enrolled'::text, 'factor.removed'::text, 'passkey.created'::text, 'passkey.renamed'::text, 'passkey.revoked'::text, 'recovery.created'::text, 'identity.linked'::text, 'identity.unlinked'::text, 'token.created'::text, 'token.revoked'::text, 'role.created'::text, 'role.changed'::text, 'role.retired'::text, 'group.created'::text, 'group.changed'::text, 'approval.asked'::text, 'approval.given'::text, 'approval.refused'::text, 'approval.withdrawn'::text, 'setting.changed'::text, 'handover.taken'::text, 'notice.seen'::text, 'client.created'::text, 'matter.created'::text, 'team.joined'::text, 'team.left'::text, 'document.added'::text, 'document.opened'::text, 'document.downloaded'::text, 'nothing.answered'::text, 'act.refused'::text, 'clock.confirmed'::text])) AND ((deed <> 'clock.confirmed'::text) OR ( SELECT hidden.may('clock.confirm'::text) AS may))))
  policy select_of_accounts for select to subrosa_person using (((matter_id IS NULL) AND ( SELECT hidden.may('person.read'::text) AS may) AND (split_part(deed, '.'::text, 1) = ANY (ARRAY['person'::text, 'session'::text, 'device'::text, 'account'::text, 'password'::text, 'factor'::text, 'passkey'::text, 'recovery'::text, 'identity'::text, 'token'::text, 'role'::text, 'group'::text, 'approval'::text, 'setting'::text])))) with check (-)
  policy select_of_firm for select to subrosa_person using (((matter_id IS NULL) AND ( SELECT hidden.may('ledger.read'::text) AS may) AND ((actor = ( SELECT hidden.me() AS me)) OR (deed <> ALL (ARRAY['client.created'::text, 'nothing.answered'::text, 'act.refused'::text]))))) with check (-)
  policy select_overseen for select to subrosa_person using (( SELECT hidden.may('ledger.oversee'::text) AS may)) with check (-)
  policy select_within_reach for select to subrosa_person using (((EXISTS ( SELECT FROM app.team_members t WHERE ((t.matter_id = entries.matter_id) AND (t.person_id = ( SELECT hidden.me() AS me)) AND (t.starts_at <= statement_timestamp()) AND ((t.ends_at IS NULL) OR (t.ends_at > statement_timestamp()))))) AND ( SELECT hidden.may('entry.list'::text) AS may))) with check (-)
  grant insert (actor, at, deed, details_commitment, id, matter_id, object, salt, sealed_details, session, via) to subrosa_gate
  grant insert (actor, deed, details_commitment, id, matter_id, object, salt, sealed_details, session, via) to subrosa_clerk
  grant insert (deed, details_commitment, id, matter_id, object, salt, sealed_details) to subrosa_person
  grant select (actor, at, deed, details_commitment, id, matter_id, object, salt, sealed_details, session, via) to subrosa_clerk
  grant select (actor, at, deed, details_commitment, id, matter_id, object, salt, sealed_details, session, via) to subrosa_person

table ledger.leaves
  n bigint not null
  entry_id uuid not null
  matter_n bigint
  numbered timestamp with time zone not null
  leaf_hash bytea not null
  leaves_entry_id_fkey: FOREIGN KEY (entry_id) REFERENCES ledger.entries(id)
  leaves_entry_id_key: UNIQUE (entry_id)
  leaves_leaf_hash_check: CHECK ((octet_length(leaf_hash) = 32))
  leaves_matter_n_check: CHECK ((matter_n > 0))
  leaves_n_check: CHECK ((n >= 0))
  leaves_pkey: PRIMARY KEY (n)
  policy clerk_numbers for all to subrosa_clerk using (true) with check (true)
  policy gate_stamps for select to subrosa_gate using (true) with check (-)
  policy select_of_seen_entry for select to subrosa_person using ((EXISTS ( SELECT FROM ledger.entries e WHERE (e.id = leaves.entry_id)))) with check (-)
  grant insert (entry_id, leaf_hash, matter_n, n, numbered) to subrosa_clerk
  grant select (entry_id, leaf_hash, matter_n, n, numbered) to subrosa_clerk
  grant select (entry_id, matter_n) to subrosa_person
  grant select (entry_id, n, numbered) to subrosa_gate

table ledger.log
  one boolean not null default true
  origin text not null
  vkey text not null
  made_at timestamp with time zone not null default clock_timestamp()
  log_one_check: CHECK (one)
  log_pkey: PRIMARY KEY (one)
  policy clerk_numbers for select to subrosa_clerk using (true) with check (-)
  policy owner_names for all to subrosa_owner using (true) with check (true)
  policy select_by_permission for select to subrosa_person using (( SELECT hidden.may('ledger.read'::text) AS may)) with check (-)
  grant select (made_at, one, origin, vkey) to subrosa_clerk
  grant select (made_at, one, origin, vkey) to subrosa_person

table ledger.matter_counts
  matter_id uuid not null
  entries bigint not null
  matter_counts_entries_check: CHECK ((entries > 0))
  matter_counts_pkey: PRIMARY KEY (matter_id)
  policy clerk_numbers for all to subrosa_clerk using (true) with check (true)
  grant insert (entries, matter_id) to subrosa_clerk
  grant select (entries, matter_id) to subrosa_clerk
  grant update (entries, matter_id) to subrosa_clerk

table ledger.pending
  entry_id uuid not null
  pending_pkey: PRIMARY KEY (entry_id)
  policy clerk_numbers for all to subrosa_clerk using (true) with check (-)
  policy gate_stamps for insert to subrosa_gate using (-) with check (true)
  grant insert (entry_id) to subrosa_gate
  grant select (entry_id) to subrosa_clerk
  grant delete to subrosa_clerk

table ops.access
  one boolean not null default true
  sha256 text not null
  access_one_check: CHECK (one)
  access_pkey: PRIMARY KEY (one)

table ops.migrations
  name text not null
  sha256 text not null
  applied_at timestamp with time zone not null default clock_timestamp()
  migrations_pkey: PRIMARY KEY (name)

function hidden.account(bytea,uuid) returns TABLE(person uuid, sealed_name bytea, sealed_email bytea, password_hash text, sealed_totp bytea, password_changed_at timestamp with time zone, password_due boolean, roles text[], permissions text[], passkeys bigint, recovery bigint) as definer to subrosa_visitor
function hidden.administrators() returns SETOF uuid as definer to subrosa_person
function hidden.age_factor(bytea,timestamp with time zone) returns void as definer to subrosa_visitor
function hidden.approvers() returns SETOF uuid as definer to subrosa_person, subrosa_visitor
function hidden.are_roles(text[]) returns boolean as definer to nobody
function hidden.ask_second(uuid,text,uuid,text[],bytea) returns boolean as definer to subrosa_person
function hidden.begin_session(uuid,uuid,bytea,text,interval,interval,text,timestamp with time zone,bytea,bytea,uuid,bytea,bytea,bytea) returns TABLE(ends_at timestamp with time zone, is_new boolean, is_fresh boolean) as definer to subrosa_visitor
function hidden.can(uuid,text) returns boolean as definer to nobody
function hidden.change_roles(uuid,text[],text[]) returns boolean as definer to subrosa_person
function hidden.come_back(uuid,text[],boolean) returns boolean as definer to nobody
function hidden.count_try(bytea,interval) returns integer as definer to subrosa_visitor
function hidden.decide(uuid,boolean) returns boolean as definer to subrosa_person
function hidden.directory_people(uuid,bytea,bytea) returns TABLE(id uuid, sealed_name bytea, sealed_email bytea, sealed_directory bytea, active boolean, created_at timestamp with time zone, changed_at timestamp with time zone) as definer to subrosa_person
function hidden.door_back(bytea,bytea,bytea) returns void as definer to subrosa_visitor
function hidden.door_ok(bytea,bytea,bytea) returns void as definer to subrosa_visitor
function hidden.door_try(bytea,bytea,bytea,uuid,bytea) returns TABLE(verdict text, tries integer, known boolean) as definer to subrosa_visitor
function hidden.edit_person(uuid,bytea,bytea,bytea) returns boolean as definer to subrosa_person
function hidden.end_access(uuid) returns TABLE(sessions integer, tokens integer, passkeys integer) as definer to nobody
function hidden.end_others() returns void as definer to nobody
function hidden.end_session(uuid) returns uuid as definer to subrosa_visitor
function hidden.end_sessions(uuid,uuid) returns integer as definer to subrosa_person
function hidden.enrol(uuid,text,bytea,bigint,bytea[]) returns void as definer to subrosa_visitor
function hidden.enrol_passkey(uuid,uuid,bytea,bytea,bigint,text[],boolean,bytea) returns void as definer to subrosa_visitor
function hidden.enter(text) returns TABLE(person uuid, session uuid, kind text, roles text, permissions text, scope text[], sealed_name bytea, sealed_email bytea, ends_at timestamp with time zone, used_at timestamp with time zone, factor_at timestamp with time zone, device uuid, device_token bytea) as definer to subrosa_person
function hidden.factors_left(uuid,boolean,uuid) returns bigint as definer to nobody
function hidden.firm_name() returns TABLE(firm uuid, sealed bytea) as definer to subrosa_visitor
function hidden.follow_groups(uuid,bytea[]) returns TABLE(id uuid, sealed_name bytea, came boolean) as definer to subrosa_visitor
function hidden.forget_leaving(uuid) returns void as definer to nobody
function hidden.forget_tries(bytea) returns void as definer to subrosa_visitor
function hidden.found_firm(uuid,bytea,uuid,bytea,bytea,bytea) returns void as definer to subrosa_visitor
function hidden.hand_over(uuid,uuid,uuid) returns TABLE(was text, leaver_name bytea, heir uuid, heir_name bytea) as definer to subrosa_clerk
function hidden.handle(uuid,bytea) returns bytea as definer to subrosa_visitor
function hidden.has_joined(uuid) returns boolean as definer to subrosa_person
function hidden.has_recovery_code(uuid,bytea) returns boolean as definer to subrosa_visitor
function hidden.has_role(uuid,text) returns boolean as definer to subrosa_person
function hidden.hold_person(uuid) returns void as definer to subrosa_person
function hidden.holds_guarded(text[]) returns boolean as definer to subrosa_person
function hidden.identity(bytea) returns uuid as definer to subrosa_visitor
function hidden.in_person(text[]) returns boolean to subrosa_person, subrosa_gate
function hidden.is_alone(uuid) returns boolean as definer to subrosa_person
function hidden.is_founding() returns boolean as definer to subrosa_person
function hidden.is_fresh() returns boolean as definer to subrosa_person
function hidden.is_guarded(text[]) returns boolean to subrosa_person, subrosa_gate
function hidden.is_here(uuid) returns boolean as definer to subrosa_person
function hidden.is_mixed(text[]) returns boolean to subrosa_person, subrosa_gate
function hidden.is_of_directory(uuid) returns boolean as definer to nobody
function hidden.is_run() returns boolean as definer to nobody
function hidden.is_version(uuid) returns boolean as definer to subrosa_clerk
function hidden.issue_token(uuid,uuid,bytea,bytea,text[],timestamp with time zone) returns boolean as definer to subrosa_visitor
function hidden.job_matter() returns uuid to subrosa_clerk, subrosa_gate
function hidden.join_by_identity(uuid,bytea,bytea,bytea,uuid,bytea,bytea,bytea[]) returns boolean as definer to subrosa_visitor
function hidden.join_provisioned(bytea,uuid,bytea,bytea,bytea[]) returns uuid as definer to subrosa_visitor
function hidden.keep_guard() returns trigger as definer to nobody
function hidden.keep_password(uuid,text) returns void as definer to nobody
function hidden.keep_roles() returns trigger as definer to nobody
function hidden.keep_run() returns trigger as definer to nobody
function hidden.kept_by(uuid) returns text as definer to subrosa_person
function hidden.kill_links(uuid) returns void as definer to nobody
function hidden.kill_my_links() returns void as definer to subrosa_person
function hidden.knew(uuid) returns text[] as definer to subrosa_person
function hidden.knew_of(uuid) returns text[] as definer to nobody
function hidden.knows_client(uuid) returns boolean as definer to subrosa_person
function hidden.leave(uuid,timestamp with time zone,uuid) returns TABLE(sessions integer, tokens integer, passkeys integer) as definer to subrosa_person
function hidden.leave_team(uuid,uuid) returns boolean as definer to subrosa_person
function hidden.leavers() returns SETOF uuid as definer to subrosa_clerk
function hidden.left_just_now(uuid) returns boolean as definer to subrosa_person
function hidden.link(bytea) returns TABLE(person uuid, kind text, factor text, ends_at timestamp with time zone, sealed_name bytea, sealed_email bytea) as definer to subrosa_visitor
function hidden.mailed(uuid,boolean) returns void as definer to subrosa_clerk
function hidden.make_link(bytea,uuid,text,timestamp with time zone) returns boolean as definer to subrosa_person
function hidden.mark_password(uuid) returns void as definer to subrosa_visitor
function hidden.matters_of_leaver(uuid) returns SETOF uuid as definer to subrosa_clerk
function hidden.may(text) returns boolean as definer to subrosa_person
function hidden.may_ask(uuid,text,uuid) returns boolean as definer to nobody
function hidden.may_succeed(uuid) returns boolean as definer to subrosa_person
function hidden.me() returns uuid as definer to subrosa_person
function hidden.new_link(bytea,uuid,text,text,timestamp with time zone) returns boolean as definer to subrosa_visitor
function hidden.notices_to_mail(integer) returns TABLE(id uuid, person uuid, sealed_email bytea, sealed_name bytea, sealed_words bytea, made_at timestamp with time zone) as definer to subrosa_clerk
function hidden.notify(uuid,uuid,bytea) returns void as definer to subrosa_person, subrosa_visitor, subrosa_clerk
function hidden.now_here() returns timestamp with time zone to subrosa_visitor, subrosa_gate
function hidden.on_team(uuid) returns boolean as definer to subrosa_person
function hidden.one_at_a_time() returns void to subrosa_gate
function hidden.passkey(bytea) returns TABLE(id uuid, person uuid, public_key bytea, counter bigint, transports text[], handle bytea) as definer to subrosa_visitor
function hidden.passkeys_of(uuid) returns TABLE(credential_id bytea, transports text[]) as definer to subrosa_visitor
function hidden.passwords_before(uuid,integer) returns SETOF text as definer to subrosa_visitor
function hidden.positions(uuid[]) returns TABLE(entry uuid, n bigint) as definer to subrosa_person
function hidden.prove_session(uuid,text) returns timestamp with time zone as definer to subrosa_visitor
function hidden.provision_back(uuid) returns boolean as definer to subrosa_person
function hidden.provision_person(uuid,bytea,bytea,bytea,bytea,bytea) returns void as definer to subrosa_person
function hidden.provisions() returns boolean as definer to subrosa_person
function hidden.record_visit(uuid,text,uuid,text,uuid,bytea,text,bytea) returns void as definer to subrosa_visitor
function hidden.renew_password(uuid,text) returns void as definer to subrosa_visitor
function hidden.revise_person(uuid,bytea,bytea,bytea,bytea,bytea) returns boolean as definer to subrosa_person
function hidden.revoke_passkey(uuid) returns boolean as definer to subrosa_person
function hidden.ripe_at(uuid) returns timestamp with time zone as definer to subrosa_person
function hidden.roles_by_link(bytea) returns TABLE(roles text[]) as definer to subrosa_visitor
function hidden.roles_of(uuid) returns TABLE(role text, permissions text[], by_group uuid) as definer to subrosa_person
function hidden.runs(text[]) returns boolean to subrosa_person, subrosa_gate
function hidden.session() returns uuid as definer to subrosa_person
function hidden.set_password(text) returns boolean as definer to subrosa_person
function hidden.set_recovery_codes(bytea[]) returns boolean as definer to subrosa_person
function hidden.set_totp(bytea,bigint) returns boolean as definer to subrosa_person
function hidden.setting(text) returns TABLE(version integer, sealed_value bytea) as definer to subrosa_visitor, subrosa_clerk
function hidden.settled(uuid) returns boolean as definer to subrosa_clerk
function hidden.shut(uuid) returns TABLE(leaves_at timestamp with time zone, knew text[], sessions integer, tokens integer, passkeys integer) as definer to subrosa_clerk
function hidden.sign_in_of(uuid) returns TABLE(person uuid, totp boolean, passkeys bigint, recovery bigint, identity boolean, seen_at timestamp with time zone, has_password boolean, password_changed_at timestamp with time zone, password_due boolean, link_ends_at timestamp with time zone) as definer to subrosa_person
function hidden.spend(bytea,timestamp with time zone) returns boolean as definer to subrosa_visitor
function hidden.stamp_entry() returns trigger as definer to nobody
function hidden.stay(uuid) returns boolean as definer to subrosa_person
function hidden.stop_passkey(uuid) returns void as definer to subrosa_visitor
function hidden.successor(uuid,uuid) returns uuid as definer to nobody
function hidden.sweep() returns void as definer to subrosa_clerk
function hidden.take_back(uuid,text[]) returns boolean as definer to subrosa_person
function hidden.take_over(uuid,uuid) returns boolean as definer to subrosa_person
function hidden.takes_member(uuid,uuid) returns boolean as definer to subrosa_person
function hidden.team_of(uuid) returns TABLE(person uuid, sealed_name bytea, member uuid, role text, sealed_reason bytea, starts_at timestamp with time zone) as definer to subrosa_person
function hidden.tell_of_handovers(uuid) returns SETOF uuid as definer to subrosa_clerk
function hidden.thin(timestamp with time zone) returns void as definer to nobody
function hidden.thinned_at() returns timestamp with time zone as definer to nobody
function hidden.totp_made_at() returns timestamp with time zone as definer to subrosa_person
function hidden.touch() returns void as definer to subrosa_person
function hidden.unguard(uuid) returns void as definer to nobody
function hidden.unlink() returns boolean as definer to subrosa_person
function hidden.unlist_person(uuid) returns boolean as definer to subrosa_person
function hidden.unlisted_person(bytea) returns uuid as definer to subrosa_person
function hidden.use_link(bytea,text) returns uuid as definer to subrosa_visitor
function hidden.use_passkey(uuid,bigint) returns boolean as definer to subrosa_visitor
function hidden.use_recovery_code(uuid,bytea) returns boolean as definer to subrosa_visitor
function hidden.use_totp(uuid,bigint) returns boolean as definer to subrosa_visitor
function hidden.via() returns text as definer to subrosa_person
function hidden.withdraw(uuid) returns boolean as definer to subrosa_person
function hidden.without_passkey(text[]) returns SETOF uuid as definer to subrosa_person
function hidden.without_team(uuid) returns boolean as definer to subrosa_person
