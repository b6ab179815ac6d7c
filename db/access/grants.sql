-- Requests for access, and emergencies. Whoever asks is answered the same, after the same work, whether there is a matter,
-- none, or a wall. Which matter a request means the clerk works out afterwards, and only those who decide are told.

grant select (id, person_id, kind, sealed_words, days, hours, urgent, made_at, widens_at, matter_id, state, decided_by, decided_at, review_due_at, reviewed_by, reviewed_at, justified, sealed_review)
  on app.requests to subrosa_person;
grant select on app.requests to subrosa_gate;
create policy gate_decides on app.requests to subrosa_gate using (true) with check (true);

-- One's own, without what would tell what was found: someone's decision, or that the time is over. Whether an emergency went
-- in shows in the list of matters.
create or replace function hidden.my_requests() returns table (id uuid, kind text, sealed_words bytea, made_at timestamptz, state text)
language sql stable security definer set search_path = '' as $$
  select r.id, r.kind, r.sealed_words, r.made_at,
    case when r.decided_by is not null then r.state when r.made_at < statement_timestamp() - interval '14 days' then 'lapsed' else 'waiting' end
  from app.requests r where r.person_id = hidden.me() order by r.id desc limit 200
$$;

-- Whether someone decides on a matter: they are responsible for it; from when it widens, they are its deputy, or oversee. What
-- names no matter is for those who oversee.
create or replace function hidden.decides_on(who uuid, matter uuid, widened boolean) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return (exists (select from app.team_members t
        where t.matter_id = matter and t.person_id = who and t.via = 'team' and (t.role = 'responsible' or widened and t.role = 'deputy')
          and t.starts_at <= statement_timestamp() and (t.ends_at is null or t.ends_at > statement_timestamp()))
      and hidden.can(who, 'grant.approve') and hidden.sees(who, matter))
    or ((widened or matter is null) and hidden.can(who, 'grant.oversee') and not hidden.is_screened(who, matter));
end $$;
create or replace function hidden.deciders_of(matter uuid, widened boolean) returns table (person uuid)
language sql stable security definer set search_path = '' as $$
  select p.id from app.people p where hidden.decides_on(p.id, matter, widened)
$$;

-- Whether a request is this person's to see: to decide, now or once. Nobody sees one whose matter is still to be worked out.
create or replace function hidden.concerns(request uuid) returns boolean
language plpgsql stable security definer set search_path = '' cost 10000 as $$
declare r app.requests; me uuid := hidden.me();
begin
  select * into r from app.requests x where x.id = request and x.number_token is null and x.person_id <> me and hidden.hears(me, x.person_id);
  return r.id is not null
    and ((hidden.may('grant.oversee') and not hidden.is_screened(me, r.matter_id))
      or hidden.decides_on(me, r.matter_id, r.widens_at <= statement_timestamp() or r.kind = 'break-glass'));
end $$;
-- one's own paths first: they are few, and asking for each request is dear
create policy select_to_decide on app.requests for select to subrosa_person using (
  ((select hidden.may('grant.oversee')) or ((select hidden.may('grant.approve')) and matter_id in (select t.matter_id from app.team_members t)))
  and hidden.concerns(id));
create or replace function hidden.may_decide(request uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from app.requests r where r.id = request and r.state = 'waiting' and r.made_at > statement_timestamp() - interval '14 days'
      and hidden.decides_on(hidden.me(), r.matter_id, r.widens_at <= statement_timestamp()))
    and (hidden.may('grant.approve') or hidden.may('grant.oversee')) and hidden.concerns(request);
end $$;

-- Asks. `number`: the keyed token of what was typed. It looks at no matter, so that there is nothing to measure.
create or replace function hidden.request_access(request uuid, number bytea, words bytea, for_days integer, is_urgent boolean, minutes integer) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not hidden.may('grant.request') then raise exception 'may not' using errcode = '42501'; end if;
  insert into app.requests (id, person_id, kind, sealed_words, number_token, days, urgent, widens_at)
  values (request, hidden.me(), 'access', words, number, for_days, is_urgent, clock_timestamp() + make_interval(mins => minutes));
end $$;

-- Goes in, where the number is one, no wall stands, and they are not on it already; gives the matter. Null: they did not go in,
-- and those who oversee look into it.
create or replace function hidden.break_glass(request uuid, number bytea, words bytea, for_hours integer, member uuid, review_hours integer) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := hidden.me(); meant uuid; asked uuid; screened boolean; owing boolean; known boolean;
  until timestamptz;
begin
  if not (hidden.may('grant.break-glass') and hidden.is_fresh()) then raise exception 'may not' using errcode = '42501'; end if;
  perform hidden.one_at_a_time();
  until := clock_timestamp() + make_interval(hours => for_hours);
  select m.id into meant from app.matters m where m.number_token = number;
  -- where there is none, the same is asked about one that is there, and that they are kept from if there is such a one
  select coalesce(
    (select m.id from app.wall_people p join app.wall_targets t on t.wall_id = p.wall_id and t.side = p.side
      join app.walls w on w.id = p.wall_id and w.lifted_at is null and w.starts_at < until and (w.ends_at is null or w.ends_at > clock_timestamp())
      join app.matters m on m.id = t.matter_id or m.client_id = t.client_id
      where p.person_id = me or exists (select from app.group_members i where i.group_id = p.group_id and i.person_id = me) limit 1),
    (select m.id from app.matters m order by m.id desc limit 1)) into asked;
  asked := coalesce(meant, asked);
  screened := hidden.is_screened_ever(me, asked, clock_timestamp(), until);
  owing := hidden.owes(me, asked);
  known := exists (select from app.team_members t where t.matter_id = asked and t.person_id = me and t.starts_at < until and (t.ends_at is null or t.ends_at > clock_timestamp()));
  if screened or owing or known then meant := null; end if;
  insert into app.requests (id, person_id, kind, sealed_words, hours, urgent, widens_at, matter_id, state, decided_at, review_due_at)
  values (request, me, 'break-glass', words, for_hours, true, clock_timestamp(), meant, case when meant is null then 'waiting' else 'granted' end,
    case when meant is not null then clock_timestamp() end, case when meant is not null then clock_timestamp() + make_interval(hours => review_hours) end);
  if meant is not null then
    insert into app.team_members (id, matter_id, person_id, role, via, added_by, request_id, ends_at) values (member, meant, me, 'assistant', 'break-glass', me, request, until);
  end if;
  return meant;
end $$;

-- Says which matter a request means. SR015: decided. SR013: it is known already. SR020: a wall stands between them.
create or replace function hidden.route_request(request uuid, matter uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare r app.requests;
begin
  if not (hidden.may('grant.oversee') and hidden.registers(matter) and hidden.concerns(request)) then return false; end if;
  perform hidden.one_at_a_time();
  select * into r from app.requests x where x.id = request for update;
  perform hidden.refuse_decided(r);
  if r.matter_id is not null then raise exception 'its matter is known' using errcode = 'SR013'; end if;
  if hidden.is_screened_ever(r.person_id, matter, clock_timestamp(), clock_timestamp() + make_interval(days => coalesce(r.days, 1))) then
    raise exception 'screened' using errcode = 'SR020';
  end if;
  update app.requests x set matter_id = matter, told_at = null where x.id = request;
  return true;
end $$;
create or replace function hidden.refuse_decided(r app.requests) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
  if r.state <> 'waiting' or r.made_at < clock_timestamp() - interval '14 days' then raise exception 'decided' using errcode = 'SR015'; end if;
end $$;
-- The request that someone is about to decide, held. Nothing: not theirs to know of. SR012: it is their own, or someone else's to
-- decide as yet. SR015: decided.
create or replace function hidden.hold_request(request uuid) returns app.requests
language plpgsql volatile security definer set search_path = '' as $$
declare r app.requests;
begin
  select * into r from app.requests x where x.id = request for update;
  if r.person_id = hidden.me() then raise exception 'not to oneself' using errcode = 'SR012'; end if;
  if r.id is null or not (hidden.may('grant.approve') or hidden.may('grant.oversee')) or not hidden.concerns(request) then return null; end if;
  perform hidden.refuse_decided(r);
  if not hidden.may_decide(request) then raise exception 'someone else decides' using errcode = 'SR012'; end if;
  return r;
end $$;

-- Grants, for a time. SR013: it names no matter yet. SR015: decided, or they have left. SR020: a wall stands in that time, and wins.
-- 23505: they are on it already.
create or replace function hidden.grant_access(request uuid, for_days integer, part text, member uuid) returns table (matter uuid, person uuid, until timestamptz)
language plpgsql volatile security definer set search_path = '' as $$
declare r app.requests;
begin
  if not hidden.is_fresh() or part not in ('member', 'assistant') or not for_days between 1 and 365 then return; end if;
  perform hidden.one_at_a_time();
  r := hidden.hold_request(request);
  if r.id is null then return; end if;
  if r.matter_id is null then raise exception 'names no matter' using errcode = 'SR013'; end if;
  if not hidden.is_here(r.person_id) then raise exception 'has left' using errcode = 'SR015'; end if;
  matter := r.matter_id;
  person := r.person_id;
  until := clock_timestamp() + make_interval(days => for_days);
  insert into app.team_members (id, matter_id, person_id, role, via, added_by, request_id, ends_at) values (member, matter, person, part, 'grant', hidden.me(), request, until);
  update app.requests x set state = 'granted', decided_by = hidden.me(), decided_at = clock_timestamp() where x.id = request;
  return next;
end $$;
create or replace function hidden.refuse_access(request uuid, words bytea) returns table (matter uuid, person uuid)
language plpgsql volatile security definer set search_path = '' as $$
declare r app.requests;
begin
  r := hidden.hold_request(request);
  if r.id is null then return; end if;
  update app.requests x set state = 'refused', sealed_review = words, decided_by = hidden.me(), decided_at = clock_timestamp() where x.id = request;
  return query select r.matter_id, r.person_id;
end $$;
-- Lets a grant run on; never shorter than it ran. Null: there is none, or not theirs. SR012: their own. SR020: a wall stands in that time.
create or replace function hidden.renew_grant(matter uuid, who uuid, for_days integer) returns timestamptz
language plpgsql volatile security definer set search_path = '' as $$
declare t app.team_members; until timestamptz;
begin
  if not ((hidden.may('grant.approve') or hidden.may('grant.oversee')) and hidden.decides_on(hidden.me(), matter, true)) then
    -- whoever is in by a grant knows of it, and lets someone else renew it
    if who = hidden.me() and hidden.reaches(matter) then raise exception 'not to oneself' using errcode = 'SR012'; end if;
    return null;
  end if;
  perform hidden.one_at_a_time();
  select * into t from app.team_members x
  where x.matter_id = matter and x.person_id = who and x.via = 'grant' and x.starts_at <= clock_timestamp() and x.ends_at > clock_timestamp() for update;
  if t.id is null or not for_days between 1 and 365 then return null; end if;
  if who = hidden.me() then raise exception 'not to oneself' using errcode = 'SR012'; end if;
  until := greatest(t.ends_at, clock_timestamp() + make_interval(days => for_days));
  if hidden.is_screened_ever(who, matter, clock_timestamp(), until) then raise exception 'screened' using errcode = 'SR020'; end if;
  if exists (select from app.team_members x where x.matter_id = matter and x.person_id = who and x.id <> t.id and x.starts_at < until and (x.ends_at is null or x.ends_at > t.ends_at)) then
    raise exception 'on the team by then' using errcode = '23505';
  end if;
  update app.team_members x set ends_at = until, warned_at = null where x.id = t.id;
  return until;
end $$;
-- Until when a grant or an emergency runs, or ran.
create or replace function hidden.granted_until(request uuid) returns timestamptz
language sql stable security definer set search_path = '' as $$
  select t.ends_at from app.team_members t where t.request_id = request and hidden.concerns(request)
$$;

-- Closes the review of an emergency that someone else used. Nothing: not theirs. SR012: their own. SR015: closed.
create or replace function hidden.close_review(request uuid, is_justified boolean, words bytea) returns table (matter uuid, person uuid)
language plpgsql volatile security definer set search_path = '' as $$
declare r app.requests;
begin
  if not hidden.is_fresh() then return; end if;
  select * into r from app.requests x where x.id = request and x.kind = 'break-glass' for update;
  if r.person_id = hidden.me() then raise exception 'not to oneself' using errcode = 'SR012'; end if;
  if r.review_due_at is null or not (hidden.may('grant.approve') or hidden.may('grant.oversee')) or not hidden.concerns(request) then return; end if;
  if r.reviewed_at is not null then raise exception 'closed' using errcode = 'SR015'; end if;
  update app.requests x set reviewed_by = hidden.me(), reviewed_at = clock_timestamp(), justified = is_justified, sealed_review = words where x.id = request;
  return query select r.matter_id, r.person_id;
end $$;
-- How much was done on the matter while an emergency ran; for those whom it concerns.
create or replace function hidden.done_in_emergency(request uuid) returns bigint
language sql stable security definer set search_path = '' as $$
  select count(*) from app.team_members t join ledger.entries e on e.matter_id = t.matter_id and e.actor = t.person_id and e.at >= t.starts_at and e.at < t.ends_at
  where t.request_id = request and e.via <> 'clerk' and e.deed <> 'glass.broken' and hidden.concerns(request)
$$;
grant insert, update (matter_id, number_token, told_at, widens_at, widened_at, state, decided_by, decided_at, reviewed_by, reviewed_at, justified, sealed_review, review_reminded_at) on app.requests to subrosa_gate;
grant insert on app.team_members to subrosa_gate;

grant execute on function
  hidden.my_requests(), hidden.concerns(uuid), hidden.may_decide(uuid), hidden.request_access(uuid, bytea, bytea, integer, boolean, integer),
  hidden.break_glass(uuid, bytea, bytea, integer, uuid, integer), hidden.route_request(uuid, uuid), hidden.grant_access(uuid, integer, text, uuid),
  hidden.refuse_access(uuid, bytea), hidden.renew_grant(uuid, uuid, integer), hidden.granted_until(uuid), hidden.close_review(uuid, boolean, bytea), hidden.done_in_emergency(uuid)
to subrosa_person;
