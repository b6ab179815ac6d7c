-- Legal holds. What is held is not destroyed by anything: besides the functions that ask, a trigger stands on every row whose end
-- would destroy it. SR050: held. SR025: lifted already. SR012: by another than who placed it.

grant select, insert, delete on app.holds, app.hold_documents, app.hold_custodians to subrosa_gate;
grant update (sealed_lifting, lifted_by, lifted_at) on app.holds to subrosa_gate;
create policy gate_keeps on app.holds to subrosa_gate using (true) with check (true);
create policy gate_keeps on app.hold_documents to subrosa_gate using (true) with check (true);
create policy gate_keeps on app.hold_custodians to subrosa_gate using (true) with check (true);

create or replace function hidden.is_document_held(matter uuid, document uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  return exists (select from app.holds h where h.matter_id = matter and h.lifted_at is null
    and (h.whole or exists (select from app.hold_documents x where x.hold_id = h.id and x.document_id = document)));
end $$;
create or replace function hidden.is_matter_held(matter uuid) returns boolean
language sql volatile security definer set search_path = '' as $$
  select exists (select from app.holds h where h.matter_id = matter and h.lifted_at is null)
$$;

-- Within reach, and of a hold on single documents one of those; or for those who keep holds over the firm by the register.
create or replace function hidden.sees_hold(hold uuid) returns boolean
language plpgsql stable security definer set search_path = '' cost 10000 as $$
declare h app.holds;
begin
  select * into h from app.holds x where x.id = hold;
  if h.id is null then return false; end if;
  if hidden.may('hold.keep') and hidden.registers(h.matter_id) then return true; end if;
  return hidden.may('matter.read') and hidden.reaches(h.matter_id) and (h.whole or exists (
    select from app.hold_documents x join app.documents d on d.id = x.document_id where x.hold_id = hold and hidden.reaches(d.matter_id, d.class)));
end $$;
-- How many documents it is on: all of them for whoever keeps the register, else those within reach, there or destroyed since.
create or replace function hidden.hold_size(hold uuid) returns bigint
language sql stable security definer set search_path = '' as $$
  select count(*) from app.hold_documents x join app.holds h on h.id = x.hold_id where h.id = hold and hidden.sees_hold(hold)
    and (hidden.may('hold.keep') and hidden.registers(h.matter_id) or hidden.reached_document(x.document_id)
      or exists (select from app.destruction_items i where i.document_id = x.document_id and hidden.reaches(h.matter_id, i.class)))
$$;
grant select on app.holds, app.hold_documents, app.hold_custodians to subrosa_person;
create policy select_seen on app.holds for select to subrosa_person using (hidden.sees_hold(id));
create policy select_reached on app.hold_documents for select to subrosa_person using (hidden.reached_document(document_id));
create policy select_seen on app.hold_custodians for select to subrosa_person using (hidden.sees_hold(hold_id));

-- Its number; null: not theirs. Without documents the matter is held as a whole. SR013: a custodian who is not here.
create or replace function hidden.place_hold(hold uuid, matter uuid, words bytea, documents uuid[], custodians uuid[]) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare serial integer;
begin
  if not (hidden.may('hold.keep') and (hidden.reaches(matter) or hidden.registers(matter))) then return null; end if;
  perform hidden.one_at_a_time();
  -- whoever is destroying something of it comes first
  perform from app.matters m where m.id = matter and m.destroyed_at is null for no key update;
  if not found then return null; end if;
  if (select count(*) from app.documents d where d.id = any (documents) and d.matter_id = matter and hidden.reaches(matter, d.class))
    <> (select count(distinct x) from unnest(documents) x) then return null; end if;
  if exists (select from unnest(custodians) c where not hidden.is_here(c)) then raise exception 'not here' using errcode = 'SR013'; end if;
  select coalesce(max(h.number), 0) + 1 into serial from app.holds h;
  insert into app.holds (id, number, matter_id, whole, sealed_words, placed_by) values (hold, serial, matter, cardinality(documents) = 0, words, hidden.me());
  insert into app.hold_documents (hold_id, document_id) select distinct hold, x from unnest(documents) x;
  insert into app.hold_custodians (hold_id, person_id) select distinct hold, x from unnest(custodians) x;
  return serial;
end $$;
create or replace function hidden.lift_hold(hold uuid, words bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare h app.holds;
begin
  if not (hidden.is_fresh() and hidden.may('hold.keep') and hidden.sees_hold(hold)) then return false; end if;
  select * into h from app.holds x where x.id = hold for update;
  if h.lifted_at is not null then raise exception 'lifted' using errcode = 'SR025'; end if;
  if h.placed_by = hidden.me() then raise exception 'not by oneself' using errcode = 'SR012'; end if;
  update app.holds x set sealed_lifting = words, lifted_by = hidden.me(), lifted_at = clock_timestamp() where x.id = hold;
  return true;
end $$;
-- Its custodians, as far as they reach the matter: to others it would tell of it.
create or replace function hidden.custodians_to_tell(hold uuid) returns setof uuid
language sql stable security definer set search_path = '' as $$
  select c.person_id from app.hold_custodians c join app.holds h on h.id = c.hold_id
  where h.id = hold and h.placed_by = hidden.me() and hidden.sees(c.person_id, h.matter_id) and hidden.hears(c.person_id, h.placed_by)
$$;

create or replace function hidden.keep_held() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare held boolean; was jsonb := to_jsonb(old);
begin
  held := case tg_table_name
    when 'documents' then hidden.is_document_held(old.matter_id, (was ->> 'id')::uuid)
    when 'versions' then hidden.is_document_held(old.matter_id, (was ->> 'document_id')::uuid)
    -- a key that a newer one follows may go
    else hidden.is_matter_held(old.matter_id) and not exists (select from app.matter_keys k
      where k.matter_id = old.matter_id and k.purpose = was ->> 'purpose' and k.version > (was ->> 'version')::integer) end;
  if held then raise exception 'held' using errcode = 'SR050'; end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger keep_held before delete or update of matter_id on app.documents for each row execute function hidden.keep_held();
create trigger keep_held before delete or update of matter_id on app.versions for each row execute function hidden.keep_held();
create trigger keep_held before delete on app.matter_keys for each row execute function hidden.keep_held();

grant execute on function hidden.sees_hold(uuid), hidden.hold_size(uuid), hidden.place_hold(uuid, uuid, bytea, uuid[], uuid[]),
  hidden.lift_hold(uuid, bytea), hidden.custodians_to_tell(uuid) to subrosa_person;
