-- Search. The index holds ids, keyed tokens and sealed cards, and nobody holds anything on it: these functions serve of it what is
-- within reach, worked out at once for all of a person's matters, as hidden.sees says it of one (test/wall.test.ts binds the two).

grant select, insert, update, delete on app.texts, app.terms, app.matter_terms, app.lexicon, app.to_index to subrosa_gate;
create policy gate_keeps on app.texts to subrosa_gate using (true) with check (true);
create policy gate_keeps on app.terms to subrosa_gate using (true) with check (true);
create policy gate_keeps on app.matter_terms to subrosa_gate using (true) with check (true);
create policy gate_keeps on app.lexicon to subrosa_gate using (true) with check (true);
create policy gate_keeps on app.to_index to subrosa_gate using (true) with check (true);

-- Every matter that someone sees, and of which classes its documents: 1 confidential, 2 privileged, 4 restricted, added up. Whoever is
-- named on it sees all; a practice group what the matrix lets it. `sees_all_of`: of all their matters, which are looked up or joined by how
-- many there are; `sees_among`: of these few, which are looked up by a plan that is kept. Both are one text.
do $do$
declare
  head constant text := $text$returns table (matter_id uuid, client_id uuid, floor text, classes integer)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = %2$s as $$
#variable_conflict use_column
begin
  return query
    with paths as materialized (
      select t.matter_id as id, null::uuid as group_id from app.team_members t %1$s
      where t.person_id = who and t.starts_at <= statement_timestamp() and (t.ends_at is null or t.ends_at > statement_timestamp())
      union all
      select t.matter_id, t.group_id from app.group_members i join app.matter_groups t on t.group_id = i.group_id %1$s
      where i.person_id = who and t.starts_at <= statement_timestamp() and (t.ends_at is null or t.ends_at > statement_timestamp())
    ), fits as materialized (
      select g.group_id, c.class, hidden.group_fits(g.group_id, c.class) as ok
      from (select distinct p.group_id from paths p where p.group_id is not null) g cross join unnest('{public,internal,confidential,privileged,restricted}'::text[]) c(class)
    ), bits as materialized (
      select f.group_id, sum(hidden.class_bit(f.class))::integer as classes from fits f where f.ok group by f.group_id
    ), strict as materialized (
      -- of each two classes once: a function called for every matter costs more than all else here
      select a.class as one, b.class as other, hidden.stricter(a.class, b.class) as class
      from unnest('{public,internal,confidential,privileged,restricted}'::text[]) a(class) cross join unnest('{public,internal,confidential,privileged,restricted}'::text[]) b(class)
    ), standing as materialized (
      select w.id, w.withholds from app.walls w
      where w.lifted_at is null and w.starts_at <= statement_timestamp() and (w.ends_at is null or w.ends_at > statement_timestamp())
    ), kept as materialized (
      -- as hidden.is_screened and hidden.owes say it of one matter
      select t.matter_id, t.client_id from app.wall_targets t join standing w on w.id = t.wall_id join app.wall_people p on p.wall_id = t.wall_id and p.side = t.side
      where p.person_id = who or p.group_id in (select i.group_id from app.group_members i where i.person_id = who)
      union
      select t.matter_id, t.client_id from app.wall_targets t join standing w on w.id = t.wall_id
      where w.withholds and not exists (select from app.wall_acknowledgements a where a.wall_id = w.id and a.person_id = who and a.acknowledged_at is not null)
    )
    select m.id, m.client_id, s.class, bit_or(case when p.group_id is null then 7 else b.classes end)
    from paths p
    join app.matters m on m.id = p.id
    join app.clients c on c.id = m.client_id
    join strict s on s.one = m.class and s.other = c.class
    left join bits b on b.group_id = p.group_id
    where (p.group_id is null or exists (select from fits f where f.group_id = p.group_id and f.ok and f.class = s.class))
      and not exists (select from kept k where k.matter_id = m.id) and not exists (select from kept k where k.client_id = m.client_id)
    group by m.id, m.client_id, s.class;
end $$$text$;
begin
  execute 'create or replace function hidden.sees_all_of(who uuid) ' || format(head, '', 'force_custom_plan');
  execute 'create or replace function hidden.sees_among(who uuid, among uuid[]) ' || format(head, 'join (select distinct u.id from unnest(among) u (id)) a on a.id = t.matter_id', 'force_generic_plan');
end $do$;
create or replace function hidden.class_bit(class text) returns integer
language sql immutable set search_path = '' as $$ select case class when 'confidential' then 1 when 'privileged' then 2 when 'restricted' then 4 else 0 end $$;

-- Of a matter that is no milder than this, the classes of documents that open to who has proved so much: what a class asks for before it
-- is opened it asks for before it is looked into, or its words could be guessed one by one.
create or replace function hidden.open_bits(floor text, proof text) returns integer
language sql stable security definer set search_path = '' as $$
  select coalesce(sum(hidden.class_bit(c.class)) filter (where array_position('{session,fresh,passkey}', hidden.handling(hidden.stricter(c.class, floor), 'open') #>> '{}')
    <= array_position('{session,fresh,passkey}', proof)), 0)::integer
  from unnest('{confidential,privileged,restricted}'::text[]) c(class)
$$;
-- What this person may search, as both sides of a search ask it: their reach, and of it what is open now.
create or replace function hidden.searchable(among uuid[] default null) returns table (matter_id uuid, client_id uuid, classes integer, open integer)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare proof text := hidden.proved();
begin
  if not (hidden.may('document.list') and hidden.may('document.read')) then return; end if;
  return query
    with mine as materialized (select * from hidden.sees_all_of(hidden.me()) where among is null
        union all select * from hidden.sees_among(hidden.me(), among) where among is not null),
      opens as materialized (select f.floor, hidden.open_bits(f.floor, proof) as bits from (select distinct m.floor from mine m) f)
    select m.matter_id, m.client_id, m.classes, m.classes & o.bits from mine m join opens o on o.floor = m.floor;
end $$;
-- The same in one value: of each matter its id, its client's (16 bytes each) and a byte: its open classes, and 8 where a client's own key
-- stands before it. Beside it how many documents there are within reach, and how many of them are of classes that are not open now.
create or replace function hidden.search_reach() returns table (reach bytea, documents bigint, locked bigint, unread bigint)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query
    with mine as materialized (select * from hidden.searchable()),
      own as materialized (select distinct k.matter_id from app.matter_keys k where k.root_id is not null),
      sums as (select coalesce(sum(l.documents) filter (where m.open & k.bit <> 0), 0)::bigint as open, coalesce(sum(l.documents) filter (where m.open & k.bit = 0), 0)::bigint as locked
        from mine m join app.listings l on l.matter_id = m.matter_id join unnest('{confidential,privileged,restricted}'::text[], '{1,2,4}'::integer[]) k (class, bit) on k.class = l.class where m.classes & k.bit <> 0)
    select (select coalesce(string_agg(uuid_send(m.matter_id) || uuid_send(m.client_id) || set_byte('\x00', 0, m.open + case when o.matter_id is null then 0 else 8 end), '' order by m.matter_id), '')
        from mine m left join own o on o.matter_id = m.matter_id),
      s.open + s.locked, s.locked,
      -- few, wherever the clerk keeps up
      (select count(distinct v.document_id) from (
          select t.subject as id from app.to_index t where t.kind = 'version' and t.step >= 2
          union select t.version_id from app.texts t where t.state <> 'read') u
        join app.versions v on v.id = u.id join mine m on m.matter_id = v.matter_id join app.documents d on d.id = v.document_id
        where d.trashed_at is null and m.open & hidden.class_bit(d.class) <> 0)
    from sums s;
end $$;

-- Versions that hold what is asked for, matter by matter: of the i-th of n matters the tokens i, n + i, 2n + i and so on, and of each of its
-- lists one at least (list l of matter i from list_starts[(l - 1) * n + i] up to the next one's start), and none of nots, of matter i from
-- not_starts[i]. At most `each` of a matter, `most` in all. What is out of reach is not looked up, whoever names it. (The inner `offset 0`s
-- keep that order: first whose reach it is, then the tokens, then the documents that hold them. PostgreSQL takes a token for commoner than
-- it is, and would read the whole table for the first few that hold it.)
create or replace function hidden.find(matters uuid[], singles integer, tokens integer[], lists integer, list_tokens integer[], list_starts integer[],
  nots integer[], not_starts integer[], each integer, most integer)
returns table (version_id uuid, document_id uuid, matter_id uuid, class text, sealed_card bytea)
language plpgsql stable security definer set search_path = '' set enable_seqscan = off as $$
#variable_conflict use_column
declare n integer := cardinality(matters); asks text[] := '{}';
begin
  if lists not between 0 and 8 or singles not between 0 and 64 then raise exception 'too many lists' using errcode = '22023'; end if;
  if n = 0 or singles + lists = 0 then return; end if;
  if singles > 0 then
    asks := asks || format('x.tokens @> array[%s]', (select string_agg(format('$2[%s + m.i]', s * n), ',') from generate_series(0, singles - 1) s));
  end if;
  for l in 0 .. lists - 1 loop
    asks := asks || format('x.tokens && $3[$4[%1$s + m.i]:$4[%1$s + m.i + 1] - 1]', l * n);
  end loop;
  if cardinality(nots) > 0 then asks := asks || 'not x.tokens && $5[$6[m.i]:$6[m.i + 1] - 1]'::text; end if;
  return query execute format($find$
    with mine as materialized (select s.matter_id, s.open from hidden.searchable() s where s.open <> 0)
    select f.version_id, f.document_id, m.matter, f.class, f.sealed_card
    from (select n.matter, n.i, r.open from unnest($1) with ordinality n(matter, i) join mine r on r.matter_id = n.matter offset 0) m
    cross join lateral (
      select x.version_id, x.document_id, d.class, x.sealed_card from app.terms x
      -- before the limit: what is not open would fill it, and be counted by what it displaces
      cross join lateral (select o.class from app.documents o
        where o.id = x.document_id and o.matter_id = m.matter and o.trashed_at is null and m.open & case o.class when 'confidential' then 1 when 'privileged' then 2 when 'restricted' then 4 else 0 end <> 0 offset 0) d
      where %s limit $7) f
    limit $8 $find$, array_to_string(asks, ' and '))
  using matters, tokens, list_tokens, list_starts, nots, not_starts, each, most;
end $$;

-- In how many of a few matters' documents each token stands: `wanted` has `terms` of each matter, in order; counted up to 50 a matter. Term 0:
-- how many documents these matters hold of what is open now.
create or replace function hidden.frequencies(matters uuid[], wanted integer[], terms integer) returns table (term integer, documents bigint)
language plpgsql stable security definer set search_path = '' set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  if cardinality(matters) > 64 or terms not between 1 and 64 then raise exception 'too many' using errcode = '22023'; end if;
  return query
    with mine as materialized (select s.matter_id, s.open from hidden.searchable(matters) s where s.open <> 0)
    select t.term::integer, coalesce(sum(c.n), 0)::bigint
    from unnest(matters) with ordinality n(matter, i) join mine on mine.matter_id = n.matter cross join generate_series(1, terms) t(term)
    cross join lateral (select count(*) as n from (
      select from app.terms x
      cross join lateral (select from app.documents o
        where o.id = x.document_id and o.matter_id = n.matter and o.trashed_at is null and mine.open & case o.class when 'confidential' then 1 when 'privileged' then 2 when 'restricted' then 4 else 0 end <> 0 offset 0) d
      where x.tokens @> wanted[(n.i - 1) * terms + t.term:(n.i - 1) * terms + t.term] and (x.matter_id = n.matter) is true limit 50) x) c
    group by t.term
    union all select 0, coalesce(sum(l.documents), 0)::bigint from mine join app.listings l on l.matter_id = mine.matter_id where mine.open & hidden.class_bit(l.class) <> 0;
end $$;

-- Matters whose own words hold all of these: of the i-th of n matters the tokens i, n + i, 2n + i and so on. Those that do are looked for
-- first, some matters together, and of them those within reach are shown: a token is of the matter whose key made it.
create or replace function hidden.find_matters(matters uuid[], wanted integer[], most integer) returns setof uuid
language plpgsql stable security definer set search_path = '' set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  n integer := cardinality(matters);
  terms integer := cardinality(wanted) / greatest(n, 1);
  found uuid[];
begin
  if terms = 0 or not hidden.may('matter.list') then return; end if;
  found := array(select m.matter from generate_series(1, n, 64) a
    cross join lateral (select f.matter_id, f.tokens from app.matter_terms f where f.tokens && wanted[a:least(a + 63, n)] offset 0) f
    join unnest(matters[a:least(a + 63, n)]) with ordinality m(matter, i) on m.matter = f.matter_id
    where f.tokens @> array(select wanted[t * n + a + m.i - 1] from generate_series(0, terms - 1) t));
  return query select r.matter_id from hidden.sees_among(hidden.me(), found) r order by 1 limit most;
end $$;

-- The text of versions within reach and open now, to be looked into; `shown`: it may be shown, and is not only looked into.
create or replace function hidden.texts_of(versions uuid[])
returns table (version_id uuid, document_id uuid, matter_id uuid, wrapped_key bytea, sealed_text bytea, shown boolean, marked boolean)
language plpgsql stable security definer set search_path = '' set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare among uuid[] := array(select distinct v.matter_id from app.versions v where v.id = any (versions)); proof text := hidden.proved();
begin
  if not (hidden.may('document.list') and hidden.may('document.read')) then return; end if;
  return query
    with mine as materialized (select * from hidden.sees_among(hidden.me(), among)),
      opens as materialized (select f.floor, c.class, hidden.class_bit(c.class) as bit, hidden.open_bits(f.floor, proof) as bits, hidden.handling(hidden.stricter(c.class, f.floor), 'watermark') = 'true' as marked
        from (select distinct m.floor from mine m) f cross join unnest('{confidential,privileged,restricted}'::text[]) c(class))
    select v.id, v.document_id, v.matter_id, v.wrapped_key, t.sealed_text,
      v.scan not in ('waiting', 'quarantined') and not exists (select from app.soundness s where s.version_id = v.id and s.broken_at is not null),
      coalesce(o.marked, false)
    from (select v.*, d.class from app.versions v join app.documents d on d.id = v.document_id where v.id = any (versions) and d.trashed_at is null offset 0) v
    join mine m on m.matter_id = v.matter_id join opens o on o.floor = m.floor and o.class = v.class and m.classes & o.bits & o.bit <> 0
    left join app.texts t on t.version_id = v.id;
end $$;
-- What documents within reach are called, of each its newest version, as the policies show it; of many at once. And keys of matters likewise.
create or replace function hidden.named_of(documents uuid[])
returns table (id uuid, matter_id uuid, folder_id uuid, sealed_name bytea, sealed_about bytea, class text, version_id uuid, number integer, sealed_facts bytea)
language plpgsql stable security definer set search_path = '' set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare among uuid[] := array(select distinct d.matter_id from app.documents d where d.id = any (documents));
begin
  return query
    select d.id, d.matter_id, d.folder_id, d.sealed_name, d.sealed_about, d.class, v.id, v.number, v.sealed_facts
    from (select * from app.documents d where d.id = any (documents) and d.trashed_at is null offset 0) d
    join hidden.sees_among(hidden.me(), among) m on m.matter_id = d.matter_id and m.classes & hidden.class_bit(d.class) <> 0
    cross join lateral (select x.id, x.number, x.sealed_facts from app.versions x where x.document_id = d.id order by x.number desc limit 1) v;
end $$;
create or replace function hidden.keys_of(matters uuid[])
returns table (matter_id uuid, purpose text, version integer, wrapped bytea, standing text, root_id uuid)
language plpgsql stable security definer set search_path = '' set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query
    select k.matter_id, k.purpose, k.version, k.wrapped, k.standing, k.root_id
    from hidden.sees_among(hidden.me(), matters) m cross join lateral (select * from app.matter_keys k where k.matter_id = m.matter_id offset 0) k
    order by k.purpose, k.version desc;
end $$;

-- Blocks of words, of matters and classes within reach and open now; `blocks[i]` of matter i, and what came since they were put in order.
create or replace function hidden.words_in_reach(matters uuid[], blocks integer[]) returns table (matter_id uuid, class text, part uuid, sealed_words bytea)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query
    with mine as materialized (select s.matter_id, s.open from hidden.searchable() s where s.open <> 0)
    select l.matter_id, l.class, l.part, l.sealed_words
    from unnest(matters, blocks) as n(matter, block) join mine on mine.matter_id = n.matter
    join app.lexicon l on l.matter_id = n.matter and l.block in (-1, n.block)
    join unnest('{confidential,privileged,restricted}'::text[], '{1,2,4}'::integer[]) k (class, bit) on k.class = l.class where mine.open & k.bit <> 0;
end $$;

-- Matters within reach whose lists of words are being gathered anew: what begins so may stand for more.
create or replace function hidden.lists_waiting() returns bigint
language plpgsql stable security definer set search_path = '' as $$
begin
  return (select count(*) from app.to_index t join hidden.searchable() s on s.matter_id = t.subject and s.open <> 0 where t.kind = 'lexicon');
end $$;

-- Where the texts of a matter's documents stand, each document's newest version; for those who may list them.
create or replace function hidden.texts_state(matter uuid)
returns table (version_id uuid, document_id uuid, number integer, sealed_name bytea, wrapped_key bytea, state text, why text, whole boolean, sealed_text bytea)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare within text[] := hidden.reached_classes(matter);
  -- what was not read of a text names what stands in it
  opens integer := case when hidden.may('document.read') then hidden.open_bits(hidden.class_of(matter), hidden.proved()) else 0 end;
begin
  return query
    select v.id, d.id, v.number, d.sealed_name, v.wrapped_key,
      case when v.scan in ('waiting', 'quarantined') then 'unreadable' when q.step = 2 or t.version_id is null then 'waiting' when t.state = 'read' and not t.is_indexed then 'waiting' when t.state = 'read' then 'indexed' else t.state end,
      case when v.scan in ('waiting', 'quarantined') then 'held' else t.why end, coalesce(t.is_whole, true),
      case when (t.state <> 'read' or not t.is_whole) and opens & hidden.class_bit(d.class) <> 0 then t.sealed_text end
    from app.documents d
    cross join lateral (select * from app.versions v where v.document_id = d.id order by v.number desc limit 1) v
    left join app.texts t on t.version_id = v.id left join app.to_index q on q.kind = 'version' and q.subject = v.id
    where d.matter_id = matter and d.trashed_at is null and d.class = any (within) order by d.id desc;
end $$;
-- Has one read anew. False: not theirs.
create or replace function hidden.read_again(document uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not (hidden.may('document.change') and hidden.reaches_document(document)) then return false; end if;
  perform hidden.index_soon('version', v.id, v.matter_id, 2::smallint) from app.versions v where v.document_id = document;
  return found;
end $$;
-- The firm's counts, which tell of no matter; and everything anew.
create or replace function hidden.index_counts() returns table (state text, versions bigint)
language plpgsql stable security definer set search_path = '' as $$
begin
  if not hidden.may('integrity.keep') then return; end if;
  return query select 'left', count(*) from app.to_index t union all select 'waiting', count(*) from app.to_index t where t.kind = 'version' and t.step = 2
    union all select t.state, count(*) from app.texts t group by t.state;
end $$;
create or replace function hidden.index_all(how smallint) returns bigint
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not (hidden.may('integrity.keep') and hidden.is_fresh()) then return null; end if;
  perform hidden.index_soon('version', v.id, v.matter_id, how) from app.versions v;
  perform hidden.index_soon('matter', m.id, m.id, 1::smallint), hidden.index_soon('lexicon', m.id, m.id, 1::smallint) from app.matters m where m.destroyed_at is null;
  return (select count(*) from app.to_index);
end $$;

grant execute on function hidden.search_reach(), hidden.find(uuid[], integer, integer[], integer, integer[], integer[], integer[], integer[], integer, integer),
  hidden.frequencies(uuid[], integer[], integer), hidden.find_matters(uuid[], integer[], integer), hidden.texts_of(uuid[]), hidden.named_of(uuid[]), hidden.keys_of(uuid[]), hidden.words_in_reach(uuid[], integer[]), hidden.lists_waiting(),
  hidden.texts_state(uuid), hidden.read_again(uuid), hidden.index_counts(), hidden.index_all(smallint) to subrosa_person;

-- Searches that someone keeps are their own.
grant select, insert (id, person_id, sealed_name, sealed_words, is_told), update (sealed_name, sealed_words, is_told, seen_at), delete on app.saved_searches to subrosa_person;
create policy own_only on app.saved_searches to subrosa_person using (person_id = (select hidden.me())) with check (person_id = (select hidden.me()));
grant select, update (seen_at) on app.saved_searches to subrosa_gate;
create policy gate_tells on app.saved_searches to subrosa_gate using (true) with check (true);
