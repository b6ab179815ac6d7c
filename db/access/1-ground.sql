-- The ground: nobody holds anything, and row security is on and forced everywhere. What the files after this one
-- do not grant does not exist. Applied whole, in one transaction, whenever one byte of this folder changes.

do $$
declare t record; p record; f record;
begin
  for p in select schemaname, tablename, policyname from pg_policies where schemaname in ('app', 'ledger') loop
    execute format('drop policy %I on %I.%I', p.policyname, p.schemaname, p.tablename);
  end loop;
  for t in select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where n.nspname in ('app', 'ledger') and c.relkind in ('r', 'p') loop
    execute format('revoke all on %I.%I from public, subrosa_person, subrosa_guest, subrosa_visitor, subrosa_door, subrosa_clerk, subrosa_gate', t.nspname, t.relname);
    execute format('alter table %I.%I enable row level security', t.nspname, t.relname);
    execute format('alter table %I.%I force row level security', t.nspname, t.relname);
  end loop;
  -- functions too are made anew, so that what no file defines any more is gone
  for t in select c.oid::regclass as name, g.tgname from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace
           where n.nspname in ('app', 'ledger') and not g.tgisinternal loop
    execute format('drop trigger %I on %s', t.tgname, t.name);
  end loop;
  for f in select fn.oid::regprocedure as signature from pg_proc fn join pg_namespace n on n.oid = fn.pronamespace where n.nspname = 'hidden' loop
    execute format('drop function %s', f.signature);
  end loop;
end $$;

revoke all on schema app, ledger, hidden from public;
grant usage on schema app, ledger, hidden to subrosa_person, subrosa_clerk, subrosa_gate;
-- the visitor reaches named functions and no table
grant usage on schema hidden to subrosa_visitor;
-- so that the functions below can be handed to the gate
grant create on schema hidden to subrosa_gate;
-- functions may name one another in any order; z-owners.sql looks at all of them once they are there
set local check_function_bodies = off;
