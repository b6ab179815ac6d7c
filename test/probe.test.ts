import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { calls } from '../src/contract/calls.ts'
import type { ProbeView } from '../src/contract/probe.ts'
import { parseCheckpoint } from '../src/core/checkpoint.ts'
import { openNote, parseVkey, signerOf } from '../src/core/note.ts'
import { ledgerKey } from '../src/features/ledger/tree.ts'
import { codeIn } from './world/asking.ts'
import { codeOf } from './world/build.ts'
import { run } from './world/process.ts'
import { probed, started } from './world/probing.ts'
import { idsOf } from './world/walling.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const SLOW = process.env.SLOW === '1'
/** A probe asks some thousand questions. */
const LONG = { timeout: 600_000 }
const rows = <T extends object>(text: string, values: unknown[] = []) => world.asSuperuser(world.database, (db) => db.rows<T>(text, values))

/** The one that several tests look at, and what others knew before it. */
let first: ProbeView
const known: Record<string, unknown> = {}
const look = async () => ({
  notices: [await world.ruth.ok('notice.list'), await world.ada.ok('notice.list'), await world.sam.ok('notice.list')],
  people: (await world.ada.ok('person.list')).people.length,
  groups: await world.ada.ok('group.list'),
  requests: await world.ruth.ok('grant.list'),
  reviews: await world.ruth.ok('grant.reviews'),
  checks: await world.ruth.ok('conflict.list'),
  approvals: await world.ruth.ok('approval.list'),
  matters: [await world.ada.ok('matter.list'), await world.ben.ok('matter.list'), await world.cora.ok('matter.list')],
})

test(
  'a walled twin cannot tell what is behind the wall from what is not there, on any route; the command prints what was found and keeps the report',
  LONG,
  async () => {
    const home = join(world.dir, 'home')
    const { email, password, totp } = world.account('ruth')
    const place = ['--data', join(world.dir, 'data')]
    await world.forgetUsedCodes()
    const login = ['login', ...place, '--email', email, '--password-file', '-', '--code', codeOf(totp)]
    expect(await run(home, login, `${password}\n`)).toMatchObject({ code: 0 })
    Object.assign(known, await look())
    const out = join(world.dir, 'report.txt')
    const done = await run(home, ['probe', ...place, '--person', world.account('cora').email, '--out', out])
    first = (await world.ruth.ok('probe.list')).probes[0]!
    expect(world.log.filter((line) => line.includes(' error '))).toEqual([])
    expect(first.differences).toEqual([])
    expect([done.code, done.stdout]).toEqual([
      0,
      `0 differences over ${Object.keys(calls).length} routes. The signed report is in ${out}.\n`,
    ])
    expect(first).toMatchObject({ state: 'passed', routes: Object.keys(calls).length, progress: 1, by: 'Ruth Okafor', twinOf: 'Cora Lind' })
    expect(first.asked).toBeGreaterThan(2000)
    expect(await readFile(out, 'utf8')).toContain('\ntwin of: Cora Lind\n')
    expect((await run(home, ['probe', ...place, '--tries', 'many'])).code).toBe(2)
    expect((await run(home, ['probe', ...place, '--person', 'nobody@wren-ames.test'])).code).toBe(2)
  },
)

test('nothing of a probe is left but what stays recorded: its people are gone, nobody was told, nobody sees what it asked for', async () => {
  const people = await rows<{ id: string; gone: boolean }>(
    'select id, leaves_at <= now() and settled_at is not null as gone from app.people where probe_id = $1',
    [first.id],
  )
  expect(people.map((one) => one.gone)).toEqual(Array(6).fill(true))
  const ids = people.map((one) => one.id)
  for (const text of [
    'select 1 from app.sessions where person_id = any ($1) and revoked_at is null',
    'select 1 from app.team_members where person_id = any ($1) and (ends_at is null or ends_at > now())',
    `select 1 from app.matters where created_by = any ($1) and status <> 'closed'`,
    'select 1 from app.requests where person_id = any ($1)',
    'select 1 from app.saved_searches where person_id = any ($1)',
    'select 1 from app.checks where asked_by = any ($1)',
    'select 1 from app.groups where made_by = any ($1)',
    'select 1 from app.names where added_by = any ($1)',
    `select 1 from app.confirmations where asked_by = any ($1) and state = 'waiting'`,
  ])
    expect([text, await rows(text, [ids])]).toEqual([text, []])
  expect((await rows('select 1 from app.walls where raised_by = any ($1)', [ids])).length).toBe(1)
  expect((await rows('select 1 from app.matters where created_by = any ($1)', [ids])).length).toBe(1)
  expect(await look()).toEqual(known)
})

test('the ledger says who ran it and of whom the twin was, and then what came of it', async () => {
  const ruth = (await idsOf(world)).ruth
  const entries = await rows<{ via: string; actor: string | null; object: string }>(
    `select via, actor, object from ledger.entries where deed = 'probe.run' order by at, id`,
  )
  const cora = (await idsOf(world)).cora
  expect(entries).toEqual([
    { via: 'command', actor: ruth, object: cora },
    { via: 'clerk', actor: null, object: cora },
  ])
})

test('its report is signed with the ledger’s key and cannot stand in for a checkpoint', async () => {
  const note = (await world.ruth.ask('probe.report', { params: { probe: first.id } })).bytes.toString()
  const seed = world.firm.house.keys.ledgerSeed
  const ledger = ledgerKey(seed)
  const own = signerOf(`${ledger.name}/leak-probe`, seed)
  const { text } = openNote(note, [parseVkey(own.vkey)])
  expect(text).toContain('\nresult: passed\n')
  expect(text).toContain(`\nprobe: ${first.id}\n`)
  expect(text).toContain('\nbefore and after: compared\n')
  for (const id of Object.keys(calls)) expect(text).toContain(`\n  ${id}\n`)
  // the same 32 bytes, and yet another key: the name is part of its id
  expect(own.vkey.split('+')[2]).toBe(ledger.vkey.split('+')[2])
  expect(() => openNote(note, [parseVkey(ledger.vkey)])).toThrow('no known key has signed the note')
  expect(() => parseCheckpoint(text)).toThrow()
  expect(() => openNote(note.replace('result: passed', 'result: failed'), [parseVkey(own.vkey)])).toThrow()
  // it is for those who run probes, and lies sealed
  for (const who of [world.ada, world.ben, world.sam])
    expect(await who.refused('probe.report', { params: { probe: first.id } })).toBe('may.not')
  const [row] = await rows<{ t: string }>(`select encode(sealed_words, 'escape') as t from app.probes where id = $1`, [first.id])
  expect(row!.t).not.toContain('leak')
})

// ruth oversees the whole firm
test.runIf(SLOW).each(['ada', 'ben', 'sam', 'ruth'])('a walled twin of %s cannot either', LONG, async (person) => {
  expect((await probed(world, person)).differences).toEqual([])
})

test.runIf(SLOW)('no answer can be told apart by its time', { timeout: 14_400_000 }, async () => {
  const probe = await probed(world, 'cora', { tries: 400 })
  expect(probe.differences).toEqual([])
  const report = (await world.ruth.ask('probe.report', { params: { probe: probe.id } })).bytes.toString()
  expect(report).toMatch(/matter\.read: \d+ tries: threshold \d+ of \d+, p = [\d.e-]+; rank/)
})

test('one probe runs at a time; it is for those who oversee, with a factor just proved, and of someone who is there', LONG, async () => {
  const person = (await idsOf(world)).cora!
  for (const who of [world.ada, world.ben, world.sam]) {
    expect(await who.refused('probe.start', { body: { person } })).toBe('may.not')
    expect(await who.refused('probe.list')).toBe('may.not')
  }
  await rows(`update app.sessions set factor_at = now() - interval '1 hour'`)
  expect(codeIn(await world.ruth.ask('probe.start', { body: { person } }))).toBe('factor.stale')
  await world.refresh()
  expect(await world.ruth.refused('probe.start', { body: { person: world.orchard.id } })).toBe('nothing')
  const running = await started(world, 'sam')
  expect(await world.ruth.refused('probe.start', { body: { person } })).toBe('probe.running')
  expect(await world.ruth.refused('probe.report', { params: { probe: running.id } })).toBe('probe.running')
  // a twin of an administrator runs nothing
  await expect.poll(() => rows('select 1 from app.people where probe_id = $1', [running.id])).toHaveLength(6)
  const kept = await rows<{ permissions: string[] }>(
    'select r.permissions from app.people p cross join lateral hidden.roles_of(p.id) r where p.probe_id = $1',
    [running.id],
  )
  const firm = ['person.invite', 'person.change', 'role.change', 'setting.change', 'approval.give', 'matrix.change']
  expect(kept.flatMap((one) => one.permissions).filter((one) => firm.includes(one))).toEqual([])
  expect(kept.flatMap((one) => one.permissions)).toContain('person.read')
  // nobody becomes a twin of a twin
  const [twin] = await rows<{ id: string }>('select id from app.people where probe_id = $1 and leaves_at is null', [running.id])
  expect(await world.ruth.refused('probe.start', { body: { person: twin!.id } })).toBe('nothing')
})

test('a probe whose program stops is broken, and nothing of it stays open; neither does one whose program was killed', LONG, async () => {
  const [running] = (await world.ruth.ok('probe.list')).probes
  expect(running!.state).toBe('running')
  await pause(500)
  await world.firm.stop()
  const open = () =>
    rows('select 1 from app.sessions s join app.people p on p.id = s.person_id where p.probe_id is not null and s.revoked_at is null')
  expect(await open()).toEqual([])
  // as a kill leaves it
  await rows('update app.probes set ended_at = null where id = $1', [running!.id])
  await rows('update app.sessions set revoked_at = null where person_id in (select id from app.people where probe_id = $1)', [running!.id])
  expect((await open()).length).toBeGreaterThan(0)
  await world.start()
  expect(await open()).toEqual([])
  for (const name of ['ada', 'ben', 'cora', 'ruth', 'sam'] as const) world[name] = await world.signIn(world.account(name), name)
  const [newest] = (await world.ruth.ok('probe.list')).probes
  expect(newest).toMatchObject({ id: running!.id, state: 'broken' })
  expect(newest!.endedAt).not.toBeNull()
  expect((await world.ruth.ask('probe.report', { params: { probe: newest!.id } })).status).toBe(404)
  expect(world.log.splice(0).filter((line) => line.includes('couldn’t')).length).toBe(1)
})
