-- Made from the migrations and the access folder by `npm run schema`. Do not edit.

table app.attempts
  key bytea not null
  tries integer not null
  window_ends_at timestamp with time zone not null
  attempts_pkey: PRIMARY KEY (key)
  policy gate_counts for all to subrosa_gate using (true) with check (true)
  grant insert (key, tries, window_ends_at) to subrosa_gate
  grant select (key, tries, window_ends_at) to subrosa_gate
  grant update (key, tries, window_ends_at) to subrosa_gate
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
  firm_one_check: CHECK (one)
  firm_one_key: UNIQUE (one)
  firm_pkey: PRIMARY KEY (id)
  policy gate_founds for all to subrosa_gate using (true) with check (true)
  policy select_own_firm for select to subrosa_person using ((( SELECT hidden.me() AS me) IS NOT NULL)) with check (-)
  grant insert (founded_at, id, one, sealed_name) to subrosa_gate
  grant select (founded_at, id, one, sealed_name) to subrosa_gate
  grant select (founded_at, id, one, sealed_name) to subrosa_person

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

table app.keys
  name text not null
  wrapped bytea not null
  made_at timestamp with time zone not null default clock_timestamp()
  keys_name_check: CHECK ((name = ANY (ARRAY['firm'::text, 'ledger'::text])))
  keys_pkey: PRIMARY KEY (name)
  policy owner_unwraps for all to subrosa_owner using (true) with check (true)

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

table app.people
  id uuid not null
  sealed_name bytea not null
  sealed_email bytea not null
  email_token bytea not null
  roles text[] not null
  password_hash text
  sealed_totp bytea
  totp_used_step bigint not null default 0
  invitation_hash bytea
  invitation_ends_at timestamp with time zone
  created_by uuid
  created_at timestamp with time zone not null default clock_timestamp()
  joined_at timestamp with time zone
  people_created_by_fkey: FOREIGN KEY (created_by) REFERENCES app.people(id)
  people_email_token_key: UNIQUE (email_token)
  people_invitation_hash_key: UNIQUE (invitation_hash)
  people_pkey: PRIMARY KEY (id)
  people_roles_check: CHECK ((cardinality(roles) > 0))
  policy gate_sees for all to subrosa_gate using (true) with check (-)
  policy insert_by_permission for insert to subrosa_person using (-) with check (((created_by = ( SELECT hidden.me() AS me)) AND ( SELECT hidden.may('person.create'::text) AS may)))
  policy select_colleagues for select to subrosa_person using ((( SELECT hidden.me() AS me) IS NOT NULL)) with check (-)
  grant insert (created_at, created_by, email_token, id, invitation_ends_at, invitation_hash, joined_at, password_hash, roles, sealed_email, sealed_name, sealed_totp, totp_used_step) to subrosa_gate
  grant insert (created_by, email_token, id, invitation_ends_at, invitation_hash, roles, sealed_email, sealed_name) to subrosa_person
  grant select (created_at, created_by, email_token, id, invitation_ends_at, invitation_hash, joined_at, password_hash, roles, sealed_email, sealed_name, sealed_totp, totp_used_step) to subrosa_gate
  grant select (created_at, id, invitation_ends_at, joined_at, roles, sealed_email, sealed_name) to subrosa_person
  grant update (invitation_ends_at, invitation_hash, joined_at, password_hash, sealed_totp, totp_used_step) to subrosa_gate

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

table app.roles
  role text not null
  permissions text[] not null
  roles_pkey: PRIMARY KEY (role)
  policy gate_sees for all to subrosa_gate using (true) with check (-)
  grant select (permissions, role) to subrosa_gate

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
  sessions_kind_check: CHECK ((kind = ANY (ARRAY['browser'::text, 'command'::text, 'token'::text])))
  sessions_person_id_fkey: FOREIGN KEY (person_id) REFERENCES app.people(id)
  sessions_pkey: PRIMARY KEY (id)
  sessions_secret_hash_check: CHECK ((octet_length(secret_hash) = 32))
  sessions_secret_hash_key: UNIQUE (secret_hash)
  CREATE INDEX sessions_of_person ON app.sessions USING btree (person_id) WHERE (revoked_at IS NULL)
  policy gate_sees for all to subrosa_gate using (true) with check (-)
  policy insert_token for insert to subrosa_person using (-) with check (((person_id = ( SELECT hidden.me() AS me)) AND (kind = 'token'::text) AND (scope IS NOT NULL) AND (ends_at < (statement_timestamp() + '367 days'::interval)) AND (( SELECT hidden.via() AS via) <> 'token'::text) AND ( SELECT hidden.may('token.manage'::text) AS may)))
  policy select_own for select to subrosa_person using ((person_id = ( SELECT hidden.me() AS me))) with check (-)
  policy update_own for update to subrosa_person using (((person_id = ( SELECT hidden.me() AS me)) AND (revoked_at IS NULL))) with check ((person_id = ( SELECT hidden.me() AS me)))
  grant insert (created_at, ends_at, id, idle_limit, kind, person_id, revoked_at, scope, sealed_label, secret_hash, used_at) to subrosa_gate
  grant insert (ends_at, id, kind, person_id, scope, sealed_label, secret_hash) to subrosa_person
  grant select (created_at, ends_at, id, idle_limit, kind, person_id, revoked_at, scope, sealed_label, secret_hash, used_at) to subrosa_gate
  grant select (created_at, ends_at, id, kind, person_id, revoked_at, scope, sealed_label, used_at) to subrosa_person
  grant update (revoked_at) to subrosa_person
  grant update (revoked_at, used_at) to subrosa_gate

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
  grant insert (added_by, id, matter_id, person_id, role, sealed_reason) to subrosa_person
  grant select (added_by, ended_by, ends_at, id, matter_id, person_id, role, sealed_reason, starts_at) to subrosa_gate
  grant select (added_by, ended_by, ends_at, id, matter_id, person_id, role, sealed_reason, starts_at) to subrosa_person
  grant update (ended_by, ends_at) to subrosa_gate

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
  policy insert_own for insert to subrosa_person using (-) with check (((actor = ( SELECT hidden.me() AS me)) AND ((matter_id IS NULL) OR hidden.on_team(matter_id) OR hidden.left_just_now(matter_id)) AND (deed = ANY (ARRAY['person.invited'::text, 'session.ended'::text, 'token.created'::text, 'token.revoked'::text, 'client.created'::text, 'matter.created'::text, 'team.joined'::text, 'team.left'::text, 'document.added'::text, 'document.opened'::text, 'document.downloaded'::text, 'nothing.answered'::text, 'act.refused'::text, 'clock.confirmed'::text])) AND ((deed <> 'clock.confirmed'::text) OR ( SELECT hidden.may('clock.confirm'::text) AS may))))
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

function hidden.accept_invitation(bytea,text,bytea,bigint,bytea[]) returns uuid as definer to subrosa_visitor
function hidden.account(bytea) returns TABLE(person uuid, sealed_name bytea, password_hash text, sealed_totp bytea, totp_used_step bigint, roles text[]) as definer to subrosa_visitor
function hidden.begin_session(uuid,uuid,bytea,text,interval,interval) returns timestamp with time zone as definer to subrosa_visitor
function hidden.count_try(bytea,interval) returns integer as definer to subrosa_visitor
function hidden.enter(text) returns TABLE(person uuid, session uuid, kind text, roles text[], scope text[], sealed_name bytea, sealed_email bytea, ends_at timestamp with time zone, used_at timestamp with time zone) as definer to subrosa_person
function hidden.firm_name() returns TABLE(firm uuid, sealed bytea) as definer to subrosa_visitor
function hidden.forget_tries(bytea) returns void as definer to subrosa_visitor
function hidden.found_firm(uuid,bytea,uuid,bytea,bytea,bytea,text,bytea,bigint,bytea[]) returns void as definer to subrosa_visitor
function hidden.has_joined(uuid) returns boolean as definer to subrosa_person
function hidden.invitation(bytea) returns TABLE(person uuid, sealed_name bytea, sealed_email bytea) as definer to subrosa_visitor
function hidden.invite_again(bytea,bytea,timestamp with time zone) returns uuid as definer to subrosa_person
function hidden.is_version(uuid) returns boolean as definer to subrosa_clerk
function hidden.issue_token(uuid,uuid,bytea,bytea,text[],timestamp with time zone) returns boolean as definer to subrosa_visitor
function hidden.job_matter() returns uuid to subrosa_clerk
function hidden.knows_client(uuid) returns boolean as definer to subrosa_person
function hidden.leave_team(uuid,uuid) returns boolean as definer to subrosa_person
function hidden.left_just_now(uuid) returns boolean as definer to subrosa_person
function hidden.may(text) returns boolean as definer to subrosa_person
function hidden.me() returns uuid as definer to subrosa_person
function hidden.on_team(uuid) returns boolean as definer to subrosa_person
function hidden.positions(uuid[]) returns TABLE(entry uuid, n bigint) as definer to subrosa_person
function hidden.record_visit(uuid,text,uuid,text,uuid,bytea,text,bytea) returns void as definer to subrosa_visitor
function hidden.session() returns uuid as definer to subrosa_person
function hidden.stamp_entry() returns trigger as definer to nobody
function hidden.team_of(uuid) returns TABLE(person uuid, sealed_name bytea, member uuid, role text, sealed_reason bytea, starts_at timestamp with time zone) as definer to subrosa_person
function hidden.touch() returns void as definer to subrosa_person
function hidden.use_recovery_code(uuid,bytea) returns boolean as definer to subrosa_visitor
function hidden.use_totp(uuid,bigint) returns boolean as definer to subrosa_visitor
function hidden.via() returns text as definer to subrosa_person
function hidden.without_team(uuid) returns boolean as definer to subrosa_person
