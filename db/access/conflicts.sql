-- Conflicts. A check ends with those who decide, whatever its asker was shown; each sees the hits within their own reach.

grant select on app.checks, app.check_hits, app.check_decisions to subrosa_person, subrosa_gate;
create policy gate_sees on app.checks to subrosa_gate using (true) with check (true);
create policy gate_sees on app.check_hits to subrosa_gate using (true) with check (true);
create policy gate_sees on app.check_decisions to subrosa_gate using (true) with check (true);

create or replace function hidden.decides(which uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select hidden.may('conflict.decide') and exists (select from app.checks c where c.id = which
    and hidden.hears(hidden.me(), coalesce(c.asked_by, (select x.created_by from app.clients x where x.id = c.client_id)))
    and (c.asked_by is not null or hidden.sees_a_hit(hidden.me(), c.id))
    and (c.matter_id is null or not hidden.is_screened(hidden.me(), c.matter_id)) and (c.client_id is null or not hidden.is_kept_from_client(hidden.me(), c.client_id)))
$$;
-- A check that opened itself says that something was found: it is for those who may know of one of its hits.
create or replace function hidden.sees_a_hit(who uuid, which uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from app.check_hits h join app.names n on n.id = h.name_id where h.check_id = which
    and not hidden.is_kept_from_client(who, n.client_id) and (n.matter_id is null or not hidden.is_screened(who, n.matter_id)))
$$;
-- One's own; and for those who decide every one, but what was asked about a matter that they are kept from.
create policy select_concerned on app.checks for select to subrosa_person using (
  (asked_by = (select hidden.me()) and (matter_id is null or exists (select from app.matters m where m.id = checks.matter_id)))
  -- one that was made by itself tells that something was found, and is for those who decide alone
  or (asked_by is not null and matter_id is not null and exists (select from app.matters m where m.id = checks.matter_id))
  or ((select hidden.may('conflict.decide')) and hidden.decides(id)));
-- a hit is there for whoever may see both the check and the name
create policy select_within_reach on app.check_hits for select to subrosa_person using (
  exists (select from app.checks c where c.id = check_hits.check_id) and exists (select from app.names n where n.id = check_hits.name_id));

-- Keeps a check that someone asked for. It is looked up afterwards, by the clerk. Gives those who decide.
create or replace function hidden.keep_check(which uuid, why text, words bytea, matter uuid) returns setof uuid
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not hidden.may('conflict.check') or why not in ('demand', 'intake') then raise exception 'may not' using errcode = '42501'; end if;
  if matter is not null and not hidden.reaches(matter) then raise exception 'out of reach' using errcode = '42501'; end if;
  insert into app.checks (id, cause, sealed_words, matter_id, asked_by) values (which, why, words, matter, hidden.me());
  return query select p.id from app.people p where hidden.can(p.id, 'conflict.decide') and hidden.hears(p.id, hidden.me()) and (matter is null or not hidden.is_screened(p.id, matter));
end $$;

-- What was decided, as far as this reader's own word or the firm's: for a decider their own decision, for everyone else the
-- newest by someone who saw every hit. No row: open.
-- Who is told of the decision: whoever asked, unless they reach its matter no more.
create or replace function hidden.check_asker_to_tell(which uuid) returns setof uuid
language sql stable security definer set search_path = '' as $$
  select c.asked_by from app.checks c where c.id = which and hidden.decides(which) and c.asked_by <> hidden.me() and (c.matter_id is null or hidden.sees(c.asked_by, c.matter_id))
$$;
grant execute on function hidden.check_asker_to_tell(uuid) to subrosa_person;
create or replace function hidden.decision_of(which uuid)
returns table (decided_by uuid, decider_name bytea, decision text, sealed_words bytea, made_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select d.decided_by, p.sealed_name, d.decision, d.sealed_words, d.made_at
  from app.check_decisions d join app.people p on p.id = d.decided_by join app.checks c on c.id = d.check_id
  where d.check_id = which and (hidden.decides(which) or c.asked_by = hidden.me() or (c.matter_id is not null and hidden.reaches(c.matter_id)))
    and (d.whole or d.decided_by = hidden.me())
  order by d.whole desc, d.made_at desc limit 1
$$;
-- SR015: this person has decided it, or the firm has. Their decision is the firm's when they saw every hit.
create or replace function hidden.decide_check(which uuid, what text, words bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare all_seen boolean;
begin
  if not (hidden.decides(which) and hidden.is_fresh()) then return false; end if;
  perform from app.checks c where c.id = which for update;
  if exists (select from app.check_decisions d where d.check_id = which and (d.whole or d.decided_by = hidden.me())) then raise exception 'decided' using errcode = 'SR015'; end if;
  all_seen := not exists (select from app.check_hits h join app.names n on n.id = h.name_id where h.check_id = which
    and (hidden.is_kept_from_client(hidden.me(), n.client_id) or (n.matter_id is not null and hidden.is_screened(hidden.me(), n.matter_id))));
  insert into app.check_decisions (check_id, decided_by, decision, sealed_words, whole) values (which, hidden.me(), what, words, all_seen);
  return true;
end $$;
-- Whether a matter's conflicts are settled: its newest check that someone asked for is cleared or waived, by someone who saw
-- every hit, and no name has come to the matter since. Nothing out of its team's reach bears on it but that person's word.
create or replace function hidden.conflicts_settled(matter uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select hidden.reaches(conflicts_settled.matter) and coalesce((
    select d.decision in ('cleared', 'waived')
      and not exists (select from app.names n join app.matters m on m.id = conflicts_settled.matter
        where (n.matter_id = m.id or (n.matter_id is null and n.client_id = m.client_id)) and n.ended_at is null and n.added_at > c.made_at)
    from app.checks c left join app.check_decisions d on d.check_id = c.id and d.whole
    where c.matter_id = conflicts_settled.matter and c.asked_by is not null order by c.made_at desc, c.id desc limit 1), false)
$$;
grant insert on app.checks, app.check_hits, app.check_decisions to subrosa_gate;
grant execute on function hidden.decides(uuid), hidden.keep_check(uuid, text, bytea, uuid), hidden.decision_of(uuid), hidden.decide_check(uuid, text, bytea), hidden.conflicts_settled(uuid)
to subrosa_person;

-- For the clerk: the names that the desk in memory is built of, in order; ids and sealed names.
create or replace function hidden.names_after(after uuid, most integer) returns table (id uuid, kind text, form text, sealed_name bytea)
language sql stable security definer set search_path = '' as $$
  select n.id, n.kind, n.form, n.sealed_name from app.names n where n.id > after order by n.id limit most
$$;
-- Checks that were asked for and not looked up yet.
create or replace function hidden.checks_to_search(most integer) returns table (id uuid, sealed_words bytea)
language sql stable security definer set search_path = '' as $$
  select c.id, c.sealed_words from app.checks c where c.searched_at is null order by c.id limit most
$$;
-- Names that came to the register and were not held against the rest of it yet, with whose they are.
create or replace function hidden.names_to_check(most integer) returns table (id uuid, client uuid, matter uuid, party uuid, kind text, form text, sealed_name bytea)
language sql stable security definer set search_path = '' as $$
  select n.id, n.client_id, n.matter_id, n.party_id, n.kind, n.form, n.sealed_name from app.names n where n.checked_at is null order by n.id limit most
$$;
-- Whose each found name is: the party, or the client where it is the client's own.
create or replace function hidden.owners_of(names uuid[]) returns table (id uuid, owner uuid)
language sql stable security definer set search_path = '' as $$
  select n.id, coalesce(n.party_id, n.client_id) from app.names n where n.id = any (names)
$$;
-- Writes down what a check found. False: another process has.
create or replace function hidden.keep_hits(which uuid, hits jsonb, more integer) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare asker uuid;
begin
  update app.checks c set searched_at = clock_timestamp(), left_out = more where c.id = which and c.searched_at is null returning c.asked_by into asker;
  if not found then return false; end if;
  insert into app.check_hits (check_id, name_id, sealed_why, score, for_asker)
  select which, n.id, decode(h.why, 'base64'), h.score, asker is not null and case
    when n.matter_id is not null then hidden.sees(asker, n.matter_id)
    else (c.created_by = asker and not hidden.is_screened_from_client(asker, c.id)) or exists (select from app.matters m where m.client_id = c.id and hidden.sees(asker, m.id)) end
  from jsonb_to_recordset(hits) as h (name uuid, why text, score real) join app.names n on n.id = h.name join app.clients c on c.id = n.client_id on conflict do nothing;
  return true;
end $$;
-- Opens a check by itself for names that are like others; with none it only writes down that they were held against them.
-- Gives those who decide, where one was opened.
create or replace function hidden.keep_found(which uuid, why text, words bytea, matter uuid, client uuid, hits jsonb, more integer, names uuid[]) returns setof uuid
language plpgsql volatile security definer set search_path = '' as $$
begin
  update app.names n set checked_at = clock_timestamp() where n.id = any (names) and n.checked_at is null;
  if not found or jsonb_array_length(hits) = 0 then return; end if;
  insert into app.checks (id, cause, sealed_words, matter_id, client_id) values (which, why, words, matter, client);
  perform hidden.keep_hits(which, hits, more);
  return query select p.id from app.people p where hidden.can(p.id, 'conflict.decide') and hidden.hears(p.id, (select c.created_by from app.clients c where c.id = client))
    and (matter is null or not hidden.is_screened(p.id, matter)) and (client is null or not hidden.is_kept_from_client(p.id, client)) and hidden.sees_a_hit(p.id, which);
end $$;
grant update (searched_at, left_out) on app.checks to subrosa_gate;
grant update (checked_at) on app.names to subrosa_gate;
grant execute on function hidden.checks_to_search(integer), hidden.names_to_check(integer), hidden.owners_of(uuid[]), hidden.keep_hits(uuid, jsonb, integer),
  hidden.keep_found(uuid, text, bytea, uuid, uuid, jsonb, integer, uuid[])
to subrosa_clerk;
-- Matters and clients that the register lacks, and the card of the one matter that the clerk's job names.
create or replace function hidden.without_card(most integer) returns table (matter uuid, client uuid)
language sql stable security definer set search_path = '' as $$
  select m.id, m.client_id from app.matters m where not exists (select from app.register r where r.matter_id = m.id) order by m.id limit most
$$;
create or replace function hidden.without_name(most integer) returns table (client uuid, kind text, sealed_name bytea, made_by uuid)
language sql stable security definer set search_path = '' as $$
  select c.id, c.kind, c.sealed_name, c.created_by from app.clients c where c.merged_into is null and not exists (select from app.names n where n.client_id = c.id and n.matter_id is null) order by c.id limit most
$$;
grant execute on function hidden.names_after(uuid, integer), hidden.without_card(integer), hidden.without_name(integer) to subrosa_clerk;
grant select (id, sealed_number, sealed_title) on app.matters to subrosa_clerk;
grant insert on app.register, app.names to subrosa_clerk;
create policy clerk_fills on app.register for insert to subrosa_clerk with check (matter_id = (select hidden.job_matter()));
create policy clerk_fills on app.names for insert to subrosa_clerk with check (matter_id is null);
