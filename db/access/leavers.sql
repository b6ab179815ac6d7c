-- Handing a leaver's matters over. The clerk does it, one matter at a time, so that whoever let them leave sees neither
-- which matters there are nor how many.

grant select (id, matter_id, leaver_id, made_at, taken_at) on app.handovers to subrosa_person;
create policy select_open on app.handovers for select to subrosa_person using (
  taken_at is null and exists (select from app.matters m where m.id = handovers.matter_id));

-- Makes someone on the team responsible in the leaver's place.
create or replace function hidden.take_over(handover uuid, who uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare matter uuid;
begin
  select h.matter_id into matter from app.handovers h where h.id = handover and h.taken_at is null for update;
  if matter is null or not hidden.on_team(matter) or not hidden.may('team.join') then return false; end if;
  update app.team_members t set role = 'responsible'
  where t.matter_id = matter and t.person_id = who and t.via = 'team' and (t.ends_at is null or t.ends_at > clock_timestamp()) and hidden.is_here(who) and hidden.sees(who, matter);
  if not found then return false; end if;
  update app.handovers h set taken_by = who, taken_at = clock_timestamp() where h.id = handover;
  return true;
end $$;

-- Whoever takes over what nobody else is on: named at the leaving, else by the firm's setting (the caller's word), else
-- the partner, or then the lawyer, who has been here longest.
create or replace function hidden.successor(leaver uuid, wished uuid, matter uuid) returns uuid
language sql stable security definer set search_path = '' as $$
  select c.id from (
    select p.id, 1 as rank, p.joined_at from app.people p join app.people l on l.successor_id = p.id where l.id = leaver
    union all select p.id, 2, p.joined_at from app.people p where p.id = wished
    union all select p.id, 3, p.joined_at from app.people p where exists (select from hidden.roles_of(p.id) r where r.role = 'partner')
    union all select p.id, 4, p.joined_at from app.people p) c
  where c.id <> leaver and hidden.is_here(c.id) and not hidden.is_of_probe(c.id) and exists (select from hidden.roles_of(c.id) r where r.role in ('partner', 'lawyer'))
    -- a wall beats a succession too
    and not hidden.is_screened_ever(c.id, matter, statement_timestamp(), null)
  order by c.rank, c.joined_at, c.id limit 1
$$;

-- Those whose time has come and who are not settled yet, or who were brought onto a team in the very moment they left.
create or replace function hidden.leavers() returns setof uuid
language sql stable security definer set search_path = '' as $$
  select p.id from app.people p
  where p.leaves_at <= statement_timestamp()
    and (p.settled_at is null or exists (select from app.team_members t where t.person_id = p.id and (t.ends_at is null or t.ends_at > statement_timestamp())))
  order by p.leaves_at, p.id
$$;
-- Ends what a leaver still holds; what a leaving that was set for later ends, it ends here. How many ended, and what they
-- knew until then.
create or replace function hidden.shut(leaver uuid) returns table (leaves_at timestamptz, knew text[], sessions integer, tokens integer, passkeys integer)
language plpgsql volatile security definer set search_path = '' as $$
begin
  knew := hidden.knew_of(leaver);
  return query select p.leaves_at, shut.knew, e.* from app.people p cross join lateral hidden.end_access(p.id) e
    where p.id = leaver and p.leaves_at <= statement_timestamp();
end $$;
create or replace function hidden.matters_of_leaver(leaver uuid) returns setof uuid
language sql stable security definer set search_path = '' as $$
  select t.matter_id from app.team_members t join app.people p on p.id = t.person_id
  where t.person_id = leaver and (t.ends_at is null or t.ends_at > statement_timestamp()) and p.leaves_at <= statement_timestamp() order by t.id
$$;
-- Within the job's matter: ends the leaver's membership; where nobody is left the successor comes onto the team; where the
-- leaver was responsible the team is asked for a new one. `was`: the leaver's part; `heir`: who came, or null. No row: there
-- was nothing to hand over, any more or at all.
create or replace function hidden.hand_over(leaver uuid, wished uuid, member uuid)
returns table (was text, leaver_name bytea, heir uuid, heir_name bytea)
language plpgsql volatile security definer set search_path = '' as $$
declare matter uuid := hidden.job_matter(); asked boolean;
begin
  if matter is null or not exists (select from app.people p where p.id = leaver and p.leaves_at <= statement_timestamp()) then return; end if;
  perform hidden.one_at_a_time();
  perform from app.team_members t where t.matter_id = matter and (t.ends_at is null or t.ends_at > clock_timestamp()) for update;
  update app.team_members t set starts_at = least(t.starts_at, transaction_timestamp()), ends_at = transaction_timestamp(), ended_by = leaver
  where t.matter_id = matter and t.person_id = leaver and (t.ends_at is null or t.ends_at > clock_timestamp()) returning t.role into was;
  if was is null then return; end if;
  asked := false;
  if not exists (select from app.team_members t where t.matter_id = matter and t.via = 'team' and (t.ends_at is null or t.ends_at > clock_timestamp())
    and hidden.is_here(t.person_id) and not hidden.is_screened_ever(t.person_id, matter, statement_timestamp(), null)) then
    heir := hidden.successor(leaver, wished, matter);
    if heir is null then raise exception 'nobody is left to take a matter over' using errcode = 'SR017'; end if;
    insert into app.team_members (id, matter_id, person_id, role, added_by) values (member, matter, heir, 'responsible', leaver) on conflict do nothing;
    asked := true;
  elsif was = 'responsible' then
    asked := true;
  end if;
  if asked then insert into app.handovers (matter_id, leaver_id) values (matter, leaver); end if;
  select p.sealed_name into leaver_name from app.people p where p.id = leaver;
  select p.sealed_name into heir_name from app.people p where p.id = heir;
  return next;
end $$;
-- Whom to tell, once, that a matter of theirs needs someone responsible; who has several is told once as well.
create or replace function hidden.tell_of_handovers(leaver uuid) returns setof uuid
language sql volatile security definer set search_path = '' as $$
  with asked as (update app.handovers h set told_at = clock_timestamp() where h.leaver_id = leaver and h.told_at is null returning h.matter_id)
  select distinct t.person_id from asked a join app.team_members t on t.matter_id = a.matter_id where (t.ends_at is null or t.ends_at > clock_timestamp()) and hidden.is_here(t.person_id) and hidden.sees(t.person_id, t.matter_id)
$$;
create or replace function hidden.settled(leaver uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  update app.people p set settled_at = coalesce(p.settled_at, clock_timestamp())
  where p.id = leaver and p.leaves_at <= clock_timestamp()
    and not exists (select from app.team_members t where t.person_id = leaver and (t.ends_at is null or t.ends_at > clock_timestamp()));
  return found;
end $$;
grant insert, select, update (taken_by, taken_at, told_at) on app.handovers to subrosa_gate;
grant insert, update (role, starts_at, ends_at, ended_by) on app.team_members to subrosa_gate;
create policy gate_hands_over on app.handovers to subrosa_gate using (true) with check (true);

-- What a leaver could know, and what ended; for those who run people. It holds no matter, no name of one, no count.
grant select, insert on app.leavings to subrosa_person;
create policy select_by_permission on app.leavings for select to subrosa_person using ((select hidden.may('person.read')));
create policy insert_by_permission on app.leavings for insert to subrosa_person with check (
  made_by = (select hidden.me()) and ((select hidden.may('person.leave')) or (select hidden.provisions())));
-- the clerk writes it anew when a leaving that was set for later has come and more has ended
grant select, insert on app.leavings to subrosa_clerk;
grant select, delete on app.leavings to subrosa_gate;
create policy gate_forgets on app.leavings to subrosa_gate using (true);
create policy clerk_reports on app.leavings to subrosa_clerk using (true) with check (true);

-- Notices go out by e-mail: to whom and what, sealed; the process that sends opens them.
create or replace function hidden.notices_to_mail(most integer)
returns table (id uuid, person uuid, sealed_email bytea, sealed_name bytea, sealed_words bytea, made_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select n.id, p.id, p.sealed_email, p.sealed_name, n.sealed_words, n.made_at
  from app.notices n join app.people p on p.id = n.person_id
  where n.mailed_at is null and n.mail_tries < 8 and n.made_at > clock_timestamp() - interval '2 days' and hidden.is_here(p.id) and p.probe_id is null
  order by n.id limit most
$$;
create or replace function hidden.mailed(notice uuid, ok boolean) returns void
language sql volatile security definer set search_path = '' as $$
  update app.notices n set mailed_at = case when ok then clock_timestamp() end, mail_tries = n.mail_tries + 1 where n.id = notice
$$;
grant update (mailed_at, mail_tries) on app.notices to subrosa_gate;

grant execute on function hidden.take_over(uuid, uuid) to subrosa_person;
grant execute on function
  hidden.leavers(), hidden.shut(uuid), hidden.matters_of_leaver(uuid), hidden.hand_over(uuid, uuid, uuid), hidden.settled(uuid), hidden.tell_of_handovers(uuid),
  hidden.notices_to_mail(integer), hidden.mailed(uuid, boolean)
to subrosa_clerk;
