import { expect, test } from 'vitest'
import { SETTING_VALUES } from '../src/contract/access.ts'
import { DEEDS } from '../src/contract/deeds.ts'
import { IN_PERSON, isGuarded, PERMISSIONS, ROLES, type Permission } from '../src/contract/roles.ts'
import { useWorld } from './world/world.ts'
import { dumpSchema } from './world/schema.ts'

const world = useWorld()
const ask = <T extends object>(text: string) => world.asSuperuser(world.database, (db) => db.rows<T>(text))

test('row security is on and forced on every table of the firm', async () => {
  const tables = await ask<{ name: string; on: boolean; forced: boolean }>(
    `select n.nspname || '.' || c.relname as name, c.relrowsecurity as on, c.relforcerowsecurity as forced
     from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')`,
  )
  // what the migrator did to the schema: names and hashes of our own files, granted to nobody
  const without = ['ops.access', 'ops.migrations']
  expect(
    tables
      .filter((table) => !table.on || !table.forced)
      .map((table) => table.name)
      .sort(),
  ).toEqual(without)
  const granted = await ask(`select 1 from information_schema.role_table_grants where table_schema = 'ops' and grantee <> 'subrosa_owner'`)
  expect(granted).toEqual([])
})

test('there are no views, and no role that passes row security', async () => {
  expect(
    await ask(
      `select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('v', 'm') and n.nspname in ('app', 'ledger', 'hidden', 'ops')`,
    ),
  ).toEqual([])
  const roles = await ask<{ name: string; strong: boolean; login: boolean }>(
    `select rolname as name, rolsuper or rolbypassrls or rolreplication or rolcreatedb as strong, rolcanlogin as login from pg_roles where rolname like 'subrosa\\_%' and rolname not in ('subrosa_cluster', 'subrosa_migrator')`,
  )
  expect(roles.filter((role) => role.strong)).toEqual([])
  expect(
    roles
      .filter((role) => role.login)
      .map((role) => role.name)
      .sort(),
  ).toEqual(['subrosa_clerk', 'subrosa_door', 'subrosa_visitor'])
})

test('nothing is granted to everybody, and the visitor holds no table', async () => {
  expect(
    await ask(
      `select table_name from information_schema.role_table_grants where table_schema in ('app', 'ledger') and grantee in ('PUBLIC', 'subrosa_visitor', 'subrosa_guest', 'subrosa_door')`,
    ),
  ).toEqual([])
  expect(
    await ask(
      `select fn.proname from pg_proc fn join pg_namespace n on n.oid = fn.pronamespace where n.nspname = 'hidden' and has_function_privilege('public', fn.oid, 'execute')`,
    ),
  ).toEqual([])
})

test('nobody may change or delete what the ledger holds', async () => {
  const rights = await ask<{ grantee: string; table_name: string; privilege_type: string }>(
    `select grantee, table_name, privilege_type from information_schema.role_table_grants where table_schema = 'ledger' and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE') and grantee <> 'subrosa_owner'`,
  )
  expect(rights.map((right) => `${right.grantee} ${right.privilege_type} ${right.table_name}`).sort()).toEqual([
    'subrosa_clerk DELETE pending',
    'subrosa_clerk UPDATE matter_counts',
  ])
})

test('every definer function belongs to the gate and has a fixed search path; the gate is granted to no one who serves', async () => {
  const functions = await ask<{ name: string; owner: string; path: string[] | null }>(
    `select fn.proname as name, pg_get_userbyid(fn.proowner) as owner, fn.proconfig as path from pg_proc fn join pg_namespace n on n.oid = fn.pronamespace where n.nspname = 'hidden' and fn.prosecdef`,
  )
  expect(functions.length).toBeGreaterThan(10)
  // how a plan is chosen changes what an answer costs and not what it is
  const PLANS = ['plan_cache_mode=force_generic_plan', 'plan_cache_mode=force_custom_plan', 'enable_seqscan=off']
  const paths = (one: (typeof functions)[number]) => one.path?.filter((set) => !PLANS.includes(set))
  for (const one of functions) expect([one.owner, paths(one)], one.name).toEqual(['subrosa_gate', ['search_path=""']])
  const members = await ask<{ member: string }>(
    `select pg_get_userbyid(m.member) as member from pg_auth_members m where m.roleid = 'subrosa_gate'::regrole`,
  )
  expect([...new Set(members.map((row) => row.member))].sort()).toEqual(['subrosa_migrator', 'subrosa_owner'])
})

test('the roles in the database are those of the contract', async () => {
  const rows = await ask<{ role: string; permissions: string[] }>('select role, permissions from app.roles where sealed_name is null')
  expect(Object.fromEntries(rows.map((row) => [row.role, [...row.permissions].sort()]))).toEqual(
    Object.fromEntries(Object.entries(ROLES).map(([role, permissions]) => [role, [...permissions].sort()])),
  )
  const held = new Set(rows.flatMap((row) => row.permissions))
  expect(Object.keys(PERMISSIONS).filter((permission) => !held.has(permission))).toEqual([])
})

test('what is guarded, and what is done in person, are the same lists in both places', async () => {
  const rows = await ask<{ permission: string; guarded: boolean; in_person: boolean }>(
    `select p as permission, hidden.is_guarded(array[p]) as guarded, hidden.in_person(array[p]) as in_person from unnest('{${Object.keys(PERMISSIONS).join(',')}}'::text[]) p`,
  )
  for (const row of rows) {
    const permission = row.permission as Permission
    expect([permission, row.guarded, row.in_person]).toEqual([permission, isGuarded([permission]), IN_PERSON.includes(permission)])
  }
})

test('each setting of the contract can be kept, and no other', async () => {
  const rows = await ask<{ check: string }>(
    `select pg_get_constraintdef(oid) as check from pg_constraint where conname = 'settings_name_check'`,
  )
  expect([...rows[0]!.check.matchAll(/'(\w+)'::text/g)].map((match) => match[1]).sort()).toEqual(Object.keys(SETTING_VALUES).sort())
})

test('db/schema.sql is what the migrations make', async () => {
  await expect(await world.asSuperuser(world.database, dumpSchema)).toMatchFileSnapshot('../db/schema.sql')
})

test('the deeds that a person may write are those of the contract, less the visitor’s and the clerk’s', async () => {
  const [policy] = await ask<{ check: string }>(
    `select with_check as check from pg_policies where schemaname = 'ledger' and tablename = 'entries' and policyname = 'insert_own'`,
  )
  const written = [...policy!.check.matchAll(/'([a-z]+\.[a-z]+)'::text/g)].map((match) => match[1]!)
  const others = [
    'address.confirmed',
    'firm.founded',
    'person.joined',
    'session.created',
    'session.refused',
    'session.proved',
    'session.moved',
    'account.closed',
    'password.reset',
    'password.forgotten',
    'passkey.cloned',
    'document.delivered',
    'destruction.stopped',
    'document.destroyed',
    'matter.destroyed',
    'certificate.issued',
    'bundle.delivered',
    'document.cleared',
    'version.broken',
    'version.mended',
    'storage.moved',
    'key.rotated',
    'key.recovered',
    'root.put',
    'root.taken',
    'root.opened',
    'root.failed',
    'ledger.restored',
    'ledger.checked',
    'receiver.failed',
    'receiver.back',
    'ledger.delivered',
    'review.due',
    'witness.differed',
    'checkpoint.mailed',
  ]
  expect([...new Set(written)].filter((name) => name in DEEDS).sort()).toEqual(
    Object.keys(DEEDS)
      .filter((deed) => !others.includes(deed))
      .sort(),
  )
})
