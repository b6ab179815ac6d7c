-- Walls: whose they are to keep, and what of them is read. What a wall does stands in 4-wall.sql.

-- Whether a wall is this person's to keep: they keep walls, everything that it stands around is theirs to know of, and it
-- does not screen them. Whoever is screened learns of no wall here.
create or replace function hidden.keeps(wall uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return hidden.may('wall.keep') and exists (select from app.walls w where w.id = wall)
    and not exists (select from app.wall_targets t where t.wall_id = wall and not hidden.may_wall(t.matter_id, t.client_id))
    and not exists (select from app.wall_people p where p.wall_id = wall
      and (p.person_id = hidden.me() or exists (select from app.group_members i where i.group_id = p.group_id and i.person_id = hidden.me())));
end $$;
-- Around what this person may raise one: a matter within reach or on the register, a client on the register.
create or replace function hidden.may_wall(matter uuid, client uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select hidden.may('wall.keep') and case when client is null then hidden.on_team(matter) or hidden.registers(matter) else hidden.registers_client(client) end
$$;

do $$
declare t text;
begin
  execute 'grant select (id, kind, rule, sealed_words, announced, withholds, certify_days, remind_days, need_known_at, starts_at, ends_at, sealed_seen, raised_by, raised_at, lifted_at, lifted_by) on app.walls to subrosa_person';
  execute 'create policy select_kept on app.walls for select to subrosa_person using ((select hidden.may(''wall.keep'')) and hidden.keeps(id))';
  foreach t in array '{wall_targets,wall_people,wall_acknowledgements,wall_certifications,wall_notes}'::text[] loop
    execute format('grant select on app.%I to subrosa_person', t);
    execute format('create policy select_kept on app.%I for select to subrosa_person using (exists (select from app.walls w where w.id = %I.wall_id))', t, t);
  end loop;
end $$;
grant select on app.wall_certifications, app.wall_notes to subrosa_gate;
create policy gate_sees on app.wall_certifications to subrosa_gate using (true) with check (true);
create policy gate_sees on app.wall_notes to subrosa_gate using (true) with check (true);
create or replace function hidden.may_wall_all(targets jsonb) returns boolean
language sql stable security definer set search_path = '' as $$
  select hidden.may('wall.keep') and not exists (
    select from jsonb_to_recordset(targets) as t (matter uuid, client uuid)
    where not hidden.may_wall(t.matter, t.client) or exists (select from app.clients c where c.id = t.client and c.merged_into is not null))
$$;
-- Whom to tell of a wall's matters: those who keep it, but whoever asks.
create or replace function hidden.wall_keepers(wall uuid) returns setof uuid
language sql stable security definer set search_path = '' as $$
  select p.id from app.people p where hidden.keeps(wall) and p.id <> hidden.me() and hidden.can(p.id, 'wall.keep')
    and not exists (select from app.wall_people s where s.wall_id = wall
      and (s.person_id = p.id or exists (select from app.group_members i where i.group_id = s.group_id and i.person_id = p.id)))
    and not exists (select from app.wall_targets t where t.wall_id = wall
      and not (hidden.can(p.id, 'register.read') or (t.matter_id is not null and hidden.sees(p.id, t.matter_id))))
$$;

grant execute on function
  hidden.keeps(uuid), hidden.may_wall_all(jsonb), hidden.wall_keepers(uuid)
to subrosa_person;
