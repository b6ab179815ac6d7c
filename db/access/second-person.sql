-- The second person. What is asked for is done by PostgreSQL when it is approved, and by nothing else.
grant select on app.approvals to subrosa_person;
create policy select_concerned on app.approvals for select to subrosa_person using (
  asked_by = (select hidden.me()) or subject_id = (select hidden.me()) or (select hidden.may('approval.give')));

-- Who may ask: for renewals whoever begins them; for roles whoever gives them, or has invited or taken back someone who has
-- not come yet. Asked again at the deciding: what someone asked for who may no more is not done.
create or replace function hidden.may_ask(asker uuid, what text, subject uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select case when what <> 'roles' then hidden.can(asker, 'person.reset')
    else hidden.can(asker, 'person.change') or ((hidden.can(asker, 'person.invite') or hidden.can(asker, 'person.leave'))
      and exists (select from app.people p where p.id = subject and p.joined_at is null)) end
    and exists (select from app.people p where p.id = subject and (p.leaves_at is null or p.leaves_at > clock_timestamp()))
$$;
create or replace function hidden.are_roles(wanted text[]) returns boolean
language sql stable security definer set search_path = '' as $$
  select cardinality(wanted) > 0 and not exists (select from unnest(wanted) w left join app.roles r on r.role = w and r.retired_at is null where r.role is null)
$$;

create or replace function hidden.ask_second(approval uuid, what text, subject uuid, wanted text[], reason bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform hidden.one_at_a_time();
  if not (hidden.is_fresh() and hidden.may_ask(hidden.me(), what, subject)) then return false; end if;
  if what <> 'roles' and not hidden.is_here(subject) then return false; end if;
  if what = 'roles' and not hidden.are_roles(wanted) then return false; end if;
  update app.approvals a set state = 'lapsed', decided_at = a.ends_at where a.subject_id = subject and a.state = 'waiting' and a.ends_at < clock_timestamp();
  insert into app.approvals (id, kind, subject_id, roles, sealed_reason, asked_by) values (approval, what, subject, wanted, reason, hidden.me());
  return true;
end $$;

-- When the one who asked may decide alone, if nobody else could: a day after asking, and a week after the firm lost someone
-- who could have. Null: never.
create or replace function hidden.ripe_at(approval uuid) returns timestamptz
language sql stable security definer set search_path = '' as $$
  select greatest(a.asked_at + interval '24 hours', hidden.thinned_at() + interval '7 days') from app.approvals a
  where a.id = approval and a.asked_by = hidden.me() and hidden.is_alone(a.subject_id)
$$;

-- SR015: decided or lapsed. SR012: the second person is someone else, and not the one it is about. SR016: not ripe.
-- SR013: a role is approved for someone who has come, and not for whoever will. The one it is about may always refuse.
create or replace function hidden.decide(approval uuid, approve boolean) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare a app.approvals; ripe timestamptz;
begin
  perform hidden.one_at_a_time();
  if not hidden.is_fresh() then return false; end if;
  select * into a from app.approvals x where x.id = approval for update;
  if a.id is null or not (hidden.may('approval.give') or (not approve and a.subject_id = hidden.me())) then return false; end if;
  if a.state <> 'waiting' or a.ends_at < clock_timestamp() or (approve and not hidden.may_ask(a.asked_by, a.kind, a.subject_id)
    or approve and a.kind = 'roles' and not hidden.are_roles(a.roles)) then raise exception 'decided' using errcode = 'SR015'; end if;
  if approve and a.kind = 'roles' and not hidden.is_here(a.subject_id) then raise exception 'has not come' using errcode = 'SR013'; end if;
  if hidden.me() in (a.asked_by, a.subject_id) and not (not approve and a.subject_id = hidden.me()) then
    ripe := hidden.ripe_at(approval);
    if ripe is null then raise exception 'not to oneself' using errcode = 'SR012'; end if;
    if ripe > clock_timestamp() then raise exception 'not yet' using errcode = 'SR016'; end if;
  end if;
  update app.approvals x set state = case when approve then 'approved' else 'refused' end, decided_by = hidden.me(), decided_at = clock_timestamp()
  where x.id = approval;
  if not approve then return true; end if;
  if a.kind = 'roles' then
    update app.people p set roles = (select array_agg(distinct r) from unnest(p.roles || a.roles) r), version = p.version + 1, changed_at = clock_timestamp()
    where p.id = a.subject_id;
  else
    -- what is taken away counts as a password from before
    if a.kind = 'account' then perform hidden.keep_password(a.subject_id, null); end if;
    perform hidden.kill_links(a.subject_id);
    if a.kind = 'account' then delete from app.identities i where i.person_id = a.subject_id; end if;
    update app.people p set credentials_at = clock_timestamp(), sealed_totp = null, totp_made_at = null, password_hash = case when a.kind = 'account' then null else p.password_hash end
    where p.id = a.subject_id;
    delete from app.recovery_codes c where c.person_id = a.subject_id;
    update app.passkeys k set revoked_at = clock_timestamp() where k.person_id = a.subject_id and k.revoked_at is null;
    update app.sessions s set revoked_at = clock_timestamp() where s.person_id = a.subject_id and s.revoked_at is null and s.id <> hidden.session();
  end if;
  return true;
end $$;

create or replace function hidden.withdraw(approval uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  update app.approvals a set state = 'withdrawn', decided_by = hidden.me(), decided_at = clock_timestamp()
  where a.id = approval and a.asked_by = hidden.me() and a.state = 'waiting';
  return found;
end $$;
-- whom to tell that something waits, or that something guarded was given
create or replace function hidden.approvers() returns setof uuid
language sql stable security definer set search_path = '' as $$
  select p.id from app.people p where hidden.can(p.id, 'approval.give')
$$;
grant insert on app.approvals to subrosa_gate;

grant execute on function
  hidden.ask_second(uuid, text, uuid, text[], bytea), hidden.ripe_at(uuid), hidden.decide(uuid, boolean), hidden.withdraw(uuid), hidden.approvers()
to subrosa_person;
