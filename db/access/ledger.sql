-- The ledger: everyone writes their own entries, nobody changes one, and what is shown ends at the wall.

grant insert (id, deed, matter_id, object, origin, salt, details_commitment, sealed_details) on ledger.entries to subrosa_person;
grant select on ledger.entries to subrosa_person;
-- an act in a matter is written by someone on its team, or by someone who has just left it in this very act
-- (the deeds of contract/deeds.ts that a person does: a test binds them)
create policy insert_own on ledger.entries for insert to subrosa_person with check (
  -- whoever asks: hidden.stamp_entry has said so, and the column is nobody's to write
  actor is not null
  and (matter_id is null or hidden.reaches(matter_id) or hidden.left_just_now(matter_id))
  and deed in (
    'person.invited', 'person.edited', 'person.changed', 'person.reset', 'person.left', 'person.stayed', 'person.returned', 'person.provisioned',
    'session.ended', 'session.revoked', 'device.lost', 'password.changed', 'factor.enrolled', 'factor.removed', 'passkey.created', 'passkey.renamed',
    'passkey.revoked', 'recovery.created', 'identity.linked', 'identity.unlinked', 'token.created', 'token.revoked', 'role.created', 'role.changed',
    'role.retired', 'group.created', 'group.changed', 'approval.asked', 'approval.given', 'approval.refused', 'approval.withdrawn', 'setting.changed',
    'handover.taken', 'notice.seen', 'client.created', 'client.changed', 'client.merged', 'matter.created', 'matter.changed', 'matter.opened',
    'matter.closed', 'matter.reopened', 'matter.shared', 'matter.unshared', 'class.asked', 'class.lowered', 'class.kept', 'recipient.added', 'recipient.placed', 'recipient.changed', 'recipient.removed', 'address.added', 'address.ended', 'address.challenged', 'address.verified', 'address.doubted', 'party.added', 'party.changed',
    'party.removed', 'team.joined', 'team.left', 'team.changed', 'wall.raised', 'wall.asked', 'wall.lifted', 'wall.kept', 'wall.noted', 'wall.certified',
    'wall.packed', 'wall.acknowledged', 'grant.requested', 'grant.routed', 'grant.approved', 'grant.refused', 'grant.renewed', 'glass.broken', 'glass.tried',
    'glass.reviewed', 'access.explained', 'conflict.checked', 'conflict.decided', 'matrix.changed', 'probe.run', 'document.added', 'document.opened', 'pictures.shown', 'passages.shown',
    'search.made', 'search.exported', 'search.saved', 'search.changed', 'search.forgotten', 'document.reread', 'index.renewed',
    'document.downloaded', 'document.classified', 'bundle.made', 'version.added', 'version.compared', 'document.out', 'document.back', 'document.moved',
    'document.renamed', 'document.described', 'document.locked', 'document.unlocked', 'document.trashed', 'document.restored', 'folder.created',
    'folder.moved', 'folder.removed', 'hold.placed', 'hold.lifted', 'destruction.asked', 'destruction.approved', 'destruction.refused', 'document.sent',
    'document.copied', 'document.taken', 'document.quarantined', 'quarantine.released', 'upload.begun', 'upload.ended', 'document.unpacked', 'storage.begun',
    'scrub.asked', 'check.asked', 'key.asked', 'key.split', 'key.acknowledged', 'root.added', 'root.tested', 'root.asked', 'root.allowed', 'root.declined',
    'receiver.asked', 'receiver.added', 'receiver.changed', 'receiver.refused', 'receiver.tested', 'receiver.retired', 'ledger.read', 'ledger.exported', 'review.made', 'review.changed', 'review.retired', 'review.taken', 'review.assigned', 'review.marked', 'review.signed', 'checkpoint.printed', 'checkpoint.asked', 'witness.added', 'witness.retired', 'evidence.made', 'nothing.answered', 'act.refused', 'clock.confirmed')
  and (deed <> 'clock.confirmed' or (select hidden.may('clock.confirm'))));
create policy select_within_reach on ledger.entries for select to subrosa_person using (
  (exists (select from app.team_members t where t.matter_id = entries.matter_id)
    -- what was done to a document names it: a group is shown that of those it reaches
    or (exists (select from app.matter_groups g where g.matter_id = entries.matter_id)
      and (split_part(deed, '.', 1) not in ('document', 'version', 'bundle', 'class', 'passages') or object = matter_id or hidden.reached_document(entries.object))))
  and (select hidden.may('entry.list')));
-- the firm's own deeds; what names a client, a wall or someone's wish to see a matter belongs to its writer's view, while no
-- wall stands between them, and to those who oversee
create policy select_of_firm on ledger.entries for select to subrosa_person using (
  matter_id is null
  and (select hidden.may('ledger.read'))
  and (split_part(deed, '.', 1) not in ('client', 'wall', 'grant', 'glass', 'conflict', 'access', 'probe', 'hold', 'destruction', 'certificate', 'evidence', 'nothing', 'act', 'search')
    or (actor = (select hidden.me()) and split_part(deed, '.', 1) not in ('client', 'wall'))
    or (deed like 'client.%' and actor = (select hidden.me()) and exists (select from app.clients c where c.id = object))
    or (deed like 'wall.%' and exists (select from app.walls w where w.id = object))
    or (deed like 'hold.%' and exists (select from app.holds h where h.id = object))
    or (split_part(deed, '.', 1) in ('destruction', 'certificate') and exists (select from app.destructions d where d.id = object))));
-- what was done to accounts, for those who run them; neither what was refused nor anything of a client
create policy select_of_accounts on ledger.entries for select to subrosa_person using (
  matter_id is null and (select hidden.may('person.read'))
  and split_part(deed, '.', 1) in ('person', 'session', 'device', 'account', 'password', 'factor', 'passkey', 'recovery', 'identity', 'token', 'role', 'group',
    'approval', 'setting', 'storage', 'scrub', 'receiver'));
-- Asked by an entry's id, so that it tells nothing of a matter or a person that someone made up.
create or replace function hidden.oversees(entry uuid) returns boolean
language plpgsql stable security definer set search_path = '' cost 10000 as $$
begin
  return hidden.may('ledger.oversee') and hidden.is_open_to_overseer(entry, (select x.salt from ledger.entries x where x.id = entry));
end $$;
-- The same without asking who oversees, which a policy has asked once for all of them. Whoever asks gives the entry's salt, which is read
-- with the entry and cannot be guessed: of an entry that one does not see it says nothing.
create or replace function hidden.is_open_to_overseer(entry uuid, known bytea) returns boolean
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan cost 10000 as $$
declare e record;
begin
  select x.matter_id, x.deed, x.object into e from ledger.entries x where x.id = entry and x.salt = known;
  return case
    when e.deed is null then false
    when e.matter_id is not null then not hidden.is_screened(hidden.me(), e.matter_id)
    when e.deed like 'client.%' then not hidden.is_kept_from_client(hidden.me(), e.object)
    when e.deed like 'wall.%' then hidden.keeps(e.object) or not hidden.is_of_screened_wall(e.object)
    when e.deed like 'access.%' then not hidden.is_screened(hidden.me(), e.object)
    when e.deed like 'hold.%' then not exists (select from app.holds h where h.id = e.object and hidden.is_screened(hidden.me(), h.matter_id))
    when e.deed like 'destruction.%' or e.deed like 'certificate.%' then not exists (select from app.destructions d where d.id = e.object and hidden.is_screened(hidden.me(), d.matter_id))
    when e.deed like 'grant.%' or e.deed like 'glass.%' then not exists (select from app.requests r where r.id = e.object and hidden.is_screened(hidden.me(), r.matter_id))
    when e.deed like 'conflict.%' then not exists (select from app.checks c where c.id = e.object
      and (hidden.is_screened(hidden.me(), c.matter_id) or hidden.is_kept_from_client(hidden.me(), c.client_id)))
    else true end;
end $$;
-- Whether a wall screens whoever asks, or stands around what they are kept from.
create or replace function hidden.is_of_screened_wall(wall uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from app.wall_people p where p.wall_id = wall
      and (p.person_id = hidden.me() or exists (select from app.group_members i where i.group_id = p.group_id and i.person_id = hidden.me())))
    or exists (select from app.wall_targets t where t.wall_id = wall
      and (t.matter_id is not null and hidden.is_screened(hidden.me(), t.matter_id) or t.client_id is not null and hidden.is_screened_from_client(hidden.me(), t.client_id)))
$$;
-- those who oversee see all but what they are kept from themselves
create policy select_overseen on ledger.entries for select to subrosa_person using ((select hidden.may('ledger.oversee')) and hidden.is_open_to_overseer(id, salt));
grant execute on function hidden.oversees(uuid), hidden.is_open_to_overseer(uuid, bytea) to subrosa_person;

-- a position in the whole log tells how much happens in the firm: hidden.positions gives it by permission
grant select (entry_id, matter_n) on ledger.leaves to subrosa_person;
create policy select_of_seen_entry on ledger.leaves for select to subrosa_person using (
  exists (select from ledger.entries e where e.id = leaves.entry_id));

create or replace function hidden.positions(entries uuid[]) returns table (entry uuid, n bigint)
language sql stable security definer set search_path = '' as $$
  select l.entry_id, l.n from ledger.leaves l where l.entry_id = any (entries) and hidden.may('ledger.read')
$$;
grant execute on function hidden.positions(uuid[]) to subrosa_person;

grant select on ledger.checkpoints, ledger.log to subrosa_person;
create policy select_by_permission on ledger.checkpoints for select to subrosa_person using ((select hidden.may('ledger.read')));
create policy select_by_permission on ledger.log for select to subrosa_person using ((select hidden.may('ledger.read')));

-- The clerk. No update, no delete, but for its own list of what is still to be numbered.
grant select on ledger.entries, ledger.leaves, ledger.checkpoints, ledger.log, ledger.matter_counts to subrosa_clerk;
grant insert on ledger.leaves, ledger.checkpoints to subrosa_clerk;
grant insert, update on ledger.matter_counts to subrosa_clerk;
grant select, delete on ledger.pending to subrosa_clerk;
grant insert (id, deed, actor, session, via, matter_id, object, origin, salt, details_commitment, sealed_details) on ledger.entries to subrosa_clerk;
create policy clerk_numbers on ledger.entries for select to subrosa_clerk using (true);
create policy clerk_writes on ledger.entries for insert to subrosa_clerk with check (via = 'clerk');
create policy clerk_numbers on ledger.leaves to subrosa_clerk using (true) with check (true);
create policy clerk_numbers on ledger.checkpoints to subrosa_clerk using (true) with check (true);
create policy clerk_numbers on ledger.log for select to subrosa_clerk using (true);
create policy clerk_numbers on ledger.matter_counts to subrosa_clerk using (true) with check (true);
create policy clerk_numbers on ledger.pending to subrosa_clerk using (true);

-- Where deeds were done from: written with the entries, read by those who read the firm's ledger.
grant insert on ledger.origins to subrosa_person, subrosa_clerk, subrosa_gate;
grant select on ledger.origins to subrosa_person, subrosa_clerk;
grant select (id) on ledger.origins to subrosa_gate;
create policy insert_place on ledger.origins for insert to subrosa_person with check (true);
create policy gate_writes on ledger.origins for insert to subrosa_gate with check (true);
create policy gate_knows on ledger.origins for select to subrosa_gate using (true);
create policy clerk_numbers on ledger.origins to subrosa_clerk using (true) with check (true);
create policy select_by_permission on ledger.origins for select to subrosa_person using ((select hidden.may('ledger.read')));

-- What let someone do something at this moment, in a few words that docs/formats/ledger.md lists: their path to the matter, or
-- outside of matters their roles.
create or replace function hidden.ground(who uuid, matter uuid) returns text
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare said text;
begin
  if who is null then return null; end if;
  if matter is null then
    select 'roles ' || string_agg(distinct r.role, ',' order by r.role) into said from hidden.roles_of(who) r;
    return said;
  end if;
  select case t.via when 'team' then 'team ' || t.role when 'grant' then 'grant ' || t.request_id else 'emergency ' || t.request_id end into said
  from app.team_members t
  where t.matter_id = matter and t.person_id = who and t.starts_at <= statement_timestamp() and (t.ends_at is null or t.ends_at > statement_timestamp())
  order by t.via desc limit 1;
  if said is not null then return said; end if;
  select 'group ' || g.group_id into said
  from app.group_members m join app.matter_groups g on g.group_id = m.group_id
  where m.person_id = who and g.matter_id = matter
    and g.starts_at <= statement_timestamp() and (g.ends_at is null or g.ends_at > statement_timestamp())
  order by g.group_id limit 1;
  return coalesce(said, 'left');
end $$;

-- Looking at the ledger is a deed: within the act whose entry says so. False: it stands already.
grant select, insert, update, delete on app.readings to subrosa_gate;
create policy gate_keeps on app.readings to subrosa_gate using (true) with check (true);
create or replace function hidden.is_read(looked uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from app.readings r where r.session_id = hidden.session() and r.subject = looked and r.ends_at > statement_timestamp());
end $$;
create or replace function hidden.begin_reading(looked uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into app.readings (session_id, subject, ends_at) values (hidden.session(), looked, clock_timestamp() + interval '30 minutes')
  on conflict (session_id, subject) do update set ends_at = excluded.ends_at where readings.ends_at <= clock_timestamp();
  return found;
end $$;
grant execute on function hidden.is_read(uuid), hidden.begin_reading(uuid) to subrosa_person;

-- Who, when and how are PostgreSQL's to say, not the writer's. Entry time never goes back; a clock that went back by
-- more than five minutes stops every act until an administrator confirms it, which is an entry itself.
create or replace function hidden.stamp_entry() returns trigger
language plpgsql security definer set search_path = '' as $$
declare last timestamptz; now_ timestamptz := date_trunc('milliseconds', clock_timestamp()); asks app.sessions;
begin
  select l.numbered into last from ledger.leaves l order by l.n desc limit 1;
  if last is not null and now_ < last and new.deed <> 'clock.confirmed' then
    if now_ >= last - interval '5 minutes' then
      now_ := last;
    -- signing in is left, with the time as it is: the administrator who confirms must be able to come in
    elsif new.deed not in ('session.created', 'session.refused') then
      raise exception 'the clock went back' using errcode = 'SR001';
    end if;
  end if;
  -- the id tells the time as well, and pages follow it: one that is far from now was not made by us
  if abs(extract(epoch from clock_timestamp()) * 1000 - ('x' || lpad(left(replace(new.id::text, '-', ''), 12), 16, '0'))::bit(64)::bigint) > 86400000 then
    raise exception 'an entry''s id is not of now' using errcode = '42501';
  end if;
  -- to the millisecond, as its leaf says it
  new.at := now_;
  if new.via is null then
    asks := hidden.asking();
    new.via := asks.kind;
    new.actor := asks.person_id;
    new.session := asks.id;
    new.ground := hidden.ground(new.actor, new.matter_id);
  end if;
  insert into ledger.pending (entry_id) values (new.id);
  return new;
end $$;
grant select (n, entry_id, numbered) on ledger.leaves to subrosa_gate;
grant insert on ledger.pending to subrosa_gate;
create policy gate_stamps on ledger.leaves for select to subrosa_gate using (true);
create policy gate_stamps on ledger.pending for insert to subrosa_gate with check (true);
create or replace trigger stamp before insert on ledger.entries for each row execute function hidden.stamp_entry();
-- No entry is taken away, whoever asks: nobody holds the right, and its owner meets this.
create or replace function hidden.keep_entries() returns trigger
language plpgsql set search_path = '' as $$
begin
  raise exception 'an entry of the ledger is not deleted' using errcode = 'SR091';
end $$;
create or replace trigger keep before delete on ledger.entries for each row execute function hidden.keep_entries();
create or replace trigger keep_all before truncate on ledger.entries for each statement execute function hidden.keep_entries();
create policy owner_names on ledger.log to subrosa_owner using (true) with check (true);
