-- Recipients. One is seen through a matter within reach in which they have a part, and through nothing else. An address and what confirms
-- it are seen by whoever reaches the matter in which they were written down: that somebody was in touch with them elsewhere is not told.
-- Whoever keeps recipients adds one with their part in the same act.

grant select, insert on app.recipients, app.standings, app.recipient_addresses, app.verifications, app.challenges to subrosa_gate;
create policy gate_sees on app.recipients to subrosa_gate using (true) with check (true);
create policy gate_sees on app.standings to subrosa_gate using (true) with check (true);
create policy gate_sees on app.recipient_addresses to subrosa_gate using (true) with check (true);
create policy gate_sees on app.verifications to subrosa_gate using (true) with check (true);
create policy gate_sees on app.challenges to subrosa_gate using (true) with check (true);

create or replace function hidden.knows_recipient(recipient uuid) returns boolean
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan cost 10000 as $$
begin
  return exists (select from app.standings s where s.recipient_id = recipient and s.ended_at is null and hidden.reaches(s.matter_id));
end $$;
-- Has a part in this matter, which is within reach.
create or replace function hidden.stands(recipient uuid, matter uuid) returns boolean
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan cost 10000 as $$
begin
  return exists (select from app.standings s where s.recipient_id = recipient and s.matter_id = matter and s.ended_at is null) and hidden.reaches(matter);
end $$;
-- Added just now, in this very act: nobody's part is written yet.
create or replace function hidden.is_new_recipient(recipient uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from app.recipients r where r.id = recipient and r.added_by = hidden.me())
    and not exists (select from app.standings s where s.recipient_id = recipient);
end $$;

grant select on app.recipients, app.standings, app.recipient_addresses, app.verifications to subrosa_person;
create policy select_through_matter on app.recipients for select to subrosa_person using (hidden.knows_recipient(id));
create policy select_within_reach on app.standings for select to subrosa_person using (hidden.reaches(matter_id));
create policy select_within_reach on app.recipient_addresses for select to subrosa_person using (hidden.reaches(matter_id));
create policy select_within_reach on app.verifications for select to subrosa_person using (hidden.reaches(matter_id));

grant insert (id, kind, sealed_details, added_by), update (kind, sealed_details, version) on app.recipients to subrosa_person;
create policy insert_by_permission on app.recipients for insert to subrosa_person with check (
  added_by = (select hidden.me()) and (select hidden.may('recipient.keep')));
create policy update_through_matter on app.recipients for update to subrosa_person using (
  hidden.knows_recipient(id) and (select hidden.may('recipient.keep'))) with check (true);

grant insert (id, recipient_id, matter_id, part, side, sealed_details, added_by), update (part, side, sealed_details, ended_at, ended_by) on app.standings to subrosa_person;
create policy insert_within_reach on app.standings for insert to subrosa_person with check (
  added_by = (select hidden.me()) and (select hidden.may('recipient.keep')) and hidden.reaches(matter_id)
  and (hidden.knows_recipient(recipient_id) or hidden.is_new_recipient(recipient_id)));
create policy update_within_reach on app.standings for update to subrosa_person using (
  hidden.reaches(matter_id) and (select hidden.may('recipient.keep'))) with check (true);

-- An address comes beside or in the place of another: then it cools off, by PostgreSQL's clock and word.
grant insert (id, recipient_id, matter_id, kind, sealed_address, token, added_by) on app.recipient_addresses to subrosa_person;
create policy insert_through_matter on app.recipient_addresses for insert to subrosa_person with check (
  added_by = (select hidden.me()) and (select hidden.may('recipient.keep')) and hidden.stands(recipient_id, matter_id) and ended_at is null);
create or replace function hidden.cool_address() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  new.added_at := clock_timestamp();
  -- those of one act came together
  new.cools_until := case when exists (
    select from app.recipient_addresses a where a.recipient_id = new.recipient_id and a.kind = new.kind and a.added_at < transaction_timestamp() and hidden.reaches(a.matter_id))
    then new.added_at + interval '24 hours' end;
  return new;
end $$;
create trigger cool_address before insert on app.recipient_addresses for each row execute function hidden.cool_address();
-- Ended: what confirmed it falls with it.
create or replace function hidden.end_address(address uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare found_one uuid;
begin
  update app.recipient_addresses a set ended_at = clock_timestamp()
  where a.id = address and a.ended_at is null and hidden.may('recipient.keep') and hidden.reaches(a.matter_id) returning a.id into found_one;
  if found_one is null then return false; end if;
  perform hidden.void_verifications(found_one, 'changed');
  return true;
end $$;
create or replace function hidden.void_verifications(address uuid, why text) returns void
language sql volatile security definer set search_path = '' as $$
  update app.verifications v set voided_at = clock_timestamp(), void = why where v.address_id = address and v.voided_at is null and v.is_confirmed;
  update app.challenges c set used_at = clock_timestamp() where (c.address_id = address or c.by_address = address) and c.used_at is null
$$;
-- One's doubt is enough to let what confirms it fall, as far as one sees that. False: nothing of theirs.
create or replace function hidden.withdraw_verifications(address uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not hidden.may('recipient.verify') or not exists (select from app.recipient_addresses a where a.id = address and a.ended_at is null and hidden.reaches(a.matter_id)) then return false; end if;
  update app.verifications v set voided_at = clock_timestamp(), void = 'withdrawn' where v.address_id = address and v.voided_at is null and v.is_confirmed and hidden.reaches(v.matter_id);
  update app.challenges c set used_at = clock_timestamp() where c.address_id = address and c.used_at is null and hidden.reaches(c.matter_id);
  return true;
end $$;
grant update (ended_at, bounced_at) on app.recipient_addresses to subrosa_gate;
grant update (voided_at, void) on app.verifications to subrosa_gate;
grant update (tries, used_at) on app.challenges to subrosa_gate;

-- How sure one may be of an address now: its highest verification that stands, of those within reach. A fall tells why: the last that
-- stood no more.
create or replace function hidden.level_of(address uuid) returns table (level integer, ends_at timestamptz, fell text)
language sql stable security definer set search_path = '' as $$
  with seen as materialized (
    select v.level, v.expires_at, v.voided_at, v.void, v.at from app.verifications v where v.address_id = address and v.is_confirmed and hidden.reaches(v.matter_id))
  select coalesce(best.level, 0), best.expires_at,
    case when best.level is null then (
      select case when v.voided_at is not null and v.void <> 'withdrawn' then v.void when v.voided_at is null then 'expired' end
      from seen v order by v.at desc limit 1) end
  from (select 1) one left join lateral (
    select v.level, v.expires_at from seen v
    where v.voided_at is null and v.expires_at > clock_timestamp()
    order by v.level desc, v.expires_at desc limit 1) best on true
  where exists (select from app.recipient_addresses a where a.id = address and hidden.reaches(a.matter_id))
$$;

-- What a person says confirmed it. A call-back and a code go to another address of the same recipient: one that was there before
-- what it is to confirm, or is confirmed by itself, and that is neither cooling off nor has bounced. `days` that it stands, by level. A level is reached from the one below it: V3 from V2, V4
-- from V3 (catalogue 6.16). SR060: the other address does not serve. SR061: the level below is not there.
create or replace function hidden.verify_address(verification uuid, address uuid, matter uuid, way text, confirmed boolean, other uuid, evidence bytea, days integer[]) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare a app.recipient_addresses; was integer; reached integer;
begin
  select * into a from app.recipient_addresses x where x.id = address and x.ended_at is null for update;
  if a.id is null or not hidden.may('recipient.verify') or not hidden.reaches(a.matter_id) or not hidden.stands(a.recipient_id, matter) then return null; end if;
  if way = 'code' or (way = 'call-back') <> (other is not null) then raise exception 'another address' using errcode = 'SR060'; end if;
  if other is not null and not hidden.serves_to_confirm(other, address, array['phone']) then raise exception 'another address' using errcode = 'SR060'; end if;
  select l.level into was from hidden.level_of(address) l;
  reached := case way when 'loop' then 1 when 'question' then 1 when 'call-back' then 2 when 'directory' then 2
    when 'certificate' then 3 else least(4, greatest(was, 2) + 1) end;
  if confirmed and reached > greatest(was, 2) + (was >= 2)::integer then raise exception 'the level below' using errcode = 'SR061'; end if;
  insert into app.verifications (id, address_id, matter_id, method, is_confirmed, level, sealed_evidence, by_address, verified_by, expires_at)
  values (verification, address, matter, way, confirmed, case when confirmed then reached else 0 end, evidence, other, hidden.me(), clock_timestamp() + make_interval(days => days[reached]));
  return case when confirmed then reached else 0 end;
end $$;
create or replace function hidden.serves_to_confirm(other uuid, address uuid, kinds text[]) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from app.recipient_addresses o join app.recipient_addresses a on a.recipient_id = o.recipient_id
    where o.id = other and a.id = address and hidden.reaches(o.matter_id) and o.id <> a.id and o.token <> a.token and o.kind = any (kinds)
      and o.ended_at is null and o.bounced_at is null and (o.cools_until is null or o.cools_until < clock_timestamp())
      -- it came before, or in the same act; or is confirmed by itself
      and (o.added_at <= a.added_at + interval '1 second' or (select l.level from hidden.level_of(o.id) l) >= 2))
$$;

-- A code by a second channel. The program keeps the secrets; here are their hashes, five tries and ten minutes.
create or replace function hidden.challenge_address(challenge uuid, address uuid, other uuid, matter uuid, link bytea, code bytea) returns timestamptz
language plpgsql volatile security definer set search_path = '' as $$
declare ends timestamptz := clock_timestamp() + interval '10 minutes';
begin
  if not hidden.may('recipient.verify') or not hidden.reaches(matter)
    or not exists (select from app.recipient_addresses a
      where a.id = address and a.ended_at is null and a.kind = 'email' and hidden.reaches(a.matter_id) and hidden.stands(a.recipient_id, matter)) then return null; end if;
  if not hidden.serves_to_confirm(other, address, array['email', 'phone']) then raise exception 'another address' using errcode = 'SR060'; end if;
  update app.challenges c set used_at = clock_timestamp() where c.address_id = address and c.used_at is null;
  insert into app.challenges (id, address_id, by_address, matter_id, link_hash, code_hash, asked_by, ends_at)
  values (challenge, address, other, matter, link, code, hidden.me(), ends);
  return ends;
end $$;
-- By whoever holds the link: one try. The row of the challenge where it is the code; nothing otherwise, whatever was wrong.
create or replace function hidden.answer_challenge(link bytea, code bytea) returns table (challenge uuid, address uuid, matter uuid, asked_by uuid)
language plpgsql volatile security definer set search_path = '' as $$
declare c app.challenges;
begin
  select * into c from app.challenges x where x.link_hash = link for update;
  if c.id is null or c.used_at is not null or c.tries >= 5 or c.ends_at < clock_timestamp() or not hidden.is_here(c.asked_by) then return; end if;
  update app.challenges x set tries = x.tries + 1, used_at = case when c.code_hash = code then clock_timestamp() end where x.id = c.id;
  if c.code_hash <> code then return; end if;
  return query select c.id, c.address_id, c.matter_id, c.asked_by;
end $$;
create or replace function hidden.confirm_by_code(verification uuid, challenge uuid, days integer) returns void
language sql volatile security definer set search_path = '' as $$
  insert into app.verifications (id, address_id, matter_id, method, is_confirmed, level, by_address, verified_by, expires_at)
  select verification, c.address_id, c.matter_id, 'code', true, 2, c.by_address, c.asked_by, clock_timestamp() + make_interval(days => days)
  from app.challenges c where c.id = challenge and c.used_at > clock_timestamp() - interval '1 minute'
$$;
-- A letter to it came back, or its server refused it.
create or replace function hidden.bounce_address(address uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  update app.recipient_addresses a set bounced_at = clock_timestamp() where a.id = address;
  perform hidden.void_verifications(address, 'bounced');
end $$;

-- With its matter goes a recipient who has had a part in no other.
create or replace function hidden.end_standings(matter uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare gone uuid[] := array(select distinct s.recipient_id from app.standings s where s.matter_id = matter
  and not exists (select from app.standings o where o.recipient_id = s.recipient_id and o.matter_id <> matter));
begin
  delete from app.challenges c where c.matter_id = matter;
  -- what was written down in it goes with it, and so does what rests on that
  delete from app.challenges c where c.address_id in (select a.id from app.recipient_addresses a where a.matter_id = matter)
    or c.by_address in (select a.id from app.recipient_addresses a where a.matter_id = matter);
  delete from app.verifications v where v.matter_id = matter or v.address_id in (select a.id from app.recipient_addresses a where a.matter_id = matter)
    or v.by_address in (select a.id from app.recipient_addresses a where a.matter_id = matter);
  delete from app.recipient_addresses a where a.matter_id = matter;
  delete from app.standings s where s.matter_id = matter;
  delete from app.recipients r where r.id = any (gone);
end $$;
grant delete on app.recipients, app.standings, app.recipient_addresses, app.verifications, app.challenges to subrosa_gate;

grant execute on function hidden.knows_recipient(uuid), hidden.is_new_recipient(uuid), hidden.stands(uuid, uuid), hidden.end_address(uuid), hidden.withdraw_verifications(uuid), hidden.level_of(uuid),
  hidden.verify_address(uuid, uuid, uuid, text, boolean, uuid, bytea, integer[]), hidden.challenge_address(uuid, uuid, uuid, uuid, bytea, bytea) to subrosa_person;
grant execute on function hidden.answer_challenge(bytea, bytea), hidden.confirm_by_code(uuid, uuid, integer) to subrosa_visitor;
grant execute on function hidden.bounce_address(uuid) to subrosa_clerk;
