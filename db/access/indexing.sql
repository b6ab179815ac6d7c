-- What has to be read or indexed anew is named in the transaction of what changed; the clerk does it within seconds. It hears of matters by
-- their id, and holds of each only what its job names.

create or replace function hidden.index_soon(what text, its uuid, matter uuid, how smallint, wait interval default '0') returns void
language sql volatile security definer set search_path = '' as $$
  insert into app.to_index as t (kind, subject, matter_id, step, not_before) values (what, its, matter, how, clock_timestamp() + wait)
  on conflict (kind, subject) do update set step = case when 2 in (t.step, excluded.step) then 2 when t.step = 3 then excluded.step else greatest(excluded.step, t.step) end, matter_id = excluded.matter_id,
    since = clock_timestamp(), not_before = excluded.not_before, tries = 0
$$;
-- The words of a matter are forgotten with what they stood in, and gathered anew from what stays. Named first: whoever gathers them now
-- and is not done writes nothing after this, and what they have written is there to be forgotten.
create or replace function hidden.forget_words(matter uuid) returns void
language sql volatile security definer set search_path = '' as $$
  select hidden.index_soon('lexicon', m.id, m.id, 1::smallint, '2 seconds') from app.matters m where m.id = matter and m.destroyed_at is null;
  select hidden.lock_words(matter);
  delete from app.lexicon l where l.matter_id = matter
$$;
-- Until this transaction ends nobody else forgets or rewrites a matter's words; what waited for this sees what was written.
create or replace function hidden.lock_words(matter uuid) returns void
language sql volatile set search_path = '' as $$ select pg_advisory_xact_lock(1919904870, hashtext(matter::text)) $$;

create or replace function hidden.index_versions() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform hidden.index_soon('version', n.id, n.matter_id, 2::smallint) from made n;
  return null;
end $$;
create trigger index_made after insert on app.versions referencing new table as made for each statement execute function hidden.index_versions();
-- what was held and is not any more is read; what is held now is not found any more
create or replace function hidden.index_scanned() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform hidden.index_soon('version', n.id, n.matter_id, 2::smallint) from is_now n join was o using (id) where n.scan is distinct from o.scan;
  perform hidden.forget_words(h.matter_id) from (select distinct n.matter_id from is_now n join was o using (id)
    where n.scan is distinct from o.scan and n.scan = 'quarantined' and o.scan <> 'waiting' order by 1) h;
  return null;
end $$;
create trigger index_scanned after update on app.versions referencing old table as was new table as is_now for each statement execute function hidden.index_scanned();
create or replace function hidden.index_ended() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  delete from app.to_index t where t.kind = 'version' and t.subject in (select e.id from ended e);
  perform hidden.forget_words(e.matter_id) from (select distinct x.matter_id from ended x order by 1) e;
  return null;
end $$;
create trigger index_ended after delete on app.versions referencing old table as ended for each statement execute function hidden.index_ended();

-- its name, its place and what is known of it are among its words; its class says whose words they may be
create or replace function hidden.index_documents() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform hidden.index_soon('version', v.id, v.matter_id, 1::smallint)
  from is_now n join was o using (id) join app.versions v on v.document_id = n.id
  where (n.sealed_name, n.folder_id, n.sealed_about, n.class) is distinct from (o.sealed_name, o.folder_id, o.sealed_about, o.class);
  perform hidden.forget_words(c.matter_id) from (select distinct o.matter_id from is_now n join was o using (id) where n.class <> o.class order by 1) c;
  return null;
end $$;
create trigger index_changed after update on app.documents referencing old table as was new table as is_now for each statement execute function hidden.index_documents();
create or replace function hidden.index_folders() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform hidden.index_soon('version', v.id, v.matter_id, 1::smallint)
  from (with recursive below as (
      select n.id from is_now n join was o using (id) where (n.sealed_name, n.parent_id) is distinct from (o.sealed_name, o.parent_id)
      union select f.id from app.folders f join below b on f.parent_id = b.id)
    select id from below) b join app.documents d on d.folder_id = b.id join app.versions v on v.document_id = d.id;
  return null;
end $$;
create trigger index_changed after update on app.folders referencing old table as was new table as is_now for each statement execute function hidden.index_folders();

-- a matter's own words: number, title, client and parties
create or replace function hidden.index_matters() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if tg_table_name = 'clients' then perform hidden.index_soon('matter', m.id, m.id, 1::smallint) from app.matters m where m.client_id = new.id and m.destroyed_at is null;
  elsif tg_table_name = 'parties' then perform hidden.index_soon('matter', m.id, m.id, 1::smallint) from app.matters m where m.id = new.matter_id and m.destroyed_at is null;
  elsif new.destroyed_at is not null then
    delete from app.matter_terms t where t.matter_id = new.id;
    delete from app.to_index t where t.matter_id = new.id;
    perform hidden.lock_words(new.id);
    delete from app.lexicon l where l.matter_id = new.id;
  else perform hidden.index_soon('matter', new.id, new.id, 1::smallint);
  end if;
  return null;
end $$;
create trigger index_made after insert on app.matters for each row execute function hidden.index_matters();
create trigger index_changed after update on app.matters for each row
  when ((old.sealed_number, old.sealed_title, old.client_id, old.destroyed_at) is distinct from (new.sealed_number, new.sealed_title, new.client_id, new.destroyed_at))
  execute function hidden.index_matters();
create trigger index_changed after update on app.clients for each row when (old.sealed_name is distinct from new.sealed_name) execute function hidden.index_matters();
create trigger index_made after insert or update on app.parties for each row execute function hidden.index_matters();

-- The clerk's. What is due, of at most so many matters, and of each at most so many, the oldest first; pictures of letters only where `scans`.
-- It is taken for some minutes, so that a program beside this one does not take it too, and comes back when it was not done.
create or replace function hidden.take_to_index(most integer, scans boolean) returns table (kind text, subject uuid, matter_id uuid, step smallint, since timestamptz)
language sql volatile security definer set search_path = '' as $$
  with due as (
    select t.kind, t.subject from app.to_index t
    where t.not_before <= clock_timestamp() and (t.step = 3) = scans order by t.step, t.since limit most for update skip locked)
  update app.to_index t set not_before = clock_timestamp() + case when scans then interval '30 minutes' else interval '10 minutes' end, tries = t.tries + 1
  from due where t.kind = due.kind and t.subject = due.subject
  returning t.kind, t.subject, t.matter_id, t.step, t.since
$$;
-- What was done and has not changed since; how many these were.
create or replace function hidden.end_indexing(what text, its uuid[], seen timestamptz[]) returns bigint
language sql volatile security definer set search_path = '' as $$
  with ended as (delete from app.to_index t using unnest(its, seen) as d(subject, since) where t.kind = what and t.subject = d.subject and t.since = d.since returning 1)
  select count(*) from ended
$$;
-- What could not be done now is done later, seldomer each time.
create or replace function hidden.put_off_indexing(what text, its uuid[]) returns void
language sql volatile security definer set search_path = '' as $$
  update app.to_index t set not_before = clock_timestamp() + least(interval '10 seconds' * (2 ^ least(t.tries, 12)), interval '6 hours') where t.kind = what and t.subject = any (its)
$$;
-- What a program that has ended took and did not do is due again. Asked once, at its start.
create or replace function hidden.take_back_indexing() returns void
language sql volatile security definer set search_path = '' as $$
  update app.to_index t set not_before = '-infinity' where t.not_before > clock_timestamp() and t.tries <= 1
$$;

-- Versions to be indexed, of the one matter of the job: what they are called, what is known of them, and their text where it was read.
create or replace function hidden.versions_to_index(versions uuid[])
returns table (version_id uuid, document_id uuid, number integer, wrapped_key bytea, sealed_facts bytea, size bigint, created_at timestamptz, document_name bytea,
  folder_id uuid, class text, sealed_about bytea, held boolean, state text, indexed boolean, sealed_text bytea)
language sql stable security definer set search_path = '' as $$
  select v.id, d.id, v.number, v.wrapped_key, v.sealed_facts, v.size, v.created_at, d.sealed_name, d.folder_id, d.class, d.sealed_about, v.scan in ('waiting', 'quarantined'), t.state, coalesce(t.is_indexed, false), t.sealed_text
  from app.versions v join app.documents d on d.id = v.document_id left join app.texts t on t.version_id = v.id
  where v.id = any (versions) and v.matter_id = hidden.job_matter()
$$;
create or replace function hidden.folders_of_job() returns table (id uuid, parent_id uuid, sealed_name bytea)
language sql stable security definer set search_path = '' as $$ select f.id, f.parent_id, f.sealed_name from app.folders f where f.matter_id = hidden.job_matter() $$;
-- A matter's own words.
create or replace function hidden.matter_to_index() returns table (sealed_number bytea, sealed_title bytea, client_id uuid, client_name bytea, parties uuid[], party_details bytea[])
language sql stable security definer set search_path = '' as $$
  select m.sealed_number, m.sealed_title, c.id, c.sealed_name,
    array(select p.id from app.parties p where p.matter_id = m.id and p.removed_at is null and octet_length(p.sealed_details) > 0 order by p.id),
    array(select p.sealed_details from app.parties p where p.matter_id = m.id and p.removed_at is null and octet_length(p.sealed_details) > 0 order by p.id)
  from app.matters m join app.clients c on c.id = m.client_id where m.id = hidden.job_matter() and m.destroyed_at is null
$$;

-- Written in the one matter of the job; nothing of a version that has ended meanwhile, or is held now.
create or replace function hidden.keep_text(version uuid, its text, reason text, text_ bytea, characters integer, whole boolean) returns void
language sql volatile security definer set search_path = '' as $$
  insert into app.texts (version_id, matter_id, state, why, sealed_text, length, is_whole)
  select v.id, v.matter_id, its, reason, text_, characters, whole from app.versions v
  where v.id = version and v.matter_id = hidden.job_matter() and v.scan not in ('waiting', 'quarantined')
  on conflict (version_id) do update set state = excluded.state, why = excluded.why, sealed_text = excluded.sealed_text, length = excluded.length, is_whole = excluded.is_whole, is_indexed = false, read_at = clock_timestamp()
$$;
create or replace function hidden.keep_terms(version uuid, its integer[], card bytea) returns void
language sql volatile security definer set search_path = '' as $$
  insert into app.terms (version_id, document_id, matter_id, tokens, sealed_card)
  select v.id, v.document_id, v.matter_id, its, card from app.versions v
  where v.id = version and v.matter_id = hidden.job_matter() and v.scan not in ('waiting', 'quarantined')
  on conflict (version_id) do update set tokens = excluded.tokens, sealed_card = excluded.sealed_card
$$;
-- Its words are among its matter's too.
create or replace function hidden.mark_indexed(versions uuid[]) returns void
language sql volatile security definer set search_path = '' as $$
  update app.texts t set is_indexed = true where t.version_id = any (versions) and t.matter_id = hidden.job_matter() and not t.is_indexed
$$;
create or replace function hidden.drop_terms(version uuid) returns void
language sql volatile security definer set search_path = '' as $$ delete from app.terms t where t.version_id = version and t.matter_id = hidden.job_matter() $$;
create or replace function hidden.keep_matter_terms(its integer[]) returns void
language sql volatile security definer set search_path = '' as $$
  insert into app.matter_terms (matter_id, tokens) select m.id, its from app.matters m where m.id = hidden.job_matter() and m.destroyed_at is null for share
  on conflict (matter_id) do update set tokens = excluded.tokens
$$;
-- Which of these versions are there now, and of which class their documents are. What ends or is of another class from now on waits for this
-- transaction, and forgets what it has written. Asked first in a transaction that takes no row which someone else may hold.
create or replace function hidden.begin_words(versions uuid[]) returns table (version_id uuid, class text)
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform hidden.lock_words(hidden.job_matter());
  return query select v.id, d.class from app.versions v join app.documents d on d.id = v.document_id
    where v.id = any (versions) and v.matter_id = hidden.job_matter() and v.scan not in ('waiting', 'quarantined');
end $$;
-- Words that came with documents of a class, as they came; and how many such pieces there are now.
create or replace function hidden.add_words(strict text, piece uuid, words bytea) returns bigint
language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into app.lexicon (matter_id, class, block, part, sealed_words) select m.id, strict, -1, piece, words from app.matters m where m.id = hidden.job_matter() and m.destroyed_at is null;
  return (select count(*) from app.lexicon l where l.matter_id = hidden.job_matter() and l.class = strict and l.block = -1);
end $$;
create or replace function hidden.words_of_job(strict text) returns table (block smallint, part uuid, sealed_words bytea)
language sql stable security definer set search_path = '' as $$ select l.block, l.part, l.sealed_words from app.lexicon l where l.matter_id = hidden.job_matter() and l.class = strict $$;
-- Puts the pieces in order: those parts go, these blocks come. False, and nothing is done: one of those is gone already, its words are forgotten.
create or replace function hidden.keep_words(strict text, gone uuid[], blocks smallint[], parts uuid[], words bytea[]) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform hidden.lock_words(hidden.job_matter());
  if not exists (select from app.matters m where m.id = hidden.job_matter() and m.destroyed_at is null) then return false; end if;
  if cardinality(gone) <> (select count(*) from app.lexicon l where l.matter_id = hidden.job_matter() and l.class = strict and l.part = any (gone)) then return false; end if;
  delete from app.lexicon l where l.matter_id = hidden.job_matter() and l.class = strict and l.part = any (gone);
  insert into app.lexicon (matter_id, class, block, part, sealed_words) select hidden.job_matter(), strict, w.block, w.part, w.words from unnest(blocks, parts, words) as w(block, part, words);
  return true;
end $$;
-- All that is indexed of the matter of the job, from the one after `after`: of what its list of words is made.
create or replace function hidden.indexed_of_job(after uuid, most integer) returns table (version_id uuid, document_id uuid, class text, wrapped_key bytea, document_name bytea, folder_id uuid, sealed_about bytea, sealed_text bytea)
language sql stable security definer set search_path = '' as $$
  select v.id, d.id, d.class, v.wrapped_key, d.sealed_name, d.folder_id, d.sealed_about, t.sealed_text
  from app.texts t join app.versions v on v.id = t.version_id join app.documents d on d.id = v.document_id
  where t.matter_id = hidden.job_matter() and t.version_id > after and v.scan not in ('waiting', 'quarantined') order by t.version_id limit most
$$;
grant execute on function hidden.take_to_index(integer, boolean), hidden.end_indexing(text, uuid[], timestamptz[]), hidden.put_off_indexing(text, uuid[]), hidden.take_back_indexing(),
  hidden.versions_to_index(uuid[]), hidden.folders_of_job(), hidden.matter_to_index(), hidden.keep_text(uuid, text, text, bytea, integer, boolean), hidden.keep_terms(uuid, integer[], bytea),
  hidden.mark_indexed(uuid[]), hidden.begin_words(uuid[]), hidden.drop_terms(uuid), hidden.keep_matter_terms(integer[]), hidden.add_words(text, uuid, bytea), hidden.words_of_job(text), hidden.keep_words(text, uuid[], smallint[], uuid[], bytea[]),
  hidden.indexed_of_job(uuid, integer), hidden.index_soon(text, uuid, uuid, smallint, interval) to subrosa_clerk;
