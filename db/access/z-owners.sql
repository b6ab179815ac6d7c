-- Every definer function belongs to the gate, and to nobody does execution come by default.
do $$
declare f record;
begin
  for f in select fn.oid::regprocedure as signature, fn.prosecdef from pg_proc fn join pg_namespace n on n.oid = fn.pronamespace
           where n.nspname = 'hidden' loop
    execute format('revoke execute on function %s from public', f.signature);
    if f.prosecdef then execute format('alter function %s owner to subrosa_gate', f.signature);
    else execute format('grant execute on function %s to subrosa_gate', f.signature); end if;
  end loop;
end $$;
revoke create on schema hidden from subrosa_gate;
-- bodies were not looked at while they were made
set local check_function_bodies = on;
select pg_catalog.fmgr_sql_validator(fn.oid) from pg_proc fn join pg_namespace n on n.oid = fn.pronamespace join pg_language l on l.oid = fn.prolang
where n.nspname = 'hidden' and l.lanname = 'sql';
select pg_catalog.plpgsql_validator(fn.oid) from pg_proc fn join pg_namespace n on n.oid = fn.pronamespace join pg_language l on l.oid = fn.prolang
where n.nspname = 'hidden' and l.lanname = 'plpgsql';
