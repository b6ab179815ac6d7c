-- Roles, by exposure. Run at every start by the role that DATABASE_URL names (it needs CREATEROLE and to own the
-- database, nothing more); a role that exists is left as it is. No role needs superuser or BYPASSRLS.
--
-- subrosa_owner    owns the schemas; nobody logs in as it
-- subrosa_gate     owns the few definer functions; granted to nobody who serves requests
-- subrosa_person   a person of the firm        } what a request with a session
-- subrosa_guest    someone outside             } becomes
-- subrosa_door     logs in for those; holds nothing itself, and inherits nothing
-- subrosa_visitor  logs in for what comes before a session: a sign-in, a set-up, an invitation. The door cannot
--                  become it, so that SQL which a person's request was made to run cannot begin a session
-- subrosa_clerk    logs in for housekeeping

do $$
declare r text;
  -- since 16 whoever creates a role administers it and cannot become it until they are granted that
  becomes text := case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end;
begin
  foreach r in array array['subrosa_gate', 'subrosa_person', 'subrosa_guest'] loop
    begin execute format('create role %I nologin noinherit', r); exception when duplicate_object or unique_violation then null; end;
  end loop;
  begin create role subrosa_owner nologin inherit; exception when duplicate_object or unique_violation then null; end;
  foreach r in array array['subrosa_door', 'subrosa_visitor', 'subrosa_clerk'] loop
    begin execute format('create role %I login noinherit', r); exception when duplicate_object or unique_violation then null; end;
  end loop;
  foreach r in array array['subrosa_owner', 'subrosa_gate'] loop
    if not pg_has_role(current_user, r, becomes) then execute format('grant %I to %I', r, current_user); end if;
  end loop;
  if not pg_has_role('subrosa_owner', 'subrosa_gate', becomes) then grant subrosa_gate to subrosa_owner; end if;
  foreach r in array array['subrosa_person', 'subrosa_guest'] loop
    if not pg_has_role('subrosa_door', r, becomes) then execute format('grant %I to subrosa_door', r); end if;
  end loop;
  execute format('revoke all on database %I from public', current_database());
  execute format('grant create, connect on database %I to subrosa_owner', current_database());
  execute format('grant connect on database %I to subrosa_door, subrosa_visitor, subrosa_clerk', current_database());
  revoke all on schema public from public;
end $$;
