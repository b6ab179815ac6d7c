-- Lifting a wall and lowering a class take a second person.

-- The second person on a wall or a matter: someone else who keeps the wall, or who is on the matter's team.
grant select on app.confirmations to subrosa_person, subrosa_gate;
create policy gate_decides on app.confirmations to subrosa_gate using (true) with check (true);
create policy select_concerned on app.confirmations for select to subrosa_person using (
  (wall_id is not null and exists (select from app.walls w where w.id = confirmations.wall_id))
  or (document_id is null and destruction_id is null and exists (select from app.matters m where m.id = confirmations.matter_id))
  -- in the matter where it was asked: a document that went into another one takes nothing of that along
  or exists (select from app.documents d where d.id = confirmations.document_id and d.matter_id = confirmations.matter_id)
  or (destruction_id is not null and hidden.sees_destruction(destruction_id)));
create or replace function hidden.may_confirm(confirmation uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from app.confirmations c where c.id = confirmation and c.state = 'waiting' and c.ends_at > statement_timestamp() and c.asked_by <> hidden.me()
    and case when c.kind = 'wall.lift' then hidden.keeps(c.wall_id) when c.destruction_id is not null then hidden.seconds_destruction(c.destruction_id) else hidden.on_team(c.matter_id) and hidden.may('matter.change') end)
$$;
-- False: not theirs to ask. SR025: not in this state, or it waits already.
create or replace function hidden.ask_confirmation(confirmation uuid, what text, wall uuid, matter uuid, wish text, reason bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform hidden.one_at_a_time();
  if not hidden.is_fresh() then return false; end if;
  if what = 'wall.lift' then
    if not hidden.keeps(wall) then return false; end if;
    if not exists (select from app.walls w where w.id = wall and w.lifted_at is null and (w.ends_at is null or w.ends_at > clock_timestamp())) then raise exception 'stands no more' using errcode = 'SR025'; end if;
  elsif not (hidden.on_team(matter) and hidden.may('matter.change')) then return false;
  elsif exists (select from app.matters m where m.id = matter and hidden.stricter(wish, m.class) = wish) then raise exception 'not milder' using errcode = 'SR025';
  end if;
  update app.confirmations c set state = 'lapsed', decided_at = c.ends_at where c.state = 'waiting' and c.ends_at < clock_timestamp();
  insert into app.confirmations (id, kind, wall_id, matter_id, wanted, sealed_reason, asked_by) values (confirmation, what, wall, matter, wish, reason, hidden.me());
  return true;
end $$;
-- A milder class for one document. False: not theirs to ask. SR024: milder than its matter. SR025: not milder than it is, or it
-- waits already.
create or replace function hidden.ask_document_lower(confirmation uuid, document uuid, wish text, reason bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare d app.documents;
begin
  perform hidden.one_at_a_time();
  select * into d from app.documents x where x.id = document and x.trashed_at is null;
  if d.id is null or not (hidden.is_fresh() and hidden.on_team(d.matter_id) and hidden.may('matter.change')) then return false; end if;
  if not hidden.fits_matter(d.matter_id, wish) then raise exception 'milder than its matter' using errcode = 'SR024'; end if;
  update app.confirmations c set state = 'lapsed', decided_at = c.ends_at where c.state = 'waiting' and c.ends_at < clock_timestamp();
  if hidden.stricter(wish, d.class) = wish or exists (select from app.confirmations c where c.document_id = document and c.state = 'waiting') then
    raise exception 'not milder, or waits' using errcode = 'SR025';
  end if;
  insert into app.confirmations (id, kind, matter_id, document_id, wanted, sealed_reason, asked_by)
  values (confirmation, 'document.lower', d.matter_id, document, wish, reason, hidden.me());
  return true;
end $$;
grant execute on function hidden.ask_document_lower(uuid, uuid, text, bytea) to subrosa_person;
-- SR012: the second person is someone else. SR015: decided or lapsed.
create or replace function hidden.confirm(confirmation uuid, approve boolean) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare c app.confirmations;
begin
  perform hidden.one_at_a_time();
  if not hidden.is_fresh() then return false; end if;
  select * into c from app.confirmations x where x.id = confirmation for update;
  if c.id is null or not (case when c.kind = 'wall.lift' then hidden.keeps(c.wall_id) when c.destruction_id is not null then hidden.seconds_destruction(c.destruction_id) else hidden.on_team(c.matter_id) and hidden.may('matter.change') end) then return false; end if;
  if c.state <> 'waiting' or c.ends_at < clock_timestamp() then raise exception 'decided' using errcode = 'SR015'; end if;
  if c.asked_by = hidden.me() and approve then raise exception 'not to oneself' using errcode = 'SR012'; end if;
  -- what someone asked for who may no more is not done
  if approve and c.destruction_id is null and not (case c.kind when 'wall.lift' then hidden.can(c.asked_by, 'wall.keep') and not exists (select from app.wall_people p where p.wall_id = c.wall_id
        and (p.person_id = c.asked_by or exists (select from app.group_members i where i.group_id = p.group_id and i.person_id = c.asked_by)))
      else hidden.can(c.asked_by, 'matter.change') and hidden.sees(c.asked_by, c.matter_id) end) then
    raise exception 'asked by someone who may no more' using errcode = 'SR015';
  end if;
  update app.confirmations x set state = case when approve then 'approved' else 'refused' end, decided_by = hidden.me(), decided_at = clock_timestamp() where x.id = confirmation;
  if c.destruction_id is not null then perform hidden.decide_destruction(c.destruction_id, approve); end if;
  if not approve or c.destruction_id is not null then return true; end if;
  if c.kind in ('root.put', 'root.take') then perform hidden.begin_own_root(confirmation); return true; end if;
  if c.kind = 'wall.lift' then
    update app.walls w set lifted_at = clock_timestamp(), lifted_by = hidden.me() where w.id = c.wall_id and w.lifted_at is null;
    if not found then raise exception 'stands no more' using errcode = 'SR015'; end if;
  elsif c.kind = 'document.lower' then
    update app.documents d set class = c.wanted where d.id = c.document_id and d.trashed_at is null and hidden.stricter(d.class, c.wanted) <> c.wanted;
    if not found then raise exception 'not milder any more' using errcode = 'SR015'; end if;
  else
    update app.matters m set class = c.wanted, version = m.version + 1, changed_at = clock_timestamp() where m.id = c.matter_id;
  end if;
  return true;
end $$;
grant insert, update (state, decided_by, decided_at) on app.confirmations to subrosa_gate;
-- Who is told of the decision: whoever asked, unless they reach it no more.
create or replace function hidden.asker_to_tell(confirmation uuid) returns setof uuid
language sql stable security definer set search_path = '' as $$
  select c.asked_by from app.confirmations c where c.id = confirmation and c.decided_by = hidden.me() and (c.matter_id is null or hidden.sees(c.asked_by, c.matter_id))
$$;
grant execute on function hidden.asker_to_tell(uuid) to subrosa_person;

grant execute on function
  hidden.may_confirm(uuid), hidden.ask_confirmation(uuid, text, uuid, uuid, text, bytea), hidden.confirm(uuid, boolean)
to subrosa_person;
