import type { Db } from '../../src/platform/postgres.ts'

/**
 * The schema as text: tables with their columns and constraints, indexes, policies, grants and functions' signatures.
 * Written to db/schema.sql by `npm run schema`, compared by the catalog test, and read in review.
 */
export async function dumpSchema(db: Db): Promise<string> {
  const lines: string[] = ['-- Made from the migrations and the access folder by `npm run schema`. Do not edit.', '']
  const tables = await db.rows<{ oid: number; name: string }>(
    `select c.oid, n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname in ('app', 'ledger', 'ops') order by 2`,
  )
  for (const table of tables) {
    lines.push(`table ${table.name}`)
    const columns = await db.rows<{ t: string }>(
      `select format('  %s %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' else '' end, coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')) as t
       from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum where a.attrelid = $1 and a.attnum > 0 and not a.attisdropped order by a.attnum`,
      [table.oid],
    )
    // since 18 a not-null is a constraint of its own; the columns say it already
    const constraints = await db.rows<{ t: string }>(
      `select '  ' || conname || ': ' || pg_get_constraintdef(oid) as t from pg_constraint where conrelid = $1 and contype <> 'n' order by conname`,
      [table.oid],
    )
    const indexes = await db.rows<{ t: string }>(
      `select '  ' || pg_get_indexdef(i.indexrelid) as t from pg_index i where i.indrelid = $1 and not exists (select from pg_constraint c where c.conindid = i.indexrelid) order by 1`,
      [table.oid],
    )
    const policies = await db.rows<{ t: string }>(
      `select format('  policy %s for %s to %s using (%s) with check (%s)', policyname, lower(cmd), array_to_string(roles, ', '), coalesce(qual, '-'), coalesce(with_check, '-')) as t from pg_policies where schemaname || '.' || tablename = $1 order by policyname`,
      [table.name],
    )
    const grants = await db.rows<{ t: string }>(
      `select format('  grant %s (%s) to %s', lower(privilege_type), string_agg(column_name, ', ' order by column_name), grantee) as t from information_schema.column_privileges
       where table_schema || '.' || table_name = $1 and grantee <> 'subrosa_owner' group by privilege_type, grantee order by 1`,
      [table.name],
    )
    const deletes = await db.rows<{ t: string }>(
      `select format('  grant %s to %s', lower(privilege_type), grantee) as t from information_schema.role_table_grants where table_schema || '.' || table_name = $1 and grantee <> 'subrosa_owner' and privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES') order by 1`,
      [table.name],
    )
    for (const row of [...columns, ...constraints, ...indexes, ...policies, ...grants, ...deletes])
      lines.push(row.t.replace(/\s+/g, ' ').replace(/^ /, '  '))
    lines.push('')
  }
  const functions = await db.rows<{ t: string }>(
    `select format('function %s returns %s%s to %s', fn.oid::regprocedure, pg_get_function_result(fn.oid), case when fn.prosecdef then ' as definer' else '' end,
       coalesce((select string_agg(pg_get_userbyid(a.grantee), ', ' order by 1) from aclexplode(fn.proacl) a where a.grantee <> fn.proowner), 'nobody')) as t
     from pg_proc fn join pg_namespace n on n.oid = fn.pronamespace where n.nspname = 'hidden' order by 1`,
  )
  return [...lines, ...functions.map((row) => row.t), ''].join('\n')
}
