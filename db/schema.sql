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

table app.bundles
  id uuid not null
  matter_id uuid not null
  session_id uuid not null
  person_id uuid not null
  created_at timestamp with time zone not null default clock_timestamp()
  ends_at timestamp with time zone not null
  sealed_plan bytea not null
  bundles_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  bundles_person_id_fkey: FOREIGN KEY (person_id) REFERENCES app.people(id)
  bundles_pkey: PRIMARY KEY (id)
  bundles_session_id_fkey: FOREIGN KEY (session_id) REFERENCES app.sessions(id)
  CREATE INDEX bundles_by_end ON app.bundles USING btree (ends_at)
  CREATE INDEX bundles_of_matter ON app.bundles USING btree (matter_id)
  policy gate_ends for all to subrosa_gate using (true) with check (-)
  policy insert_own for insert to subrosa_person using (-) with check (((person_id = ( SELECT hidden.me() AS me)) AND (session_id = ( SELECT hidden.session() AS session)) AND hidden.reaches(matter_id) AND ( SELECT hidden.may('document.download'::text) AS may)))
  policy select_own for select to subrosa_person using (((person_id = ( SELECT hidden.me() AS me)) AND (session_id = ( SELECT hidden.session() AS session)) AND hidden.reaches(matter_id))) with check (-)
  grant insert (ends_at, id, matter_id, person_id, sealed_plan, session_id) to subrosa_person
  grant select (created_at, ends_at, id, matter_id, person_id, sealed_plan, session_id) to subrosa_person
  grant select (ends_at, id, matter_id) to subrosa_gate
  grant delete to subrosa_gate

table app.challenges
  id uuid not null
  address_id uuid not null
  by_address uuid not null
  matter_id uuid not null
  link_hash bytea not null
  code_hash bytea not null
  asked_by uuid not null
  made_at timestamp with time zone not null default clock_timestamp()
  ends_at timestamp with time zone not null
  tries integer not null default 0
  used_at timestamp with time zone
  challenges_address_id_fkey: FOREIGN KEY (address_id) REFERENCES app.recipient_addresses(id)
  challenges_asked_by_fkey: FOREIGN KEY (asked_by) REFERENCES app.people(id)
  challenges_by_address_fkey: FOREIGN KEY (by_address) REFERENCES app.recipient_addresses(id)
  challenges_check: CHECK ((address_id <> by_address))
  challenges_link_hash_key: UNIQUE (link_hash)
  challenges_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  challenges_pkey: PRIMARY KEY (id)
  challenges_tries_check: CHECK (((tries >= 0) AND (tries <= 5)))
  CREATE INDEX challenges_of_address ON app.challenges USING btree (address_id, made_at)
  policy gate_sees for all to subrosa_gate using (true) with check (true)
  grant insert (address_id, asked_by, by_address, code_hash, ends_at, id, link_hash, made_at, matter_id, tries, used_at) to subrosa_gate
  grant select (address_id, asked_by, by_address, code_hash, ends_at, id, link_hash, made_at, matter_id, tries, used_at) to subrosa_gate
  grant update (tries, used_at) to subrosa_gate
  grant delete to subrosa_gate

table app.check_decisions
  check_id uuid not null
  decided_by uuid not null
  decision text not null
  sealed_words bytea not null
  whole boolean not null
  made_at timestamp with time zone not null default clock_timestamp()
  check_decisions_check_id_fkey: FOREIGN KEY (check_id) REFERENCES app.checks(id)
  check_decisions_decided_by_fkey: FOREIGN KEY (decided_by) REFERENCES app.people(id)
  check_decisions_decision_check: CHECK ((decision = ANY (ARRAY['cleared'::text, 'waived'::text, 'refused'::text])))
  check_decisions_pkey: PRIMARY KEY (check_id, decided_by)
  policy gate_sees for all to subrosa_gate using (true) with check (true)
  grant insert (check_id, decided_by, decision, made_at, sealed_words, whole) to subrosa_gate
  grant select (check_id, decided_by, decision, made_at, sealed_words, whole) to subrosa_gate
  grant select (check_id, decided_by, decision, made_at, sealed_words, whole) to subrosa_person
  grant delete to subrosa_gate

table app.check_hits
  check_id uuid not null
  name_id uuid not null
  sealed_why bytea not null
  score real not null
  for_asker boolean not null
  check_hits_check_id_fkey: FOREIGN KEY (check_id) REFERENCES app.checks(id)
  check_hits_name_id_fkey: FOREIGN KEY (name_id) REFERENCES app.names(id)
  check_hits_pkey: PRIMARY KEY (check_id, name_id)
  CREATE INDEX check_hits_for_asker ON app.check_hits USING btree (check_id) WHERE for_asker
  policy gate_sees for all to subrosa_gate using (true) with check (true)
  policy select_within_reach for select to subrosa_person using (((EXISTS ( SELECT FROM app.checks c WHERE (c.id = check_hits.check_id))) AND (EXISTS ( SELECT FROM app.names n WHERE (n.id = check_hits.name_id))))) with check (-)
  grant insert (check_id, for_asker, name_id, score, sealed_why) to subrosa_gate
  grant select (check_id, for_asker, name_id, score, sealed_why) to subrosa_gate
  grant select (check_id, for_asker, name_id, score, sealed_why) to subrosa_person
  grant delete to subrosa_gate

table app.checks
  id uuid not null
  cause text not null
  sealed_words bytea not null
  matter_id uuid
  client_id uuid
  asked_by uuid
  made_at timestamp with time zone not null default clock_timestamp()
  searched_at timestamp with time zone
  left_out integer not null default 0
  checks_asked_by_fkey: FOREIGN KEY (asked_by) REFERENCES app.people(id)
  checks_cause_check: CHECK ((cause = ANY (ARRAY['demand'::text, 'intake'::text, 'client'::text, 'party'::text])))
  checks_client_id_fkey: FOREIGN KEY (client_id) REFERENCES app.clients(id)
  checks_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  checks_pkey: PRIMARY KEY (id)
  CREATE INDEX checks_of_matter ON app.checks USING btree (matter_id) WHERE (matter_id IS NOT NULL)
  CREATE INDEX checks_to_search ON app.checks USING btree (id) WHERE (searched_at IS NULL)
  policy gate_sees for all to subrosa_gate using (true) with check (true)
  policy select_concerned for select to subrosa_person using ((((asked_by = ( SELECT hidden.me() AS me)) AND ((matter_id IS NULL) OR (EXISTS ( SELECT FROM app.matters m WHERE (m.id = checks.matter_id))))) OR ((asked_by IS NOT NULL) AND (matter_id IS NOT NULL) AND (EXISTS ( SELECT FROM app.matters m WHERE (m.id = checks.matter_id)))) OR (( SELECT hidden.may('conflict.decide'::text) AS may) AND hidden.decides(id)))) with check (-)
  grant insert (asked_by, cause, client_id, id, left_out, made_at, matter_id, sealed_words, searched_at) to subrosa_gate
  grant select (asked_by, cause, client_id, id, left_out, made_at, matter_id, sealed_words, searched_at) to subrosa_gate
  grant select (asked_by, cause, client_id, id, left_out, made_at, matter_id, sealed_words, searched_at) to subrosa_person
  grant update (left_out, searched_at) to subrosa_gate
  grant delete to subrosa_gate

table app.clients
  id uuid not null
  sealed_name bytea not null
  created_by uuid not null
  created_at timestamp with time zone not null default clock_timestamp()
  kind text not null default 'organization'::text
  class text not null default 'confidential'::text
  sealed_details bytea
  version integer not null default 1
  changed_at timestamp with time zone not null default clock_timestamp()
  merged_into uuid
  clients_class_check: CHECK ((class = ANY (ARRAY['confidential'::text, 'privileged'::text, 'restricted'::text])))
  clients_created_by_fkey: FOREIGN KEY (created_by) REFERENCES app.people(id)
  clients_kind_check: CHECK ((kind = ANY (ARRAY['person'::text, 'organization'::text])))
  clients_merged_into_fkey: FOREIGN KEY (merged_into) REFERENCES app.clients(id)
  clients_pkey: PRIMARY KEY (id)
  policy gate_sees for all to subrosa_gate using (true) with check (-)
  policy insert_by_permission for insert to subrosa_person using (-) with check (((created_by = ( SELECT hidden.me() AS me)) AND ( SELECT hidden.may('client.create'::text) AS may)))
  policy select_through_matter for select to subrosa_person using ((hidden.acts_for(id) OR ((created_by = ( SELECT hidden.me() AS me)) AND hidden.took_on(id)) OR (( SELECT hidden.may('register.read'::text) AS may) AND hidden.registers_client(id)))) with check (-)
  grant insert (class, created_by, id, kind, sealed_details, sealed_name) to subrosa_person
  grant select (changed_at, class, created_at, created_by, id, kind, merged_into, sealed_details, sealed_name, version) to subrosa_gate
  grant select (changed_at, class, created_at, created_by, id, kind, merged_into, sealed_details, sealed_name, version) to subrosa_person
  grant update (changed_at, class, kind, merged_into, sealed_details, sealed_name, version) to subrosa_gate
  grant delete to subrosa_gate

table app.confirmations
  id uuid not null
  kind text not null
  wall_id uuid
  matter_id uuid
  document_id uuid
  wanted text
  sealed_reason bytea not null
  asked_by uuid not null
  asked_at timestamp with time zone not null default clock_timestamp()
  ends_at timestamp with time zone not null default (clock_timestamp() + '14 days'::interval)
  state text not null default 'waiting'::text
  decided_by uuid
  decided_at timestamp with time zone
  destruction_id uuid
  root_id uuid
  confirmations_asked_by_fkey: FOREIGN KEY (asked_by) REFERENCES app.people(id)
  confirmations_check: CHECK ((((kind = 'wall.lift'::text) = (wall_id IS NOT NULL)) AND ((kind = 'wall.lift'::text) = (matter_id IS NULL)) AND ((kind = ANY (ARRAY['class.lower'::text, 'document.lower'::text])) = (wanted IS NOT NULL)) AND ((kind = 'document.lower'::text) = (document_id IS NOT NULL)) AND ((kind = ANY (ARRAY['document.destroy'::text, 'matter.destroy'::text])) = (destruction_id IS NOT NULL)) AND ((kind = 'root.put'::text) = (root_id IS NOT NULL))))
  confirmations_decided_by_fkey: FOREIGN KEY (decided_by) REFERENCES app.people(id)
  confirmations_destruction_id_fkey: FOREIGN KEY (destruction_id) REFERENCES app.destructions(id) ON DELETE CASCADE
  confirmations_kind_check: CHECK ((kind = ANY (ARRAY['wall.lift'::text, 'class.lower'::text, 'document.lower'::text, 'document.destroy'::text, 'matter.destroy'::text, 'root.put'::text, 'root.take'::text])))
  confirmations_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  confirmations_pkey: PRIMARY KEY (id)
  confirmations_root_id_fkey: FOREIGN KEY (root_id) REFERENCES app.own_roots(id)
  confirmations_state_check: CHECK ((state = ANY (ARRAY['waiting'::text, 'approved'::text, 'refused'::text, 'lapsed'::text])))
  confirmations_wall_id_fkey: FOREIGN KEY (wall_id) REFERENCES app.walls(id)
  CREATE UNIQUE INDEX confirmations_once ON app.confirmations USING btree (kind, COALESCE(wall_id, document_id, destruction_id, matter_id)) WHERE (state = 'waiting'::text)
  policy gate_decides for all to subrosa_gate using (true) with check (true)
  policy select_concerned for select to subrosa_person using ((((wall_id IS NOT NULL) AND (EXISTS ( SELECT FROM app.walls w WHERE (w.id = confirmations.wall_id)))) OR ((document_id IS NULL) AND (destruction_id IS NULL) AND (EXISTS ( SELECT FROM app.matters m WHERE (m.id = confirmations.matter_id)))) OR (EXISTS ( SELECT FROM app.documents d WHERE ((d.id = confirmations.document_id) AND (d.matter_id = confirmations.matter_id)))) OR ((destruction_id IS NOT NULL) AND hidden.sees_destruction(destruction_id)))) with check (-)
  grant insert (asked_at, asked_by, decided_at, decided_by, destruction_id, document_id, ends_at, id, kind, matter_id, root_id, sealed_reason, state, wall_id, wanted) to subrosa_gate
  grant select (asked_at, asked_by, decided_at, decided_by, destruction_id, document_id, ends_at, id, kind, matter_id, root_id, sealed_reason, state, wall_id, wanted) to subrosa_gate
  grant select (asked_at, asked_by, decided_at, decided_by, destruction_id, document_id, ends_at, id, kind, matter_id, root_id, sealed_reason, state, wall_id, wanted) to subrosa_person
  grant update (decided_at, decided_by, state) to subrosa_gate

table app.custodians
  split_id uuid not null
  place integer not null
  person_id uuid not null
  acknowledged_at timestamp with time zone
  reminded_at timestamp with time zone
  custodians_person_id_fkey: FOREIGN KEY (person_id) REFERENCES app.people(id)
  custodians_pkey: PRIMARY KEY (split_id, place)
  custodians_place_check: CHECK (((place >= 1) AND (place <= 9)))
  custodians_split_id_fkey: FOREIGN KEY (split_id) REFERENCES app.key_splits(id)
  custodians_split_id_person_id_key: UNIQUE (split_id, person_id)
  policy gate_keeps for all to subrosa_gate using (true) with check (true)
  grant insert (acknowledged_at, person_id, place, reminded_at, split_id) to subrosa_gate
  grant select (acknowledged_at, person_id, place, reminded_at, split_id) to subrosa_gate
  grant update (acknowledged_at, reminded_at) to subrosa_gate

table app.destruction_items
  destruction_id uuid not null
  document_id uuid not null
  class text not null
  destruction_items_destruction_id_fkey: FOREIGN KEY (destruction_id) REFERENCES app.destructions(id) ON DELETE CASCADE
  destruction_items_pkey: PRIMARY KEY (destruction_id, document_id)
  CREATE INDEX destruction_items_of_document ON app.destruction_items USING btree (document_id)
  policy clerk_destroys for select to subrosa_clerk using (true) with check (-)
  policy gate_keeps for all to subrosa_gate using (true) with check (true)
  policy select_seen for select to subrosa_person using (hidden.sees_destruction(destruction_id)) with check (-)
  grant insert (class, destruction_id, document_id) to subrosa_gate
  grant select (class, destruction_id, document_id) to subrosa_clerk
  grant select (class, destruction_id, document_id) to subrosa_gate
  grant select (class, destruction_id, document_id) to subrosa_person
  grant delete to subrosa_gate

table app.destructions
  id uuid not null
  kind text not null
  matter_id uuid not null
  state text not null default 'asked'::text
  sealed_words bytea not null
  sealed_names bytea
  asked_by uuid not null
  asked_at timestamp with time zone not null default clock_timestamp()
  approved_by uuid
  approved_at timestamp with time zone
  hold_checked_at timestamp with time zone
  ended_at timestamp with time zone
  erased_at timestamp with time zone
  sealed_items bytea
  entry_id uuid
  number integer
  sealed_note bytea
  certified_at timestamp with time zone
  emptying boolean not null default false
  stayed integer not null default 0
  destructions_approved_by_fkey: FOREIGN KEY (approved_by) REFERENCES app.people(id)
  destructions_asked_by_fkey: FOREIGN KEY (asked_by) REFERENCES app.people(id)
  destructions_by_two: CHECK ((approved_by <> asked_by))
  destructions_certified: CHECK ((((number IS NULL) = (sealed_note IS NULL)) AND ((number IS NULL) = (certified_at IS NULL))))
  destructions_emptying: CHECK ((emptying OR (stayed = 0)))
  destructions_emptying_documents: CHECK (((kind = 'document.destroy'::text) OR (NOT emptying)))
  destructions_kind_check: CHECK ((kind = ANY (ARRAY['document.destroy'::text, 'matter.destroy'::text])))
  destructions_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  destructions_number_check: CHECK ((number > 0))
  destructions_number_key: UNIQUE (number)
  destructions_pkey: PRIMARY KEY (id)
  destructions_state_check: CHECK ((state = ANY (ARRAY['asked'::text, 'refused'::text, 'approved'::text, 'stopped'::text, 'ended'::text, 'erased'::text, 'certified'::text])))
  destructions_stayed_check: CHECK ((stayed >= 0))
  CREATE INDEX destructions_due ON app.destructions USING btree (id) WHERE (state = ANY (ARRAY['approved'::text, 'ended'::text, 'erased'::text]))
  CREATE INDEX destructions_of_matter ON app.destructions USING btree (matter_id)
  policy clerk_destroys for select to subrosa_clerk using (true) with check (-)
  policy gate_keeps for all to subrosa_gate using (true) with check (true)
  policy select_seen for select to subrosa_person using (hidden.sees_destruction(id)) with check (-)
  grant insert (approved_at, approved_by, asked_at, asked_by, certified_at, emptying, ended_at, entry_id, erased_at, hold_checked_at, id, kind, matter_id, number, sealed_items, sealed_names, sealed_note, sealed_words, state, stayed) to subrosa_gate
  grant select (approved_at, approved_by, asked_at, asked_by, certified_at, emptying, ended_at, entry_id, erased_at, hold_checked_at, id, kind, matter_id, number, sealed_items, sealed_names, sealed_note, sealed_words, state, stayed) to subrosa_clerk
  grant select (approved_at, approved_by, asked_at, asked_by, certified_at, emptying, ended_at, entry_id, erased_at, hold_checked_at, id, kind, matter_id, number, sealed_items, sealed_names, sealed_note, sealed_words, state, stayed) to subrosa_gate
  grant select (approved_at, approved_by, asked_at, asked_by, certified_at, emptying, ended_at, entry_id, erased_at, hold_checked_at, id, kind, matter_id, number, sealed_items, sealed_names, sealed_note, sealed_words, state, stayed) to subrosa_person
  grant update (approved_at, approved_by, certified_at, emptying, ended_at, entry_id, erased_at, hold_checked_at, number, sealed_items, sealed_names, sealed_note, state, stayed) to subrosa_gate
  grant delete to subrosa_gate

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
  sealed_about bytea
  out_by uuid
  out_at timestamp with time zone
  sealed_out_note bytea
  locked_as text
  locked_by uuid
  locked_at timestamp with time zone
  trashed_by uuid
  trashed_at timestamp with time zone
  part_of uuid
  sealed_place bytea
  documents_class_check: CHECK ((class = ANY (ARRAY['confidential'::text, 'privileged'::text, 'restricted'::text])))
  documents_created_by_fkey: FOREIGN KEY (created_by) REFERENCES app.people(id)
  documents_folder_id_matter_id_fkey: FOREIGN KEY (folder_id, matter_id) REFERENCES app.folders(id, matter_id)
  documents_id_matter_id_key: UNIQUE (id, matter_id)
  documents_locked: CHECK ((((locked_as IS NULL) = (locked_by IS NULL)) AND ((locked_as IS NULL) = (locked_at IS NULL))))
  documents_locked_as_check: CHECK ((locked_as = ANY (ARRAY['filed'::text, 'served'::text, 'signed'::text])))
  documents_locked_by_fkey: FOREIGN KEY (locked_by) REFERENCES app.people(id)
  documents_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  documents_out: CHECK ((((out_by IS NULL) = (out_at IS NULL)) AND ((out_by IS NOT NULL) OR (sealed_out_note IS NULL))))
  documents_out_by_fkey: FOREIGN KEY (out_by) REFERENCES app.people(id)
  documents_part: CHECK (((part_of IS NULL) = (sealed_place IS NULL)))
  documents_pkey: PRIMARY KEY (id)
  documents_trashed: CHECK (((trashed_by IS NULL) = (trashed_at IS NULL)))
  documents_trashed_by_fkey: FOREIGN KEY (trashed_by) REFERENCES app.people(id)
  CREATE INDEX documents_in_trash ON app.documents USING btree (matter_id, trashed_at) WHERE (trashed_at IS NOT NULL)
  CREATE INDEX documents_of_folder ON app.documents USING btree (folder_id)
  CREATE INDEX documents_of_matter ON app.documents USING btree (matter_id, id)
  CREATE INDEX documents_part_of ON app.documents USING btree (part_of) WHERE (part_of IS NOT NULL)
  CREATE UNIQUE INDEX documents_name ON app.documents USING btree (matter_id, folder_id, name_token) NULLS NOT DISTINCT WHERE (trashed_at IS NULL)
  policy gate_sees for all to subrosa_gate using (true) with check (true)
  policy insert_within_reach for insert to subrosa_person using (-) with check (((created_by = ( SELECT hidden.me() AS me)) AND hidden.takes_more(matter_id) AND hidden.fits_matter(matter_id, class) AND ( SELECT hidden.may('document.upload'::text) AS may)))
  policy part_within_reach for insert to subrosa_person using (-) with check (hidden.fits_part(part_of, matter_id, class))
  policy select_within_reach for select to subrosa_person using (((trashed_at IS NULL) AND hidden.reaches(matter_id, class))) with check (-)
  grant insert (class, created_by, folder_id, id, matter_id, name_token, part_of, sealed_about, sealed_name, sealed_place) to subrosa_gate
  grant insert (class, created_by, folder_id, id, matter_id, name_token, part_of, sealed_name, sealed_place) to subrosa_person
  grant select (class, created_at, created_by, folder_id, id, locked_as, locked_at, locked_by, matter_id, name_token, out_at, out_by, part_of, sealed_about, sealed_name, sealed_out_note, sealed_place, trashed_at, trashed_by) to subrosa_gate
  grant select (class, created_at, created_by, folder_id, id, locked_as, locked_at, locked_by, matter_id, name_token, out_at, out_by, part_of, sealed_about, sealed_name, sealed_out_note, sealed_place, trashed_at, trashed_by) to subrosa_person
  grant update (class, folder_id, locked_as, locked_at, locked_by, matter_id, name_token, out_at, out_by, part_of, sealed_about, sealed_name, sealed_out_note, sealed_place, trashed_at, trashed_by) to subrosa_gate
  grant delete to subrosa_gate

table app.erasures
  blob_id uuid not null
  since timestamp with time zone not null default clock_timestamp()
  erasures_pkey: PRIMARY KEY (blob_id)
  policy clerk_erases for all to subrosa_clerk using (true) with check (-)
  policy gate_names for all to subrosa_gate using (true) with check (true)
  grant insert (blob_id) to subrosa_gate
  grant select (blob_id) to subrosa_gate
  grant select (blob_id, since) to subrosa_clerk
  grant delete to subrosa_clerk

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
  removed_by uuid
  removed_at timestamp with time zone
  folders_created_by_fkey: FOREIGN KEY (created_by) REFERENCES app.people(id)
  folders_id_matter_id_key: UNIQUE (id, matter_id)
  folders_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  folders_parent_id_matter_id_fkey: FOREIGN KEY (parent_id, matter_id) REFERENCES app.folders(id, matter_id)
  folders_pkey: PRIMARY KEY (id)
  folders_removed: CHECK (((removed_by IS NULL) = (removed_at IS NULL)))
  folders_removed_by_fkey: FOREIGN KEY (removed_by) REFERENCES app.people(id)
  CREATE UNIQUE INDEX folders_name ON app.folders USING btree (matter_id, parent_id, name_token) NULLS NOT DISTINCT WHERE (removed_at IS NULL)
  policy gate_sees for all to subrosa_gate using (true) with check (true)
  policy insert_within_reach for insert to subrosa_person using (-) with check (((created_by = ( SELECT hidden.me() AS me)) AND hidden.takes_more(matter_id) AND (( SELECT hidden.may('document.upload'::text) AS may) OR ( SELECT hidden.may('document.change'::text) AS may))))
  policy select_within_reach for select to subrosa_person using (hidden.reaches(matter_id)) with check (-)
  grant insert (created_by, id, matter_id, name_token, parent_id, sealed_name) to subrosa_person
  grant select (created_at, created_by, id, matter_id, name_token, parent_id, removed_at, removed_by, sealed_name) to subrosa_gate
  grant select (created_at, created_by, id, matter_id, name_token, parent_id, removed_at, removed_by, sealed_name) to subrosa_person
  grant update (name_token, parent_id, removed_at, removed_by, sealed_name) to subrosa_gate
  grant delete to subrosa_gate

table app.glances
  session_id uuid not null
  matter_id uuid not null
  ends_at timestamp with time zone not null
  glances_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  glances_pkey: PRIMARY KEY (session_id, matter_id)
  glances_session_id_fkey: FOREIGN KEY (session_id) REFERENCES app.sessions(id) ON DELETE CASCADE
  CREATE INDEX glances_by_end ON app.glances USING btree (ends_at)
  policy gate_keeps for all to subrosa_gate using (true) with check (true)
  grant insert (ends_at, matter_id, session_id) to subrosa_gate
  grant select (ends_at, matter_id, session_id) to subrosa_gate
  grant update (ends_at, matter_id, session_id) to subrosa_gate
  grant delete to subrosa_gate

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

table app.group_terms
  group_id uuid not null
  person_id uuid not null
  since timestamp with time zone not null default clock_timestamp()
  until timestamp with time zone
  group_terms_person_id_fkey: FOREIGN KEY (person_id) REFERENCES app.people(id)
  CREATE INDEX group_terms_of_group ON app.group_terms USING btree (group_id, person_id)
  policy gate_sees for all to subrosa_gate using (true) with check (true)
  grant insert (group_id, person_id, since, until) to subrosa_gate
  grant select (group_id, person_id, since, until) to subrosa_gate
  grant update (group_id, person_id, since, until) to subrosa_gate

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
  grant insert (changed_at, id, kept_by, made_at, made_by, name_token, roles, roles_by, sealed_external_id, sealed_name, version) to subrosa_gate
  grant insert (id, kept_by, made_by, name_token, roles, sealed_external_id, sealed_name) to subrosa_person
  grant select (changed_at, id, kept_by, made_at, made_by, name_token, roles, roles_by, sealed_external_id, sealed_name, version) to subrosa_gate
  grant select (changed_at, id, kept_by, made_at, made_by, name_token, roles, roles_by, sealed_external_id, sealed_name, version) to subrosa_person
  grant update (changed_at, name_token, roles, sealed_external_id, sealed_name, version) to subrosa_person
  grant delete to subrosa_gate
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
  policy select_open for select to subrosa_person using (((taken_at IS NULL) AND (EXISTS ( SELECT FROM app.matters m WHERE (m.id = handovers.matter_id))))) with check (-)
  grant insert (id, leaver_id, made_at, matter_id, taken_at, taken_by, told_at) to subrosa_gate
  grant select (id, leaver_id, made_at, matter_id, taken_at) to subrosa_person
  grant select (id, leaver_id, made_at, matter_id, taken_at, taken_by, told_at) to subrosa_gate
  grant update (taken_at, taken_by, told_at) to subrosa_gate

table app.hold_custodians
  hold_id uuid not null
  person_id uuid not null
  hold_custodians_hold_id_fkey: FOREIGN KEY (hold_id) REFERENCES app.holds(id) ON DELETE CASCADE
  hold_custodians_person_id_fkey: FOREIGN KEY (person_id) REFERENCES app.people(id)
  hold_custodians_pkey: PRIMARY KEY (hold_id, person_id)
  policy gate_keeps for all to subrosa_gate using (true) with check (true)
  policy select_seen for select to subrosa_person using (hidden.sees_hold(hold_id)) with check (-)
  grant insert (hold_id, person_id) to subrosa_gate
  grant select (hold_id, person_id) to subrosa_gate
  grant select (hold_id, person_id) to subrosa_person
  grant delete to subrosa_gate

table app.hold_documents
  hold_id uuid not null
  document_id uuid not null
  hold_documents_hold_id_fkey: FOREIGN KEY (hold_id) REFERENCES app.holds(id) ON DELETE CASCADE
  hold_documents_pkey: PRIMARY KEY (hold_id, document_id)
  policy gate_keeps for all to subrosa_gate using (true) with check (true)
  policy select_reached for select to subrosa_person using (hidden.reached_document(document_id)) with check (-)
  grant insert (document_id, hold_id) to subrosa_gate
  grant select (document_id, hold_id) to subrosa_gate
  grant select (document_id, hold_id) to subrosa_person
  grant delete to subrosa_gate

table app.holds
  id uuid not null
  number integer not null
  matter_id uuid not null
  whole boolean not null
  sealed_words bytea not null
  placed_by uuid not null
  placed_at timestamp with time zone not null default clock_timestamp()
  sealed_lifting bytea
  lifted_by uuid
  lifted_at timestamp with time zone
  holds_by_another: CHECK ((lifted_by <> placed_by))
  holds_lifted: CHECK ((((lifted_by IS NULL) = (lifted_at IS NULL)) AND ((lifted_by IS NULL) = (sealed_lifting IS NULL))))
  holds_lifted_by_fkey: FOREIGN KEY (lifted_by) REFERENCES app.people(id)
  holds_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  holds_number_check: CHECK ((number > 0))
  holds_number_key: UNIQUE (number)
  holds_pkey: PRIMARY KEY (id)
  holds_placed_by_fkey: FOREIGN KEY (placed_by) REFERENCES app.people(id)
  CREATE INDEX holds_standing ON app.holds USING btree (matter_id) WHERE (lifted_at IS NULL)
  policy gate_keeps for all to subrosa_gate using (true) with check (true)
  policy select_seen for select to subrosa_person using (hidden.sees_hold(id)) with check (-)
  grant insert (id, lifted_at, lifted_by, matter_id, number, placed_at, placed_by, sealed_lifting, sealed_words, whole) to subrosa_gate
  grant select (id, lifted_at, lifted_by, matter_id, number, placed_at, placed_by, sealed_lifting, sealed_words, whole) to subrosa_gate
  grant select (id, lifted_at, lifted_by, matter_id, number, placed_at, placed_by, sealed_lifting, sealed_words, whole) to subrosa_person
  grant update (lifted_at, lifted_by, sealed_lifting) to subrosa_gate
  grant delete to subrosa_gate

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

table app.key_splits
  id uuid not null
  set_code text not null
  root_key text not null
  need integer not null
  made_by uuid not null
  made_at timestamp with time zone not null default clock_timestamp()
  key_splits_made_by_fkey: FOREIGN KEY (made_by) REFERENCES app.people(id)
  key_splits_need_check: CHECK (((need >= 2) AND (need <= 9)))
  key_splits_pkey: PRIMARY KEY (id)
  key_splits_root_key_check: CHECK ((root_key ~ '^[0-9a-f]{16}$'::text))
  key_splits_set_code_check: CHECK ((set_code ~ '^[0-9a-f]{8}$'::text))
  key_splits_set_code_key: UNIQUE (set_code)
  policy gate_keeps for all to subrosa_gate using (true) with check (true)
  grant insert (id, made_at, made_by, need, root_key, set_code) to subrosa_gate
  grant select (id, made_at, made_by, need, root_key, set_code) to subrosa_gate

table app.keys
  name text not null
  wrapped bytea not null
  made_at timestamp with time zone not null default clock_timestamp()
  version integer not null default 1
  keys_name: CHECK ((name = ANY (ARRAY['firm'::text, 'ledger'::text, 'field'::text, 'token'::text, 'pepper'::text])))
  keys_pkey: PRIMARY KEY (name, version)
  keys_version_check: CHECK ((version > 0))
  policy gate_rewraps for all to subrosa_gate using (true) with check (true)
  policy owner_unwraps for all to subrosa_owner using (true) with check (true)
  grant insert (made_at, name, version, wrapped) to subrosa_gate
  grant select (made_at, name, version, wrapped) to subrosa_gate
  grant update (made_at, name, version, wrapped) to subrosa_gate
  grant delete to subrosa_gate

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

table app.ledger_checks
  one boolean not null default true
  wanted_at timestamp with time zone
  begun_at timestamp with time zone
  ended_at timestamp with time zone
  seen_at timestamp with time zone
  step text
  done bigint not null default 0
  of bigint not null default 0
  entries bigint not null default 0
  faults jsonb not null default '[]'::jsonb
  broken_at timestamp with time zone
  ledger_checks_one_check: CHECK (one)
  ledger_checks_pkey: PRIMARY KEY (one)
  policy clerk_keeps for all to subrosa_clerk using (true) with check (true)
  policy gate_keeps for all to subrosa_gate using (true) with check (true)
  grant select (begun_at, broken_at, done, ended_at, entries, faults, of, one, seen_at, step, wanted_at) to subrosa_clerk
  grant select (begun_at, broken_at, done, ended_at, entries, faults, of, one, seen_at, step, wanted_at) to subrosa_gate
  grant update (begun_at, broken_at, done, ended_at, entries, faults, of, one, seen_at, step, wanted_at) to subrosa_clerk
  grant update (begun_at, broken_at, done, ended_at, entries, faults, of, one, seen_at, step, wanted_at) to subrosa_gate

table app.lexicon
  matter_id uuid not null
  class text not null
  block smallint not null
  part uuid not null
  sealed_words bytea not null
  lexicon_block_check: CHECK (((block >= '-1'::integer) AND (block <= 63)))
  lexicon_class_check: CHECK ((class = ANY (ARRAY['confidential'::text, 'privileged'::text, 'restricted'::text])))
  lexicon_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  lexicon_pkey: PRIMARY KEY (matter_id, class, block, part)
  policy gate_keeps for all to subrosa_gate using (true) with check (true)
  grant insert (block, class, matter_id, part, sealed_words) to subrosa_gate
  grant select (block, class, matter_id, part, sealed_words) to subrosa_gate
  grant update (block, class, matter_id, part, sealed_words) to subrosa_gate
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

table app.listings
  matter_id uuid not null
  class text not null
  stripe integer not null
  changes bigint not null
  documents bigint not null
  listings_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  listings_pkey: PRIMARY KEY (matter_id, class, stripe)
  policy gate_keeps for all to subrosa_gate using (true) with check (true)
  grant insert (changes, class, documents, matter_id, stripe) to subrosa_gate
  grant select (changes, class, documents, matter_id, stripe) to subrosa_gate
  grant update (changes, documents) to subrosa_gate

table app.log_review_items
  task_id uuid not null
  entry_id uuid not null
  why text[] not null
  mark text
  sealed_note bytea
  marked_by uuid
  log_review_items_mark_check: CHECK ((mark = ANY (ARRAY['fine'::text, 'question'::text])))
  log_review_items_marked_by_fkey: FOREIGN KEY (marked_by) REFERENCES app.people(id)
  log_review_items_pkey: PRIMARY KEY (task_id, entry_id)
  log_review_items_task_id_fkey: FOREIGN KEY (task_id) REFERENCES app.log_review_tasks(id)
  policy clerk_makes for all to subrosa_clerk using (true) with check (true)
  policy gate_keeps for all to subrosa_gate using (true) with check (true)
  policy select_seen for select to subrosa_person using ((( SELECT hidden.may('ledger.oversee'::text) AS may) AND (EXISTS ( SELECT FROM ledger.entries e WHERE (e.id = log_review_items.entry_id))))) with check (-)
  grant insert (entry_id, task_id, why) to subrosa_clerk
  grant select (entry_id, mark, marked_by, sealed_note, task_id, why) to subrosa_clerk
  grant select (entry_id, mark, marked_by, sealed_note, task_id, why) to subrosa_gate
  grant select (entry_id, mark, marked_by, sealed_note, task_id, why) to subrosa_person
  grant update (mark, marked_by, sealed_note) to subrosa_gate

table app.log_review_tasks
  id uuid not null
  review_id uuid not null
  period_from timestamp with time zone not null
  period_to timestamp with time zone not null
  due_at timestamp with time zone not null
  sealed_plan bytea not null
  entries bigint not null
  reviewer_id uuid
  made_at timestamp with time zone not null default clock_timestamp()
  started_at timestamp with time zone
  reminded_at timestamp with time zone
  outcome text
  sealed_findings bytea
  signed_by uuid
  signed_at timestamp with time zone
  log_review_tasks_check: CHECK ((period_to > period_from))
  log_review_tasks_entries_check: CHECK ((entries >= 0))
  log_review_tasks_once: UNIQUE (review_id, period_to)
  log_review_tasks_outcome_check: CHECK ((outcome = ANY (ARRAY['clean'::text, 'findings'::text])))
  log_review_tasks_pkey: PRIMARY KEY (id)
  log_review_tasks_review_id_fkey: FOREIGN KEY (review_id) REFERENCES app.log_reviews(id)
  log_review_tasks_reviewer_id_fkey: FOREIGN KEY (reviewer_id) REFERENCES app.people(id)
  log_review_tasks_signed: CHECK ((((signed_at IS NULL) = (signed_by IS NULL)) AND ((signed_at IS NULL) = (outcome IS NULL)) AND ((signed_at IS NULL) = (sealed_findings IS NULL))))
  log_review_tasks_signed_by_fkey: FOREIGN KEY (signed_by) REFERENCES app.people(id)
  CREATE INDEX log_review_tasks_open ON app.log_review_tasks USING btree (due_at) WHERE (signed_at IS NULL)
  policy clerk_makes for all to subrosa_clerk using (true) with check (true)
  policy gate_keeps for all to subrosa_gate using (true) with check (true)
  policy select_by_permission for select to subrosa_person using (( SELECT hidden.may('ledger.oversee'::text) AS may)) with check (-)
  grant insert (due_at, entries, id, period_from, period_to, review_id, reviewer_id, sealed_plan) to subrosa_clerk
  grant select (due_at, entries, id, made_at, outcome, period_from, period_to, reminded_at, review_id, reviewer_id, sealed_findings, sealed_plan, signed_at, signed_by, started_at) to subrosa_clerk
  grant select (due_at, entries, id, made_at, outcome, period_from, period_to, reminded_at, review_id, reviewer_id, sealed_findings, sealed_plan, signed_at, signed_by, started_at) to subrosa_gate
  grant select (due_at, entries, id, made_at, outcome, period_from, period_to, reminded_at, review_id, reviewer_id, sealed_findings, sealed_plan, signed_at, signed_by, started_at) to subrosa_person
  grant update (outcome, reminded_at, reviewer_id, sealed_findings, signed_at, signed_by, started_at) to subrosa_gate

table app.log_reviews
  id uuid not null
  sealed_plan bytea not null
  cadence text not null
  sample integer not null
  days integer not null
  reviewer_id uuid
  made_by uuid
  made_at timestamp with time zone not null default clock_timestamp()
  next_at timestamp with time zone not null
  version integer not null default 1
  retired_at timestamp with time zone
  log_reviews_cadence_check: CHECK ((cadence = ANY (ARRAY['weekly'::text, 'monthly'::text, 'quarterly'::text])))
  log_reviews_days_check: CHECK (((days >= 1) AND (days <= 90)))
  log_reviews_made_by_fkey: FOREIGN KEY (made_by) REFERENCES app.people(id)
  log_reviews_pkey: PRIMARY KEY (id)
  log_reviews_reviewer_id_fkey: FOREIGN KEY (reviewer_id) REFERENCES app.people(id)
  log_reviews_sample_check: CHECK (((sample >= 1) AND (sample <= 200)))
  CREATE INDEX log_reviews_due ON app.log_reviews USING btree (next_at) WHERE (retired_at IS NULL)
  policy clerk_makes for all to subrosa_clerk using (true) with check (true)
  policy insert_by_permission for insert to subrosa_person using (-) with check (((made_by = ( SELECT hidden.me() AS me)) AND ( SELECT hidden.may('log-review.keep'::text) AS may)))
  policy select_by_permission for select to subrosa_person using (( SELECT hidden.may('ledger.oversee'::text) AS may)) with check (-)
  policy update_by_permission for update to subrosa_person using (((retired_at IS NULL) AND ( SELECT hidden.may('log-review.keep'::text) AS may))) with check (( SELECT hidden.may('log-review.keep'::text) AS may))
  grant insert (cadence, days, id, made_by, next_at, reviewer_id, sample, sealed_plan) to subrosa_person
  grant insert (cadence, days, id, next_at, sample, sealed_plan) to subrosa_clerk
  grant select (cadence, days, id, made_at, made_by, next_at, retired_at, reviewer_id, sample, sealed_plan, version) to subrosa_clerk
  grant select (cadence, days, id, made_at, made_by, next_at, retired_at, reviewer_id, sample, sealed_plan, version) to subrosa_person
  grant update (cadence, days, next_at, retired_at, reviewer_id, sample, sealed_plan, version) to subrosa_person
  grant update (next_at) to subrosa_clerk

table app.matrix
  version integer not null
  rules jsonb not null
  sealed_reason bytea
  set_by uuid
  set_at timestamp with time zone not null default clock_timestamp()
  matrix_pkey: PRIMARY KEY (version)
  matrix_set_by_fkey: FOREIGN KEY (set_by) REFERENCES app.people(id)
  matrix_version_check: CHECK ((version >= 0))
  policy gate_reads for select to subrosa_gate using (true) with check (-)
  policy gate_writes for insert to subrosa_gate using (-) with check (true)
  policy select_by_permission for select to subrosa_person using (( SELECT hidden.may('matrix.read'::text) AS may)) with check (-)
  grant insert (rules, sealed_reason, set_at, set_by, version) to subrosa_gate
  grant select (rules, sealed_reason, set_at, set_by, version) to subrosa_gate
  grant select (rules, sealed_reason, set_at, set_by, version) to subrosa_person

table app.matter_groups
  id uuid not null
  matter_id uuid not null
  group_id uuid not null
  sealed_reason bytea not null
  opened_by uuid not null
  starts_at timestamp with time zone not null default clock_timestamp()
  ends_at timestamp with time zone
  ended_by uuid
  matter_groups_ended_by_fkey: FOREIGN KEY (ended_by) REFERENCES app.people(id)
  matter_groups_group_id_fkey: FOREIGN KEY (group_id) REFERENCES app.groups(id) ON DELETE CASCADE
  matter_groups_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  matter_groups_opened_by_fkey: FOREIGN KEY (opened_by) REFERENCES app.people(id)
  matter_groups_pkey: PRIMARY KEY (id)
  CREATE INDEX matter_groups_of_group ON app.matter_groups USING btree (group_id, matter_id)
  CREATE INDEX matter_groups_of_matter ON app.matter_groups USING btree (matter_id)
  CREATE UNIQUE INDEX matter_groups_once ON app.matter_groups USING btree (matter_id, group_id) WHERE (ends_at IS NULL)
  policy gate_sees for all to subrosa_gate using (true) with check (-)
  policy select_own_path for select to subrosa_person using (((EXISTS ( SELECT FROM app.group_members m WHERE ((m.group_id = matter_groups.group_id) AND (m.person_id = ( SELECT hidden.me() AS me))))) AND (starts_at <= statement_timestamp()) AND ((ends_at IS NULL) OR (ends_at > statement_timestamp())) AND hidden.reaches(matter_id))) with check (-)
  grant insert (ended_by, ends_at, group_id, id, matter_id, opened_by, sealed_reason, starts_at) to subrosa_gate
  grant select (ended_by, ends_at, group_id, id, matter_id, opened_by, sealed_reason, starts_at) to subrosa_gate
  grant select (ended_by, ends_at, group_id, id, matter_id, opened_by, sealed_reason, starts_at) to subrosa_person
  grant update (ended_by, ends_at, sealed_reason, starts_at) to subrosa_gate
  grant delete to subrosa_gate

table app.matter_keys
  matter_id uuid not null
  purpose text not null
  version integer not null
  wrapped bytea not null
  standing text not null default 'current'::text
  since timestamp with time zone
  root_id uuid
  matter_keys_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  matter_keys_pkey: PRIMARY KEY (matter_id, purpose, version)
  matter_keys_purpose: CHECK ((purpose = ANY (ARRAY['half'::text, 'field'::text, 'token'::text])))
  matter_keys_root: CHECK (((root_id IS NULL) OR (purpose = 'half'::text)))
  matter_keys_root_id_fkey: FOREIGN KEY (root_id) REFERENCES app.own_roots(id)
  matter_keys_standing_check: CHECK ((standing = ANY (ARRAY['coming'::text, 'current'::text, 'leaving'::text])))
  matter_keys_version_check: CHECK ((version > 0))
  CREATE INDEX matter_keys_of_root ON app.matter_keys USING btree (root_id) WHERE (root_id IS NOT NULL)
  CREATE UNIQUE INDEX matter_keys_current ON app.matter_keys USING btree (matter_id) WHERE ((purpose = 'half'::text) AND (standing = 'current'::text))
  policy clerk_within_job for select to subrosa_clerk using ((matter_id = ( SELECT hidden.job_matter() AS job_matter))) with check (-)
  policy gate_ends for all to subrosa_gate using (true) with check (-)
  policy gate_rewraps for all to subrosa_gate using (true) with check (true)
  policy insert_with_matter for insert to subrosa_person using (-) with check (hidden.without_team(matter_id))
  policy select_within_reach for select to subrosa_person using (hidden.reaches(matter_id)) with check (-)
  grant insert (matter_id, purpose, root_id, since, standing, version, wrapped) to subrosa_gate
  grant insert (matter_id, purpose, root_id, since, standing, version, wrapped) to subrosa_person
  grant select (matter_id, purpose, root_id, since, standing, version, wrapped) to subrosa_clerk
  grant select (matter_id, purpose, root_id, since, standing, version, wrapped) to subrosa_gate
  grant select (matter_id, purpose, root_id, since, standing, version, wrapped) to subrosa_person
  grant update (matter_id, purpose, root_id, since, standing, version, wrapped) to subrosa_gate
  grant delete to subrosa_gate

table app.matter_terms
  matter_id uuid not null
  tokens integer[] not null
  matter_terms_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  matter_terms_pkey: PRIMARY KEY (matter_id)
  CREATE INDEX matter_terms_tokens ON app.matter_terms USING gin (tokens) WITH (fastupdate=off)
  policy gate_keeps for all to subrosa_gate using (true) with check (true)
  grant insert (matter_id, tokens) to subrosa_gate
  grant select (matter_id, tokens) to subrosa_gate
  grant update (matter_id, tokens) to subrosa_gate
  grant delete to subrosa_gate

table app.matters
  id uuid not null
  client_id uuid not null
  sealed_number bytea not null
  number_token bytea not null
  sealed_title bytea not null
  class text not null
  created_by uuid not null
  created_at timestamp with time zone not null default clock_timestamp()
  status text not null default 'intake'::text
  sealed_details bytea
  version integer not null default 1
  changed_at timestamp with time zone not null default clock_timestamp()
  opened_at timestamp with time zone
  closed_at timestamp with time zone
  destroyed_at timestamp with time zone
  matters_class_check: CHECK ((class = ANY (ARRAY['confidential'::text, 'privileged'::text, 'restricted'::text])))
  matters_client_id_fkey: FOREIGN KEY (client_id) REFERENCES app.clients(id)
  matters_created_by_fkey: FOREIGN KEY (created_by) REFERENCES app.people(id)
  matters_number_token_key: UNIQUE (number_token)
  matters_pkey: PRIMARY KEY (id)
  matters_status_check: CHECK ((status = ANY (ARRAY['intake'::text, 'open'::text, 'closed'::text])))
  CREATE INDEX matters_of_client ON app.matters USING btree (client_id)
  policy clerk_counts for select to subrosa_clerk using (true) with check (-)
  policy gate_sees for all to subrosa_gate using (true) with check (-)
  policy insert_by_permission for insert to subrosa_person using (-) with check (((created_by = ( SELECT hidden.me() AS me)) AND ( SELECT hidden.may('matter.create'::text) AS may) AND hidden.knows_client(client_id)))
  policy select_within_reach for select to subrosa_person using (hidden.reaches(id)) with check (-)
  grant insert (class, client_id, created_by, id, number_token, sealed_details, sealed_number, sealed_title) to subrosa_person
  grant select (changed_at, class, client_id, closed_at, created_at, created_by, destroyed_at, id, number_token, opened_at, sealed_details, sealed_number, sealed_title, status, version) to subrosa_gate
  grant select (changed_at, class, client_id, closed_at, created_at, created_by, destroyed_at, id, number_token, opened_at, sealed_details, sealed_number, sealed_title, status, version) to subrosa_person
  grant select (id, sealed_number, sealed_title) to subrosa_clerk
  grant update (changed_at, class, client_id, closed_at, destroyed_at, number_token, opened_at, sealed_details, sealed_number, sealed_title, status, version) to subrosa_gate

table app.names
  id uuid not null
  client_id uuid not null
  matter_id uuid
  party_id uuid
  role text not null
  form text not null
  kind text not null
  sealed_name bytea not null
  tokens bytea[] not null
  added_by uuid not null
  added_at timestamp with time zone not null default clock_timestamp()
  ended_at timestamp with time zone
  checked_at timestamp with time zone
  names_added_by_fkey: FOREIGN KEY (added_by) REFERENCES app.people(id)
  names_client_id_fkey: FOREIGN KEY (client_id) REFERENCES app.clients(id)
  names_form_check: CHECK ((form = ANY (ARRAY['name'::text, 'former'::text, 'alias'::text, 'email'::text])))
  names_kind_check: CHECK ((kind = ANY (ARRAY['person'::text, 'organization'::text])))
  names_party_id_fkey: FOREIGN KEY (party_id) REFERENCES app.parties(id)
  names_pkey: PRIMARY KEY (id)
  names_role_check: CHECK ((role = ANY (ARRAY['client'::text, 'adverse'::text, 'co-party'::text, 'counsel'::text, 'witness'::text, 'expert'::text, 'court'::text])))
  CREATE INDEX names_by_token ON app.names USING gin (tokens)
  CREATE INDEX names_of_client ON app.names USING btree (client_id)
  CREATE INDEX names_of_matter ON app.names USING btree (matter_id) WHERE (matter_id IS NOT NULL)
  CREATE INDEX names_of_party ON app.names USING btree (party_id) WHERE (party_id IS NOT NULL)
  CREATE INDEX names_to_check ON app.names USING btree (id) WHERE (checked_at IS NULL)
  policy clerk_fills for insert to subrosa_clerk using (-) with check ((matter_id IS NULL))
  policy end_with_noun for update to subrosa_person using ( CASE WHEN (matter_id IS NULL) THEN (hidden.knows_client(client_id) AND ( SELECT hidden.may('client.change'::text) AS may)) ELSE (hidden.reaches(matter_id) AND ( SELECT hidden.may('party.keep'::text) AS may)) END) with check (true)
  policy gate_sees for all to subrosa_gate using (true) with check (-)
  policy insert_with_noun for insert to subrosa_person using (-) with check (((added_by = ( SELECT hidden.me() AS me)) AND CASE WHEN (matter_id IS NULL) THEN (hidden.knows_client(client_id) AND (( SELECT hidden.may('client.create'::text) AS may) OR ( SELECT hidden.may('client.change'::text) AS may))) ELSE (hidden.reaches(matter_id) AND ( SELECT hidden.may('party.keep'::text) AS may)) END))
  policy select_names for select to subrosa_person using ((((matter_id IS NOT NULL) AND (EXISTS ( SELECT FROM app.matters m WHERE (m.id = names.matter_id)))) OR ((matter_id IS NULL) AND (EXISTS ( SELECT FROM app.clients c WHERE (c.id = names.client_id)))) OR (( SELECT hidden.may('register.read'::text) AS may) AND (hidden.registers(matter_id) OR ((matter_id IS NULL) AND hidden.registers_client(client_id)))))) with check (-)
  grant insert (added_at, added_by, checked_at, client_id, ended_at, form, id, kind, matter_id, party_id, role, sealed_name, tokens) to subrosa_clerk
  grant insert (added_by, client_id, form, id, kind, matter_id, party_id, role, sealed_name, tokens) to subrosa_person
  grant select (added_at, added_by, checked_at, client_id, ended_at, form, id, kind, matter_id, party_id, role, sealed_name, tokens) to subrosa_gate
  grant select (added_at, added_by, checked_at, client_id, ended_at, form, id, kind, matter_id, party_id, role, sealed_name, tokens) to subrosa_person
  grant update (checked_at, client_id) to subrosa_gate
  grant update (ended_at) to subrosa_person
  grant delete to subrosa_gate

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
  copy boolean not null default false
  proved text not null default 'session'::text
  openings_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  openings_person_id_fkey: FOREIGN KEY (person_id) REFERENCES app.people(id)
  openings_pkey: PRIMARY KEY (id)
  openings_proved_check: CHECK ((proved = ANY (ARRAY['session'::text, 'fresh'::text, 'passkey'::text])))
  openings_session_id_fkey: FOREIGN KEY (session_id) REFERENCES app.sessions(id)
  openings_version_id_fkey: FOREIGN KEY (version_id) REFERENCES app.versions(id)
  CREATE INDEX openings_of_version ON app.openings USING btree (version_id)
  policy clerk_within_job for all to subrosa_clerk using ((matter_id = ( SELECT hidden.job_matter() AS job_matter))) with check ((matter_id = ( SELECT hidden.job_matter() AS job_matter)))
  policy gate_ends for all to subrosa_gate using (true) with check (-)
  policy gate_sees for select to subrosa_gate using (true) with check (-)
  policy insert_own for insert to subrosa_person using (-) with check (((person_id = ( SELECT hidden.me() AS me)) AND (session_id = ( SELECT hidden.session() AS session)) AND (EXISTS ( SELECT FROM app.versions v WHERE ((v.id = openings.version_id) AND (v.matter_id = openings.matter_id)) OFFSET 0)) AND (( SELECT hidden.may('document.read'::text) AS may) OR ( SELECT hidden.may('document.download'::text) AS may)) AND hidden.holds_open(version_id, copy, proved)))
  policy select_within_reach for select to subrosa_person using ((EXISTS ( SELECT FROM app.versions v WHERE (v.id = openings.version_id) OFFSET 0))) with check (-)
  grant insert (copy, created_at, delivered, ends_at, id, matter_id, person_id, proved, session_id, version_id) to subrosa_gate
  grant insert (copy, ends_at, id, matter_id, person_id, session_id, version_id) to subrosa_person
  grant select (copy, created_at, ends_at, id, matter_id, person_id, proved, session_id, version_id) to subrosa_person
  grant select (delivered, id, matter_id) to subrosa_clerk
  grant select (id, matter_id, version_id) to subrosa_gate
  grant update (delivered) to subrosa_clerk
  grant delete to subrosa_gate

table app.own_roots
  id uuid not null
  name_token bytea not null
  sealed_name bytea not null
  kind text not null
  sealed_key bytea not null
  added_by uuid not null
  added_at timestamp with time zone not null default clock_timestamp()
  own_roots_added_by_fkey: FOREIGN KEY (added_by) REFERENCES app.people(id)
  own_roots_kind_check: CHECK ((kind = ANY (ARRAY['transit'::text, 'kms'::text, 'file'::text])))
  own_roots_name_token_key: UNIQUE (name_token)
  own_roots_pkey: PRIMARY KEY (id)
  policy clerk_opens for select to subrosa_clerk using (true) with check (-)
  policy gate_keeps for all to subrosa_gate using (true) with check (true)
  policy select_known for select to subrosa_person using ((( SELECT hidden.may('key.rotate'::text) AS may) OR (EXISTS ( SELECT FROM app.matter_keys k WHERE (k.root_id = own_roots.id))) OR (EXISTS ( SELECT FROM app.confirmations c WHERE (c.root_id = own_roots.id))))) with check (-)
  grant insert (added_at, added_by, id, kind, name_token, sealed_key, sealed_name) to subrosa_gate
  grant select (added_at, added_by, id, kind, name_token, sealed_key, sealed_name) to subrosa_clerk
  grant select (added_at, added_by, id, kind, name_token, sealed_key, sealed_name) to subrosa_gate
  grant select (id, sealed_name) to subrosa_person

table app.parties
  id uuid not null
  matter_id uuid not null
  role text not null
  sealed_details bytea not null
  version integer not null default 1
  added_by uuid not null
  added_at timestamp with time zone not null default clock_timestamp()
  removed_at timestamp with time zone
  removed_by uuid
  parties_added_by_fkey: FOREIGN KEY (added_by) REFERENCES app.people(id)
  parties_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  parties_pkey: PRIMARY KEY (id)
  parties_removed_by_fkey: FOREIGN KEY (removed_by) REFERENCES app.people(id)
  parties_role_check: CHECK ((role = ANY (ARRAY['client'::text, 'adverse'::text, 'co-party'::text, 'counsel'::text, 'witness'::text, 'expert'::text, 'court'::text])))
  CREATE INDEX parties_of_matter ON app.parties USING btree (matter_id)
  policy gate_sees for all to subrosa_gate using (true) with check (-)
  policy insert_within_reach for insert to subrosa_person using (-) with check (((added_by = ( SELECT hidden.me() AS me)) AND hidden.reaches(matter_id) AND ( SELECT hidden.may('party.keep'::text) AS may)))
  policy select_within_reach for select to subrosa_person using (hidden.reaches(matter_id)) with check (-)
  policy update_within_reach for update to subrosa_person using ((hidden.reaches(matter_id) AND ( SELECT hidden.may('party.keep'::text) AS may))) with check (hidden.reaches(matter_id))
  grant insert (added_by, id, matter_id, role, sealed_details) to subrosa_person
  grant select (added_at, added_by, id, matter_id, removed_at, removed_by, role, sealed_details, version) to subrosa_gate
  grant select (added_at, added_by, id, matter_id, removed_at, removed_by, role, sealed_details, version) to subrosa_person
  grant update (removed_at, removed_by, role, sealed_details, version) to subrosa_person
  grant update (sealed_details) to subrosa_gate

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
  probe_id uuid
  people_created_by_fkey: FOREIGN KEY (created_by) REFERENCES app.people(id)
  people_email_token_key: UNIQUE (email_token)
  people_handle_key: UNIQUE (handle)
  people_pkey: PRIMARY KEY (id)
  people_probe_id_fkey: FOREIGN KEY (probe_id) REFERENCES app.probes(id)
  people_successor_id_fkey: FOREIGN KEY (successor_id) REFERENCES app.people(id)
  CREATE INDEX people_of_probe ON app.people USING btree (probe_id) WHERE (probe_id IS NOT NULL)
  CREATE INDEX people_to_settle ON app.people USING btree (leaves_at) WHERE ((leaves_at IS NOT NULL) AND (settled_at IS NULL))
  policy gate_sees for all to subrosa_gate using (true) with check (-)
  policy insert_by_permission for insert to subrosa_person using (-) with check (((created_by = ( SELECT hidden.me() AS me)) AND ( SELECT hidden.may('person.invite'::text) AS may) AND ( SELECT hidden.is_fresh() AS is_fresh) AND ((NOT hidden.holds_guarded(roles)) OR hidden.is_founding())))
  policy select_colleagues for select to subrosa_person using ((( SELECT hidden.me() AS me) IS NOT NULL)) with check (-)
  grant insert (changed_at, created_at, created_by, credentials_at, email_token, external_token, handle, id, joined_at, leaves_at, password_changed_at, password_due, password_hash, probe_id, provisioned, roles, sealed_directory, sealed_email, sealed_name, sealed_totp, seen_at, settled_at, successor_id, totp_made_at, totp_used_step, unlisted, version) to subrosa_gate
  grant insert (created_by, email_token, id, roles, sealed_email, sealed_name) to subrosa_person
  grant select (changed_at, created_at, created_by, credentials_at, email_token, external_token, handle, id, joined_at, leaves_at, password_changed_at, password_due, password_hash, probe_id, provisioned, roles, sealed_directory, sealed_email, sealed_name, sealed_totp, seen_at, settled_at, successor_id, totp_made_at, totp_used_step, unlisted, version) to subrosa_gate
  grant select (changed_at, created_at, id, joined_at, leaves_at, probe_id, roles, sealed_email, sealed_name, version) to subrosa_person
  grant update (changed_at, credentials_at, email_token, external_token, handle, joined_at, leaves_at, password_changed_at, password_due, password_hash, provisioned, roles, sealed_directory, sealed_email, sealed_name, sealed_totp, seen_at, settled_at, successor_id, totp_made_at, totp_used_step, unlisted, version) to subrosa_gate

table app.probes
  id uuid not null
  run_by uuid not null
  sealed_words bytea not null
  started_at timestamp with time zone not null default clock_timestamp()
  ended_at timestamp with time zone
  probes_pkey: PRIMARY KEY (id)
  probes_run_by_fkey: FOREIGN KEY (run_by) REFERENCES app.people(id)
  policy gate_runs for all to subrosa_gate using (true) with check (true)
  policy select_by_permission for select to subrosa_person using (( SELECT hidden.may('probe.run'::text) AS may)) with check (-)
  grant insert (ended_at, id, run_by, sealed_words, started_at) to subrosa_gate
  grant select (ended_at, id, run_by, sealed_words, started_at) to subrosa_gate
  grant select (ended_at, id, run_by, sealed_words, started_at) to subrosa_person
  grant update (ended_at, sealed_words) to subrosa_gate

table app.publishing
  what text not null
  done_at timestamp with time zone
  size bigint
  next_at timestamp with time zone not null default clock_timestamp()
  fault text
  tries integer not null default 0
  wanted boolean not null default false
  publishing_pkey: PRIMARY KEY (what)
  publishing_what_check: CHECK ((what = ANY (ARRAY['mail'::text, 'stamp'::text])))
  policy clerk_keeps for all to subrosa_clerk using (true) with check (true)
  policy gate_asks for all to subrosa_gate using (true) with check (true)
  policy select_by_permission for select to subrosa_person using (( SELECT hidden.may('ledger.read'::text) AS may)) with check (-)
  grant select (done_at, fault, next_at, size, tries, wanted, what) to subrosa_clerk
  grant select (done_at, fault, next_at, size, tries, wanted, what) to subrosa_gate
  grant select (done_at, fault, next_at, size, tries, wanted, what) to subrosa_person
  grant update (done_at, fault, next_at, size, tries, wanted, what) to subrosa_clerk
  grant update (next_at, wanted) to subrosa_gate

table app.readings
  session_id uuid not null
  subject uuid not null
  ends_at timestamp with time zone not null
  readings_pkey: PRIMARY KEY (session_id, subject)
  readings_session_id_fkey: FOREIGN KEY (session_id) REFERENCES app.sessions(id) ON DELETE CASCADE
  policy gate_keeps for all to subrosa_gate using (true) with check (true)
  grant insert (ends_at, session_id, subject) to subrosa_gate
  grant select (ends_at, session_id, subject) to subrosa_gate
  grant update (ends_at, session_id, subject) to subrosa_gate
  grant delete to subrosa_gate

table app.receiver_cursors
  receiver_id uuid not null
  next bigint not null
  lease uuid
  lease_until timestamp with time zone
  taken_at timestamp with time zone
  faults integer not null default 0
  sealed_fault bytea
  fault_at timestamp with time zone
  failing_since timestamp with time zone
  next_try timestamp with time zone not null default clock_timestamp()
  told_at timestamp with time zone
  ended_at timestamp with time zone
  receiver_cursors_check: CHECK (((faults = 0) = (failing_since IS NULL)))
  receiver_cursors_next_check: CHECK ((next >= 0))
  receiver_cursors_pkey: PRIMARY KEY (receiver_id)
  receiver_cursors_receiver_id_fkey: FOREIGN KEY (receiver_id) REFERENCES app.receivers(id)
  policy clerk_sends for all to subrosa_clerk using (true) with check (true)
  policy gate_keeps for all to subrosa_gate using (true) with check (true)
  grant insert (ended_at, failing_since, fault_at, faults, lease, lease_until, next, next_try, receiver_id, sealed_fault, taken_at, told_at) to subrosa_gate
  grant select (ended_at, failing_since, fault_at, faults, lease, lease_until, next, next_try, receiver_id, sealed_fault, taken_at, told_at) to subrosa_clerk
  grant select (ended_at, failing_since, fault_at, faults, lease, lease_until, next, next_try, receiver_id, sealed_fault, taken_at, told_at) to subrosa_gate
  grant update (ended_at, failing_since, fault_at, faults, lease, lease_until, next, next_try, receiver_id, sealed_fault, taken_at, told_at) to subrosa_clerk
  grant update (next_try) to subrosa_gate

table app.receiver_settings
  id uuid not null
  receiver_id uuid not null
  sealed_settings bytea not null
  sealed_reason bytea not null
  asked_by uuid not null
  asked_at timestamp with time zone not null default clock_timestamp()
  state text not null default 'waiting'::text
  decided_by uuid
  decided_at timestamp with time zone
  receiver_settings_asked_by_fkey: FOREIGN KEY (asked_by) REFERENCES app.people(id)
  receiver_settings_check: CHECK ((((state = 'waiting'::text) = (decided_at IS NULL)) AND ((decided_at IS NULL) = (decided_by IS NULL))))
  receiver_settings_decided_by_fkey: FOREIGN KEY (decided_by) REFERENCES app.people(id)
  receiver_settings_pkey: PRIMARY KEY (id)
  receiver_settings_receiver_id_fkey: FOREIGN KEY (receiver_id) REFERENCES app.receivers(id)
  receiver_settings_state_check: CHECK ((state = ANY (ARRAY['waiting'::text, 'approved'::text, 'refused'::text])))
  CREATE INDEX receiver_settings_of ON app.receiver_settings USING btree (receiver_id, decided_at)
  CREATE UNIQUE INDEX receiver_settings_waiting ON app.receiver_settings USING btree (receiver_id) WHERE (state = 'waiting'::text)
  policy clerk_sends for select to subrosa_clerk using (true) with check (-)
  policy gate_keeps for all to subrosa_gate using (true) with check (true)
  grant insert (asked_at, asked_by, decided_at, decided_by, id, receiver_id, sealed_reason, sealed_settings, state) to subrosa_gate
  grant select (asked_at, asked_by, decided_at, decided_by, id, receiver_id, sealed_reason, sealed_settings, state) to subrosa_clerk
  grant select (asked_at, asked_by, decided_at, decided_by, id, receiver_id, sealed_reason, sealed_settings, state) to subrosa_gate
  grant update (decided_at, decided_by, state) to subrosa_gate

table app.receivers
  id uuid not null
  sealed_name bytea not null
  from_beginning boolean not null
  added_by uuid not null
  added_at timestamp with time zone not null default clock_timestamp()
  retired_by uuid
  retired_at timestamp with time zone
  receivers_added_by_fkey: FOREIGN KEY (added_by) REFERENCES app.people(id)
  receivers_check: CHECK (((retired_at IS NULL) = (retired_by IS NULL)))
  receivers_pkey: PRIMARY KEY (id)
  receivers_retired_by_fkey: FOREIGN KEY (retired_by) REFERENCES app.people(id)
  policy clerk_sends for select to subrosa_clerk using (true) with check (-)
  policy gate_keeps for all to subrosa_gate using (true) with check (true)
  grant insert (added_at, added_by, from_beginning, id, retired_at, retired_by, sealed_name) to subrosa_gate
  grant select (added_at, added_by, from_beginning, id, retired_at, retired_by, sealed_name) to subrosa_clerk
  grant select (added_at, added_by, from_beginning, id, retired_at, retired_by, sealed_name) to subrosa_gate
  grant update (retired_at, retired_by) to subrosa_gate

table app.recipient_addresses
  id uuid not null
  recipient_id uuid not null
  matter_id uuid not null
  kind text not null
  sealed_address bytea not null
  token bytea not null
  cools_until timestamp with time zone
  added_by uuid not null
  added_at timestamp with time zone not null default clock_timestamp()
  bounced_at timestamp with time zone
  ended_at timestamp with time zone
  recipient_addresses_added_by_fkey: FOREIGN KEY (added_by) REFERENCES app.people(id)
  recipient_addresses_kind_check: CHECK ((kind = ANY (ARRAY['email'::text, 'phone'::text, 'post'::text])))
  recipient_addresses_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  recipient_addresses_pkey: PRIMARY KEY (id)
  recipient_addresses_recipient_id_fkey: FOREIGN KEY (recipient_id) REFERENCES app.recipients(id)
  CREATE INDEX addresses_by_token ON app.recipient_addresses USING btree (token) WHERE (ended_at IS NULL)
  CREATE UNIQUE INDEX addresses_once ON app.recipient_addresses USING btree (recipient_id, matter_id, token) WHERE (ended_at IS NULL)
  policy gate_sees for all to subrosa_gate using (true) with check (true)
  policy insert_through_matter for insert to subrosa_person using (-) with check (((added_by = ( SELECT hidden.me() AS me)) AND ( SELECT hidden.may('recipient.keep'::text) AS may) AND hidden.stands(recipient_id, matter_id) AND (ended_at IS NULL)))
  policy select_within_reach for select to subrosa_person using (hidden.reaches(matter_id)) with check (-)
  grant insert (added_at, added_by, bounced_at, cools_until, ended_at, id, kind, matter_id, recipient_id, sealed_address, token) to subrosa_gate
  grant insert (added_by, id, kind, matter_id, recipient_id, sealed_address, token) to subrosa_person
  grant select (added_at, added_by, bounced_at, cools_until, ended_at, id, kind, matter_id, recipient_id, sealed_address, token) to subrosa_gate
  grant select (added_at, added_by, bounced_at, cools_until, ended_at, id, kind, matter_id, recipient_id, sealed_address, token) to subrosa_person
  grant update (bounced_at, ended_at) to subrosa_gate
  grant delete to subrosa_gate

table app.recipients
  id uuid not null
  kind text not null
  sealed_details bytea not null
  version integer not null default 1
  added_by uuid not null
  added_at timestamp with time zone not null default clock_timestamp()
  recipients_added_by_fkey: FOREIGN KEY (added_by) REFERENCES app.people(id)
  recipients_kind_check: CHECK ((kind = ANY (ARRAY['person'::text, 'organization'::text])))
  recipients_pkey: PRIMARY KEY (id)
  policy gate_sees for all to subrosa_gate using (true) with check (true)
  policy insert_by_permission for insert to subrosa_person using (-) with check (((added_by = ( SELECT hidden.me() AS me)) AND ( SELECT hidden.may('recipient.keep'::text) AS may)))
  policy select_through_matter for select to subrosa_person using (hidden.knows_recipient(id)) with check (-)
  policy update_through_matter for update to subrosa_person using ((hidden.knows_recipient(id) AND ( SELECT hidden.may('recipient.keep'::text) AS may))) with check (true)
  grant insert (added_at, added_by, id, kind, sealed_details, version) to subrosa_gate
  grant insert (added_by, id, kind, sealed_details) to subrosa_person
  grant select (added_at, added_by, id, kind, sealed_details, version) to subrosa_gate
  grant select (added_at, added_by, id, kind, sealed_details, version) to subrosa_person
  grant update (kind, sealed_details, version) to subrosa_person
  grant delete to subrosa_gate

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

table app.register
  matter_id uuid not null
  sealed_card bytea not null
  register_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  register_pkey: PRIMARY KEY (matter_id)
  policy clerk_fills for insert to subrosa_clerk using (-) with check ((matter_id = ( SELECT hidden.job_matter() AS job_matter)))
  policy gate_sees for all to subrosa_gate using (true) with check (-)
  policy insert_card for insert to subrosa_person using (-) with check ((hidden.without_team(matter_id) OR hidden.reaches(matter_id)))
  policy select_register for select to subrosa_person using (((EXISTS ( SELECT FROM app.matters m WHERE (m.id = register.matter_id))) OR (( SELECT hidden.may('register.read'::text) AS may) AND hidden.registers(matter_id)))) with check (-)
  policy update_card for update to subrosa_person using (hidden.reaches(matter_id)) with check (hidden.reaches(matter_id))
  grant insert (matter_id, sealed_card) to subrosa_clerk
  grant insert (matter_id, sealed_card) to subrosa_person
  grant select (matter_id, sealed_card) to subrosa_gate
  grant select (matter_id, sealed_card) to subrosa_person
  grant update (matter_id, sealed_card) to subrosa_person

table app.requests
  id uuid not null
  person_id uuid not null
  kind text not null
  sealed_words bytea not null
  number_token bytea
  days integer
  hours integer
  urgent boolean not null
  made_at timestamp with time zone not null default clock_timestamp()
  told_at timestamp with time zone
  widens_at timestamp with time zone not null
  widened_at timestamp with time zone
  matter_id uuid
  state text not null default 'waiting'::text
  decided_by uuid
  decided_at timestamp with time zone
  review_due_at timestamp with time zone
  review_reminded_at timestamp with time zone
  reviewed_by uuid
  reviewed_at timestamp with time zone
  justified boolean
  sealed_review bytea
  requests_days_check: CHECK (((days >= 1) AND (days <= 365)))
  requests_decided_by_fkey: FOREIGN KEY (decided_by) REFERENCES app.people(id)
  requests_hours_check: CHECK (((hours >= 1) AND (hours <= 24)))
  requests_kind_check: CHECK ((kind = ANY (ARRAY['access'::text, 'break-glass'::text])))
  requests_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  requests_person_id_fkey: FOREIGN KEY (person_id) REFERENCES app.people(id)
  requests_pkey: PRIMARY KEY (id)
  requests_reviewed_by_fkey: FOREIGN KEY (reviewed_by) REFERENCES app.people(id)
  requests_state_check: CHECK ((state = ANY (ARRAY['waiting'::text, 'granted'::text, 'refused'::text, 'lapsed'::text])))
  CREATE INDEX requests_of_person ON app.requests USING btree (person_id, id)
  CREATE INDEX requests_open ON app.requests USING btree (matter_id) WHERE ((state = 'waiting'::text) OR ((review_due_at IS NOT NULL) AND (reviewed_at IS NULL)))
  CREATE INDEX requests_untold ON app.requests USING btree (id) WHERE (told_at IS NULL)
  policy gate_decides for all to subrosa_gate using (true) with check (true)
  policy select_to_decide for select to subrosa_person using (((( SELECT hidden.may('grant.oversee'::text) AS may) OR (( SELECT hidden.may('grant.approve'::text) AS may) AND (matter_id IN ( SELECT t.matter_id FROM app.team_members t)))) AND hidden.concerns(id))) with check (-)
  grant insert (days, decided_at, decided_by, hours, id, justified, kind, made_at, matter_id, number_token, person_id, review_due_at, review_reminded_at, reviewed_at, reviewed_by, sealed_review, sealed_words, state, told_at, urgent, widened_at, widens_at) to subrosa_gate
  grant select (days, decided_at, decided_by, hours, id, justified, kind, made_at, matter_id, number_token, person_id, review_due_at, review_reminded_at, reviewed_at, reviewed_by, sealed_review, sealed_words, state, told_at, urgent, widened_at, widens_at) to subrosa_gate
  grant select (days, decided_at, decided_by, hours, id, justified, kind, made_at, matter_id, person_id, review_due_at, reviewed_at, reviewed_by, sealed_review, sealed_words, state, urgent, widens_at) to subrosa_person
  grant update (decided_at, decided_by, justified, matter_id, number_token, review_reminded_at, reviewed_at, reviewed_by, sealed_review, state, told_at, widened_at, widens_at) to subrosa_gate
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

table app.rotations
  id uuid not null
  what text not null
  matter_id uuid
  begun_by uuid not null
  begun_at timestamp with time zone not null default clock_timestamp()
  after uuid
  done integer not null default 0
  of integer not null default 0
  ended_at timestamp with time zone
  root_id uuid
  skipped integer not null default 0
  rotations_begun_by_fkey: FOREIGN KEY (begun_by) REFERENCES app.people(id)
  rotations_check: CHECK ((((matter_id IS NULL) OR (what = ANY (ARRAY['matter'::text, 'own'::text]))) AND ((what <> 'own'::text) OR (matter_id IS NOT NULL)) AND ((root_id IS NULL) OR (what = 'own'::text))))
  rotations_pkey: PRIMARY KEY (id)
  rotations_root_id_fkey: FOREIGN KEY (root_id) REFERENCES app.own_roots(id)
  rotations_what_check: CHECK ((what = ANY (ARRAY['root'::text, 'firm'::text, 'matter'::text, 'own'::text, 'ledger'::text])))
  CREATE UNIQUE INDEX rotations_open ON app.rotations USING btree (what) WHERE ((ended_at IS NULL) AND (what <> 'own'::text))
  CREATE UNIQUE INDEX rotations_own ON app.rotations USING btree (matter_id) WHERE ((ended_at IS NULL) AND (what = 'own'::text))
  policy gate_keeps for all to subrosa_gate using (true) with check (true)
  grant insert (after, begun_at, begun_by, done, ended_at, id, matter_id, of, root_id, skipped, what) to subrosa_gate
  grant select (after, begun_at, begun_by, done, ended_at, id, matter_id, of, root_id, skipped, what) to subrosa_gate
  grant update (after, begun_at, begun_by, done, ended_at, id, matter_id, of, root_id, skipped, what) to subrosa_gate

table app.saved_searches
  id uuid not null
  person_id uuid not null
  sealed_name bytea not null
  sealed_words bytea not null
  is_told boolean not null
  created_at timestamp with time zone not null default clock_timestamp()
  seen_at timestamp with time zone not null default clock_timestamp()
  saved_searches_person_id_fkey: FOREIGN KEY (person_id) REFERENCES app.people(id)
  saved_searches_pkey: PRIMARY KEY (id)
  CREATE INDEX saved_searches_of_person ON app.saved_searches USING btree (person_id)
  CREATE INDEX saved_searches_told ON app.saved_searches USING btree (id) WHERE is_told
  policy gate_tells for all to subrosa_gate using (true) with check (true)
  policy own_only for all to subrosa_person using ((person_id = ( SELECT hidden.me() AS me))) with check ((person_id = ( SELECT hidden.me() AS me)))
  grant insert (id, is_told, person_id, sealed_name, sealed_words) to subrosa_person
  grant select (created_at, id, is_told, person_id, sealed_name, sealed_words, seen_at) to subrosa_gate
  grant select (created_at, id, is_told, person_id, sealed_name, sealed_words, seen_at) to subrosa_person
  grant update (is_told, sealed_name, sealed_words, seen_at) to subrosa_person
  grant update (seen_at) to subrosa_gate
  grant delete to subrosa_gate
  grant delete to subrosa_person

table app.serials
  scope text not null
  last integer not null
  serials_pkey: PRIMARY KEY (scope)
  policy gate_counts for all to subrosa_gate using (true) with check (true)
  grant insert (last, scope) to subrosa_gate
  grant select (last, scope) to subrosa_gate
  grant update (last, scope) to subrosa_gate

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
  sessions_kind_check: CHECK ((kind = ANY (ARRAY['browser'::text, 'command'::text, 'token'::text, 'errand'::text])))
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
  settings_name_check: CHECK ((name = ANY (ARRAY['password'::text, 'sessions'::text, 'sso'::text, 'matters'::text, 'leaving'::text, 'checkpoints'::text, 'search'::text])))
  settings_pkey: PRIMARY KEY (name, version)
  settings_set_by_fkey: FOREIGN KEY (set_by) REFERENCES app.people(id)
  settings_version_check: CHECK ((version > 0))
  policy gate_reads for select to subrosa_gate using (true) with check (-)
  policy insert_by_permission for insert to subrosa_person using (-) with check (((set_by = ( SELECT hidden.me() AS me)) AND ( SELECT hidden.may('setting.change'::text) AS may) AND ( SELECT hidden.is_fresh() AS is_fresh)))
  policy select_by_permission for select to subrosa_person using (( SELECT hidden.may('setting.read'::text) AS may)) with check (-)
  grant insert (name, sealed_reason, sealed_value, set_at, set_by, version) to subrosa_person
  grant select (name, sealed_reason, sealed_value, set_at, set_by, version) to subrosa_gate
  grant select (name, sealed_reason, sealed_value, set_at, set_by, version) to subrosa_person

table app.soundness
  version_id uuid not null
  matter_id uuid not null
  checked_at timestamp with time zone not null
  good_at timestamp with time zone
  broken_at timestamp with time zone
  fault text
  soundness_check: CHECK (((fault IS NULL) = (broken_at IS NULL)))
  soundness_pkey: PRIMARY KEY (version_id)
  soundness_version_id_fkey: FOREIGN KEY (version_id) REFERENCES app.versions(id) ON DELETE CASCADE
  CREATE INDEX soundness_broken ON app.soundness USING btree (matter_id, version_id) WHERE (broken_at IS NOT NULL)
  policy clerk_within_job for all to subrosa_clerk using ((matter_id = ( SELECT hidden.job_matter() AS job_matter))) with check ((matter_id = ( SELECT hidden.job_matter() AS job_matter)))
  policy gate_sees for select to subrosa_gate using (true) with check (-)
  grant insert (broken_at, checked_at, fault, good_at, matter_id, version_id) to subrosa_clerk
  grant select (broken_at, checked_at, fault, good_at, matter_id, version_id) to subrosa_clerk
  grant select (broken_at, checked_at, fault, good_at, matter_id, version_id) to subrosa_gate
  grant update (broken_at, checked_at, fault, good_at, matter_id, version_id) to subrosa_clerk

table app.spent
  hash bytea not null
  until timestamp with time zone not null
  spent_pkey: PRIMARY KEY (hash)
  policy gate_counts for all to subrosa_gate using (true) with check (true)
  grant insert (hash, until) to subrosa_gate
  grant select (hash, until) to subrosa_gate
  grant update (hash, until) to subrosa_gate
  grant delete to subrosa_gate

table app.standings
  id uuid not null
  recipient_id uuid not null
  matter_id uuid not null
  part text not null
  side text not null
  sealed_details bytea not null
  added_by uuid not null
  added_at timestamp with time zone not null default clock_timestamp()
  ended_by uuid
  ended_at timestamp with time zone
  standings_added_by_fkey: FOREIGN KEY (added_by) REFERENCES app.people(id)
  standings_check: CHECK (((ended_at IS NULL) = (ended_by IS NULL)))
  standings_ended_by_fkey: FOREIGN KEY (ended_by) REFERENCES app.people(id)
  standings_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  standings_part_check: CHECK ((part = ANY (ARRAY['client'::text, 'co-party'::text, 'adverse'::text, 'counsel'::text, 'witness'::text, 'expert'::text, 'court'::text, 'other'::text])))
  standings_pkey: PRIMARY KEY (id)
  standings_recipient_id_fkey: FOREIGN KEY (recipient_id) REFERENCES app.recipients(id)
  standings_side_check: CHECK ((side = ANY (ARRAY['ours'::text, 'theirs'::text, 'neither'::text])))
  CREATE INDEX standings_of_recipient ON app.standings USING btree (recipient_id) WHERE (ended_at IS NULL)
  CREATE UNIQUE INDEX standings_live ON app.standings USING btree (matter_id, recipient_id) WHERE (ended_at IS NULL)
  policy gate_sees for all to subrosa_gate using (true) with check (true)
  policy insert_within_reach for insert to subrosa_person using (-) with check (((added_by = ( SELECT hidden.me() AS me)) AND ( SELECT hidden.may('recipient.keep'::text) AS may) AND hidden.reaches(matter_id) AND (hidden.knows_recipient(recipient_id) OR hidden.is_new_recipient(recipient_id))))
  policy select_within_reach for select to subrosa_person using (hidden.reaches(matter_id)) with check (-)
  policy update_within_reach for update to subrosa_person using ((hidden.reaches(matter_id) AND ( SELECT hidden.may('recipient.keep'::text) AS may))) with check (true)
  grant insert (added_at, added_by, ended_at, ended_by, id, matter_id, part, recipient_id, sealed_details, side) to subrosa_gate
  grant insert (added_by, id, matter_id, part, recipient_id, sealed_details, side) to subrosa_person
  grant select (added_at, added_by, ended_at, ended_by, id, matter_id, part, recipient_id, sealed_details, side) to subrosa_gate
  grant select (added_at, added_by, ended_at, ended_by, id, matter_id, part, recipient_id, sealed_details, side) to subrosa_person
  grant update (ended_at, ended_by, part, sealed_details, side) to subrosa_person
  grant delete to subrosa_gate

table app.storage
  one boolean not null default true
  target text not null default 'disk'::text
  moving boolean not null default false
  begun_at timestamp with time zone
  ended_at timestamp with time zone
  moved bigint not null default 0
  bytes bigint not null default 0
  failed bigint not null default 0
  storage_one_check: CHECK (one)
  storage_pkey: PRIMARY KEY (one)
  storage_target_check: CHECK ((target = ANY (ARRAY['disk'::text, 's3'::text])))
  policy clerk_keeps for all to subrosa_clerk using (true) with check (true)
  policy gate_keeps for all to subrosa_gate using (true) with check (true)
  grant select (begun_at, bytes, ended_at, failed, moved, moving, one, target) to subrosa_clerk
  grant select (begun_at, bytes, ended_at, failed, moved, moving, one, target) to subrosa_gate
  grant update (begun_at, bytes, ended_at, failed, moved, moving, one, target) to subrosa_clerk
  grant update (begun_at, bytes, ended_at, failed, moved, moving, one, target) to subrosa_gate

table app.sweeps
  one boolean not null default true
  wanted_at timestamp with time zone
  begun_at timestamp with time zone
  ended_at timestamp with time zone
  after_matter uuid
  after_version uuid
  checked bigint not null default 0
  bytes bigint not null default 0
  of bigint not null default 0
  of_bytes bigint not null default 0
  skipped integer not null default 0
  sweeps_one_check: CHECK (one)
  sweeps_pkey: PRIMARY KEY (one)
  policy clerk_keeps for all to subrosa_clerk using (true) with check (true)
  policy gate_keeps for all to subrosa_gate using (true) with check (true)
  grant select (after_matter, after_version, begun_at, bytes, checked, ended_at, of, of_bytes, one, skipped, wanted_at) to subrosa_clerk
  grant select (after_matter, after_version, begun_at, bytes, checked, ended_at, of, of_bytes, one, skipped, wanted_at) to subrosa_gate
  grant update (after_matter, after_version, begun_at, bytes, checked, ended_at, of, of_bytes, one, skipped, wanted_at) to subrosa_clerk
  grant update (after_matter, after_version, begun_at, bytes, checked, ended_at, of, of_bytes, one, skipped, wanted_at) to subrosa_gate

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
  via text not null default 'team'::text
  request_id uuid
  warned_at timestamp with time zone
  team_members_added_by_fkey: FOREIGN KEY (added_by) REFERENCES app.people(id)
  team_members_ended_by_fkey: FOREIGN KEY (ended_by) REFERENCES app.people(id)
  team_members_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  team_members_person_id_fkey: FOREIGN KEY (person_id) REFERENCES app.people(id)
  team_members_pkey: PRIMARY KEY (id)
  team_members_role_check: CHECK ((role = ANY (ARRAY['responsible'::text, 'deputy'::text, 'member'::text, 'assistant'::text])))
  team_members_term: CHECK (((ends_at IS NULL) OR (ends_at >= starts_at)))
  team_members_via_check: CHECK ((via = ANY (ARRAY['team'::text, 'grant'::text, 'break-glass'::text])))
  CREATE INDEX team_members_of_matter ON app.team_members USING btree (matter_id)
  CREATE INDEX team_members_of_request ON app.team_members USING btree (request_id) WHERE (request_id IS NOT NULL)
  CREATE INDEX team_members_reach ON app.team_members USING btree (person_id, matter_id)
  CREATE UNIQUE INDEX team_members_once ON app.team_members USING btree (matter_id, person_id) WHERE (ends_at IS NULL)
  policy gate_sees for all to subrosa_gate using (true) with check (-)
  policy insert_onto_team for insert to subrosa_person using (-) with check (((added_by = ( SELECT hidden.me() AS me)) AND (via = 'team'::text) AND ((hidden.without_team(matter_id) AND (person_id = ( SELECT hidden.me() AS me)) AND ( SELECT hidden.may('matter.create'::text) AS may)) OR (hidden.on_team(matter_id) AND (person_id <> ( SELECT hidden.me() AS me)) AND ( SELECT hidden.may('team.join'::text) AS may)))))
  policy select_own_path for select to subrosa_person using (((person_id = ( SELECT hidden.me() AS me)) AND (starts_at <= statement_timestamp()) AND ((ends_at IS NULL) OR (ends_at > statement_timestamp())) AND hidden.reaches(matter_id))) with check (-)
  grant insert (added_by, ended_by, ends_at, id, matter_id, person_id, request_id, role, sealed_reason, starts_at, via, warned_at) to subrosa_gate
  grant insert (added_by, ends_at, id, matter_id, person_id, role, sealed_reason, starts_at) to subrosa_person
  grant select (added_by, ended_by, ends_at, id, matter_id, person_id, request_id, role, sealed_reason, starts_at, via, warned_at) to subrosa_gate
  grant select (added_by, ended_by, ends_at, id, matter_id, person_id, request_id, role, sealed_reason, starts_at, via, warned_at) to subrosa_person
  grant update (ended_by, ends_at, role, sealed_reason, starts_at, warned_at) to subrosa_gate

table app.terms
  version_id uuid not null
  document_id uuid not null
  matter_id uuid not null
  tokens integer[] not null
  sealed_card bytea not null
  terms_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  terms_pkey: PRIMARY KEY (version_id)
  terms_version_id_fkey: FOREIGN KEY (version_id) REFERENCES app.versions(id) ON DELETE CASCADE
  CREATE INDEX terms_of_matter ON app.terms USING btree (matter_id)
  CREATE INDEX terms_tokens ON app.terms USING gin (tokens) WITH (fastupdate=off)
  policy gate_keeps for all to subrosa_gate using (true) with check (true)
  grant insert (document_id, matter_id, sealed_card, tokens, version_id) to subrosa_gate
  grant select (document_id, matter_id, sealed_card, tokens, version_id) to subrosa_gate
  grant update (document_id, matter_id, sealed_card, tokens, version_id) to subrosa_gate
  grant delete to subrosa_gate

table app.texts
  version_id uuid not null
  matter_id uuid not null
  state text not null
  why text
  sealed_text bytea
  length integer not null default 0
  is_indexed boolean not null default false
  read_at timestamp with time zone not null default clock_timestamp()
  is_whole boolean not null default true
  texts_check: CHECK (((state = 'unreadable'::text) = (why IS NOT NULL)))
  texts_check1: CHECK (((state = 'unreadable'::text) = (sealed_text IS NULL)))
  texts_length_check: CHECK ((length >= 0))
  texts_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  texts_pkey: PRIMARY KEY (version_id)
  texts_state_check: CHECK ((state = ANY (ARRAY['read'::text, 'scan'::text, 'unreadable'::text])))
  texts_version_id_fkey: FOREIGN KEY (version_id) REFERENCES app.versions(id) ON DELETE CASCADE
  texts_why_check: CHECK ((why = ANY (ARRAY['too-much'::text, 'broken'::text, 'took-too-long'::text, 'hostile'::text, 'encrypted'::text, 'crashed'::text, 'kind'::text, 'missing'::text])))
  CREATE INDEX texts_of_matter ON app.texts USING btree (matter_id)
  CREATE INDEX texts_unread ON app.texts USING btree (state) WHERE (state <> 'read'::text)
  policy gate_keeps for all to subrosa_gate using (true) with check (true)
  grant insert (is_indexed, is_whole, length, matter_id, read_at, sealed_text, state, version_id, why) to subrosa_gate
  grant select (is_indexed, is_whole, length, matter_id, read_at, sealed_text, state, version_id, why) to subrosa_gate
  grant update (is_indexed, is_whole, length, matter_id, read_at, sealed_text, state, version_id, why) to subrosa_gate
  grant delete to subrosa_gate

table app.thumbnails
  version_id uuid not null
  matter_id uuid not null
  sealed_picture bytea
  why text
  made_at timestamp with time zone not null default clock_timestamp()
  thumbnails_check: CHECK (((sealed_picture IS NULL) <> (why IS NULL)))
  thumbnails_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  thumbnails_pkey: PRIMARY KEY (version_id)
  thumbnails_sealed_picture_check: CHECK (((octet_length(sealed_picture) >= 1) AND (octet_length(sealed_picture) <= 65600)))
  thumbnails_version_id_fkey: FOREIGN KEY (version_id) REFERENCES app.versions(id) ON DELETE CASCADE
  thumbnails_why_check: CHECK ((why = ANY (ARRAY['too-much'::text, 'broken'::text, 'encrypted'::text, 'took-too-long'::text, 'crashed'::text])))
  policy gate_keeps for all to subrosa_gate using (true) with check (true)
  grant insert (made_at, matter_id, sealed_picture, version_id, why) to subrosa_gate
  grant select (made_at, matter_id, sealed_picture, version_id, why) to subrosa_gate
  grant update (made_at, matter_id, sealed_picture, version_id, why) to subrosa_gate
  grant delete to subrosa_gate

table app.to_index
  kind text not null
  subject uuid not null
  matter_id uuid not null
  step smallint not null
  since timestamp with time zone not null default clock_timestamp()
  not_before timestamp with time zone not null default '-infinity'::timestamp with time zone
  tries smallint not null default 0
  to_index_kind_check: CHECK ((kind = ANY (ARRAY['version'::text, 'matter'::text, 'lexicon'::text])))
  to_index_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  to_index_pkey: PRIMARY KEY (kind, subject)
  to_index_step_check: CHECK (((step >= 1) AND (step <= 3)))
  CREATE INDEX to_index_next ON app.to_index USING btree (step, since)
  policy gate_keeps for all to subrosa_gate using (true) with check (true)
  grant insert (kind, matter_id, not_before, since, step, subject, tries) to subrosa_gate
  grant select (kind, matter_id, not_before, since, step, subject, tries) to subrosa_gate
  grant update (kind, matter_id, not_before, since, step, subject, tries) to subrosa_gate
  grant delete to subrosa_gate

table app.uploads
  id uuid not null
  matter_id uuid not null
  person_id uuid not null
  wrapped_key bytea not null
  sealed_wish bytea not null
  size bigint not null
  created_at timestamp with time zone not null default clock_timestamp()
  ends_at timestamp with time zone not null default (clock_timestamp() + '1 day'::interval)
  document_id uuid
  into_document uuid
  uploads_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  uploads_person_id_fkey: FOREIGN KEY (person_id) REFERENCES app.people(id)
  uploads_pkey: PRIMARY KEY (id)
  uploads_size_check: CHECK ((size > 0))
  CREATE INDEX uploads_of_person ON app.uploads USING btree (person_id, matter_id)
  policy clerk_within_job for select to subrosa_clerk using ((matter_id = ( SELECT hidden.job_matter() AS job_matter))) with check (-)
  policy gate_keeps for all to subrosa_gate using (true) with check (true)
  policy select_own for select to subrosa_person using (((person_id = ( SELECT hidden.me() AS me)) AND (ends_at > statement_timestamp()) AND hidden.reaches(matter_id) AND ((into_document IS NULL) OR hidden.reaches_document(into_document)))) with check (-)
  grant insert (created_at, document_id, ends_at, id, into_document, matter_id, person_id, sealed_wish, size, wrapped_key) to subrosa_gate
  grant select (created_at, document_id, ends_at, id, into_document, matter_id, person_id, sealed_wish, size, wrapped_key) to subrosa_gate
  grant select (created_at, document_id, ends_at, id, into_document, matter_id, person_id, sealed_wish, size, wrapped_key) to subrosa_person
  grant select (document_id, id, matter_id, wrapped_key) to subrosa_clerk
  grant update (document_id, wrapped_key) to subrosa_gate
  grant delete to subrosa_gate

table app.verifications
  id uuid not null
  address_id uuid not null
  matter_id uuid not null
  method text not null
  is_confirmed boolean not null
  level integer not null
  sealed_evidence bytea
  by_address uuid
  verified_by uuid not null
  at timestamp with time zone not null default clock_timestamp()
  expires_at timestamp with time zone not null
  voided_at timestamp with time zone
  void text
  verifications_address_id_fkey: FOREIGN KEY (address_id) REFERENCES app.recipient_addresses(id)
  verifications_by_address_fkey: FOREIGN KEY (by_address) REFERENCES app.recipient_addresses(id)
  verifications_check: CHECK (((sealed_evidence IS NULL) = (method = 'code'::text)))
  verifications_check1: CHECK (((voided_at IS NULL) = (void IS NULL)))
  verifications_check2: CHECK ((is_confirmed OR (level = 0)))
  verifications_check3: CHECK ((by_address IS DISTINCT FROM address_id))
  verifications_check4: CHECK ((level <= CASE method WHEN 'loop'::text THEN 1 WHEN 'question'::text THEN 1 WHEN 'code'::text THEN 2 WHEN 'call-back'::text THEN 2 WHEN 'directory'::text THEN 2 WHEN 'certificate'::text THEN 3 ELSE 4 END))
  verifications_level_check: CHECK (((level >= 0) AND (level <= 4)))
  verifications_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  verifications_method_check: CHECK ((method = ANY (ARRAY['loop'::text, 'question'::text, 'code'::text, 'call-back'::text, 'directory'::text, 'certificate'::text, 'identity'::text, 'register'::text])))
  verifications_pkey: PRIMARY KEY (id)
  verifications_verified_by_fkey: FOREIGN KEY (verified_by) REFERENCES app.people(id)
  verifications_void_check: CHECK ((void = ANY (ARRAY['changed'::text, 'bounced'::text, 'withdrawn'::text])))
  CREATE INDEX verifications_of_address ON app.verifications USING btree (address_id, at)
  policy gate_sees for all to subrosa_gate using (true) with check (true)
  policy select_within_reach for select to subrosa_person using (hidden.reaches(matter_id)) with check (-)
  grant insert (address_id, at, by_address, expires_at, id, is_confirmed, level, matter_id, method, sealed_evidence, verified_by, void, voided_at) to subrosa_gate
  grant select (address_id, at, by_address, expires_at, id, is_confirmed, level, matter_id, method, sealed_evidence, verified_by, void, voided_at) to subrosa_gate
  grant select (address_id, at, by_address, expires_at, id, is_confirmed, level, matter_id, method, sealed_evidence, verified_by, void, voided_at) to subrosa_person
  grant update (void, voided_at) to subrosa_gate
  grant delete to subrosa_gate

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
  sealed_reason bytea
  made_from integer
  scan text not null default 'none'::text
  scan_why text
  sealed_signature bytea
  scan_at timestamp with time zone
  scan_by uuid
  versions_created_by_fkey: FOREIGN KEY (created_by) REFERENCES app.people(id)
  versions_document_id_matter_id_fkey: FOREIGN KEY (document_id, matter_id) REFERENCES app.documents(id, matter_id)
  versions_document_id_number_key: UNIQUE (document_id, number)
  versions_number_check: CHECK ((number > 0))
  versions_pkey: PRIMARY KEY (id)
  versions_scan: CHECK ((((scan <> 'quarantined'::text) OR (sealed_signature IS NOT NULL)) AND ((scan = 'released'::text) = (scan_by IS NOT NULL))))
  versions_scan_by_fkey: FOREIGN KEY (scan_by) REFERENCES app.people(id)
  versions_scan_check: CHECK ((scan = ANY (ARRAY['none'::text, 'clean'::text, 'waiting'::text, 'quarantined'::text, 'released'::text])))
  versions_scan_why_check: CHECK ((scan_why = ANY (ARRAY['away'::text, 'too-large'::text, 'unclear'::text])))
  versions_size_check: CHECK ((size > 0))
  CREATE INDEX versions_content ON app.versions USING btree (matter_id, content_token)
  CREATE INDEX versions_held ON app.versions USING btree (id) WHERE (scan = ANY (ARRAY['waiting'::text, 'quarantined'::text]))
  CREATE INDEX versions_of_matter ON app.versions USING btree (matter_id, id)
  policy clerk_within_job for select to subrosa_clerk using ((matter_id = ( SELECT hidden.job_matter() AS job_matter))) with check (-)
  policy gate_adds for insert to subrosa_gate using (-) with check (true)
  policy gate_ends for delete to subrosa_gate using (true) with check (-)
  policy gate_marks for update to subrosa_gate using (true) with check (true)
  policy gate_rewraps for update to subrosa_gate using (true) with check (true)
  policy gate_sees for select to subrosa_gate using (true) with check (-)
  policy insert_first for insert to subrosa_person using (-) with check (((created_by = ( SELECT hidden.me() AS me)) AND (number = 1) AND hidden.is_bare(document_id) AND hidden.takes_more(matter_id) AND ( SELECT hidden.may('document.upload'::text) AS may)))
  policy select_within_reach for select to subrosa_person using ((EXISTS ( SELECT FROM app.documents d WHERE (d.id = versions.document_id) OFFSET 0))) with check (-)
  grant insert (content_token, created_at, created_by, document_id, id, made_from, matter_id, number, scan, scan_at, scan_by, scan_why, sealed_facts, sealed_reason, sealed_signature, size, wrapped_key) to subrosa_gate
  grant insert (content_token, created_by, document_id, id, matter_id, number, sealed_facts, size, wrapped_key) to subrosa_person
  grant select (content_token, created_at, created_by, document_id, id, made_from, matter_id, number, scan, scan_at, scan_by, scan_why, sealed_facts, sealed_reason, sealed_signature, size, wrapped_key) to subrosa_gate
  grant select (content_token, created_at, created_by, document_id, id, made_from, matter_id, number, scan, scan_at, scan_by, scan_why, sealed_facts, sealed_reason, sealed_signature, size, wrapped_key) to subrosa_person
  grant select (document_id, id, matter_id, number, sealed_facts, size, wrapped_key) to subrosa_clerk
  grant update (scan, scan_at, scan_by, scan_why, sealed_signature, wrapped_key) to subrosa_gate
  grant delete to subrosa_gate

table app.wall_acknowledgements
  wall_id uuid not null
  person_id uuid not null
  screened boolean not null
  asked_at timestamp with time zone not null default clock_timestamp()
  told_at timestamp with time zone
  reminded_at timestamp with time zone
  acknowledged_at timestamp with time zone
  wall_acknowledgements_person_id_fkey: FOREIGN KEY (person_id) REFERENCES app.people(id)
  wall_acknowledgements_pkey: PRIMARY KEY (wall_id, person_id)
  wall_acknowledgements_wall_id_fkey: FOREIGN KEY (wall_id) REFERENCES app.walls(id)
  policy gate_sees for all to subrosa_gate using (true) with check (true)
  policy select_kept for select to subrosa_person using ((EXISTS ( SELECT FROM app.walls w WHERE (w.id = wall_acknowledgements.wall_id)))) with check (-)
  grant insert (acknowledged_at, asked_at, person_id, reminded_at, screened, told_at, wall_id) to subrosa_gate
  grant select (acknowledged_at, asked_at, person_id, reminded_at, screened, told_at, wall_id) to subrosa_gate
  grant select (acknowledged_at, asked_at, person_id, reminded_at, screened, told_at, wall_id) to subrosa_person
  grant update (acknowledged_at, reminded_at, told_at) to subrosa_gate

table app.wall_certifications
  id uuid not null
  wall_id uuid not null
  person_id uuid not null
  capacity text not null
  starts_at timestamp with time zone not null
  ends_at timestamp with time zone not null
  sealed_words bytea not null
  made_at timestamp with time zone not null default clock_timestamp()
  wall_certifications_capacity_check: CHECK ((capacity = ANY (ARRAY['screened'::text, 'partner'::text])))
  wall_certifications_check: CHECK ((ends_at > starts_at))
  wall_certifications_person_id_fkey: FOREIGN KEY (person_id) REFERENCES app.people(id)
  wall_certifications_pkey: PRIMARY KEY (id)
  wall_certifications_wall_id_fkey: FOREIGN KEY (wall_id) REFERENCES app.walls(id)
  policy gate_sees for all to subrosa_gate using (true) with check (true)
  policy insert_own for insert to subrosa_person using (-) with check (((person_id = ( SELECT hidden.me() AS me)) AND hidden.certifies(wall_id, capacity)))
  policy select_kept for select to subrosa_person using ((EXISTS ( SELECT FROM app.walls w WHERE (w.id = wall_certifications.wall_id)))) with check (-)
  grant insert (capacity, ends_at, id, made_at, person_id, sealed_words, starts_at, wall_id) to subrosa_person
  grant select (capacity, ends_at, id, made_at, person_id, sealed_words, starts_at, wall_id) to subrosa_gate
  grant select (capacity, ends_at, id, made_at, person_id, sealed_words, starts_at, wall_id) to subrosa_person

table app.wall_notes
  id uuid not null
  wall_id uuid not null
  kind text not null
  sealed_words bytea not null
  made_by uuid not null
  made_at timestamp with time zone not null default clock_timestamp()
  wall_notes_kind_check: CHECK ((kind = ANY (ARRAY['notice'::text, 'inquiry'::text, 'answer'::text, 'breach'::text, 'note'::text])))
  wall_notes_made_by_fkey: FOREIGN KEY (made_by) REFERENCES app.people(id)
  wall_notes_pkey: PRIMARY KEY (id)
  wall_notes_wall_id_fkey: FOREIGN KEY (wall_id) REFERENCES app.walls(id)
  policy gate_sees for all to subrosa_gate using (true) with check (true)
  policy insert_kept for insert to subrosa_person using (-) with check (((made_by = ( SELECT hidden.me() AS me)) AND hidden.keeps(wall_id)))
  policy select_kept for select to subrosa_person using ((EXISTS ( SELECT FROM app.walls w WHERE (w.id = wall_notes.wall_id)))) with check (-)
  grant insert (id, kind, made_at, made_by, sealed_words, wall_id) to subrosa_person
  grant select (id, kind, made_at, made_by, sealed_words, wall_id) to subrosa_gate
  grant select (id, kind, made_at, made_by, sealed_words, wall_id) to subrosa_person

table app.wall_people
  wall_id uuid not null
  side text not null
  person_id uuid
  group_id uuid
  since timestamp with time zone not null default clock_timestamp()
  wall_people_check: CHECK ((num_nonnulls(person_id, group_id) = 1))
  wall_people_group_id_fkey: FOREIGN KEY (group_id) REFERENCES app.groups(id) ON DELETE CASCADE
  wall_people_person_id_fkey: FOREIGN KEY (person_id) REFERENCES app.people(id)
  wall_people_side_check: CHECK ((side = ANY (ARRAY['a'::text, 'b'::text])))
  wall_people_wall_id_fkey: FOREIGN KEY (wall_id) REFERENCES app.walls(id)
  wall_people_wall_id_side_person_id_group_id_key: UNIQUE NULLS NOT DISTINCT (wall_id, side, person_id, group_id)
  policy gate_sees for all to subrosa_gate using (true) with check (true)
  policy select_kept for select to subrosa_person using ((EXISTS ( SELECT FROM app.walls w WHERE (w.id = wall_people.wall_id)))) with check (-)
  grant insert (group_id, person_id, side, since, wall_id) to subrosa_gate
  grant select (group_id, person_id, side, since, wall_id) to subrosa_gate
  grant select (group_id, person_id, side, since, wall_id) to subrosa_person

table app.wall_targets
  wall_id uuid not null
  side text not null
  matter_id uuid
  client_id uuid
  wall_targets_check: CHECK ((num_nonnulls(matter_id, client_id) = 1))
  wall_targets_client_id_fkey: FOREIGN KEY (client_id) REFERENCES app.clients(id)
  wall_targets_matter_id_fkey: FOREIGN KEY (matter_id) REFERENCES app.matters(id)
  wall_targets_side_check: CHECK ((side = ANY (ARRAY['a'::text, 'b'::text])))
  wall_targets_wall_id_fkey: FOREIGN KEY (wall_id) REFERENCES app.walls(id)
  wall_targets_wall_id_matter_id_client_id_key: UNIQUE NULLS NOT DISTINCT (wall_id, matter_id, client_id)
  CREATE INDEX wall_targets_of_client ON app.wall_targets USING btree (client_id) WHERE (client_id IS NOT NULL)
  CREATE INDEX wall_targets_of_matter ON app.wall_targets USING btree (matter_id) WHERE (matter_id IS NOT NULL)
  policy gate_sees for all to subrosa_gate using (true) with check (true)
  policy select_kept for select to subrosa_person using ((EXISTS ( SELECT FROM app.walls w WHERE (w.id = wall_targets.wall_id)))) with check (-)
  grant insert (client_id, matter_id, side, wall_id) to subrosa_gate
  grant select (client_id, matter_id, side, wall_id) to subrosa_gate
  grant select (client_id, matter_id, side, wall_id) to subrosa_person

table app.walls
  id uuid not null
  kind text not null
  rule text not null
  sealed_words bytea not null
  announced boolean not null
  withholds boolean not null
  certify_days integer not null
  remind_days integer not null
  need_known_at timestamp with time zone not null
  starts_at timestamp with time zone not null
  ends_at timestamp with time zone
  sealed_seen bytea
  raised_by uuid not null
  raised_at timestamp with time zone not null default clock_timestamp()
  lifted_at timestamp with time zone
  lifted_by uuid
  walls_check: CHECK ((announced OR (NOT withholds)))
  walls_check1: CHECK ((ends_at > starts_at))
  walls_kind_check: CHECK ((kind = ANY (ARRAY['exclusion'::text, 'two-sided'::text])))
  walls_lifted_by_fkey: FOREIGN KEY (lifted_by) REFERENCES app.people(id)
  walls_pkey: PRIMARY KEY (id)
  walls_raised_by_fkey: FOREIGN KEY (raised_by) REFERENCES app.people(id)
  walls_rule_check: CHECK ((rule = ANY (ARRAY['1.10(a)(2)'::text, '1.11'::text, '1.12'::text, '1.18'::text, 'sra-6.5'::text, 'insider'::text, 'voluntary'::text])))
  policy gate_sees for all to subrosa_gate using (true) with check (true)
  policy select_kept for select to subrosa_person using ((( SELECT hidden.may('wall.keep'::text) AS may) AND hidden.keeps(id))) with check (-)
  grant insert (announced, certify_days, ends_at, id, kind, lifted_at, lifted_by, need_known_at, raised_at, raised_by, remind_days, rule, sealed_seen, sealed_words, starts_at, withholds) to subrosa_gate
  grant select (announced, certify_days, ends_at, id, kind, lifted_at, lifted_by, need_known_at, raised_at, raised_by, remind_days, rule, sealed_seen, sealed_words, starts_at, withholds) to subrosa_gate
  grant select (announced, certify_days, ends_at, id, kind, lifted_at, lifted_by, need_known_at, raised_at, raised_by, remind_days, rule, sealed_seen, sealed_words, starts_at, withholds) to subrosa_person
  grant update (lifted_at, lifted_by) to subrosa_gate

table ledger.checkpoints
  size bigint not null
  root bytea not null
  frontier bytea[] not null
  note text not null
  signed_at timestamp with time zone not null
  checkpoints_pkey: PRIMARY KEY (size)
  checkpoints_root_check: CHECK ((octet_length(root) = 32))
  checkpoints_size_check: CHECK ((size >= 0))
  policy clerk_numbers for all to subrosa_clerk using (true) with check (true)
  policy select_by_permission for select to subrosa_person using (( SELECT hidden.may('ledger.read'::text) AS may)) with check (-)
  grant insert (frontier, note, root, signed_at, size) to subrosa_clerk
  grant select (frontier, note, root, signed_at, size) to subrosa_clerk
  grant select (frontier, note, root, signed_at, size) to subrosa_person

table ledger.cosignatures
  witness_id uuid not null
  size bigint not null
  at timestamp with time zone not null
  line text not null
  cosignatures_pkey: PRIMARY KEY (witness_id, size)
  cosignatures_size_fkey: FOREIGN KEY (size) REFERENCES ledger.checkpoints(size)
  cosignatures_witness_id_fkey: FOREIGN KEY (witness_id) REFERENCES ledger.witnesses(id)
  CREATE INDEX cosignatures_by_size ON ledger.cosignatures USING btree (size)
  policy clerk_keeps for all to subrosa_clerk using (true) with check (true)
  policy gate_counts for select to subrosa_gate using (true) with check (-)
  policy select_by_permission for select to subrosa_person using (( SELECT hidden.may('ledger.read'::text) AS may)) with check (-)
  grant insert (at, line, size, witness_id) to subrosa_clerk
  grant select (at, line, size, witness_id) to subrosa_clerk
  grant select (at, line, size, witness_id) to subrosa_gate
  grant select (at, line, size, witness_id) to subrosa_person

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
  v smallint not null default 2
  origin bytea
  ground text
  entries_origin_check: CHECK ((octet_length(origin) = 32))
  entries_pkey: PRIMARY KEY (id)
  entries_salt_check: CHECK ((octet_length(salt) = 16))
  entries_v_check: CHECK ((v = ANY (ARRAY[1, 2])))
  entries_via_check: CHECK ((via = ANY (ARRAY['browser'::text, 'command'::text, 'token'::text, 'visitor'::text, 'clerk'::text])))
  CREATE INDEX entries_of_actor ON ledger.entries USING btree (actor, id) WHERE (actor IS NOT NULL)
  CREATE INDEX entries_of_deed ON ledger.entries USING btree (deed, id)
  CREATE INDEX entries_of_firm ON ledger.entries USING btree (id) WHERE (matter_id IS NULL)
  CREATE INDEX entries_of_matter ON ledger.entries USING btree (matter_id, id) WHERE (matter_id IS NOT NULL)
  CREATE INDEX entries_of_object ON ledger.entries USING btree (object, id) WHERE (object IS NOT NULL)
  CREATE INDEX entries_of_origin ON ledger.entries USING btree (origin, id) WHERE (origin IS NOT NULL)
  policy clerk_numbers for select to subrosa_clerk using (true) with check (-)
  policy clerk_writes for insert to subrosa_clerk using (-) with check ((via = 'clerk'::text))
  policy gate_reads for select to subrosa_gate using (true) with check (-)
  policy gate_records for insert to subrosa_gate using (-) with check (true)
  policy insert_own for insert to subrosa_person using (-) with check (((actor IS NOT NULL) AND ((matter_id IS NULL) OR hidden.reaches(matter_id) OR hidden.left_just_now(matter_id)) AND (deed = ANY (ARRAY['person.invited'::text, 'person.edited'::text, 'person.changed'::text, 'person.reset'::text, 'person.left'::text, 'person.stayed'::text, 'person.returned'::text, 'person.provisioned'::text, 'session.ended'::text, 'session.revoked'::text, 'device.lost'::text, 'password.changed'::text, 'factor.enrolled'::text, 'factor.removed'::text, 'passkey.created'::text, 'passkey.renamed'::text, 'passkey.revoked'::text, 'recovery.created'::text, 'identity.linked'::text, 'identity.unlinked'::text, 'token.created'::text, 'token.revoked'::text, 'role.created'::text, 'role.changed'::text, 'role.retired'::text, 'group.created'::text, 'group.changed'::text, 'approval.asked'::text, 'approval.given'::text, 'approval.refused'::text, 'approval.withdrawn'::text, 'setting.changed'::text, 'handover.taken'::text, 'notice.seen'::text, 'client.created'::text, 'client.changed'::text, 'client.merged'::text, 'matter.created'::text, 'matter.changed'::text, 'matter.opened'::text, 'matter.closed'::text, 'matter.reopened'::text, 'matter.shared'::text, 'matter.unshared'::text, 'class.asked'::text, 'class.lowered'::text, 'class.kept'::text, 'recipient.added'::text, 'recipient.placed'::text, 'recipient.changed'::text, 'recipient.removed'::text, 'address.added'::text, 'address.ended'::text, 'address.challenged'::text, 'address.verified'::text, 'address.doubted'::text, 'party.added'::text, 'party.changed'::text, 'party.removed'::text, 'team.joined'::text, 'team.left'::text, 'team.changed'::text, 'wall.raised'::text, 'wall.asked'::text, 'wall.lifted'::text, 'wall.kept'::text, 'wall.noted'::text, 'wall.certified'::text, 'wall.packed'::text, 'wall.acknowledged'::text, 'grant.requested'::text, 'grant.routed'::text, 'grant.approved'::text, 'grant.refused'::text, 'grant.renewed'::text, 'glass.broken'::text, 'glass.tried'::text, 'glass.reviewed'::text, 'access.explained'::text, 'conflict.checked'::text, 'conflict.decided'::text, 'matrix.changed'::text, 'probe.run'::text, 'document.added'::text, 'document.opened'::text, 'pictures.shown'::text, 'passages.shown'::text, 'search.made'::text, 'search.exported'::text, 'search.saved'::text, 'search.changed'::text, 'search.forgotten'::text, 'document.reread'::text, 'index.renewed'::text, 'document.downloaded'::text, 'document.classified'::text, 'bundle.made'::text, 'version.added'::text, 'version.compared'::text, 'document.out'::text, 'document.back'::text, 'document.moved'::text, 'document.renamed'::text, 'document.described'::text, 'document.locked'::text, 'document.unlocked'::text, 'document.trashed'::text, 'document.restored'::text, 'folder.created'::text, 'folder.moved'::text, 'folder.removed'::text, 'hold.placed'::text, 'hold.lifted'::text, 'destruction.asked'::text, 'destruction.approved'::text, 'destruction.refused'::text, 'document.sent'::text, 'document.copied'::text, 'document.taken'::text, 'document.quarantined'::text, 'quarantine.released'::text, 'upload.begun'::text, 'upload.ended'::text, 'document.unpacked'::text, 'storage.begun'::text, 'scrub.asked'::text, 'check.asked'::text, 'key.asked'::text, 'key.split'::text, 'key.acknowledged'::text, 'root.added'::text, 'root.tested'::text, 'root.asked'::text, 'root.allowed'::text, 'root.declined'::text, 'receiver.asked'::text, 'receiver.added'::text, 'receiver.changed'::text, 'receiver.refused'::text, 'receiver.tested'::text, 'receiver.retired'::text, 'ledger.read'::text, 'ledger.exported'::text, 'review.made'::text, 'review.changed'::text, 'review.retired'::text, 'review.taken'::text, 'review.assigned'::text, 'review.marked'::text, 'review.signed'::text, 'checkpoint.printed'::text, 'checkpoint.asked'::text, 'witness.added'::text, 'witness.retired'::text, 'evidence.made'::text, 'nothing.answered'::text, 'act.refused'::text, 'clock.confirmed'::text])) AND ((deed <> 'clock.confirmed'::text) OR ( SELECT hidden.may('clock.confirm'::text) AS may))))
  policy select_of_accounts for select to subrosa_person using (((matter_id IS NULL) AND ( SELECT hidden.may('person.read'::text) AS may) AND (split_part(deed, '.'::text, 1) = ANY (ARRAY['person'::text, 'session'::text, 'device'::text, 'account'::text, 'password'::text, 'factor'::text, 'passkey'::text, 'recovery'::text, 'identity'::text, 'token'::text, 'role'::text, 'group'::text, 'approval'::text, 'setting'::text, 'storage'::text, 'scrub'::text, 'receiver'::text])))) with check (-)
  policy select_of_firm for select to subrosa_person using (((matter_id IS NULL) AND ( SELECT hidden.may('ledger.read'::text) AS may) AND ((split_part(deed, '.'::text, 1) <> ALL (ARRAY['client'::text, 'wall'::text, 'grant'::text, 'glass'::text, 'conflict'::text, 'access'::text, 'probe'::text, 'hold'::text, 'destruction'::text, 'certificate'::text, 'evidence'::text, 'nothing'::text, 'act'::text, 'search'::text])) OR ((actor = ( SELECT hidden.me() AS me)) AND (split_part(deed, '.'::text, 1) <> ALL (ARRAY['client'::text, 'wall'::text]))) OR ((deed ~~ 'client.%'::text) AND (actor = ( SELECT hidden.me() AS me)) AND (EXISTS ( SELECT FROM app.clients c WHERE (c.id = entries.object)))) OR ((deed ~~ 'wall.%'::text) AND (EXISTS ( SELECT FROM app.walls w WHERE (w.id = entries.object)))) OR ((deed ~~ 'hold.%'::text) AND (EXISTS ( SELECT FROM app.holds h WHERE (h.id = entries.object)))) OR ((split_part(deed, '.'::text, 1) = ANY (ARRAY['destruction'::text, 'certificate'::text])) AND (EXISTS ( SELECT FROM app.destructions d WHERE (d.id = entries.object))))))) with check (-)
  policy select_overseen for select to subrosa_person using ((( SELECT hidden.may('ledger.oversee'::text) AS may) AND hidden.is_open_to_overseer(id, salt))) with check (-)
  policy select_within_reach for select to subrosa_person using ((((EXISTS ( SELECT FROM app.team_members t WHERE (t.matter_id = entries.matter_id))) OR ((EXISTS ( SELECT FROM app.matter_groups g WHERE (g.matter_id = entries.matter_id))) AND ((split_part(deed, '.'::text, 1) <> ALL (ARRAY['document'::text, 'version'::text, 'bundle'::text, 'class'::text, 'passages'::text])) OR (object = matter_id) OR hidden.reached_document(object)))) AND ( SELECT hidden.may('entry.list'::text) AS may))) with check (-)
  grant insert (actor, at, deed, details_commitment, ground, id, matter_id, object, origin, salt, sealed_details, session, v, via) to subrosa_gate
  grant insert (actor, deed, details_commitment, id, matter_id, object, origin, salt, sealed_details, session, via) to subrosa_clerk
  grant insert (deed, details_commitment, id, matter_id, object, origin, salt, sealed_details) to subrosa_person
  grant select (actor, at, deed, details_commitment, ground, id, matter_id, object, origin, salt, sealed_details, session, v, via) to subrosa_clerk
  grant select (actor, at, deed, details_commitment, ground, id, matter_id, object, origin, salt, sealed_details, session, v, via) to subrosa_gate
  grant select (actor, at, deed, details_commitment, ground, id, matter_id, object, origin, salt, sealed_details, session, v, via) to subrosa_person

table ledger.epochs
  n integer not null
  note text not null
  epochs_n_check: CHECK ((n > 0))
  epochs_pkey: PRIMARY KEY (n)
  policy clerk_begins for all to subrosa_clerk using (true) with check (true)
  policy select_by_keepers for select to subrosa_person using ((( SELECT hidden.may('key.rotate'::text) AS may) OR ( SELECT hidden.may('integrity.keep'::text) AS may))) with check (-)
  policy select_by_permission for select to subrosa_person using (( SELECT hidden.may('ledger.read'::text) AS may)) with check (-)
  grant insert (n, note) to subrosa_clerk
  grant select (n, note) to subrosa_clerk
  grant select (n, note) to subrosa_person

table ledger.leaves
  n bigint not null
  entry_id uuid not null
  matter_n bigint
  numbered timestamp with time zone not null
  leaf_hash bytea not null
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
  grant select (entry_id, leaf_hash, matter_n, n, numbered) to subrosa_gate
  grant select (entry_id, matter_n) to subrosa_person

table ledger.log
  one boolean not null default true
  origin text not null
  vkey text not null
  log_one_check: CHECK (one)
  log_pkey: PRIMARY KEY (one)
  policy clerk_numbers for select to subrosa_clerk using (true) with check (-)
  policy owner_names for all to subrosa_owner using (true) with check (true)
  policy select_by_keepers for select to subrosa_person using ((( SELECT hidden.may('key.rotate'::text) AS may) OR ( SELECT hidden.may('integrity.keep'::text) AS may))) with check (-)
  policy select_by_permission for select to subrosa_person using (( SELECT hidden.may('ledger.read'::text) AS may)) with check (-)
  grant select (one, origin, vkey) to subrosa_clerk
  grant select (one, origin, vkey) to subrosa_person

table ledger.matter_counts
  matter_id uuid not null
  entries bigint not null
  matter_counts_entries_check: CHECK ((entries > 0))
  matter_counts_pkey: PRIMARY KEY (matter_id)
  policy clerk_numbers for all to subrosa_clerk using (true) with check (true)
  grant insert (entries, matter_id) to subrosa_clerk
  grant select (entries, matter_id) to subrosa_clerk
  grant update (entries, matter_id) to subrosa_clerk

table ledger.origins
  id bytea not null
  address_token bytea not null
  sealed_origin bytea not null
  origins_address_token_check: CHECK ((octet_length(address_token) = 16))
  origins_id_check: CHECK ((octet_length(id) = 32))
  origins_pkey: PRIMARY KEY (id)
  CREATE INDEX origins_of_address ON ledger.origins USING btree (address_token)
  policy clerk_numbers for all to subrosa_clerk using (true) with check (true)
  policy gate_knows for select to subrosa_gate using (true) with check (-)
  policy gate_writes for insert to subrosa_gate using (-) with check (true)
  policy insert_place for insert to subrosa_person using (-) with check (true)
  policy select_by_permission for select to subrosa_person using (( SELECT hidden.may('ledger.read'::text) AS may)) with check (-)
  grant insert (address_token, id, sealed_origin) to subrosa_clerk
  grant insert (address_token, id, sealed_origin) to subrosa_gate
  grant insert (address_token, id, sealed_origin) to subrosa_person
  grant select (address_token, id) to subrosa_gate
  grant select (address_token, id, sealed_origin) to subrosa_clerk
  grant select (address_token, id, sealed_origin) to subrosa_person

table ledger.pending
  entry_id uuid not null
  pending_pkey: PRIMARY KEY (entry_id)
  policy clerk_numbers for all to subrosa_clerk using (true) with check (-)
  policy gate_reads for select to subrosa_gate using (true) with check (-)
  policy gate_stamps for insert to subrosa_gate using (-) with check (true)
  grant insert (entry_id) to subrosa_gate
  grant select (entry_id) to subrosa_clerk
  grant select (entry_id) to subrosa_gate
  grant delete to subrosa_clerk

table ledger.stamps
  size bigint not null
  at timestamp with time zone not null
  url text not null
  token bytea not null
  made_at timestamp with time zone not null default clock_timestamp()
  stamps_pkey: PRIMARY KEY (size)
  stamps_size_fkey: FOREIGN KEY (size) REFERENCES ledger.checkpoints(size)
  policy clerk_keeps for all to subrosa_clerk using (true) with check (true)
  policy select_by_permission for select to subrosa_person using (( SELECT hidden.may('ledger.read'::text) AS may)) with check (-)
  grant insert (at, made_at, size, token, url) to subrosa_clerk
  grant select (at, made_at, size, token, url) to subrosa_clerk
  grant select (at, made_at, size, token, url) to subrosa_person

table ledger.subtrees
  level smallint not null
  index bigint not null
  hash bytea not null
  subtrees_hash_check: CHECK ((octet_length(hash) = 32))
  subtrees_index_check: CHECK ((index >= 0))
  subtrees_level_check: CHECK (((level >= 1) AND (level <= 6)))
  subtrees_pkey: PRIMARY KEY (level, index)
  policy clerk_numbers for all to subrosa_clerk using (true) with check (true)
  policy gate_reads for select to subrosa_gate using (true) with check (-)
  grant insert (hash, index, level) to subrosa_clerk
  grant select (hash, index, level) to subrosa_clerk
  grant select (hash, index, level) to subrosa_gate

table ledger.witnesses
  id uuid not null
  vkey text not null
  url text not null
  added_by uuid not null
  added_at timestamp with time zone not null default clock_timestamp()
  retired_by uuid
  retired_at timestamp with time zone
  held bigint
  asked_at timestamp with time zone
  next_at timestamp with time zone not null default clock_timestamp()
  fault text
  fault_at timestamp with time zone
  tries integer not null default 0
  witnesses_added_by_fkey: FOREIGN KEY (added_by) REFERENCES app.people(id)
  witnesses_check: CHECK (((fault IS NULL) = (fault_at IS NULL)))
  witnesses_check1: CHECK (((retired_by IS NULL) = (retired_at IS NULL)))
  witnesses_held_check: CHECK ((held >= 0))
  witnesses_pkey: PRIMARY KEY (id)
  witnesses_retired_by_fkey: FOREIGN KEY (retired_by) REFERENCES app.people(id)
  CREATE UNIQUE INDEX witnesses_live ON ledger.witnesses USING btree (vkey) WHERE (retired_at IS NULL)
  policy clerk_asks for all to subrosa_clerk using (true) with check (true)
  policy gate_keeps for all to subrosa_gate using (true) with check (true)
  policy select_by_permission for select to subrosa_person using (( SELECT hidden.may('ledger.read'::text) AS may)) with check (-)
  grant insert (added_at, added_by, asked_at, fault, fault_at, held, id, next_at, retired_at, retired_by, tries, url, vkey) to subrosa_gate
  grant select (added_at, added_by, asked_at, fault, fault_at, held, id, next_at, retired_at, retired_by, tries, url, vkey) to subrosa_clerk
  grant select (added_at, added_by, asked_at, fault, fault_at, held, id, next_at, retired_at, retired_by, tries, url, vkey) to subrosa_gate
  grant select (added_at, added_by, asked_at, fault, fault_at, held, id, next_at, retired_at, retired_by, tries, url, vkey) to subrosa_person
  grant update (asked_at, fault, fault_at, held, next_at, tries) to subrosa_clerk
  grant update (retired_at, retired_by) to subrosa_gate

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
function hidden.acknowledge(uuid) returns boolean as definer to subrosa_person
function hidden.acknowledge_share(text,text) returns uuid as definer to subrosa_person
function hidden.acts_for(uuid) returns boolean as definer to subrosa_person
function hidden.add_document(uuid,uuid,uuid,bytea,bytea,text,uuid,bytea,bytea,bytea,bigint,text,text,bytea) returns boolean as definer to subrosa_person
function hidden.add_own_root(uuid,bytea,bytea,text,bytea) returns boolean as definer to subrosa_person
function hidden.add_receiver(uuid,bytea,boolean,uuid,bytea,bytea) returns boolean as definer to subrosa_person
function hidden.add_version(uuid,uuid,integer,bytea,bytea,bytea,bigint,bytea,text,boolean) returns integer as definer to subrosa_person
function hidden.add_witness(uuid,text,text) returns boolean as definer to subrosa_person
function hidden.add_words(text,uuid,bytea) returns bigint as definer to subrosa_clerk
function hidden.administrators() returns SETOF uuid as definer to subrosa_person
function hidden.age_factor(bytea,timestamp with time zone) returns void as definer to subrosa_visitor
function hidden.all_versions() returns TABLE(count bigint, bytes bigint) as definer to subrosa_clerk
function hidden.answer_challenge(bytea,bytea) returns TABLE(challenge uuid, address uuid, matter uuid, asked_by uuid) as definer to subrosa_visitor
function hidden.approvers() returns SETOF uuid as definer to subrosa_person, subrosa_visitor
function hidden.are_roles(text[]) returns boolean as definer to nobody
function hidden.ask_confirmation(uuid,text,uuid,uuid,text,bytea) returns boolean as definer to subrosa_person
function hidden.ask_destruction(uuid,uuid,text,uuid,uuid[],bytea,bytea,bytea) returns boolean as definer to subrosa_person
function hidden.ask_document_lower(uuid,uuid,text,bytea) returns boolean as definer to subrosa_person
function hidden.ask_emptying(uuid,uuid,uuid,uuid[],bytea,bytea,bytea) returns boolean as definer to subrosa_person
function hidden.ask_own_root(uuid,uuid,bytea,bytea) returns boolean as definer to subrosa_person
function hidden.ask_probe(uuid,uuid,bytea) returns boolean as definer to subrosa_person
function hidden.ask_second(uuid,text,uuid,text[],bytea) returns boolean as definer to subrosa_person
function hidden.asker_to_tell(uuid) returns SETOF uuid as definer to subrosa_person
function hidden.asking() returns app.sessions as definer to nobody
function hidden.assign_log_review(uuid,uuid) returns boolean as definer to subrosa_person
function hidden.begin_destruction(uuid) returns text as definer to subrosa_clerk
function hidden.begin_errand(uuid,uuid,bytea) returns boolean as definer to subrosa_clerk
function hidden.begin_filing(uuid) returns boolean as definer to subrosa_person
function hidden.begin_glance(uuid) returns boolean as definer to subrosa_person
function hidden.begin_own_root(uuid) returns void as definer to nobody
function hidden.begin_probe(uuid,uuid,jsonb,uuid,bytea,bytea) returns boolean as definer to subrosa_clerk
function hidden.begin_reading(uuid) returns boolean as definer to subrosa_person
function hidden.begin_rotation(uuid,text,uuid) returns boolean as definer to subrosa_person
function hidden.begin_session(uuid,uuid,bytea,text,interval,interval,text,timestamp with time zone,bytea,bytea,uuid,bytea,bytea,bytea) returns TABLE(ends_at timestamp with time zone, is_new boolean, is_fresh boolean) as definer to subrosa_visitor
function hidden.begin_transfer(uuid,uuid,boolean) returns boolean as definer to subrosa_person
function hidden.begin_upload(uuid,uuid,bytea,bytea,bigint,uuid) returns timestamp with time zone as definer to subrosa_person
function hidden.begin_words(uuid[]) returns TABLE(version_id uuid, class text) as definer to subrosa_clerk
function hidden.bounce_address(uuid) returns void as definer to subrosa_clerk
function hidden.break_glass(uuid,bytea,bytea,integer,uuid,integer) returns uuid as definer to subrosa_person
function hidden.bring_back(uuid) returns boolean as definer to subrosa_person
function hidden.bring_half(integer,bytea,bytea,uuid) returns void as definer to subrosa_clerk
function hidden.broken_versions() returns TABLE(version uuid, document uuid, matter uuid, number integer, created_at timestamp with time zone, broken_at timestamp with time zone, good_at timestamp with time zone, fault text, earlier integer) as definer to subrosa_person
function hidden.came_onto_team() returns trigger as definer to nobody
function hidden.can(uuid,text) returns boolean as definer to nobody
function hidden.can_review(uuid) returns boolean as definer to subrosa_person
function hidden.card_of_destruction(uuid) returns TABLE(sealed_card bytea, client uuid, client_name bytea) as definer to subrosa_clerk
function hidden.certifies(uuid,text) returns boolean as definer to subrosa_person
function hidden.certify_destruction(uuid,integer,bytea) returns void as definer to subrosa_clerk
function hidden.challenge_address(uuid,uuid,uuid,uuid,bytea,bytea) returns timestamp with time zone as definer to subrosa_person
function hidden.change_client(uuid,bytea,text,text,bytea,integer) returns boolean as definer to subrosa_person
function hidden.change_matrix(integer,jsonb,bytea) returns boolean as definer to subrosa_person
function hidden.change_matter(uuid,bytea,bytea,text,integer) returns boolean as definer to subrosa_person
function hidden.change_part(uuid,uuid,text) returns boolean as definer to subrosa_person
function hidden.change_receiver(uuid,uuid,bytea,bytea) returns boolean as definer to subrosa_person
function hidden.change_roles(uuid,text[],text[]) returns boolean as definer to subrosa_person
function hidden.check_asker_to_tell(uuid) returns SETOF uuid as definer to subrosa_person
function hidden.check_closed(uuid) returns void as definer to nobody
function hidden.check_destroyable(uuid,uuid[]) returns void as definer to nobody
function hidden.checks_to_search(integer) returns TABLE(id uuid, sealed_words bytea) as definer to subrosa_clerk
function hidden.class_bit(text) returns integer to subrosa_gate
function hidden.class_of(uuid) returns text as definer to nobody
function hidden.classify(uuid,text) returns boolean as definer to subrosa_person
function hidden.clients_known() returns TABLE(client_id uuid, client_name bytea, client_class text, client_at timestamp with time zone) as definer to subrosa_person
function hidden.close_review(uuid,boolean,bytea) returns TABLE(matter uuid, person uuid) as definer to subrosa_person
function hidden.close_to(uuid,uuid) returns boolean as definer to subrosa_person
function hidden.close_unfit(uuid) returns void as definer to nobody
function hidden.come_back(uuid,text[],boolean) returns boolean as definer to nobody
function hidden.come_onto_team() returns trigger as definer to nobody
function hidden.concerns(uuid) returns boolean as definer to subrosa_person
function hidden.confirm(uuid,boolean) returns boolean as definer to subrosa_person
function hidden.confirm_by_code(uuid,uuid,integer) returns void as definer to subrosa_visitor
function hidden.conflicts_settled(uuid) returns boolean as definer to subrosa_person
function hidden.cool_address() returns trigger as definer to nobody
function hidden.count_documents(uuid) returns bigint as definer to subrosa_person
function hidden.count_try(bytea,interval) returns integer as definer to subrosa_visitor
function hidden.custodians_to_tell(uuid) returns SETOF uuid as definer to subrosa_person
function hidden.decide(uuid,boolean) returns boolean as definer to subrosa_person
function hidden.decide_check(uuid,text,bytea) returns boolean as definer to subrosa_person
function hidden.decide_destruction(uuid,boolean) returns void as definer to nobody
function hidden.decide_receiver(uuid,uuid,boolean) returns text as definer to subrosa_person
function hidden.deciders_of(uuid,boolean) returns TABLE(person uuid) as definer to nobody
function hidden.decides(uuid) returns boolean as definer to subrosa_person
function hidden.decides_on(uuid,uuid,boolean) returns boolean as definer to nobody
function hidden.decision_of(uuid) returns TABLE(decided_by uuid, decider_name bytea, decision text, sealed_words bytea, made_at timestamp with time zone) as definer to subrosa_person
function hidden.describe_document(uuid,bytea) returns boolean as definer to subrosa_person
function hidden.directory_people(uuid,bytea,bytea) returns TABLE(id uuid, sealed_name bytea, sealed_email bytea, sealed_directory bytea, active boolean, created_at timestamp with time zone, changed_at timestamp with time zone) as definer to subrosa_person
function hidden.done_in_emergency(uuid) returns bigint as definer to subrosa_person
function hidden.door_back(bytea,bytea,bytea) returns void as definer to subrosa_visitor
function hidden.door_ok(bytea,bytea,bytea) returns void as definer to subrosa_visitor
function hidden.door_try(bytea,bytea,bytea,uuid,bytea) returns TABLE(verdict text, tries integer, known boolean) as definer to subrosa_visitor
function hidden.drop_firm_key(integer) returns boolean as definer to subrosa_clerk
function hidden.drop_half(integer) returns boolean as definer to subrosa_clerk
function hidden.drop_ledger_key(integer) returns boolean as definer to subrosa_clerk
function hidden.drop_terms(uuid) returns void as definer to subrosa_clerk
function hidden.edit_person(uuid,bytea,bytea,bytea) returns boolean as definer to subrosa_person
function hidden.end_access(uuid) returns TABLE(sessions integer, tokens integer, passkeys integer) as definer to nobody
function hidden.end_address(uuid) returns boolean as definer to subrosa_person
function hidden.end_destruction(uuid,bytea,uuid) returns void as definer to subrosa_clerk
function hidden.end_errand(uuid,uuid,timestamp with time zone) returns void as definer to subrosa_clerk
function hidden.end_indexing(text,uuid[],timestamp with time zone[]) returns bigint as definer to subrosa_clerk
function hidden.end_others() returns void as definer to nobody
function hidden.end_probe(uuid,bytea) returns boolean as definer to subrosa_clerk
function hidden.end_rotation(uuid) returns boolean as definer to subrosa_clerk
function hidden.end_session(uuid) returns uuid as definer to subrosa_visitor
function hidden.end_sessions(uuid,uuid) returns integer as definer to subrosa_person
function hidden.end_standings(uuid) returns void as definer to nobody
function hidden.end_upload(uuid) returns boolean as definer to subrosa_person
function hidden.enrol(uuid,text,bytea,bigint,bytea[]) returns void as definer to subrosa_visitor
function hidden.enrol_passkey(uuid,uuid,bytea,bytea,bigint,text[],boolean,bytea) returns void as definer to subrosa_visitor
function hidden.enter(text) returns TABLE(person uuid, session uuid, kind text, roles text, permissions text, scope text[], sealed_name bytea, sealed_email bytea, ends_at timestamp with time zone, used_at timestamp with time zone, factor_at timestamp with time zone, device uuid, device_token bytea) as definer to subrosa_person
function hidden.entries_behind(uuid,timestamp with time zone,timestamp with time zone) returns TABLE(entry uuid, person uuid, at timestamp with time zone, deed text, matter uuid, n bigint) as definer to subrosa_person
function hidden.explain(uuid,timestamp with time zone) returns TABLE(person uuid, sealed_name bytea, roles text[], via text, role text, group_id uuid, group_name bytea, since timestamp with time zone, until timestamp with time zone, by_person uuid, by_name bytea, member uuid, of_group uuid, sealed_reason bytea, request uuid, sealed_words bytea, fits boolean, works boolean, walls uuid[], walled boolean, owes uuid[], owing boolean, here boolean) as definer to subrosa_person
function hidden.factors_left(uuid,boolean,uuid) returns bigint as definer to nobody
function hidden.find(uuid[],integer,integer[],integer,integer[],integer[],integer[],integer[],integer,integer) returns TABLE(version_id uuid, document_id uuid, matter_id uuid, class text, sealed_card bytea) as definer to subrosa_person
function hidden.find_matters(uuid[],integer[],integer) returns SETOF uuid as definer to subrosa_person
function hidden.finish_upload(uuid,uuid) returns boolean as definer to subrosa_person
function hidden.firm_name() returns TABLE(firm uuid, sealed bytea) as definer to subrosa_visitor
function hidden.firm_wraps() returns TABLE(name text, version integer, wrapped bytea) as definer to subrosa_clerk
function hidden.fits_matter(uuid,text) returns boolean as definer to subrosa_person
function hidden.fits_part(uuid,uuid,text) returns boolean as definer to subrosa_person
function hidden.floor_of(uuid) returns text as definer to subrosa_person
function hidden.folders_of_job() returns TABLE(id uuid, parent_id uuid, sealed_name bytea) as definer to subrosa_clerk
function hidden.follow_groups(uuid,bytea[]) returns TABLE(id uuid, sealed_name bytea, came boolean) as definer to subrosa_visitor
function hidden.forget_leaving(uuid) returns void as definer to nobody
function hidden.forget_tries(bytea) returns void as definer to subrosa_visitor
function hidden.forget_words(uuid) returns void as definer to nobody
function hidden.found_broken() returns TABLE(version uuid, matter uuid) as definer to subrosa_clerk
function hidden.found_firm(uuid,bytea,uuid,bytea,bytea,bytea) returns void as definer to subrosa_visitor
function hidden.frequencies(uuid[],integer[],integer) returns TABLE(term integer, documents bigint) as definer to subrosa_person
function hidden.grant_access(uuid,integer,text,uuid) returns TABLE(matter uuid, person uuid, until timestamp with time zone) as definer to subrosa_person
function hidden.granted_until(uuid) returns timestamp with time zone as definer to subrosa_person
function hidden.grants_ending(interval) returns TABLE(member uuid, person uuid, own boolean, ends_at timestamp with time zone) as definer to subrosa_clerk
function hidden.ground(uuid,uuid) returns text as definer to nobody
function hidden.group_fits(uuid,text) returns boolean as definer to nobody
function hidden.groups_may(text) returns boolean as definer to subrosa_person
function hidden.had_acknowledged(uuid,uuid,timestamp with time zone) returns boolean as definer to nobody
function hidden.hand_over(uuid,uuid,uuid) returns TABLE(was text, leaver_name bytea, heir uuid, heir_name bytea) as definer to subrosa_clerk
function hidden.handle(uuid,bytea) returns bytea as definer to subrosa_visitor
function hidden.handling(text,text) returns jsonb as definer to nobody
function hidden.harmless(text[]) returns text[] to subrosa_gate
function hidden.has_group_path(uuid,uuid,text) returns boolean as definer to nobody
function hidden.has_joined(uuid) returns boolean as definer to subrosa_person
function hidden.has_path(uuid,uuid,text) returns boolean as definer to nobody
function hidden.has_recovery_code(uuid,bytea) returns boolean as definer to subrosa_visitor
function hidden.has_role(uuid,text) returns boolean as definer to subrosa_person
function hidden.has_two_sides(uuid) returns boolean as definer to nobody
function hidden.has_witnessed() returns boolean as definer to subrosa_person
function hidden.hears(uuid,uuid) returns boolean as definer to nobody
function hidden.held_back(uuid,boolean,text) returns TABLE(class text, rule text, asks text, version integer) as definer to subrosa_person
function hidden.held_versions() returns TABLE(version_id uuid, document_id uuid, number integer, size bigint, scan text, scan_why text, sealed_signature bytea, created_at timestamp with time zone, created_by uuid, by_name bytea) as definer to subrosa_person
function hidden.hold_document(uuid,text) returns app.documents as definer to nobody
function hidden.hold_folder() returns trigger as definer to nobody
function hidden.hold_free(uuid,text) returns app.documents as definer to nobody
function hidden.hold_person(uuid) returns void as definer to subrosa_person
function hidden.hold_request(uuid) returns app.requests as definer to nobody
function hidden.hold_size(uuid) returns bigint as definer to subrosa_person
function hidden.hold_unlocked(uuid,text) returns app.documents as definer to nobody
function hidden.holds_guarded(text[]) returns boolean as definer to subrosa_person
function hidden.holds_open(uuid,boolean,text) returns boolean as definer to subrosa_person
function hidden.id_not_before(timestamp with time zone) returns uuid to subrosa_gate
function hidden.identity(bytea) returns uuid as definer to subrosa_visitor
function hidden.in_person(text[]) returns boolean to subrosa_person, subrosa_gate
function hidden.index_all(smallint) returns bigint as definer to subrosa_person
function hidden.index_counts() returns TABLE(state text, versions bigint) as definer to subrosa_person
function hidden.index_documents() returns trigger as definer to nobody
function hidden.index_ended() returns trigger as definer to nobody
function hidden.index_folders() returns trigger as definer to nobody
function hidden.index_matters() returns trigger as definer to nobody
function hidden.index_scanned() returns trigger as definer to nobody
function hidden.index_soon(text,uuid,uuid,smallint,interval) returns void as definer to subrosa_clerk
function hidden.index_versions() returns trigger as definer to nobody
function hidden.indexed_of_job(uuid,integer) returns TABLE(version_id uuid, document_id uuid, class text, wrapped_key bytea, document_name bytea, folder_id uuid, sealed_about bytea, sealed_text bytea) as definer to subrosa_clerk
function hidden.is_addressed(uuid,uuid,boolean) returns boolean as definer to nobody
function hidden.is_alone(uuid) returns boolean as definer to subrosa_person
function hidden.is_bare(uuid) returns boolean as definer to subrosa_person
function hidden.is_deserted(uuid) returns boolean as definer to nobody
function hidden.is_document_held(uuid,uuid) returns boolean as definer to nobody
function hidden.is_erased(uuid) returns void as definer to subrosa_clerk
function hidden.is_founded() returns boolean as definer to subrosa_clerk
function hidden.is_founding() returns boolean as definer to subrosa_person
function hidden.is_fresh() returns boolean as definer to subrosa_person
function hidden.is_guarded(text[]) returns boolean to subrosa_person, subrosa_gate
function hidden.is_here(uuid) returns boolean as definer to subrosa_person
function hidden.is_kept_from_client(uuid,uuid) returns boolean as definer to nobody
function hidden.is_matter_held(uuid) returns boolean as definer to nobody
function hidden.is_mixed(text[]) returns boolean to subrosa_person, subrosa_gate
function hidden.is_new_recipient(uuid) returns boolean as definer to subrosa_person
function hidden.is_of_directory(uuid) returns boolean as definer to nobody
function hidden.is_of_probe(uuid) returns boolean as definer to nobody
function hidden.is_of_screened_wall(uuid) returns boolean as definer to nobody
function hidden.is_of_wall(uuid,uuid) returns boolean as definer to subrosa_person
function hidden.is_open_to_overseer(uuid,bytea) returns boolean as definer to subrosa_person
function hidden.is_own_root_due(uuid) returns boolean as definer to subrosa_person
function hidden.is_read(uuid) returns boolean as definer to subrosa_person
function hidden.is_run() returns boolean as definer to nobody
function hidden.is_scan_held(uuid) returns boolean as definer to nobody
function hidden.is_screened(uuid,uuid) returns boolean as definer to nobody
function hidden.is_screened_ever(uuid,uuid,timestamp with time zone,timestamp with time zone) returns boolean as definer to nobody
function hidden.is_screened_from_client(uuid,uuid) returns boolean as definer to nobody
function hidden.is_stone(uuid) returns boolean as definer to subrosa_person
function hidden.is_version(uuid) returns boolean as definer to subrosa_clerk
function hidden.is_witnessed(uuid,bytea) returns boolean as definer to subrosa_person
function hidden.issue_token(uuid,uuid,bytea,bytea,text[],timestamp with time zone) returns boolean as definer to subrosa_visitor
function hidden.job_matter() returns uuid to subrosa_clerk, subrosa_gate
function hidden.join_by_identity(uuid,bytea,bytea,bytea,uuid,bytea,bytea,bytea[]) returns boolean as definer to subrosa_visitor
function hidden.join_provisioned(bytea,uuid,bytea,bytea,bytea[]) returns uuid as definer to subrosa_visitor
function hidden.keep_check(uuid,text,bytea,uuid) returns SETOF uuid as definer to subrosa_person
function hidden.keep_entries() returns trigger to subrosa_gate
function hidden.keep_found(uuid,text,bytea,uuid,uuid,jsonb,integer,uuid[]) returns SETOF uuid as definer to subrosa_clerk
function hidden.keep_guard() returns trigger as definer to nobody
function hidden.keep_held() returns trigger as definer to nobody
function hidden.keep_hits(uuid,jsonb,integer) returns boolean as definer to subrosa_clerk
function hidden.keep_matter_terms(integer[]) returns void as definer to subrosa_clerk
function hidden.keep_password(uuid,text) returns void as definer to nobody
function hidden.keep_probe(uuid) returns void as definer to subrosa_clerk
function hidden.keep_roles() returns trigger as definer to nobody
function hidden.keep_run() returns trigger as definer to nobody
function hidden.keep_sides_apart(uuid) returns void as definer to nobody
function hidden.keep_terms() returns trigger as definer to nobody
function hidden.keep_terms(uuid,integer[],bytea) returns void as definer to subrosa_clerk
function hidden.keep_text(uuid,text,text,bytea,integer,boolean) returns void as definer to subrosa_clerk
function hidden.keep_thumbnail(uuid,bytea,text) returns boolean as definer to subrosa_clerk
function hidden.keep_words(text,uuid[],smallint[],uuid[],bytea[]) returns boolean as definer to subrosa_clerk
function hidden.keeps(uuid) returns boolean as definer to subrosa_person
function hidden.kept_by(uuid) returns text as definer to subrosa_person
function hidden.kept_in_trash(uuid) returns TABLE(id uuid, why text) as definer to subrosa_person
function hidden.key_of(uuid) returns TABLE(version integer, since timestamp with time zone) as definer to subrosa_person
function hidden.key_splits() returns TABLE(set_code text, root_key text, need integer, made_at timestamp with time zone, made_by uuid, by bytea, person uuid, name bytea, acknowledged_at timestamp with time zone) as definer to subrosa_person
function hidden.keys_of(uuid[]) returns TABLE(matter_id uuid, purpose text, version integer, wrapped bytea, standing text, root_id uuid) as definer to subrosa_person
function hidden.keys_standing() returns TABLE(firm_version integer, firm_since timestamp with time zone, matters bigint, rotated bigint, oldest timestamp with time zone) as definer to subrosa_person
function hidden.kill_links(uuid) returns void as definer to nobody
function hidden.kill_my_links() returns void as definer to subrosa_person
function hidden.knew(uuid) returns text[] as definer to subrosa_person
function hidden.knew_of(uuid) returns text[] as definer to nobody
function hidden.knows_client(uuid) returns boolean as definer to subrosa_person
function hidden.knows_matter(uuid) returns boolean as definer to subrosa_person
function hidden.knows_recipient(uuid) returns boolean as definer to subrosa_person
function hidden.leads_of(uuid[]) returns TABLE(matter uuid, person uuid, sealed_name bytea) as definer to subrosa_person
function hidden.leave(uuid,timestamp with time zone,uuid) returns TABLE(sessions integer, tokens integer, passkeys integer) as definer to subrosa_person
function hidden.leave_blob() returns trigger as definer to nobody
function hidden.leave_probe(uuid,uuid) returns boolean as definer to subrosa_clerk
function hidden.leave_team(uuid,uuid) returns boolean as definer to subrosa_person
function hidden.leavers() returns SETOF uuid as definer to subrosa_clerk
function hidden.ledger_check() returns SETOF app.ledger_checks as definer to subrosa_person
function hidden.left_just_now(uuid) returns boolean as definer to subrosa_person
function hidden.level_of(uuid) returns TABLE(level integer, ends_at timestamp with time zone, fell text) as definer to subrosa_person
function hidden.lift_hold(uuid,bytea) returns boolean as definer to subrosa_person
function hidden.link(bytea) returns TABLE(person uuid, kind text, factor text, ends_at timestamp with time zone, sealed_name bytea, sealed_email bytea) as definer to subrosa_visitor
function hidden.list_added() returns trigger as definer to nobody
function hidden.list_changed() returns trigger as definer to nobody
function hidden.list_ended() returns trigger as definer to nobody
function hidden.list_folder() returns trigger as definer to nobody
function hidden.list_version() returns trigger as definer to nobody
function hidden.listed(uuid,uuid[]) returns TABLE(id uuid, matter_id uuid, folder_id uuid, sealed_name bytea, class text, sealed_about bytea, out_by uuid, out_at timestamp with time zone, sealed_out_note bytea, out_name bytea, locked_as text, locked_by uuid, locked_at timestamp with time zone, locked_name bytea, version_id uuid, number integer, wrapped_key bytea, sealed_facts bytea, size bigint, scan text, scan_why text, sealed_signature bytea, created_by uuid, created_at timestamp with time zone, by_name bytea) as definer to subrosa_person
function hidden.listing_marks(uuid) returns TABLE(class text, documents bigint, mark text, floor text) as definer to subrosa_person
function hidden.listing_of(uuid) returns TABLE(id uuid, folder_id uuid, sealed_name bytea, class text, size bigint, created_at timestamp with time zone) as definer to subrosa_person
function hidden.lists_waiting() returns bigint as definer to subrosa_person
function hidden.lock_document(uuid,text) returns boolean as definer to subrosa_person
function hidden.lock_words(uuid) returns void to subrosa_gate
function hidden.mailed(uuid,boolean) returns void as definer to subrosa_clerk
function hidden.make_link(bytea,uuid,text,timestamp with time zone) returns boolean as definer to subrosa_person
function hidden.make_opening(uuid,uuid,integer,boolean,timestamp with time zone) returns TABLE(held text, class text, rule text, asks text, matrix integer) as definer to subrosa_person
function hidden.mark_indexed(uuid[]) returns void as definer to subrosa_clerk
function hidden.mark_log_review(uuid,uuid[],text,bytea[]) returns boolean as definer to subrosa_person
function hidden.mark_password(uuid) returns void as definer to subrosa_visitor
function hidden.mark_scan(uuid,text,text,bytea) returns boolean as definer to subrosa_person
function hidden.matrix_at(integer) returns TABLE(version integer, rules jsonb) as definer to subrosa_person
function hidden.matrix_tag() returns text as definer to subrosa_person
function hidden.matter_to_index() returns TABLE(sealed_number bytea, sealed_title bytea, client_id uuid, client_name bytea, parties uuid[], party_details bytea[]) as definer to subrosa_clerk
function hidden.matters_in_reach(uuid[]) returns TABLE(id uuid, sealed_number bytea, sealed_title bytea, sealed_details bytea, own_class text, class text, status text, version integer, created_at timestamp with time zone, client_id uuid, client_name bytea, client_class text, client_at timestamp with time zone) as definer to subrosa_person
function hidden.matters_of_leaver(uuid) returns SETOF uuid as definer to subrosa_clerk
function hidden.matters_of_wall(uuid) returns TABLE(side text, matter uuid) as definer to subrosa_person
function hidden.may(text) returns boolean as definer to subrosa_person
function hidden.may_ask(uuid,text,uuid) returns boolean as definer to nobody
function hidden.may_confirm(uuid) returns boolean as definer to subrosa_person
function hidden.may_decide(uuid) returns boolean as definer to subrosa_person
function hidden.may_explain(uuid) returns boolean as definer to subrosa_person
function hidden.may_succeed(uuid) returns boolean as definer to subrosa_person
function hidden.may_wall(uuid,uuid) returns boolean as definer to nobody
function hidden.may_wall_all(jsonb) returns boolean as definer to subrosa_person
function hidden.me() returns uuid as definer to subrosa_person
function hidden.memoranda() returns TABLE(wall uuid, screened boolean, sealed_words bytea, starts_at timestamp with time zone, asked_at timestamp with time zone, acknowledged_at timestamp with time zone, withholds boolean) as definer to subrosa_person
function hidden.memoranda_due() returns TABLE(wall uuid, person uuid, first boolean, owed boolean) as definer to subrosa_clerk
function hidden.merge_client(uuid,uuid) returns boolean as definer to subrosa_person
function hidden.move_document(uuid,uuid) returns boolean as definer to subrosa_person
function hidden.move_folder(uuid,uuid,bytea,bytea) returns boolean as definer to subrosa_person
function hidden.move_storage(text) returns boolean as definer to subrosa_person
function hidden.my_requests() returns TABLE(id uuid, kind text, sealed_words bytea, made_at timestamp with time zone, state text) as definer to subrosa_person
function hidden.my_shares() returns TABLE(set_code text, root_key text, need integer, shares bigint, place integer, made_at timestamp with time zone, made_by uuid, by bytea, acknowledged_at timestamp with time zone) as definer to subrosa_person
function hidden.named_of(uuid[]) returns TABLE(id uuid, matter_id uuid, folder_id uuid, sealed_name bytea, sealed_about bytea, class text, version_id uuid, number integer, sealed_facts bytea) as definer to subrosa_person
function hidden.names_after(uuid,integer) returns TABLE(id uuid, kind text, form text, sealed_name bytea) as definer to subrosa_clerk
function hidden.names_of_destruction(uuid) returns TABLE(person uuid, sealed_name bytea) as definer to subrosa_clerk
function hidden.names_to_check(integer) returns TABLE(id uuid, client uuid, matter uuid, party uuid, kind text, form text, sealed_name bytea) as definer to subrosa_clerk
function hidden.names_to_send(uuid,uuid[]) returns TABLE(person uuid, sealed_name bytea) as definer to subrosa_clerk
function hidden.new_link(bytea,uuid,text,text,timestamp with time zone) returns boolean as definer to subrosa_visitor
function hidden.newest_of(uuid,bigint,bigint) returns uuid[] as definer to subrosa_person
function hidden.next_certificate() returns integer as definer to subrosa_clerk
function hidden.next_rotation(uuid[]) returns TABLE(id uuid, what text, matter_id uuid, root_id uuid, begun_by uuid, after uuid, done integer, of integer, skipped integer) as definer to subrosa_clerk
function hidden.next_serial(text) returns integer as definer to subrosa_person
function hidden.notices_to_mail(integer) returns TABLE(id uuid, person uuid, sealed_email bytea, sealed_name bytea, sealed_words bytea, made_at timestamp with time zone) as definer to subrosa_clerk
function hidden.notify(uuid,uuid,bytea) returns void as definer to subrosa_person, subrosa_visitor, subrosa_clerk
function hidden.now_here() returns timestamp with time zone to subrosa_visitor, subrosa_gate
function hidden.oldest_of(uuid,uuid,bigint) returns uuid[] as definer to subrosa_person
function hidden.on_team(uuid) returns boolean as definer to subrosa_person
function hidden.one_at_a_time() returns void to subrosa_person, subrosa_gate
function hidden.open_bits(text,text) returns integer as definer to nobody
function hidden.open_probes() returns SETOF uuid as definer to subrosa_clerk
function hidden.open_to(uuid,uuid,uuid,bytea,timestamp with time zone) returns boolean as definer to subrosa_person
function hidden.opened_to(uuid) returns TABLE(id uuid, group_id uuid, group_name bytea, sealed_reason bytea, starts_at timestamp with time zone, ends_at timestamp with time zone) as definer to subrosa_person
function hidden.overdue_log_reviews() returns TABLE(task uuid, person uuid) as definer to subrosa_clerk
function hidden.overseen_leaves(bigint,bigint) returns TABLE(n bigint, entry uuid, matter_n bigint, numbered timestamp with time zone) as definer to subrosa_person
function hidden.oversees(uuid) returns boolean as definer to subrosa_person
function hidden.owes(uuid,uuid) returns boolean as definer to nobody
function hidden.own_roots() returns TABLE(id uuid, sealed_name bytea, kind text, added_at timestamp with time zone, added_by uuid, by bytea, matters bigint, due bigint) as definer to subrosa_person
function hidden.owners_of(uuid[]) returns TABLE(id uuid, owner uuid) as definer to subrosa_clerk
function hidden.passkey(bytea) returns TABLE(id uuid, person uuid, public_key bytea, counter bigint, transports text[], handle bytea) as definer to subrosa_visitor
function hidden.passkeys_of(uuid) returns TABLE(credential_id bytea, transports text[]) as definer to subrosa_visitor
function hidden.passwords_before(uuid,integer) returns SETOF text as definer to subrosa_visitor
function hidden.paths_at(uuid,timestamp with time zone,uuid) returns TABLE(person uuid, via text, role text, group_id uuid, since timestamp with time zone, until timestamp with time zone, by_person uuid, member uuid, request uuid, sealed_reason bytea, of_group uuid, fits boolean) as definer to nobody
function hidden.people_of_wall(uuid) returns TABLE(id uuid, sealed_name bytea, roles text[]) as definer to subrosa_person
function hidden.people_to_second(uuid) returns SETOF uuid as definer to subrosa_person
function hidden.pick_log_review(timestamp with time zone,timestamp with time zone,text[],uuid,uuid,text,integer,integer,integer,integer,text[],text[],integer) returns TABLE(entry uuid, why text[], total bigint) as definer to subrosa_clerk
function hidden.place_hold(uuid,uuid,bytea,uuid[],uuid[]) returns integer as definer to subrosa_person
function hidden.place_of(uuid,bytea) returns TABLE(n bigint, matter_n bigint, numbered timestamp with time zone, leaf_hash bytea) as definer to subrosa_person
function hidden.positions(uuid[]) returns TABLE(entry uuid, n bigint) as definer to subrosa_person
function hidden.prove_session(uuid,text) returns timestamp with time zone as definer to subrosa_visitor
function hidden.proved() returns text as definer to subrosa_person
function hidden.provision_back(uuid) returns boolean as definer to subrosa_person
function hidden.provision_person(uuid,bytea,bytea,bytea,bytea,bytea) returns void as definer to subrosa_person
function hidden.provisions() returns boolean as definer to subrosa_person
function hidden.put_firm_wrap(text,integer,bytea,bytea) returns boolean as definer to subrosa_clerk
function hidden.put_off_indexing(text,uuid[]) returns void as definer to subrosa_clerk
function hidden.raise_wall(uuid,text,text,bytea,boolean,boolean,integer,integer,timestamp with time zone,timestamp with time zone,timestamp with time zone,jsonb,jsonb,bytea) returns boolean as definer to subrosa_person
function hidden.reach_of(uuid,timestamp with time zone) returns TABLE(matter uuid, via text, role text, group_id uuid, group_name bytea, since timestamp with time zone, until timestamp with time zone, by_person uuid, by_name bytea, member uuid, of_group uuid, sealed_reason bytea, request uuid, sealed_words bytea) as definer to subrosa_person
function hidden.reached_classes(uuid) returns text[] as definer to nobody
function hidden.reached_document(uuid) returns boolean as definer to subrosa_person
function hidden.reaches(uuid,text) returns boolean as definer to subrosa_person
function hidden.reaches_document(uuid) returns boolean as definer to subrosa_person
function hidden.read_again(uuid) returns boolean as definer to subrosa_person
function hidden.read_since(timestamp with time zone) returns TABLE(version_id uuid, matter_id uuid) as definer to subrosa_person
function hidden.receiver_ripe_at(uuid) returns timestamp with time zone as definer to nobody
function hidden.receiver_wishes() returns TABLE(id uuid, receiver_id uuid, state text, sealed_settings bytea, sealed_reason bytea, asked_by uuid, by bytea, asked_at timestamp with time zone, may_agree boolean, ripe_at timestamp with time zone) as definer to subrosa_person
function hidden.receivers() returns TABLE(id uuid, sealed_name bytea, added_by uuid, by bytea, added_at timestamp with time zone, retired_at timestamp with time zone, settings_id uuid, sealed_settings bytea, next bigint, behind bigint, behind_since timestamp with time zone, taken_at timestamp with time zone, sealed_fault bytea, fault_at timestamp with time zone, failing_since timestamp with time zone, next_try timestamp with time zone) as definer to subrosa_person
function hidden.record_visit(uuid,text,uuid,text,uuid,bytea,text,bytea,bytea,bytea,bytea) returns void as definer to subrosa_visitor
function hidden.refuse_access(uuid,bytea) returns TABLE(matter uuid, person uuid) as definer to subrosa_person
function hidden.refuse_decided(app.requests) returns void as definer to nobody
function hidden.refuse_destroyed() returns trigger as definer to nobody
function hidden.register_of(uuid[],integer) returns TABLE(matter uuid, sealed_card bytea, client uuid, client_name bytea) as definer to subrosa_person
function hidden.registers(uuid) returns boolean as definer to subrosa_person
function hidden.registers_client(uuid) returns boolean as definer to subrosa_person
function hidden.release_version(uuid,integer) returns boolean as definer to subrosa_person
function hidden.remove_folder(uuid) returns boolean as definer to subrosa_person
function hidden.rename_document(uuid,bytea,bytea) returns boolean as definer to subrosa_person
function hidden.renew_grant(uuid,uuid,integer) returns timestamp with time zone as definer to subrosa_person
function hidden.renew_password(uuid,text) returns void as definer to subrosa_visitor
function hidden.request_access(uuid,bytea,bytea,integer,boolean,integer) returns void as definer to subrosa_person
function hidden.requests_to_tell() returns TABLE(request uuid, asker uuid, asker_name bytea, kind text, urgent boolean, entered boolean, found_it boolean, person uuid) as definer to subrosa_clerk
function hidden.requests_widening() returns TABLE(request uuid, person uuid) as definer to subrosa_clerk
function hidden.restore_document(uuid,uuid) returns boolean as definer to subrosa_person
function hidden.retire_receiver(uuid) returns boolean as definer to subrosa_person
function hidden.retire_witness(uuid) returns text as definer to subrosa_person
function hidden.reviewers_of(uuid) returns TABLE(person uuid) as definer to subrosa_clerk
function hidden.reviews_overdue() returns TABLE(request uuid, person uuid) as definer to subrosa_clerk
function hidden.revise_person(uuid,bytea,bytea,bytea,bytea,bytea) returns boolean as definer to subrosa_person
function hidden.revoke_passkey(uuid) returns boolean as definer to subrosa_person
function hidden.rewrap_matter_key(text,integer,bytea,bytea) returns boolean as definer to subrosa_clerk
function hidden.rewrap_uploads(uuid[],bytea[],bytea[]) returns void as definer to subrosa_clerk
function hidden.rewrap_versions(uuid[],bytea[],bytea[]) returns integer as definer to subrosa_clerk
function hidden.ripe_at(uuid) returns timestamp with time zone as definer to subrosa_person
function hidden.roles_by_link(bytea) returns TABLE(roles text[]) as definer to subrosa_visitor
function hidden.roles_of(uuid) returns TABLE(role text, permissions text[], by_group uuid) as definer to subrosa_person
function hidden.rotations() returns TABLE(id uuid, what text, one boolean, begun_at timestamp with time zone, done integer, of integer, ended_at timestamp with time zone, by bytea, begun_by uuid, skipped integer) as definer to subrosa_person
function hidden.route_request(uuid,uuid) returns boolean as definer to subrosa_person
function hidden.runs(text[]) returns boolean to subrosa_person, subrosa_gate
function hidden.saw(uuid,uuid,timestamp with time zone) returns boolean as definer to nobody
function hidden.scan_hold(uuid,integer) returns text as definer to subrosa_person
function hidden.search_reach() returns TABLE(reach bytea, documents bigint, locked bigint, unread bigint) as definer to subrosa_person
function hidden.searchable(uuid[]) returns TABLE(matter_id uuid, client_id uuid, classes integer, open integer) as definer to nobody
function hidden.searches_to_tell(integer) returns TABLE(id uuid, person uuid, sealed_name bytea, sealed_words bytea, is_told boolean, created_at timestamp with time zone, seen_at timestamp with time zone) as definer to subrosa_clerk
function hidden.seconds_destruction(uuid) returns boolean as definer to nobody
function hidden.sees(uuid,uuid,text) returns boolean as definer to nobody
function hidden.sees_a_hit(uuid,uuid) returns boolean as definer to nobody
function hidden.sees_all_of(uuid) returns TABLE(matter_id uuid, client_id uuid, floor text, classes integer) as definer to nobody
function hidden.sees_among(uuid,uuid[]) returns TABLE(matter_id uuid, client_id uuid, floor text, classes integer) as definer to nobody
function hidden.sees_destruction(uuid) returns boolean as definer to subrosa_person
function hidden.sees_hold(uuid) returns boolean as definer to subrosa_person
function hidden.sees_receivers() returns boolean as definer to subrosa_person
function hidden.serves_to_confirm(uuid,uuid,text[]) returns boolean as definer to nobody
function hidden.session() returns uuid as definer to subrosa_person
function hidden.set_password(text) returns boolean as definer to subrosa_person
function hidden.set_recovery_codes(bytea[]) returns boolean as definer to subrosa_person
function hidden.set_status(uuid,text) returns boolean as definer to subrosa_person
function hidden.set_totp(bytea,bigint) returns boolean as definer to subrosa_person
function hidden.setting(text) returns TABLE(version integer, sealed_value bytea) as definer to subrosa_visitor, subrosa_clerk
function hidden.settle_scan(uuid,text,text,bytea) returns boolean as definer to subrosa_clerk
function hidden.settled(uuid) returns boolean as definer to subrosa_clerk
function hidden.shares_to_remind(text) returns TABLE(set_code text, place integer, person uuid) as definer to subrosa_clerk
function hidden.shows_picture(uuid) returns boolean as definer to nobody
function hidden.shut(uuid) returns TABLE(leaves_at timestamp with time zone, knew text[], sessions integer, tokens integer, passkeys integer) as definer to subrosa_clerk
function hidden.sign_in_of(uuid) returns TABLE(person uuid, totp boolean, passkeys bigint, recovery bigint, identity boolean, seen_at timestamp with time zone, has_password boolean, password_changed_at timestamp with time zone, password_due boolean, link_ends_at timestamp with time zone) as definer to subrosa_person
function hidden.sign_log_review(uuid,text,bytea) returns boolean as definer to subrosa_person
function hidden.soundness_of(uuid) returns TABLE(checked_at timestamp with time zone, good_at timestamp with time zone, broken_at timestamp with time zone) as definer to subrosa_person
function hidden.span_of(timestamp with time zone,timestamp with time zone) returns TABLE(first_n bigint, first_at timestamp with time zone, last_n bigint, last_at timestamp with time zone) as definer to subrosa_person
function hidden.spend(bytea,timestamp with time zone) returns boolean as definer to subrosa_visitor
function hidden.split_key(uuid,text,text,integer,uuid[]) returns boolean as definer to subrosa_person
function hidden.stamp_entry() returns trigger as definer to nobody
function hidden.stamp_opening() returns trigger as definer to nobody
function hidden.standing_uploads(uuid[]) returns SETOF uuid as definer to subrosa_clerk
function hidden.stands(uuid,uuid) returns boolean as definer to subrosa_person
function hidden.start_ledger_check() returns boolean as definer to subrosa_person
function hidden.start_log_review(uuid) returns boolean as definer to subrosa_person
function hidden.start_sweep() returns boolean as definer to subrosa_person
function hidden.stay(uuid) returns boolean as definer to subrosa_person
function hidden.step_rotation(uuid,uuid,integer,integer,integer) returns void as definer to subrosa_clerk
function hidden.stop_passkey(uuid) returns void as definer to subrosa_visitor
function hidden.storage_state() returns SETOF app.storage as definer to subrosa_person
function hidden.stricter(text,text) returns text to subrosa_person, subrosa_gate
function hidden.successor(uuid,uuid,uuid) returns uuid as definer to nobody
function hidden.sweep() returns void as definer to subrosa_clerk
function hidden.sweep_state() returns SETOF app.sweeps as definer to subrosa_person
function hidden.sweep_uploads() returns void as definer to subrosa_clerk
function hidden.take_back(uuid,text[]) returns boolean as definer to subrosa_person
function hidden.take_back_indexing() returns void as definer to subrosa_clerk
function hidden.take_out(uuid,bytea) returns boolean as definer to subrosa_person
function hidden.take_over(uuid,uuid) returns boolean as definer to subrosa_person
function hidden.take_to_index(integer,boolean) returns TABLE(kind text, subject uuid, matter_id uuid, step smallint, since timestamp with time zone) as definer to subrosa_clerk
function hidden.takes_member(uuid,uuid) returns boolean as definer to subrosa_person
function hidden.takes_more(uuid) returns boolean as definer to subrosa_person
function hidden.team_of(uuid) returns TABLE(person uuid, sealed_name bytea, member uuid, role text, via text, sealed_reason bytea, starts_at timestamp with time zone, ends_at timestamp with time zone) as definer to subrosa_person
function hidden.tell_listing(uuid,text,bigint) returns void as definer to nobody
function hidden.tell_of_handovers(uuid) returns SETOF uuid as definer to subrosa_clerk
function hidden.texts_of(uuid[]) returns TABLE(version_id uuid, document_id uuid, matter_id uuid, wrapped_key bytea, sealed_text bytea, shown boolean, marked boolean) as definer to subrosa_person
function hidden.texts_state(uuid) returns TABLE(version_id uuid, document_id uuid, number integer, sealed_name bytea, wrapped_key bytea, state text, why text, whole boolean, sealed_text bytea) as definer to subrosa_person
function hidden.thin(timestamp with time zone) returns void as definer to nobody
function hidden.thin_emptying(uuid) returns bigint as definer to nobody
function hidden.thinned_at() returns timestamp with time zone as definer to nobody
function hidden.thumbnail_of(uuid) returns TABLE(glanced boolean, sealed_picture bytea, why text) as definer to subrosa_person
function hidden.tile_hashes(smallint[],bigint[],bigint[]) returns TABLE(level smallint, index bigint, hash bytea) as definer to subrosa_person
function hidden.told_of_broken(uuid) returns TABLE(person uuid) as definer to subrosa_clerk
function hidden.told_of_ledger() returns TABLE(person uuid) as definer to subrosa_clerk
function hidden.told_of_receivers() returns SETOF uuid as definer to subrosa_person, subrosa_clerk
function hidden.told_of_recovery(text) returns TABLE(split uuid, person uuid) as definer to subrosa_clerk
function hidden.told_of_witnesses() returns TABLE(person uuid) as definer to subrosa_clerk
function hidden.took_on(uuid) returns boolean as definer to subrosa_person
function hidden.totp_made_at() returns timestamp with time zone as definer to subrosa_person
function hidden.touch() returns void as definer to subrosa_person
function hidden.transfer_document(uuid,uuid,uuid,uuid,bytea,bytea,bytea,bytea,uuid,bytea,uuid[],uuid[],bytea[],bytea[],bytea[],bytea[],bytea[]) returns boolean as definer to subrosa_person
function hidden.trash_document(uuid) returns boolean as definer to subrosa_person
function hidden.trashed_in(uuid) returns TABLE(id uuid, matter_id uuid, folder_id uuid, sealed_name bytea, class text, sealed_about bytea, out_by uuid, out_at timestamp with time zone, sealed_out_note bytea, out_name bytea, locked_as text, locked_by uuid, locked_at timestamp with time zone, locked_name bytea, version_id uuid, number integer, wrapped_key bytea, sealed_facts bytea, size bigint, created_by uuid, created_at timestamp with time zone, by_name bytea, trashed_by uuid, trashed_at timestamp with time zone, trashed_name bytea) as definer to subrosa_person
function hidden.trashed_scans(uuid) returns TABLE(version_id uuid, scan text, scan_why text, sealed_signature bytea) as definer to subrosa_person
function hidden.tries_of_screened(uuid,timestamp with time zone,timestamp with time zone) returns TABLE(entry uuid, person uuid, at timestamp with time zone, sealed_details bytea) as definer to subrosa_person
function hidden.turn_half() returns boolean as definer to subrosa_clerk
function hidden.unguard(uuid) returns void as definer to nobody
function hidden.unlink() returns boolean as definer to subrosa_person
function hidden.unlist_person(uuid) returns boolean as definer to subrosa_person
function hidden.unlisted_person(bytea) returns uuid as definer to subrosa_person
function hidden.unlock_document(uuid) returns boolean as definer to subrosa_person
function hidden.unnumbered() returns SETOF uuid as definer to subrosa_person
function hidden.use_link(bytea,text) returns uuid as definer to subrosa_visitor
function hidden.use_passkey(uuid,bigint) returns boolean as definer to subrosa_visitor
function hidden.use_recovery_code(uuid,bytea) returns boolean as definer to subrosa_visitor
function hidden.use_totp(uuid,bigint) returns boolean as definer to subrosa_visitor
function hidden.verify_address(uuid,uuid,uuid,text,boolean,uuid,bytea,integer[]) returns integer as definer to subrosa_person
function hidden.versions_to_index(uuid[]) returns TABLE(version_id uuid, document_id uuid, number integer, wrapped_key bytea, sealed_facts bytea, size bigint, created_at timestamp with time zone, document_name bytea, folder_id uuid, class text, sealed_about bytea, held boolean, state text, indexed boolean, sealed_text bytea) as definer to subrosa_clerk
function hidden.via() returns text as definer to subrosa_person
function hidden.void_verifications(uuid,text) returns void as definer to nobody
function hidden.wait_for_turn() returns trigger as definer to nobody
function hidden.waiting_versions(uuid,integer) returns TABLE(version_id uuid, matter_id uuid, scan_why text) as definer to subrosa_clerk
function hidden.wall_closes(text,jsonb) returns TABLE(matter uuid, group_id uuid, group_name bytea) as definer to subrosa_person
function hidden.wall_faults(text,jsonb,jsonb,timestamp with time zone,timestamp with time zone) returns SETOF text as definer to subrosa_person
function hidden.wall_keepers(uuid) returns SETOF uuid as definer to subrosa_person
function hidden.wall_losses(text,jsonb,jsonb,integer) returns TABLE(person uuid, person_name bytea, matters bigint, sides text, matter uuid, how text, documents bigint) as definer to subrosa_person
function hidden.wall_matters(jsonb) returns TABLE(side text, matter uuid, of bigint) as definer to subrosa_person
function hidden.wall_seen(text,jsonb,jsonb,integer) returns TABLE(entry uuid, person uuid, at timestamp with time zone, deed text, matter uuid, object uuid) as definer to subrosa_person
function hidden.walled_matters() returns SETOF uuid as definer to nobody
function hidden.walls_at(uuid,timestamp with time zone,uuid) returns TABLE(person uuid, wall uuid) as definer to nobody
function hidden.want_published(text) returns boolean as definer to subrosa_person
function hidden.was_here(uuid,timestamp with time zone) returns boolean as definer to nobody
function hidden.wide_matters() returns TABLE(matter uuid, group_id uuid, group_name bytea, people bigint) as definer to subrosa_person
function hidden.wished_matters(jsonb) returns TABLE(side text, matter uuid) as definer to nobody
function hidden.wished_people(text,jsonb,jsonb) returns TABLE(side text, person uuid) as definer to nobody
function hidden.withdraw(uuid) returns boolean as definer to subrosa_person
function hidden.withdraw_verifications(uuid) returns boolean as definer to subrosa_person
function hidden.withheld_at(uuid,timestamp with time zone) returns TABLE(wall uuid) as definer to nobody
function hidden.without_card(integer) returns TABLE(matter uuid, client uuid) as definer to subrosa_clerk
function hidden.without_name(integer) returns TABLE(client uuid, kind text, sealed_name bytea, made_by uuid) as definer to subrosa_clerk
function hidden.without_passkey(text[]) returns SETOF uuid as definer to subrosa_person
function hidden.without_team(uuid) returns boolean as definer to subrosa_person
function hidden.words_in_reach(uuid[],integer[]) returns TABLE(matter_id uuid, class text, part uuid, sealed_words bytea) as definer to subrosa_person
function hidden.words_of_job(text) returns TABLE(block smallint, part uuid, sealed_words bytea) as definer to subrosa_clerk
