-- Custodians of the root key's shares: recorded by whoever may replace it, read by the same; each says of
-- their own sheet that they have it, and nobody changes anything else.

grant select, insert on app.key_splits, app.custodians to subrosa_gate;
create policy gate_keeps on app.key_splits to subrosa_gate using (true) with check (true);
create policy gate_keeps on app.custodians to subrosa_gate using (true) with check (true);

-- False: it is not theirs to do, or one of the people does not work here.
create or replace function hidden.split_key(split uuid, code text, root text, needed integer, people uuid[]) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not (hidden.may('key.rotate') and hidden.is_fresh()) then return false; end if;
  if cardinality(people) < needed or exists (select from unnest(people) w(who) where not hidden.is_here(w.who)) then return false; end if;
  insert into app.key_splits (id, set_code, root_key, need, made_by) values (split, code, root, needed, hidden.me());
  insert into app.custodians (split_id, place, person_id) select split, w.at, w.who from unnest(people) with ordinality w(who, at);
  return true;
end $$;
create or replace function hidden.key_splits() returns table (set_code text, root_key text, need integer, made_at timestamptz, made_by uuid, by bytea, person uuid, name bytea, acknowledged_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select s.set_code, s.root_key, s.need, s.made_at, s.made_by, m.sealed_name, c.person_id, p.sealed_name, c.acknowledged_at
  from (select * from app.key_splits k order by k.made_at desc limit 10) s
    join app.people m on m.id = s.made_by join app.custodians c on c.split_id = s.id join app.people p on p.id = c.person_id
  where hidden.may('key.rotate') order by s.made_at desc, s.id, c.place
$$;
grant execute on function hidden.split_key(uuid, text, text, integer, uuid[]), hidden.key_splits() to subrosa_person;

-- Who is told that a set was used: its custodians, and whoever may replace keys. A set that this database does not know has no id.
create or replace function hidden.told_of_recovery(code text) returns table (split uuid, person uuid)
language sql stable security definer set search_path = '' as $$
  select (select s.id from app.key_splits s where s.set_code = code), p.id from app.people p
  where hidden.can(p.id, 'key.rotate')
    or exists (select from app.custodians c join app.key_splits s on s.id = c.split_id where s.set_code = code and c.person_id = p.id)
$$;
grant execute on function hidden.told_of_recovery(text) to subrosa_clerk;

grant update (acknowledged_at, reminded_at) on app.custodians to subrosa_gate;
create or replace function hidden.my_shares() returns table (set_code text, root_key text, need integer, shares bigint, place integer, made_at timestamptz, made_by uuid, by bytea, acknowledged_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select s.set_code, s.root_key, s.need, (select count(*) from app.custodians o where o.split_id = s.id), c.place, s.made_at, s.made_by, m.sealed_name, c.acknowledged_at
  from app.custodians c join app.key_splits s on s.id = c.split_id join app.people m on m.id = s.made_by
  where c.person_id = hidden.me() order by s.made_at desc limit 10
$$;
-- The set's id; null: no share of theirs that counts still, or acknowledged before.
create or replace function hidden.acknowledge_share(code text, root text) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare found_ uuid;
begin
  update app.custodians c set acknowledged_at = clock_timestamp() from app.key_splits s
  where s.id = c.split_id and s.set_code = code and s.root_key = root and c.person_id = hidden.me() and c.acknowledged_at is null
  returning s.id into found_;
  return found_;
end $$;
grant execute on function hidden.my_shares(), hidden.acknowledge_share(text, text) to subrosa_person;
-- For the clerk, who reminds every three days: whoever has not said so, of sets that count still.
create or replace function hidden.shares_to_remind(root text) returns table (set_code text, place integer, person uuid)
language sql volatile security definer set search_path = '' as $$
  update app.custodians c set reminded_at = clock_timestamp() from app.key_splits s
  where s.id = c.split_id and s.root_key = root and c.acknowledged_at is null and hidden.is_here(c.person_id)
    and coalesce(c.reminded_at, s.made_at) < clock_timestamp() - interval '3 days'
  returning s.set_code, c.place, c.person_id
$$;
grant execute on function hidden.shares_to_remind(text) to subrosa_clerk;
