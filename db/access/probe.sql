-- The leak prober. It has people of its own: made for one probe, in no session but those that are made here with them, and
-- gone with its end. What they do is told and shown to nobody else, they stand in for nobody, and nobody takes over from them.
-- SR027: a probe runs already.

create or replace function hidden.is_of_probe(who uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from app.people p where p.id = who and p.probe_id is not null)
$$;
-- Whether someone is told of, and decides on, what another one asks for: what a probe's people ask for is for the probe's people.
create or replace function hidden.hears(who uuid, asker uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select not hidden.is_of_probe(asker) or hidden.is_of_probe(who)
$$;

grant select on app.probes to subrosa_person, subrosa_gate;
grant insert, update (sealed_words, ended_at) on app.probes to subrosa_gate;
create policy select_by_permission on app.probes for select to subrosa_person using ((select hidden.may('probe.run')));
create policy gate_runs on app.probes to subrosa_gate using (true) with check (true);

-- Begins a probe. False: there is no such model.
create or replace function hidden.ask_probe(probe uuid, model uuid, words bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not (hidden.may('probe.run') and hidden.is_fresh()) then raise exception 'may not' using errcode = '42501'; end if;
  perform hidden.one_at_a_time();
  if not hidden.is_here(model) or hidden.is_of_probe(model) then return false; end if;
  if exists (select from app.probes p where p.ended_at is null) then raise exception 'a probe runs' using errcode = 'SR027'; end if;
  insert into app.probes (id, run_by, sealed_words) values (probe, hidden.me(), words);
  return true;
end $$;
-- Its people, each with a device and a session that has just proved a factor: `cast_` [{part, person, name, email, token, session,
-- secret, device, mark, words}]. Twin and peer have the roles and groups of the model; the others are partners, because they plant
-- what is tried. The clerk's, and never a person's: whoever made these people would know their secrets, and could be them.
create or replace function hidden.begin_probe(probe uuid, model uuid, cast_ jsonb, which uuid, group_name bytea, group_token bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare at_ timestamptz := transaction_timestamp(); asker uuid;
begin
  if (select array_agg(c.part order by c.part) from jsonb_to_recordset(cast_) as c (part text)) is distinct from '{asker,founder,keeper,peer,rescuer,twin}' then
    raise exception 'not the people of a probe' using errcode = '42501';
  end if;
  perform hidden.one_at_a_time();
  select p.run_by into asker from app.probes p where p.id = probe and p.ended_at is null and not exists (select from app.people x where x.probe_id = p.id) for update;
  if asker is null or not hidden.is_here(model) then return false; end if;
  insert into app.people (id, sealed_name, sealed_email, email_token, roles, created_by, joined_at, seen_at, probe_id)
  select c.person, decode(c.name, 'base64'), decode(c.email, 'base64'), decode(c.token, 'base64'),
    case when c.part in ('twin', 'peer') then (select p.roles from app.people p where p.id = model) else '{partner}' end, asker, at_, at_, probe
  from jsonb_to_recordset(cast_) as c (part text, person uuid, name text, email text, token text);
  insert into app.devices (id, person_id, secret_hash, sealed_description, first_seen_at, seen_at)
  select c.device, c.person, decode(c.mark, 'base64'), decode(c.words, 'base64'), at_, at_ from jsonb_to_recordset(cast_) as c (person uuid, device uuid, mark text, words text);
  insert into app.sessions (id, person_id, secret_hash, kind, created_at, used_at, ends_at, factor_at, factor, device_id)
  select c.session, c.person, decode(c.secret, 'base64'), 'command', at_, at_, at_ + interval '12 hours', at_, 'passkey', c.device
  from jsonb_to_recordset(cast_) as c (person uuid, session uuid, secret text, device uuid);
  insert into app.groups (id, sealed_name, name_token, kept_by, made_by)
  select which, group_name, group_token, 'firm', c.person from jsonb_to_recordset(cast_) as c (part text, person uuid) where c.part = 'keeper';
  insert into app.group_members (group_id, person_id)
  select which, c.person from jsonb_to_recordset(cast_) as c (part text, person uuid) where c.part = 'keeper'
  union all
  select m.group_id, c.person from jsonb_to_recordset(cast_) as c (part text, person uuid) cross join app.group_members m where c.part in ('twin', 'peer') and m.person_id = model;
  return true;
end $$;
grant execute on function hidden.ask_probe(uuid, uuid, bytea) to subrosa_person;
grant execute on function hidden.begin_probe(uuid, uuid, jsonb, uuid, bytea, bytea) to subrosa_clerk;

-- The rest is the clerk's. Its sessions have always proved a factor just now, so that nothing is refused for want of one before
-- the wall is asked.
create or replace function hidden.keep_probe(probe uuid) returns void
language sql volatile security definer set search_path = '' as $$
  update app.sessions s set factor_at = transaction_timestamp(), used_at = transaction_timestamp()
  from app.people p join app.probes x on x.id = p.probe_id and x.ended_at is null
  where p.probe_id = probe and s.person_id = p.id and s.kind <> 'token' and s.revoked_at is null
$$;
-- Lets one of its people leave before its end, as anyone would leave.
create or replace function hidden.leave_probe(probe uuid, who uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform hidden.one_at_a_time();
  update app.people p set leaves_at = transaction_timestamp() from app.probes x
  where p.id = who and p.probe_id = probe and x.id = probe and x.ended_at is null and p.leaves_at is null;
  if not found then return false; end if;
  perform hidden.end_access(who);
  return true;
end $$;
-- Those that have not ended: of a process that is gone, at its next start.
create or replace function hidden.open_probes() returns setof uuid
language sql stable security definer set search_path = '' as $$ select p.id from app.probes p where p.ended_at is null $$;

-- Ends it, however far it came; `words` null: what was known of it stays. Its matters are closed and nobody reaches them, its
-- wall and its documents stay recorded, its people have left. What they asked for by the hundred goes, and the ledger keeps it.
create or replace function hidden.end_probe(probe uuid, words bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare ours uuid[]; taken uuid[]; at_ timestamptz := transaction_timestamp();
begin
  perform hidden.one_at_a_time();
  update app.probes p set ended_at = clock_timestamp(), sealed_words = coalesce(words, p.sealed_words) where p.id = probe and p.ended_at is null;
  if not found then return false; end if;
  ours := array(select p.id from app.people p where p.probe_id = probe);
  taken := array(select c.id from app.clients c where c.created_by = any (ours));
  update app.team_members t set starts_at = least(t.starts_at, at_), ends_at = at_, ended_by = t.person_id where t.person_id = any (ours) and (t.ends_at is null or t.ends_at > at_);
  update app.matters m set status = 'closed', closed_at = at_, version = m.version + 1, changed_at = at_ where m.created_by = any (ours) and m.status <> 'closed';
  update app.handovers h set taken_at = at_ where h.leaver_id = any (ours) and h.taken_at is null;
  update app.confirmations c set state = 'lapsed', decided_at = at_ where c.asked_by = any (ours) and c.state = 'waiting';
  delete from app.holds h where h.placed_by = any (ours);
  delete from app.destructions d where d.asked_by = any (ours);
  delete from app.requests r where r.person_id = any (ours);
  delete from app.saved_searches s where s.person_id = any (ours);
  delete from app.check_hits h using app.checks c where c.id = h.check_id and (c.asked_by = any (ours) or c.client_id = any (taken));
  delete from app.check_decisions d using app.checks c where c.id = d.check_id and (c.asked_by = any (ours) or c.client_id = any (taken));
  delete from app.checks c where c.asked_by = any (ours) or c.client_id = any (taken);
  delete from app.names n where n.client_id = any (taken) and not exists (select from app.check_hits h where h.name_id = n.id);
  delete from app.clients c where c.id = any (taken) and not exists (select from app.matters m where m.client_id = c.id)
    and not exists (select from app.wall_targets t where t.client_id = c.id) and not exists (select from app.names n where n.client_id = c.id);
  delete from app.matter_groups g using app.groups x where x.id = g.group_id and x.made_by = any (ours);
  perform hidden.end_access(p) from unnest(ours) p;
  update app.people p set leaves_at = coalesce(p.leaves_at, at_), settled_at = at_ where p.id = any (ours);
  delete from app.groups g where g.made_by = any (ours);
  return true;
end $$;
grant insert on app.people, app.devices, app.sessions, app.groups, app.group_members to subrosa_gate;
grant update (factor_at) on app.sessions to subrosa_gate;
grant delete on app.saved_searches, app.requests, app.checks, app.check_hits, app.check_decisions, app.names, app.clients, app.matter_groups, app.groups to subrosa_gate;
grant execute on function hidden.keep_probe(uuid), hidden.leave_probe(uuid, uuid), hidden.open_probes(), hidden.end_probe(uuid, bytea) to subrosa_clerk;
