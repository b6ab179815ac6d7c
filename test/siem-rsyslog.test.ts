import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ReceiverSettings } from '../src/contract/receiver.ts'
import { octetCounted, syslogLine } from '../src/core/syslog.ts'
import { NotTaken } from '../src/platform/not-taken.ts'
import { sendSyslog } from '../src/platform/syslog-tls.ts'
import { canariesIn } from './world/canaries.ts'
import { addReceiver, caughtUp, leavesOf, receiver } from './world/hooked.ts'
import { CA, HAS_RSYSLOG, Rsyslog, type Line } from './world/rsyslog.ts'
import { useWorld } from './world/world.ts'

const LONG = 240_000
const world = useWorld()
const ca = readFileSync(CA, 'utf8')
let server: Rsyslog

const param = (line: Line, name: string): string | null => new RegExp(` ${name}="((?:\\\\.|[^"\\\\])*)"`).exec(line.data)?.[1] ?? null
const numbersIn = (lines: Line[]): number[] => lines.map((line) => Number(param(line, 'n')))
const to = (parts: object = {}): ReceiverSettings =>
  ({
    kind: 'syslog',
    form: 'rfc5424',
    host: 'localhost',
    port: server.port,
    ca,
    certificate: null,
    names: false,
    ...parts,
  }) as ReceiverSettings
const acts = async (count: number) => {
  for (let made = 0; made < count; made++) await world.ada.ok('client.create', { body: { name: `Client ${made}` } })
}
const tested = (n: number): string =>
  syslogLine({
    facility: 13,
    severity: 6,
    at: '2026-11-23T07:00:00.000Z',
    host: 'h',
    app: 'subrosa',
    id: 'test',
    data: { id: 'x@32473', params: [['n', String(n)]] },
    text: 'x'.repeat(200),
  })

describe.skipIf(!HAS_RSYSLOG)('with a real rsyslog (Debian packages rsyslog and rsyslog-gnutls; left out where they are not)', () => {
  beforeAll(async () => {
    server = await new Rsyslog().open()
  }, LONG)
  afterAll(() => server.close())
  beforeEach(() => world.refresh())
  /** Only what is of this firm: the tests of the connection write there too. */
  const taken = async () => (await server.lines()).filter((line) => line.id !== 'test')

  test('every entry arrives over TLS, once each and in the order of the log, and says no word of a matter', { timeout: LONG }, async () => {
    const one = await addReceiver(world, to(), { from: 'beginning' })
    await acts(10)
    await caughtUp(world, one.id)
    const lines = await taken()
    const leaves = await leavesOf(world)
    expect(lines.length).toBeGreaterThan(40)
    expect(lines.map((line) => [Number(param(line, 'n')), param(line, 'id'), line.id, param(line, 'actor')])).toEqual(
      leaves.slice(0, lines.length).map((leaf) => [leaf.n, leaf.id, leaf.deed, leaf.actor]),
    )
    expect(lines.at(-1)).toMatchObject({ app: 'subrosa', host: expect.any(String), data: expect.stringMatching(/^\[subrosa@32473 n="/) })
    expect(lines.some((line) => param(line, 'matter') === world.orchard.id)).toBe(true)
    expect(lines.some((line) => /^127\.0\.0\.1$|^::1$/.test(param(line, 'address') ?? ''))).toBe(true)
    expect(canariesIn(Buffer.from(JSON.stringify(lines)))).toEqual([])
    await world.sam.ok('receiver.retire', { params: { receiver: one.id }, body: { reason: 'No more' } })
  })

  test('its restart in the middle loses nothing, and what comes again is what it took before', { timeout: LONG }, async () => {
    const one = await addReceiver(world, to(), { name: 'Restarted' })
    await caughtUp(world, one.id)
    const before = (await taken()).length
    const first = (await leavesOf(world)).at(-1)!.n
    for (const signal of ['SIGTERM', 'SIGKILL', 'SIGTERM'] as const) {
      const busy = acts(25)
      await pause(700)
      await server.stop(signal)
      await pause(1200)
      await server.start()
      await busy
    }
    await caughtUp(world, one.id)
    expect((await receiver(world, one.id)).fault).toBeNull()
    const numbers = numbersIn((await taken()).slice(before))
    const once = [...new Set(numbers)]
    expect(once).toEqual([...once].sort((a, b) => a - b))
    const last = (await leavesOf(world)).at(-1)!.n
    for (let n = first + 1; n <= last; n++) expect(once).toContain(n)
    await world.sam.ok('receiver.retire', { params: { receiver: one.id }, body: { reason: 'No more' } })
  })

  test('what only its system took counts as not taken', { timeout: LONG }, async () => {
    const place = { host: 'localhost', port: server.port, ca, certificate: null, key: null }
    const lines = Array.from({ length: 200 }, (_, n) => tested(n))
    await sendSyslog(place, octetCounted(lines), AbortSignal.timeout(20_000))
    const before = (await server.lines()).length
    const held = sendSyslog(place, octetCounted(lines), AbortSignal.timeout(4_000))
    held.catch(() => {})
    await server.stop('SIGSTOP')
    const result = await held.then(
      () => 'taken',
      (fault: unknown) => fault,
    )
    await server.stop('SIGKILL')
    await server.start()
    // either it had read all before it was held, or it did not count
    if (result === 'taken') expect((await server.lines()).length).toBe(before + 200)
    else expect(result).toBeInstanceOf(NotTaken)
    const stopped = new Rsyslog()
    await stopped.open()
    await stopped.stop('SIGSTOP')
    await expect(sendSyslog({ ...place, port: stopped.port }, octetCounted(lines), AbortSignal.timeout(3_000))).rejects.toThrow(
      'did not read everything in time',
    )
    await stopped.close()
  })

  test('a certificate that is not trusted, or of another host, gets nothing', { timeout: LONG }, async () => {
    const before = (await server.lines()).length
    const place = { host: 'localhost', port: server.port, ca, certificate: null, key: null }
    for (const other of [{ ca: null }, { host: '127.0.0.1' }])
      await expect(sendSyslog({ ...place, ...other }, octetCounted([tested(1)]), AbortSignal.timeout(20_000))).rejects.toThrow(
        'certificate that is not trusted',
      )
    expect((await server.lines()).length).toBe(before)
  })
})
