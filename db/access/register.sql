-- The register and the clients as lists. Their policies answer card by card and client by client, which over a whole firm takes
-- seconds; these say the same at once, asking the wall only where one stands. The proof of the wall holds the two together.

-- Matters around which, or around whose client, a wall was raised, whomever it screens; of the gate's own.
create or replace function hidden.walled_matters() returns setof uuid
language sql stable security definer set search_path = '' as $$
  select t.matter_id from app.wall_targets t where t.matter_id is not null
  union
  select m.id from app.wall_targets t join app.matters m on m.client_id = t.client_id
$$;

-- Cards of matters within reach, and for those who keep the register of all that they are not kept from; newest first. Null: of all.
create or replace function hidden.register_of(wanted uuid[], most integer) returns table (matter uuid, sealed_card bytea, client uuid, client_name bytea)
language plpgsql stable security definer set search_path = '' as $$
declare me uuid := hidden.me(); registrar boolean := hidden.may('register.read');
begin
  return query
    select r.matter_id, r.sealed_card, c.id, c.sealed_name
    from app.register r join app.matters m on m.id = r.matter_id join app.clients c on c.id = m.client_id
    where (wanted is null or r.matter_id = any (wanted))
      and case when registrar then r.matter_id not in (select w from hidden.walled_matters() w) or not hidden.is_screened(me, r.matter_id) or hidden.sees(me, r.matter_id)
        else hidden.sees(me, r.matter_id) end
    order by r.matter_id desc limit most;
end $$;

-- The clients that this person knows, newest first: by a matter within reach, having taken them on, or from the register.
create or replace function hidden.clients_known() returns table (client_id uuid, client_name bytea, client_class text, client_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
declare me uuid := hidden.me(); registrar boolean := hidden.may('register.read');
begin
  return query
    with walled as materialized (select w as matter_id from hidden.walled_matters() w),
    paths as (
      select t.matter_id from app.team_members t
      where t.person_id = me and t.starts_at <= statement_timestamp() and (t.ends_at is null or t.ends_at > statement_timestamp())
        and (t.matter_id not in (select w.matter_id from walled w) or hidden.sees(me, t.matter_id))
      union all
      select g.matter_id from app.group_members i join app.matter_groups g on g.group_id = i.group_id where i.person_id = me and hidden.sees(me, g.matter_id)),
    known as (
      select m.client_id as id from app.matters m where m.id in (select p.matter_id from paths p)
      union
      select c.id from app.clients c where c.created_by = me and not hidden.is_screened_from_client(me, c.id)
      union
      select c.id from app.clients c where registrar
        and ((c.id not in (select t.client_id from app.wall_targets t where t.client_id is not null)
            and c.id not in (select m.client_id from app.matters m where m.id in (select w.matter_id from walled w)))
          or not hidden.is_kept_from_client(me, c.id)))
    select c.id, c.sealed_name, c.class, c.created_at from app.clients c where c.id in (select k.id from known k) and c.merged_into is null
    order by c.id desc;
end $$;
grant execute on function hidden.register_of(uuid[], integer), hidden.clients_known() to subrosa_person;
