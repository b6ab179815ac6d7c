import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { canonical } from '../src/core/canonical.ts'
import { cosignerOf } from '../src/core/cosignature.ts'
import { CORE_FILES, FORMAT, MANIFEST, REPORT } from '../src/core/evidence.ts'
import { checkBundle, type Evidence } from '../src/core/evidence-check.ts'
import { whyShut } from '../src/core/evidence-words.ts'
import { readStoredZip, storedZip } from '../src/core/stored-zip.ts'
import { destroyDue } from '../src/features/destruction/executing.ts'
import { forgetMatterKeys } from '../src/features/keys/matter-keys.ts'
import { signingKey } from '../src/features/ledger/tree.ts'
import { askWitnesses } from '../src/features/witnesses/asking.ts'
import { silentLog } from '../src/platform/log.ts'
import { makeWitness } from '../src/witness/folder.ts'
import { trustLog } from '../src/witness/logs.ts'
import { serveWitness } from '../src/witness/server.ts'
import type { Caller } from './world/caller.ts'
import { Filed } from './world/filed.ts'
import { run } from './world/process.ts'
import { askPython, askPythonOfMany, hasPython } from './world/python-verifier.ts'
import { useWorld } from './world/world.ts'

// what a bundle proves after the firm's key was replaced, a matter's keys destroyed, and its ledger witnessed
const world = useWorld()
const firm = new Filed(world)
const home = await mkdtemp(join(tmpdir(), 'evidence-'))
afterAll(() => rm(home, { recursive: true, force: true }))
beforeEach(() => world.refresh())

const hasPdf = spawnSync('pdftotext', ['-v']).status === 0
const key = () => signingKey(world.firm.house.keys).vkey
const sql = <T extends object>(text: string, values: unknown[] = []) => world.asSuperuser(world.database, (db) => db.rows<T>(text, values))

/** A bundle that holds, by the key named, for the program and for a stranger's. */
async function made(by: Caller, of: object, known = [key()], more: object = {}): Promise<Evidence & { zip: Buffer; python: string }> {
  const reply = await by.ask('bundle.create', { body: { of, ...more } as never })
  expect(reply.status, reply.bytes.toString('utf8', 0, 300)).toBe(200)
  const { faults, evidence } = checkBundle(reply.bytes, { keys: known })
  expect(faults).toEqual([])
  const python = hasPython ? askPython(reply.bytes, ...known) : null
  if (python) expect(python).toMatchObject({ status: 0, stderr: '' })
  return { ...evidence!, zip: reply.bytes, python: python?.stdout ?? '' }
}
const isRefused = (zip: Buffer, ...known: string[]) => {
  expect(checkBundle(zip, { keys: known }).faults).not.toEqual([])
  if (hasPython) expect(askPython(zip, ...known).status).toBe(1)
}

async function finish(destruction: string): Promise<void> {
  for (let tries = 0; tries < 5; tries += 1) {
    await destroyDue(world.firm.house)
    await world.firm.sequencer.run()
  }
  const [row] = await sql<{ state: string }>('select state from app.destructions where id = $1', [destruction])
  expect(row!.state).toBe('certified')
}
const approve = async (by: Caller, confirmation: string) =>
  expect((await by.ask('confirmation.decide', { params: { confirmation: confirmation as never }, body: { approve: true } })).status).toBe(
    204,
  )

test('after its key was replaced the firm’s evidence holds by its new key and by each before it, and not with an epoch left out', async () => {
  const first = key()
  const before = await made(world.ada, { matter: world.orchard.id })
  for (let times = 0; times < 2; times += 1) {
    const { id } = await world.sam.ok('key.rotate', { body: { what: 'ledger' } })
    await expect
      .poll(async () => (await world.sam.ok('key.list')).rotations.find((one) => one.id === id)!.endedAt, { timeout: 30_000 })
      .not.toBeNull()
  }
  expect(key()).not.toBe(first)
  const { zip, keys, head, entries } = await made(world.ada, { matter: world.orchard.id })
  expect([keys.length, keys[0], keys.at(-1)]).toEqual([3, first, key()])
  expect(entries.length).toBeGreaterThan(before.entries.length)
  for (const known of keys) {
    expect(checkBundle(zip, { keys: [known] })).toMatchObject({ faults: [], evidence: { isKnownKey: true } })
    if (hasPython) expect(askPython(zip, known)).toMatchObject({ status: 0, stdout: expect.stringContaining('Holds') })
  }
  // one made before stays what it was, by the key of its time
  expect(checkBundle(before.zip, { keys: [first] }).faults).toEqual([])
  isRefused(before.zip, key())

  // what the firm itself could pack anew, with its newest key
  const { sign } = signingKey(world.firm.house.keys)
  const files = readStoredZip(zip)
  const [one, two] = head.log.epochs as [string, string]
  for (const epochs of [[], [one], [two], [two, one], [one, one]]) {
    const changed = { ...head, log: { ...head.log, epochs } }
    const parts = new Map(files.map((file) => [file.name, file.bytes]))
    const again = packAgain({ ...Object.fromEntries(parts), 'evidence.json': Buffer.from(`${canonical(changed as never)}\n`) }, sign)
    isRefused(again)
  }
  expect(checkBundle(packAgain(Object.fromEntries(files.map((file) => [file.name, file.bytes])), sign)).faults).toEqual([])
})

/** The same bundle without its page, its list signed anew. */
function packAgain(files: Record<string, Uint8Array>, sign: (text: string) => string): Buffer {
  const names = [...CORE_FILES, REPORT]
  const lines = names.map((name) => `${createHash('sha256').update(files[name]!).digest('hex')} ${files[name]!.length} ${name}\n`)
  const list = { name: MANIFEST, bytes: Buffer.from(sign(`${FORMAT}\n${lines.join('')}`)) }
  return storedZip([list, ...names.map((name) => ({ name, bytes: files[name]! }))])
}

const printed = (zip: Buffer) =>
  execFileSync('pdftotext', ['-layout', '-', '-'], {
    input: readStoredZip(zip).find((file) => file.name === 'report.pdf')!.bytes,
    encoding: 'utf8',
  }).replaceAll(/\s+/g, ' ')

describe('what was destroyed', () => {
  async function destroyed(): Promise<{ one: string; two: string; today: string }> {
    await firm.beginAnew()
    const [one, two] = [await firm.file('Falk.txt', 'Experts', 'what Dr Falk wrote'), await firm.file('Gone.txt')]
    const body = { documents: [two.id], reason: 'Past its time', basis: 'Schedule 7' }
    const asked = await world.ada.ok('document.destroy', { ...firm.here(), body })
    await approve(world.ben, asked.confirmation)
    await finish(asked.destruction)
    return { one: one.id, two: two.id, today: new Date().toISOString().slice(0, 10) }
  }
  const wordsOf = ({ head, entries }: Evidence) => {
    const why = whyShut(head, entries)
    return entries.map((entry) => [entry.leaf!.deed, why(entry, 'details')])
  }
  const said = async (zip: Buffer): Promise<string> => {
    const path = join(home, 'bundle.zip')
    await writeFile(path, zip)
    const done = await run(home, ['verify', path])
    expect([done.code, done.stderr]).toEqual([0, ''])
    return done.stdout
  }

  test('a document: its entries are proved, say on which day, and name nothing of it', async () => {
    const { two, today } = await destroyed()
    for (const of of [{ matter: firm.matter }, { document: two }]) {
      const bundle = await made(world.ada, of)
      expect(wordsOf(bundle).filter(([, why]) => why !== null)).toEqual([
        ['document.added', `destroyed on ${today}`],
        ['document.destroyed', `destroyed on ${today}`],
      ])
      expect(bundle.zip.includes('Gone.txt')).toBe(false)
      expect(bundle.python).toContain('Details destroyed, which open no more: of 2 entries.')
      expect(await said(bundle.zip)).toContain('The details of 2 entries were destroyed and open no more; the proof holds without them.')
      if (hasPdf) expect(printed(bundle.zip)).toContain(`(details destroyed on ${today})`)
    }
    // and one that stands is called by its name
    const stays = await firm.file('Stays.txt')
    expect((await made(world.ada, { document: stays.id })).head.names[stays.id]).toBe('Stays.txt')
  })

  test('a matter whose half of the key store is lost was not destroyed, and its evidence does not say so', async () => {
    await firm.beginAnew()
    await firm.file('Stays.txt')
    const half = join(world.dir, 'data/keystore', firm.matter)
    const kept = await readFile(half)
    await rm(half)
    forgetMatterKeys(firm.matter)
    const lost = await made(world.ada, { matter: firm.matter })
    expect([lost.head.destroyed, [...new Set(wordsOf(lost).map(([, why]) => why))]]).toEqual([[], ['sealed']])
    await writeFile(half, kept)
    forgetMatterKeys(firm.matter)
    expect(wordsOf(await made(world.ada, { matter: firm.matter })).map(([, why]) => why)).toContain(null)
  })

  test('a matter with its keys: whoever oversees proves all its entries, and each says when; to its team it is nothing', async () => {
    const { one, today } = await destroyed()
    await world.ada.ok('matter.close', { ...firm.here(), body: { reason: 'Done' } })
    const asked = await world.ada.ok('matter.destroy', { ...firm.here(), body: { reason: 'Past its time', basis: 'Schedule 7' } })
    await approve(world.ruth, asked.confirmation)
    await finish(asked.destruction)
    for (const of of [{ matter: firm.matter }, { document: one }])
      expect((await world.ada.ask('bundle.create', { body: { of } as never })).status).toBe(404)

    const whole = await made(world.ruth, { matter: firm.matter })
    const words = wordsOf(whole)
    expect(words.slice(0, -1).map(([, why]) => why)).toEqual(Array(words.length - 1).fill(`destroyed on ${today}`))
    expect(words.map(([deed]) => deed)).toEqual(expect.arrayContaining(['matter.created', 'document.added', 'matter.destroyed']))
    // that this was made came after the keys had gone
    expect(words.at(-1)).toEqual(['evidence.made', 'sealed'])
    expect(whole.claims.map(({ claim, fault }) => [claim.kind, fault])).toEqual([['matter', null]])
    expect(whole.head.destroyed).toEqual([{ matter: firm.matter, at: expect.stringContaining(today) }])
    const of = whole.head.names[firm.matter]!
    expect(whole.python).toContain(`The matter ${of} was destroyed on ${today}, by the firm's word.`)
    expect(await said(whole.zip)).toContain(`The matter ${of} was destroyed on ${today}, by the firm’s word.`)
    if (hasPdf) expect(printed(whole.zip)).toContain(`was destroyed on ${today}`)
    // one of its documents
    const single = await made(world.ruth, { document: one })
    expect(wordsOf(single)).toEqual([['document.added', `destroyed on ${today}`]])
    for (const { zip } of [whole, single]) {
      for (const word of ['Falk', 'Gone.txt', 'Experts']) expect(zip.includes(word)).toBe(false)
      if (hasPdf) expect(printed(zip)).not.toMatch(/Falk|Gone\.txt|Experts/)
    }
    // the proof is the same as of any other: not one byte of an entry may change
    const files = readStoredZip(whole.zip)
    const at = files.findIndex((file) => file.name === 'entries.jsonl')
    const bytes = Buffer.from(Buffer.from(files[at]!.bytes).toString().replace('matter.destroyed', 'matter.reopened!'))
    const parts = { ...Object.fromEntries(files.map((file) => [file.name, file.bytes])), 'entries.jsonl': bytes }
    isRefused(packAgain(parts, signingKey(world.firm.house.keys).sign))
  })
})

test('once a witness has cosigned, evidence carries its word, says whose and when, and holds no edited one', async () => {
  const notary = await makeWitness(join(home, 'notary'), 'witness.notary.example/1')
  const serving = await serveWitness(notary, { host: '127.0.0.1', port: 0, tls: null, isBehindProxy: false }, silentLog)
  try {
    const { id } = await world.ruth.ok('witness.add', { body: { url: serving.url, key: notary.vkey } })
    await trustLog(notary, key())
    // its newest checkpoint covers what a bundle of before is of: each is asked for until the clerk has had it cosigned
    const cosigned = async () => {
      await sql('update ledger.witnesses set next_at = now(), asked_at = null where id = $1', [id])
      await askWitnesses(world.firm.house)
      const reply = await world.ada.ask('bundle.create', { body: { of: { document: document.id } } as never })
      return checkBundle(reply.bytes, { keys: [key()] }).evidence?.cosigned ?? []
    }
    const document = await world.ada.upload(world.orchard.id, 'Deed.txt', '', Buffer.from('a deed'))
    await world.firm.sequencer.run()
    await expect.poll(cosigned, { timeout: 20_000 }).toHaveLength(1)
    const { zip, head, cosigned: by, python } = await made(world.ada, { document: document.id }, [key()])
    expect(head.witnesses).toEqual([notary.vkey])
    expect(by).toEqual([{ name: 'witness.notary.example/1', time: expect.any(Number) }])
    expect(Math.abs(Date.now() / 1000 - by[0]!.time)).toBeLessThan(60)
    const when = `${new Date(by[0]!.time * 1000).toISOString().slice(0, 19)}Z`
    if (hasPython) expect(python).toContain(`Cosigned by witness.notary.example/1 at ${when}.`)
    expect(checkBundle(zip, { keys: [key()], witnesses: [notary.vkey] }).faults).toEqual([])
    if (hasPython) expect(askPython(zip, key(), notary.vkey).status).toBe(0)
    if (hasPdf) expect(printed(zip)).toContain('Witnessed by witness.notary.example/1')
    const path = join(home, 'witnessed.zip')
    await writeFile(path, zip)
    const done = await run(home, ['verify', path, '--key', key(), '--witness', notary.vkey, '--json'])
    expect([done.code, JSON.parse(done.stdout)]).toMatchObject([0, { holds: true, isKnownKey: true, cosigned: by }])
    expect((await run(home, ['verify', path])).stdout).toContain('Cosigned by witness.notary.example/1 at ')

    // a witness who did not; and each byte of the line of one who did, in a bundle that the firm's key signs anew
    const stranger = cosignerOf('stranger.example', Buffer.alloc(32, 3)).vkey
    expect(checkBundle(zip, { keys: [], witnesses: [stranger] }).faults).toHaveLength(1)
    if (hasPython) expect(askPython(zip, stranger).status).toBe(1)
    expect((await run(home, ['verify', path, '--witness', stranger])).code).toBe(1)
    const parts = Object.fromEntries(readStoredZip(zip).map((file) => [file.name, file.bytes]))
    const { sign } = signingKey(world.firm.house.keys)
    const note = Buffer.from(parts.checkpoint!).toString()
    const begins = note.lastIndexOf('\u2014')
    const edits = Array.from({ length: note.length - begins }, (_, at) => {
      const changed = note.slice(0, begins + at) + (note[begins + at] === 'A' ? 'B' : 'A') + note.slice(begins + at + 1)
      return packAgain({ ...parts, checkpoint: Buffer.from(changed) }, sign)
    })
    edits.push(packAgain({ ...parts, checkpoint: Buffer.from(note.slice(0, begins)) }, sign))
    const ours = edits.map((edit) => checkBundle(edit).faults.length === 0)
    expect(ours).not.toContain(true)
    if (hasPython) expect(askPythonOfMany(edits)).toEqual(ours)
  } finally {
    await serving.close()
  }
}, 300_000)
