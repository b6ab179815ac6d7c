-- Search. The index holds ids, keyed tokens and sealed cards, and nobody holds anything on it: these functions serve of it what is
-- within reach, worked out at once for all of a person's matters, as hidden.sees says it of one (test/wall.test.ts binds the two).

grant select, insert, update, delete on app.texts, app.terms, app.matter_terms, app.lexicon, app.to_index to subrosa_gate;
create policy gate_keeps on app.texts to subrosa_gate using (true) with check (true);
create policy gate_keeps on app.terms to subrosa_gate using (true) with check (true);
create policy gate_keeps on app.matter_terms to subrosa_gate using (true) with check (true);
create policy gate_keeps on app.lexicon to subrosa_gate using (true) with check (true);
create policy gate_keeps on app.to_index to subrosa_gate using (true) with check (true);

-- Every matter that someone sees, and of which classes its documents: 1 confidential, 2 privileged, 4 restricted, added up. Whoever is
-- named on it sees all; a practice group what the matrix lets it.
create or replace function hidden.sees_all_of(who uuid) returns table (matter_id uuid, classes integer)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query
    with paths as materialized (
      select t.matter_id as id, null::uuid as group_id from app.team_members t
      where t.person_id = who and t.starts_at <= statement_timestamp() and (t.ends_at is null or t.ends_at > statement_timestamp())
      union
      select g.matter_id, g.group_id from app.group_members i join app.matter_groups g on g.group_id = i.group_id
      where i.person_id = who and g.starts_at <= statement_timestamp() and (g.ends_at is null or g.ends_at > statement_timestamp())
    ), fits as materialized (
      select g.group_id, c.class, hidden.group_fits(g.group_id, c.class) as ok
      from (select distinct p.group_id from paths p where p.group_id is not null) g cross join unnest('{public,internal,confidential,privileged,restricted}'::text[]) c(class)
    ), bits as materialized (
      select f.group_id, sum(case f.class when 'confidential' then 1 when 'privileged' then 2 when 'restricted' then 4 else 0 end)::integer as classes
      from fits f where f.ok group by f.group_id
    )
    select m.id, bit_or(case when p.group_id is null then 7 else b.classes end)
    from paths p
    join app.matters m on m.id = p.id
    join app.clients c on c.id = m.client_id
    left join bits b on b.group_id = p.group_id
    where (p.group_id is null or exists (select from fits f where f.group_id = p.group_id and f.ok and f.class = hidden.stricter(m.class, c.class)))
      and ((not exists (select from app.wall_targets t where t.matter_id = m.id) and not exists (select from app.wall_targets t where t.client_id = m.client_id))
        or (not hidden.is_screened(who, m.id) and not hidden.owes(who, m.id)))
    group by m.id;
end $$;

-- For whoever asks, in one value: of each matter its id (16 bytes) and a byte, the classes and 8 where a client's own key stands before it.
create or replace function hidden.search_reach() returns bytea
language plpgsql stable security definer set search_path = '' as $$
begin
  if not hidden.may('document.list') then return ''; end if;
  return (select coalesce(string_agg(uuid_send(r.matter_id) || set_byte('\x00', 0, r.classes + case when k.matter_id is null then 0 else 8 end), '' order by r.matter_id), '')
    from hidden.sees_all_of(hidden.me()) r
    left join (select distinct x.matter_id from app.matter_keys x where x.root_id is not null) k on k.matter_id = r.matter_id);
end $$;

-- Whether a document of this class is among those (as in sees_all_of).
create or replace function hidden.holds_class(classes integer, class text) returns boolean
language sql immutable set search_path = '' as $$
  select classes & case class when 'confidential' then 1 when 'privileged' then 2 when 'restricted' then 4 else 0 end <> 0
$$;

-- Versions that hold all of these tokens, matter by matter: of matter i those from `starts[i]` up to and without `starts[i + 1]`, every one; and
-- of further `lists` one each (`list_starts` as above; the lists of matter i are i * lists up to (i + 1) * lists). At most `each` of a matter,
-- at most `most` in all. What is out of reach is not looked up, whoever names it.
create or replace function hidden.find(matters uuid[], tokens bigint[], starts integer[], lists integer, list_tokens bigint[], list_starts integer[], each integer, most integer)
returns table (version_id uuid, document_id uuid, matter_id uuid, class text, sealed_card bytea)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare asks text := 'x.tokens @> (all_.tokens)[1:0]'; i integer;
begin
  if not hidden.may('document.list') or lists > 8 then return; end if;
  asks := 'x.tokens @> $2[m.a:m.b]';
  for i in 0 .. lists - 1 loop
    asks := asks || format(' and x.tokens && $5[$6[(m.i - 1) * %s + %s]:$6[(m.i - 1) * %s + %s] - 1]', lists, i + 1, lists, i + 2);
  end loop;
  return query execute format($find$
    with mine as materialized (select r.matter_id, r.classes from hidden.sees_all_of(hidden.me()) r)
    select f.version_id, f.document_id, f.matter_id, d.class, f.sealed_card
    from (select n.matter, n.i, $3[n.i] as a, $3[n.i + 1] - 1 as b, r.classes
      from unnest($1) with ordinality n(matter, i) join mine r on r.matter_id = n.matter) m
    cross join lateral (
      select x.version_id, x.document_id, x.matter_id, x.sealed_card from app.terms x where %s limit $7) f
    join app.documents d on d.id = f.document_id
    where f.matter_id = m.matter and d.trashed_at is null and d.matter_id = m.matter and hidden.holds_class(m.classes, d.class)
    limit $8 $find$, asks)
  using matters, tokens, starts, lists, list_tokens, list_starts, each, most;
end $$;

grant execute on function hidden.search_reach(), hidden.find(uuid[], bigint[], integer[], integer, bigint[], integer[], integer, integer) to subrosa_person;
