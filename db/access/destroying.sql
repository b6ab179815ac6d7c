-- Destruction. Two people ask and approve; the clerk does it, in steps that a crash may come between, and certifies it.
-- SR050: held. SR051: it waits already, or is not in this state. SR052: the matter is not closed.

grant select, insert, delete on app.destructions, app.destruction_items to subrosa_gate;
grant update (state, sealed_names, approved_by, approved_at, hold_checked_at, ended_at, erased_at, sealed_items, entry_id, number, sealed_note, certified_at) on app.destructions to subrosa_gate;
create policy gate_keeps on app.destructions to subrosa_gate using (true) with check (true);
create policy gate_keeps on app.destruction_items to subrosa_gate using (true) with check (true);
grant select on app.destructions, app.destruction_items to subrosa_person, subrosa_clerk;
create policy clerk_destroys on app.destructions for select to subrosa_clerk using (true);
create policy clerk_destroys on app.destruction_items for select to subrosa_clerk using (true);

-- Within reach, with every document of it; for those who destroy matters by the register; and for the two who were asked,
-- while no wall stands between.
create or replace function hidden.sees_destruction(destruction uuid) returns boolean
language plpgsql stable security definer set search_path = '' cost 10000 as $$
declare d app.destructions;
begin
  select * into d from app.destructions x where x.id = destruction;
  if d.id is null then return false; end if;
  if hidden.may('matter.destroy') and hidden.registers(d.matter_id) then return true; end if;
  if hidden.me() in (d.asked_by, d.approved_by) then return not hidden.is_screened(hidden.me(), d.matter_id); end if;
  return hidden.may('matter.read') and hidden.reaches(d.matter_id) and (d.kind = 'matter.destroy' or not exists (
    select from app.destruction_items i where i.destruction_id = destruction and not hidden.reaches(d.matter_id, i.class)));
end $$;
create policy select_seen on app.destructions for select to subrosa_person using (hidden.sees_destruction(id));
create policy select_seen on app.destruction_items for select to subrosa_person using (hidden.sees_destruction(destruction_id));
-- Whether an id was a document's that is no more.
create or replace function hidden.is_stone(document uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from app.destruction_items i join app.destructions d on d.id = i.destruction_id where i.document_id = document and d.ended_at is not null and hidden.reaches(d.matter_id))
$$;

-- Nothing of these may be held, locked or out.
create or replace function hidden.check_destroyable(matter uuid, documents uuid[]) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform from app.documents d where d.id = any (documents) order by d.id for update;
  if exists (select from unnest(documents) x where hidden.is_document_held(matter, x)) then raise exception 'held' using errcode = 'SR050'; end if;
  if exists (select from app.documents d where d.id = any (documents) and d.locked_at is not null) then raise exception 'locked' using errcode = 'SR031'; end if;
  if exists (select from app.documents d where d.id = any (documents) and d.out_by is not null) then raise exception 'out' using errcode = 'SR032'; end if;
end $$;
create or replace function hidden.check_closed(matter uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not exists (select from app.matters m where m.id = matter and m.status = 'closed' and m.destroyed_at is null) then raise exception 'not closed' using errcode = 'SR052'; end if;
  if hidden.is_matter_held(matter) then raise exception 'held' using errcode = 'SR050'; end if;
end $$;

-- False: not theirs to ask. `documents` of one matter, in its trash or not; none for a whole matter.
create or replace function hidden.ask_destruction(destruction uuid, confirmation uuid, what text, matter uuid, documents uuid[], words bytea, names bytea, reason bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform hidden.one_at_a_time();
  if not (what in ('document.destroy', 'matter.destroy') and hidden.is_fresh() and hidden.may(what) and hidden.on_team(matter)) then return false; end if;
  if (what = 'document.destroy') <> (cardinality(documents) > 0) then return false; end if;
  if what = 'document.destroy' then
    if not hidden.begin_filing(matter) then return false; end if;
    if (select count(*) from app.documents d where d.id = any (documents) and d.matter_id = matter and hidden.reaches(matter, d.class))
      <> (select count(distinct x) from unnest(documents) x) then return false; end if;
    perform hidden.check_destroyable(matter, documents);
  else
    perform from app.matters m where m.id = matter for no key update;
    perform hidden.check_closed(matter);
  end if;
  update app.confirmations c set state = 'lapsed', decided_at = c.ends_at where c.state = 'waiting' and c.ends_at < clock_timestamp();
  if exists (select from app.destructions d left join app.confirmations c on c.destruction_id = d.id
    where d.matter_id = matter and (d.state = 'approved' or d.state = 'asked' and c.state = 'waiting')
      and (d.kind = 'matter.destroy' or what = 'matter.destroy' or exists (
        select from app.destruction_items i where i.destruction_id = d.id and i.document_id = any (documents)))) then
    raise exception 'waits already' using errcode = 'SR051';
  end if;
  insert into app.destructions (id, kind, matter_id, sealed_words, sealed_names, asked_by) values (destruction, what, matter, words, names, hidden.me());
  insert into app.destruction_items (destruction_id, document_id, class) select destruction, d.id, d.class from app.documents d where d.id = any (documents);
  insert into app.confirmations (id, kind, matter_id, destruction_id, sealed_reason, asked_by) values (confirmation, what, matter, destruction, reason, hidden.me());
  return true;
end $$;

-- The second person: who may do it too, and reaches all of it; for a whole matter also whoever keeps the register.
create or replace function hidden.seconds_destruction(destruction uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
declare d app.destructions;
begin
  select * into d from app.destructions x where x.id = destruction;
  if d.id is null or not hidden.may(d.kind) then return false; end if;
  if d.kind = 'matter.destroy' then return hidden.on_team(d.matter_id) or hidden.registers(d.matter_id); end if;
  return hidden.on_team(d.matter_id) and not exists (
    select from app.destruction_items i join app.documents x on x.id = i.document_id where i.destruction_id = destruction and not hidden.reaches(x.matter_id, x.class));
end $$;
create or replace function hidden.people_to_second(destruction uuid) returns setof uuid
language sql stable security definer set search_path = '' as $$
  select p.id from app.people p join app.destructions d on d.id = destruction
  where d.asked_by = hidden.me() and p.id <> d.asked_by and hidden.hears(p.id, d.asked_by) and hidden.can(p.id, d.kind)
    and (hidden.sees(p.id, d.matter_id) or d.kind = 'matter.destroy' and hidden.can(p.id, 'register.read') and not hidden.is_screened(p.id, d.matter_id))
$$;
-- For hidden.confirm. SR015: what someone asked for who may no more, or of what is no more, is not done.
create or replace function hidden.decide_destruction(destruction uuid, approve boolean) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare d app.destructions; documents uuid[];
begin
  select * into d from app.destructions x where x.id = destruction for update;
  if d.state <> 'asked' then raise exception 'decided' using errcode = 'SR015'; end if;
  if approve then
    if not (hidden.can(d.asked_by, d.kind) and hidden.sees(d.asked_by, d.matter_id)) then raise exception 'asked by someone who may no more' using errcode = 'SR015'; end if;
    perform from app.matters m where m.id = d.matter_id for no key update;
    if d.kind = 'matter.destroy' then perform hidden.check_closed(d.matter_id);
    else
      if hidden.thin_emptying(destruction) = 0 then raise exception 'nothing is left to go' using errcode = 'SR015'; end if;
      documents := array(select i.document_id from app.destruction_items i where i.destruction_id = destruction);
      if (select count(*) from app.documents x where x.id = any (documents) and x.matter_id = d.matter_id) <> cardinality(documents) then raise exception 'not there any more' using errcode = 'SR015'; end if;
      perform hidden.check_destroyable(d.matter_id, documents);
    end if;
  end if;
  update app.destructions x set state = case when approve then 'approved' else 'refused' end, approved_by = case when approve then hidden.me() end,
    approved_at = case when approve then clock_timestamp() end where x.id = destruction;
end $$;

-- The clerk's. Takes an approved destruction until the transaction ends; `stopped`: a hold came, or something changed.
create or replace function hidden.begin_destruction(destruction uuid) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare d app.destructions; documents uuid[];
begin
  select * into d from app.destructions x where x.id = destruction and x.state = 'approved' for update;
  if d.id is null or d.approved_by is null or d.approved_by = d.asked_by then return 'done'; end if;
  perform from app.matters m where m.id = d.matter_id for update;
  begin
    if d.kind = 'matter.destroy' then perform hidden.check_closed(d.matter_id);
    else
      if hidden.thin_emptying(destruction) = 0 then raise exception 'nothing is left to go' using errcode = 'SR051'; end if;
      documents := array(select i.document_id from app.destruction_items i where i.destruction_id = destruction);
      if (select count(*) from app.documents x where x.id = any (documents) and x.matter_id = d.matter_id) <> cardinality(documents) then raise exception 'not there any more' using errcode = 'SR051'; end if;
      perform hidden.check_destroyable(d.matter_id, documents);
    end if;
  exception when sqlstate 'SR031' or sqlstate 'SR032' or sqlstate 'SR050' or sqlstate 'SR051' or sqlstate 'SR052' then
    update app.destructions x set state = 'stopped' where x.id = destruction;
    return 'stopped';
  end;
  return 'ready';
end $$;

-- Ends the rows, and of a whole matter its half of the key, in one transaction with the ledger's entries. A matter's row, its
-- register card and its names in the conflicts register stay (docs/decisions/0016).
create or replace function hidden.end_destruction(destruction uuid, items bytea, entry uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare d app.destructions; at_ timestamptz := clock_timestamp();
begin
  select * into d from app.destructions x where x.id = destruction and x.state = 'approved' for update;
  if d.id is null or d.approved_by is null or d.approved_by = d.asked_by then raise exception 'not approved' using errcode = '42501'; end if;
  if d.kind = 'matter.destroy' then
    perform hidden.check_closed(d.matter_id);
    insert into app.destruction_items (destruction_id, document_id, class) select destruction, x.id, x.class from app.documents x where x.matter_id = d.matter_id;
  end if;
  update app.confirmations c set state = 'lapsed', decided_at = at_ where c.state = 'waiting' and (d.kind = 'matter.destroy' and c.matter_id = d.matter_id
    or c.document_id in (select i.document_id from app.destruction_items i where i.destruction_id = destruction));
  delete from app.versions v where v.document_id in (select i.document_id from app.destruction_items i where i.destruction_id = destruction);
  delete from app.documents x where x.id in (select i.document_id from app.destruction_items i where i.destruction_id = destruction);
  -- what is being taken as an archive names it
  delete from app.bundles b where b.matter_id = d.matter_id;
  if d.kind = 'matter.destroy' then
    delete from app.uploads u where u.matter_id = d.matter_id;
    delete from app.folders f where f.matter_id = d.matter_id;
    update app.parties p set sealed_details = '' where p.matter_id = d.matter_id;
    perform hidden.end_standings(d.matter_id);
    update app.team_members t set sealed_reason = null, starts_at = least(t.starts_at, at_), ends_at = least(t.ends_at, at_), ended_by = coalesce(t.ended_by, d.approved_by) where t.matter_id = d.matter_id;
    update app.matter_groups g set sealed_reason = '', starts_at = least(g.starts_at, at_), ends_at = least(g.ends_at, at_), ended_by = coalesce(g.ended_by, d.approved_by) where g.matter_id = d.matter_id;
    delete from app.matter_keys k where k.matter_id = d.matter_id;
    update app.matters m set sealed_number = '', sealed_title = '', sealed_details = null, number_token = sha256(uuid_send(gen_random_uuid())),
      destroyed_at = at_, version = m.version + 1, changed_at = at_ where m.id = d.matter_id;
    -- earlier certificates keep their numbers and lose the names
    update app.destructions x set sealed_names = null where x.matter_id = d.matter_id;
  end if;
  update app.destructions x set state = 'ended', hold_checked_at = at_, ended_at = at_, sealed_items = items, entry_id = entry where x.id = destruction;
end $$;
create or replace function hidden.is_erased(destruction uuid) returns void
language sql volatile security definer set search_path = '' as $$
  update app.destructions x set state = 'erased', erased_at = clock_timestamp() where x.id = destruction and x.state = 'ended'
$$;
-- The next number, kept for this transaction: numbers have no gap.
create or replace function hidden.next_certificate() returns integer
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform hidden.one_at_a_time();
  return (select coalesce(max(d.number), 0) + 1 from app.destructions d);
end $$;
create or replace function hidden.certify_destruction(destruction uuid, serial integer, note bytea) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  if serial <> hidden.next_certificate() then raise exception 'a gap' using errcode = '42501'; end if;
  update app.destructions x set state = 'certified', number = serial, sealed_note = note, certified_at = clock_timestamp() where x.id = destruction and x.state = 'erased';
  if not found then raise exception 'not erased' using errcode = '42501'; end if;
end $$;

-- Nothing comes under a matter that was destroyed.
create or replace function hidden.refuse_destroyed() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if exists (select from app.matters m where m.id = new.matter_id and m.destroyed_at is not null) then raise exception 'destroyed' using errcode = '42501'; end if;
  return new;
end $$;
create trigger refuse_destroyed before insert on app.team_members for each row execute function hidden.refuse_destroyed();
create trigger refuse_destroyed before insert on app.matter_groups for each row execute function hidden.refuse_destroyed();
create trigger refuse_destroyed before insert on app.matter_keys for each row execute function hidden.refuse_destroyed();

grant delete on app.documents, app.folders, app.matter_keys to subrosa_gate;
grant select on app.matter_keys to subrosa_gate;
create policy gate_ends on app.matter_keys to subrosa_gate using (true);
grant update (sealed_details) on app.parties to subrosa_gate;
grant update (sealed_reason) on app.team_members to subrosa_gate;
grant update (sealed_reason, starts_at) on app.matter_groups to subrosa_gate;
grant update (sealed_number, number_token, destroyed_at) on app.matters to subrosa_gate;
grant execute on function hidden.sees_destruction(uuid), hidden.is_stone(uuid), hidden.people_to_second(uuid),
  hidden.ask_destruction(uuid, uuid, text, uuid, uuid[], bytea, bytea, bytea) to subrosa_person;
grant execute on function hidden.begin_destruction(uuid), hidden.end_destruction(uuid, bytea, uuid), hidden.is_erased(uuid), hidden.next_certificate(),
  hidden.certify_destruction(uuid, integer, bytea) to subrosa_clerk;

-- For the certificate: who asked and who approved, and the matter by its card.
create or replace function hidden.names_of_destruction(destruction uuid) returns table (person uuid, sealed_name bytea)
language sql stable security definer set search_path = '' as $$
  select p.id, p.sealed_name from app.destructions d join app.people p on p.id in (d.asked_by, d.approved_by) where d.id = destruction
$$;
create or replace function hidden.card_of_destruction(destruction uuid) returns table (sealed_card bytea, client uuid, client_name bytea)
language sql stable security definer set search_path = '' as $$
  select r.sealed_card, c.id, c.sealed_name from app.destructions d join app.register r on r.matter_id = d.matter_id
  join app.matters m on m.id = d.matter_id join app.clients c on c.id = m.client_id where d.id = destruction and d.ended_at is not null
$$;
grant execute on function hidden.names_of_destruction(uuid), hidden.card_of_destruction(uuid) to subrosa_clerk;
