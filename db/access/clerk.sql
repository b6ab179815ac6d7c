-- The clerk keeps house: numbers the ledger, checks blobs, writes down what was delivered. It logs in for itself and
-- sees of a matter's things only those of the one matter that its job names (subrosa.matter), and no names at all.

create or replace function hidden.job_matter() returns uuid
language sql stable set search_path = '' as $$
  select nullif(current_setting('subrosa.matter', true), '')::uuid
$$;
grant execute on function hidden.job_matter() to subrosa_clerk;

grant select (id) on app.matters to subrosa_clerk;
create policy clerk_counts on app.matters for select to subrosa_clerk using (true);

grant select on app.matter_keys to subrosa_clerk;
create policy clerk_within_job on app.matter_keys for select to subrosa_clerk using (matter_id = (select hidden.job_matter()));

grant select (id, document_id, matter_id, number, wrapped_key, sealed_facts, size) on app.versions to subrosa_clerk;
create policy clerk_within_job on app.versions for select to subrosa_clerk using (matter_id = (select hidden.job_matter()));

grant select (id, matter_id, delivered), update (delivered) on app.openings to subrosa_clerk;
create policy clerk_within_job on app.openings to subrosa_clerk using (matter_id = (select hidden.job_matter())) with check (matter_id = (select hidden.job_matter()));

-- which blobs belong to a version, asked by id when an interrupted upload is settled at start
create or replace function hidden.is_version(version uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from app.versions v where v.id = version)
$$;
grant select (id, document_id) on app.versions to subrosa_gate;
create policy gate_sees on app.versions for select to subrosa_gate using (true);
grant execute on function hidden.is_version(uuid) to subrosa_clerk;

-- What has run out and tells nothing any more: counts of tries, answered challenges, used links, old notices that were read.
create or replace function hidden.sweep() returns void
language sql volatile security definer set search_path = '' as $$
  delete from app.attempts a where a.window_ends_at < clock_timestamp() - interval '1 day';
  delete from app.bundles b where b.ends_at < clock_timestamp() - interval '1 day';
  delete from app.glances g where g.ends_at < clock_timestamp() - interval '1 day';
  delete from app.spent s where s.until < clock_timestamp() - interval '1 hour';
  -- who invited whom stays (hidden.may_succeed)
  delete from app.links l where l.kind <> 'invitation' and l.ends_at < clock_timestamp() - interval '90 days';
  delete from app.notices n where n.seen_at < clock_timestamp() - interval '1 year';
$$;
grant delete on app.links, app.notices to subrosa_gate;
grant execute on function hidden.sweep() to subrosa_clerk;
