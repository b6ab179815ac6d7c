-- The wall: what stands under a matter is there for its team and for nobody else, whatever their roles.
-- One text for every table, so that there is one wall. The shape (correlated exists, me() as an init-plan) is the
-- measured one: see docs/decisions/0002. An administrator, the owner and the gate's own requests pass no policy here.

do $$
declare t record;
begin
  for t in select * from (values
    ('app.matters', 'id'), ('app.matter_keys', 'matter_id'), ('app.folders', 'matter_id'),
    ('app.documents', 'matter_id'), ('app.versions', 'matter_id'), ('app.openings', 'matter_id')
  ) as walled (name, matter) loop
    execute format($policy$
      create policy select_within_reach on %1$s for select to subrosa_person using (
        exists (
          select from app.team_members t
          where t.matter_id = %1$s.%2$I and t.person_id = (select hidden.me())
            and t.starts_at <= statement_timestamp() and (t.ends_at is null or t.ends_at > statement_timestamp())))
    $policy$, t.name, t.matter);
  end loop;
end $$;
