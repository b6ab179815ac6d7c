import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseCheckpoint } from '../src/core/checkpoint.ts'
import { openNote, parseVkey } from '../src/core/note.ts'
import { readToken } from '../src/core/timestamp.ts'
import { publish } from '../src/features/witnesses/publishing.ts'
import { readPrinted } from './printed.ts'
import { Mailbox } from './world/mailbox.ts'
import { useWorld } from './world/world.ts'

const mailbox = new Mailbox()
const world = useWorld(async () => {
  await mailbox.open()
  world.env = { SUBROSA_SMTP_URL: `smtp://127.0.0.1:${mailbox.port}`, SUBROSA_MAIL_FROM: 'Wren & Ames <it@wren-ames.test>' }
})
const hasOpenssl = existsSync('/usr/bin/openssl')
const home = await mkdtemp(join(tmpdir(), 'publishing-'))
const openssl = (...args: string[]) => promisify(execFile)('/usr/bin/openssl', args, { cwd: home })

/** OpenSSL's time-stamping authority behind HTTP; `says` in its place. */
let authority: Server
let url = ''
let says: ((request: Buffer) => Buffer | number) | null = null
const CONFIG = `[req]\ndistinguished_name = dn\nx509_extensions = ext\nprompt = no\n[dn]\nCN = Time of a test\n[ext]\nextendedKeyUsage = critical,timeStamping
[tsa]\ndefault_tsa = one\n[one]\nserial = ${home}/serial\nsigner_cert = ${home}/cert.pem\nsigner_key = ${home}/key.pem\nsigner_digest = sha256
default_policy = 1.2.3.4.1\ndigests = sha256\n`

beforeAll(async () => {
  await writeFile(join(home, 'tsa.cnf'), CONFIG)
  await writeFile(join(home, 'serial'), '01\n')
  if (hasOpenssl)
    await openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'key.pem', '-out', 'cert.pem', '-config', 'tsa.cnf')
  authority = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      void (async () => {
        const said = says?.(Buffer.concat(parts))
        if (typeof said === 'number') return response.writeHead(said).end()
        if (said) return response.end(said)
        await writeFile(join(home, 'request.tsq'), Buffer.concat(parts))
        await openssl('ts', '-reply', '-config', 'tsa.cnf', '-section', 'one', '-queryfile', 'request.tsq', '-out', 'answer.tsr')
        return response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(await readFile(join(home, 'answer.tsr')))
      })()
    })
  })
  await new Promise<void>((resolve) => authority.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(authority.address() as AddressInfo).port}/tsa`
})
afterAll(async () => {
  await new Promise((resolve) => authority.close(resolve))
  await mailbox.close()
  await rm(home, { recursive: true, force: true })
})

const setTo = async (value: object) => {
  await world.refresh()
  await world.sam.ok('setting.change', {
    params: { setting: 'checkpoints' },
    body: { value: { ...NOTHING, ...value }, reason: 'A reason' },
  })
}
const NOTHING = { mailTo: [], mailDays: 7, stampUrl: '', stampHours: 24 }
const due = () =>
  world.asSuperuser(world.database, (db) => db.run(`update app.publishing set next_at = now(), done_at = null, fault = null, tries = 0`))
const outOf = async (what: 'mail' | 'stamp') => (await world.ruth.ok('witness.list')).published.find((one) => one.what === what)!
/** The keeper may be at it as well: whoever takes the turn, this waits for what came of it. */
async function published(what: 'mail' | 'stamp', isDone: (seen: Awaited<ReturnType<typeof outOf>>) => boolean): Promise<void> {
  await world.firm.sequencer.run()
  for (let tries = 0; tries < 200; tries += 1) {
    await publish(world.firm.house)
    if (isDone(await outOf(what))) return
    await new Promise((go) => setTimeout(go, 50))
  }
  throw new Error(`${what} did not go out: ${JSON.stringify(await outOf(what))}`)
}

test('nothing leaves the firm until someone says to whom', async () => {
  await publish(world.firm.house)
  expect((await world.ruth.ok('witness.list')).published).toEqual([
    { what: 'mail', size: null, at: null, fault: null },
    { what: 'stamp', size: null, at: null, fault: null },
  ])
})

test('the newest checkpoint is printed with how to check it, and that is an entry', async () => {
  const deeds = await world.deedsOf(async () => {
    const { bytes: pdf } = await world.ruth.ask('checkpoint.print')
    const { text, run, info } = await readPrinted(pdf)
    const { key, size } = await world.ruth.ok('checkpoint.latest')
    expect(run).toContain(key.split('+')[0]!)
    expect(info.Title).toMatch(/^Checkpoint of the ledger, \d+ entries$/)
    expect(Number(/(\d+) entries/.exec(String(info.Title))![1])).toBeLessThanOrEqual(size)
    expect(text).toContain('How to check it')
    expect(text).toContain('No witness has cosigned this ledger.')
  })
  expect(deeds).toEqual(['checkpoint.printed'])
  expect((await world.ben.ask('checkpoint.print')).status).toBe(403)
})

test('it is mailed to those the firm names, as it was signed, and again when that is due', async () => {
  await setTo({ mailTo: ['notary@witness.test', 'insurer@cover.test'] })
  await due()
  const deeds = await world.deedsOf(() => published('mail', (seen) => seen.at !== null))
  expect(deeds).toContain('checkpoint.mailed')
  const letter = await mailbox.next('notary@witness.test', 'The ledger’s key')
  await mailbox.next('insurer@cover.test', 'The ledger’s key')
  expect(letter.subject).toMatch(/checkpoint of the ledger/)
  // what stands in it verifies
  const { key } = await world.ruth.ok('checkpoint.latest')
  const note = /^subrosa\.example\/[\s\S]*?\n\n\u2014 \S+ \S+$/m.exec(letter.text.replaceAll('\r\n', '\n'))![0]
  expect(parseCheckpoint(openNote(`${note}\n`, [parseVkey(key)]).text).size).toBe((await outOf('mail')).size)
  // a week is not over
  const before = mailbox.letters.length
  await publish(world.firm.house)
  expect(mailbox.letters).toHaveLength(before)
  // asked for
  await world.refresh()
  const asked = await world.deedsOf(async () => {
    await world.ruth.ok('checkpoint.mail', { body: { what: 'mail' } })
    for (let tries = 0; mailbox.letters.length < before + 2 && tries < 100; tries += 1) {
      await publish(world.firm.house)
      await new Promise((go) => setTimeout(go, 50))
    }
  })
  expect(asked[0]).toBe('checkpoint.asked')
  expect(mailbox.letters).toHaveLength(before + 2)
})

test('a mail server that refuses is a sentence beside it, and is tried again later', async () => {
  mailbox.refusing = true
  await due()
  await published('mail', (seen) => seen.fault !== null)
  expect((await outOf('mail')).fault).toMatch(/mail server/)
  mailbox.refusing = false
})

test.skipIf(!hasOpenssl)('an authority stamps it, and its stamp is of that note; what it does not answer rightly is no stamp', async () => {
  await setTo({ stampUrl: url })
  for (const [lie, words] of [
    [() => 500, 'HTTP 500'],
    [() => Buffer.from('<html>'), 'no stamp'],
    [() => Buffer.from('3003020102', 'hex'), 'no stamp'],
    [() => Buffer.alloc(100_000), 'does not answer'],
  ] as const) {
    says = lie
    await due()
    await published('stamp', (seen) => seen.fault !== null)
    expect((await outOf('stamp')).fault).toContain(words)
  }
  expect((await world.ruth.ok('witness.list')).stamp).toBeNull()
  says = null
  await due()
  await published('stamp', (seen) => seen.at !== null && seen.fault === null)
  const { stamp, key } = await world.ruth.ok('witness.list')
  const digest = createHash('sha256').update(stamp!.note).digest()
  expect(readToken(Buffer.from(stamp!.token, 'base64'), digest, null).at.toISOString()).toBe(stamp!.at)
  expect(parseCheckpoint(openNote(stamp!.note, [parseVkey(key)]).text).size).toBe(stamp!.size)
})

test('who is sent it is a setting of the administrator’s, and only safe addresses are taken', async () => {
  await world.refresh()
  const change = (value: object) =>
    world.sam.ask('setting.change', { params: { setting: 'checkpoints' }, body: { value: { ...NOTHING, ...value }, reason: 'A reason' } })
  expect((await change({ stampUrl: 'http://time.example/tsa' })).status).toBe(400)
  expect((await change({ mailTo: ['no address'] })).status).toBe(400)
  expect((await change({ mailTo: [] })).status).toBe(200)
  expect((await world.ben.ask('checkpoint.mail', { body: { what: 'mail' } })).status).toBe(403)
})
