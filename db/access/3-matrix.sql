-- The handling matrix (catalogue, section 7). Version 0 is what the firm begins with; what follows is the firm's own.
-- A firm's version is complete: a cell that a newer program knows and it does not is taken from version 0.

create policy owner_writes on app.matrix to subrosa_owner using (true) with check (true);
insert into app.matrix (version, rules) values (0, $matrix$
{
  "classes": {
    "public": {"storage": "matter key", "groups": true, "maxGroup": null, "open": "session", "download": true, "downloadAsks": "session", "print": true, "watermark": false,
      "channels": ["portal", "smime", "pgp", "tls", "mail", "paper"], "recipientLevel": "V0", "recipientFirst": "V0", "sendDelay": 0, "secondPerson": false, "shareDays": null,
      "notify": "all", "ai": "allowed", "reviewDays": null, "retention": "none", "retentionYears": 0},
    "internal": {"storage": "matter key", "groups": true, "maxGroup": null, "open": "session", "download": true, "downloadAsks": "session", "print": true, "watermark": false,
      "channels": ["portal", "smime", "pgp", "tls", "mail", "paper"], "recipientLevel": "V1", "recipientFirst": "V1", "sendDelay": 30, "secondPerson": false, "shareDays": 180,
      "notify": "title", "ai": "approved", "reviewDays": 365, "retention": "firm", "retentionYears": 3},
    "confidential": {"storage": "matter key", "groups": true, "maxGroup": null, "open": "session", "download": true, "downloadAsks": "session", "print": true, "watermark": false,
      "channels": ["portal", "smime", "pgp", "tls", "paper"], "recipientLevel": "V2", "recipientFirst": "V2", "sendDelay": 120, "secondPerson": false, "shareDays": 90,
      "notify": "nothing", "ai": "approved without training", "reviewDays": 365, "retention": "matter", "retentionYears": 7},
    "privileged": {"storage": "matter key", "groups": true, "maxGroup": 15, "open": "session", "download": true, "downloadAsks": "fresh", "print": true, "watermark": true,
      "channels": ["portal", "smime", "pgp"], "recipientLevel": "V2", "recipientFirst": "V3", "sendDelay": 120, "secondPerson": false, "shareDays": 60,
      "notify": "nothing", "ai": "consent", "reviewDays": 182, "retention": "matter", "retentionYears": 7},
    "restricted": {"storage": "matter and document key", "groups": false, "maxGroup": null, "open": "passkey", "download": false, "downloadAsks": "passkey", "print": false, "watermark": true,
      "channels": ["portal"], "recipientLevel": "V3", "recipientFirst": "V4", "sendDelay": 120, "secondPerson": true, "shareDays": 14,
      "notify": "nothing", "ai": "forbidden", "reviewDays": 90, "retention": "matter", "retentionYears": 7}
  },
  "dataTypes": {
    "us-ssn": {"minimum": "confidential", "does": "refuse"}, "uk-nino": {"minimum": "confidential", "does": "refuse"}, "iban": {"minimum": "confidential", "does": "refuse"},
    "card": {"minimum": "confidential", "does": "refuse"}, "health": {"minimum": "restricted", "does": "suggest"}, "child": {"minimum": "restricted", "does": "suggest"},
    "privileged-marker": {"minimum": "privileged", "does": "suggest"}
  }
}
$matrix$) on conflict (version) do update set rules = excluded.rules;
drop policy owner_writes on app.matrix;

grant select on app.matrix to subrosa_person, subrosa_gate;
create policy gate_reads on app.matrix for select to subrosa_gate using (true);
create policy select_by_permission on app.matrix for select to subrosa_person using ((select hidden.may('matrix.read')));

-- A version with what it does not say taken from version 0; null: the one that holds, which is everyone's to be handled by.
create or replace function hidden.matrix_at(which integer) returns table (version integer, rules jsonb)
language sql stable security definer set search_path = '' as $$
  select m.version, jsonb_build_object(
    'classes', (select jsonb_object_agg(c.key, c.value || coalesce(m.rules #> array['classes', c.key], '{}')) from jsonb_each(z.rules -> 'classes') c),
    'dataTypes', (z.rules -> 'dataTypes') || coalesce(m.rules -> 'dataTypes', '{}'))
  from app.matrix z join app.matrix m on m.version = coalesce(which, (select max(n.version) from app.matrix n))
  where z.version = 0 and case when which is null then hidden.me() is not null else hidden.may('matrix.read') end
$$;
-- By which a reader knows that it has read the one that holds; null where nobody asks.
create or replace function hidden.matrix_tag() returns text
language plpgsql stable security definer set search_path = '' as $$
begin
  if hidden.me() is null then return null; end if;
  return (select string_agg(m.version || ' ' || md5(m.rules::text), ' ' order by m.version) from app.matrix m
    where m.version = 0 or m.version = (select max(n.version) from app.matrix n));
end $$;
-- One cell of the matrix that holds, as JSON; version 0 where the firm's own does not say.
create or replace function hidden.handling(class text, cell text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce(
    (select m.rules #> array['classes', class, cell] from app.matrix m order by m.version desc limit 1),
    (select m.rules #> array['classes', class, cell] from app.matrix m where m.version = 0));
end $$;
create or replace function hidden.groups_may(class text) returns boolean
language sql stable security definer set search_path = '' as $$
  select coalesce((hidden.handling(class, 'groups'))::text = 'true', false)
$$;
-- Whether a class lets a practice group in that is this large now; both cells are read at once, for this is asked at every row.
create or replace function hidden.group_fits(which uuid, class text) returns boolean
language plpgsql stable security definer set search_path = '' cost 10000 as $$
declare cells jsonb;
begin
  cells := (select (z.rules #> array['classes', class]) || coalesce((select m.rules #> array['classes', class] from app.matrix m order by m.version desc limit 1), '{}')
    from app.matrix z where z.version = 0);
  return coalesce(cells ->> 'groups' = 'true'
    and (cells -> 'maxGroup' = 'null' or (select count(*) from app.group_members m where m.group_id = which) <= (cells ->> 'maxGroup')::integer), false);
end $$;

-- A new version, made from the newest; what it lets in no more is closed in the same act. False: not theirs. SR023: someone
-- changed it in between.
create or replace function hidden.change_matrix(made_from integer, what jsonb, reason bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not (hidden.may('matrix.change') and hidden.is_fresh()) then return false; end if;
  perform hidden.one_at_a_time();
  if made_from <> (select max(m.version) from app.matrix m) then raise exception 'changed in between' using errcode = 'SR023'; end if;
  insert into app.matrix (version, rules, sealed_reason, set_by) values (made_from + 1, what, reason, hidden.me());
  perform hidden.close_unfit(g.matter_id) from app.matter_groups g where g.ends_at is null or g.ends_at > clock_timestamp();
  return true;
end $$;
grant insert on app.matrix to subrosa_gate;
create policy gate_writes on app.matrix for insert to subrosa_gate with check (true);
grant execute on function hidden.matrix_at(integer), hidden.matrix_tag(), hidden.groups_may(text), hidden.change_matrix(integer, jsonb, bytea) to subrosa_person;
