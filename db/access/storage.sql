-- Where sealed files lie, and whether they are what came in. The clerk writes both down; people ask by named functions.

grant select, update on app.storage, app.sweeps to subrosa_clerk;
create policy clerk_keeps on app.storage to subrosa_clerk using (true) with check (true);
create policy clerk_keeps on app.sweeps to subrosa_clerk using (true) with check (true);
grant select, insert, update on app.soundness to subrosa_clerk;
create policy clerk_within_job on app.soundness to subrosa_clerk using (matter_id = (select hidden.job_matter())) with check (matter_id = (select hidden.job_matter()));

grant select, update on app.storage, app.sweeps to subrosa_gate;
create policy gate_keeps on app.storage to subrosa_gate using (true) with check (true);
create policy gate_keeps on app.sweeps to subrosa_gate using (true) with check (true);
grant select on app.soundness to subrosa_gate;
create policy gate_sees on app.soundness for select to subrosa_gate using (true);

-- New files go there from now on, and those that lie elsewhere follow. With a factor proved just now. False: not theirs.
create or replace function hidden.move_storage(aim text) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not hidden.may('storage.move') or not hidden.is_fresh() then return false; end if;
  update app.storage s set target = aim, moving = true, begun_at = clock_timestamp(), ended_at = null, moved = 0, bytes = 0, failed = 0;
  return true;
end $$;
create or replace function hidden.storage_state() returns setof app.storage
language sql stable security definer set search_path = '' as $$
  select * from app.storage where hidden.may('storage.move')
$$;

-- Asks for a check of everything; one that is under way goes on. False: not theirs.
create or replace function hidden.start_sweep() returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not hidden.may('integrity.keep') then return false; end if;
  update app.sweeps s set wanted_at = clock_timestamp() where s.begun_at is null or s.ended_at is not null;
  return true;
end $$;
create or replace function hidden.sweep_state() returns setof app.sweeps
language sql stable security definer set search_path = '' as $$
  select * from app.sweeps where hidden.may('integrity.keep')
$$;
-- What is broken, by ids; nothing of a matter that a wall keeps whoever asks from. `earlier`: the newest version before it that is not.
create or replace function hidden.broken_versions()
returns table (version uuid, document uuid, matter uuid, number integer, created_at timestamptz, broken_at timestamptz, good_at timestamptz, fault text, earlier integer)
language sql stable security definer set search_path = '' as $$
  select s.version_id, v.document_id, v.matter_id, v.number, v.created_at, s.broken_at, s.good_at, s.fault,
    (select max(e.number) from app.versions e left join app.soundness x on x.version_id = e.id
      where e.document_id = v.document_id and e.number < v.number and x.broken_at is null)
  from app.soundness s join app.versions v on v.id = s.version_id
  where s.broken_at is not null and hidden.may('integrity.keep') and not hidden.is_screened(hidden.me(), v.matter_id)
  order by s.broken_at desc, s.version_id limit 500
$$;
-- Of a version within reach.
create or replace function hidden.soundness_of(version uuid) returns table (checked_at timestamptz, good_at timestamptz, broken_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select s.checked_at, s.good_at, s.broken_at from app.soundness s join app.versions v on v.id = s.version_id join app.documents d on d.id = v.document_id
  where s.version_id = version and hidden.may('document.list') and hidden.reaches(d.matter_id, d.class)
$$;
-- For the clerk: how much there is to read, which versions were found broken, and whom a broken one is told to.
create or replace function hidden.all_versions() returns table (count bigint, bytes bigint)
language sql stable security definer set search_path = '' as $$
  select count(*), coalesce(sum(v.size), 0)::bigint from app.versions v
$$;
create or replace function hidden.found_broken() returns table (version uuid, matter uuid)
language sql stable security definer set search_path = '' as $$
  select s.version_id, s.matter_id from app.soundness s where s.broken_at is not null order by s.version_id
$$;
create or replace function hidden.told_of_broken(matter uuid) returns table (person uuid)
language sql stable security definer set search_path = '' as $$
  select p.id from app.people p where hidden.can(p.id, 'storage.move')
  union
  select t.person_id from app.team_members t where t.matter_id = matter and t.via = 'team' and t.role = 'responsible' and t.ends_at is null and hidden.is_here(t.person_id)
$$;
grant select (size, number, created_at) on app.versions to subrosa_gate;
grant execute on function hidden.move_storage(text), hidden.storage_state(), hidden.start_sweep(), hidden.sweep_state(), hidden.broken_versions(),
  hidden.soundness_of(uuid) to subrosa_person;
grant execute on function hidden.all_versions(), hidden.found_broken(), hidden.told_of_broken(uuid) to subrosa_clerk;
