-- Errands: what a person has left to be done for them, such as a kept search that tells when something new answers it. It runs as they
-- would themselves, in a session of two minutes that reads and does nothing else, and that ends with them, a wall or their right to read.

-- Kept searches that are told of, whose person is here and reads, and since which something was read anywhere; the longest ago first.
create or replace function hidden.searches_to_tell(most integer) returns table (id uuid, person uuid, sealed_name bytea, sealed_words bytea, is_told boolean, created_at timestamptz, seen_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select s.id, s.person_id, s.sealed_name, s.sealed_words, s.is_told, s.created_at, s.seen_at from app.saved_searches s
  where s.is_told and s.seen_at < (select max(t.read_at) from app.texts t where t.is_indexed) and hidden.can(s.person_id, 'document.read')
  order by s.seen_at limit most
$$;
create or replace function hidden.begin_errand(saved uuid, session uuid, secret bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into app.sessions (id, person_id, secret_hash, kind, scope, ends_at)
  select session, s.person_id, secret, 'errand', '{document.list,document.read}', clock_timestamp() + interval '2 minutes'
  from app.saved_searches s where s.id = saved and s.is_told and hidden.can(s.person_id, 'document.read');
  return found;
end $$;
-- It has been done up to then. The session ends with it.
create or replace function hidden.end_errand(saved uuid, which uuid, seen timestamptz) returns void
language sql volatile security definer set search_path = '' as $$
  update app.sessions s set revoked_at = clock_timestamp() where s.id = which and s.kind = 'errand' and s.revoked_at is null;
  update app.saved_searches s set seen_at = greatest(s.seen_at, seen) where s.id = saved
$$;
grant execute on function hidden.searches_to_tell(integer), hidden.begin_errand(uuid, uuid, bytea), hidden.end_errand(uuid, uuid, timestamptz) to subrosa_clerk;

-- Of what this person may search, the versions whose text was read since; a version that came and was read, and not one that was read anew.
create or replace function hidden.read_since(since timestamptz) returns table (version_id uuid, matter_id uuid)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query
    with mine as materialized (select s.matter_id, s.open from hidden.searchable() s where s.open <> 0)
    select t.version_id, t.matter_id from app.texts t join mine m on m.matter_id = t.matter_id join app.versions v on v.id = t.version_id
    where t.is_indexed and t.read_at > since and v.created_at > since - interval '1 day' limit 10000;
end $$;
grant execute on function hidden.read_since(timestamptz) to subrosa_person;
