-- Emptying the trash of a matter: one destruction of what is in it and free. What is held or asked for already stays, and so does
-- what was taken out again before the clerk came.

grant update (emptying, stayed) on app.destructions to subrosa_gate;

-- What is in the trash, within reach, and does not go: 'hold', or 'asked' where it waits for a second person already or is under way.
create or replace function hidden.kept_in_trash(matter uuid) returns table (id uuid, why text)
language sql volatile security definer set search_path = '' as $$
  select x.id, x.why from (
    select d.id, case when hidden.is_document_held(matter, d.id) then 'hold'
      when exists (select from app.destruction_items i join app.destructions s on s.id = i.destruction_id left join app.confirmations c on c.destruction_id = s.id
        where i.document_id = d.id and (s.state = 'approved' or s.state = 'asked' and c.state = 'waiting' and c.ends_at > clock_timestamp())) then 'asked' end as why
    from app.documents d
    where d.matter_id = matter and d.trashed_at is not null and hidden.may('document.destroy') and hidden.reaches(d.matter_id, d.class)) x
  where x.why is not null order by x.id
$$;

-- False: not theirs to ask, or one of them is not in the trash.
create or replace function hidden.ask_emptying(destruction uuid, confirmation uuid, matter uuid, documents uuid[], words bytea, names bytea, reason bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not hidden.ask_destruction(destruction, confirmation, 'document.destroy', matter, documents, words, names, reason) then return false; end if;
  if exists (select from app.documents d where d.id = any (documents) and d.trashed_at is null) then return false; end if;
  update app.destructions x set emptying = true, stayed = (select count(*) from hidden.kept_in_trash(matter) k where k.id <> all (documents)) where x.id = destruction;
  return true;
end $$;

-- Before it is approved, and before it is begun: how many are left to go.
create or replace function hidden.thin_emptying(destruction uuid) returns bigint
language plpgsql volatile security definer set search_path = '' as $$
declare d app.destructions; stay integer;
begin
  select * into d from app.destructions x where x.id = destruction;
  if d.emptying then
    perform from app.documents x where x.id in (select i.document_id from app.destruction_items i where i.destruction_id = destruction) order by x.id for update;
    delete from app.destruction_items i where i.destruction_id = destruction and (hidden.is_document_held(d.matter_id, i.document_id) or not exists (
      select from app.documents x where x.id = i.document_id and x.matter_id = d.matter_id and x.trashed_at is not null and x.locked_at is null and x.out_by is null));
    get diagnostics stay = row_count;
    update app.destructions x set stayed = x.stayed + stay where x.id = destruction;
  end if;
  return (select count(*) from app.destruction_items i where i.destruction_id = destruction);
end $$;

grant execute on function hidden.kept_in_trash(uuid), hidden.ask_emptying(uuid, uuid, uuid, uuid[], bytea, bytea, bytea) to subrosa_person;
