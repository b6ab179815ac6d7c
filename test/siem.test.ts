import { setTimeout as pause } from 'node:timers/promises'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ReceiverSettings } from '../src/contract/receiver.ts'
import { waitAfter } from '../src/features/siem/sending.ts'
import { canariesIn } from './world/canaries.ts'
import { addReceiver, agree, caughtUp, Hook, leavesOf, receiver, SECRET, type HookIll } from './world/hooked.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
let hook: Hook
const webhook = (parts: object = {}): ReceiverSettings =>
  ({ kind: 'webhook', form: 'ocsf', url: hook.url, secret: SECRET, ca: null, names: false, ...parts }) as ReceiverSettings
const syslog = (parts: object = {}): ReceiverSettings =>
  ({ kind: 'syslog', form: 'rfc5424', host: '127.0.0.1', port: 1, ca: null, certificate: null, names: false, ...parts }) as ReceiverSettings
const sql = <T extends object>(text: string, values: unknown[] = []) => world.asSuperuser(world.database, (db) => db.rows<T>(text, values))
const added = () => ({ name: 'Watch post', settings: webhook(), from: 'now', reason: 'The insurer asks for it' }) as const
const acts = async (count: number) => {
  for (let made = 0; made < count; made++) await world.ada.ok('client.create', { body: { name: `Client ${made}` } })
}
type Line = { metadata: { uid: string; sequence: number; event_code: string }; actor: { user: { uid: string; name?: string } } }
const numbers = () => hook.lines<Line>().map((line) => line.metadata.sequence)

beforeAll(async () => {
  hook = await new Hook().open()
})
afterAll(() => hook.close())
beforeEach(async () => {
  await world.refresh()
  hook.ill = 'well'
  hook.forget()
})
const retire = (id: string) => world.sam.ok('receiver.retire', { params: { receiver: id }, body: { reason: 'No more' } })
/** What one test left is not sent to the next one's receiver. */
afterEach(async () => {
  await sql('update app.receiver_cursors set ended_at = now() where ended_at is null')
  await pause(300)
})
/** What came, without what came again; in order and without a hole. */
const whole = (came: number[]): number[] => {
  const once = [...new Set(came)]
  expect(once).toEqual(Array.from({ length: once.length }, (_, at) => once[0]! + at))
  return once
}

test('nothing goes anywhere until a second person has agreed; whoever asked is not that', async () => {
  const deeds = await world.deedsOf(async () => {
    const asked = await world.sam.ok('receiver.add', { body: added() })
    expect(asked).toMatchObject({ state: 'asked', settings: null, asked: { mine: true, mayAgree: false, settings: { hasSecret: true } } })
    expect(JSON.stringify(asked)).not.toContain(SECRET)
    const at = { params: { receiver: asked.id }, body: { asked: asked.asked!.id, approve: true } }
    expect(await world.sam.refused('receiver.decide', at)).toBe('approval.oneself')
    expect((await world.ben.ask('receiver.decide', at)).status).toBe(403)
    for (const who of [world.ben, world.cora]) expect((await who.ask('receiver.list')).status).toBe(403)
    await pause(2500)
    expect(hook.tries).toBe(0)
    expect((await world.ruth.ok('receiver.list')).receivers.at(-1)!.asked).toMatchObject({
      mine: false,
      mayAgree: true,
      by: expect.any(String),
    })
    await world.ruth.ok('receiver.decide', at)
    expect(await world.ruth.refused('receiver.decide', at)).toBe('approval.decided')
    expect(await receiver(world, asked.id)).toMatchObject({ state: 'live', asked: null, settings: { to: hook.url } })
    await acts(1)
    await caughtUp(world, asked.id)
    expect(hook.lines<Line>().map((line) => line.metadata.event_code)).toEqual(expect.arrayContaining(['receiver.added', 'client.created']))
    await retire(asked.id)
  })
  expect(deeds.filter((deed) => deed.startsWith('receiver.'))).toEqual(['receiver.asked', 'receiver.added', 'receiver.retired'])
  // Ada could be the second person, and was told at each step
  expect((await world.ada.ok('notice.list')).notices.filter((one) => one.page === 'receivers').length).toBeGreaterThan(2)
})

test('whoever asked takes it back, and a second person refuses', async () => {
  for (const who of [world.sam, world.ruth]) {
    const { id, asked } = await world.sam.ok('receiver.add', { body: added() })
    expect((await who.ask('receiver.decide', { params: { receiver: id }, body: { asked: asked!.id, approve: false } })).status).toBe(204)
    expect(await receiver(world, id)).toMatchObject({ state: 'over', asked: null })
    expect(await world.sam.refused('receiver.change', { params: { receiver: id }, body: { settings: webhook(), reason: 'Again' } })).toBe(
      'receiver.state',
    )
  }
})

test('every entry arrives, once and in order, signed, and holds no word of a matter', async () => {
  const one = await addReceiver(world, webhook(), { from: 'beginning' })
  await acts(20)
  await caughtUp(world, one.id)
  const leaves = await leavesOf(world)
  const lines = hook.lines<Line>()
  expect(lines.slice(0, leaves.length).map((line) => [line.metadata.sequence, line.metadata.uid, line.metadata.event_code])).toEqual(
    leaves.slice(0, lines.length).map((leaf) => [leaf.n, leaf.id, leaf.deed]),
  )
  expect(lines.length).toBeGreaterThan(50)
  expect(hook.unsigned).toEqual([])
  for (const body of hook.taken) expect(canariesIn(body)).toEqual([])
  expect(Buffer.concat(hook.taken).includes('Watch post')).toBe(false)
  // what is found nowhere else: ids are there, so the test looks at what it should
  expect(Buffer.concat(hook.taken).includes(world.orchard.id)).toBe(true)
  await retire(one.id)
  await world.firm.sequencer.run()
  for (const end = performance.now() + 20_000; performance.now() < end && numbers().length < leaves.length;) await pause(200)
  for (
    const end = performance.now() + 20_000;
    performance.now() < end && hook.lines<Line>().at(-1)!.metadata.event_code !== 'receiver.retired';
  )
    await pause(200)
  // its last words are that it is retired; then nothing more
  expect(hook.lines<Line>().at(-1)!.metadata.event_code).toBe('receiver.retired')
  const { length } = hook.taken
  await acts(2)
  await pause(2500)
  expect(hook.taken.length).toBe(length)
})

test('names of people go where two people agreed to it, and words of matters nowhere', async () => {
  const one = await addReceiver(world, webhook({ names: true }))
  await world.ada.ok('matter.create', { body: { client: world.orchard.client.id, title: 'Secret title kzqxtit' } })
  await caughtUp(world, one.id)
  const created = hook.lines<Line>().find((line) => line.metadata.event_code === 'matter.created')!
  expect(created.actor.user.name).toBe((await world.ada.ok('person.me')).name)
  for (const body of hook.taken) expect(canariesIn(body).filter((canary) => canary !== 'person')).toEqual([])
  await retire(one.id)
})

test.each(['fails', 'cuts', 'late-cut', 'elsewhere', 'endless'] as HookIll[])(
  'a receiver that %s loses nothing, and its lag and fault are shown',
  async (ill) => {
    const one = await addReceiver(world, webhook())
    await caughtUp(world, one.id)
    hook.ill = ill
    hook.forget()
    await acts(3)
    await world.firm.sequencer.run()
    for (const end = performance.now() + 20_000; performance.now() < end && (await receiver(world, one.id)).fault === null;)
      await pause(100)
    const away = await receiver(world, one.id)
    expect(away.behind.entries).toBeGreaterThan(2)
    expect(away.behind.since).not.toBeNull()
    expect(away.fault!.text).toMatch(/^The receiver /)
    expect(away.fault!.text).not.toContain('stack trace')
    hook.ill = 'well'
    await caughtUp(world, one.id)
    expect((await receiver(world, one.id)).fault).toBeNull()
    const came = whole(numbers())
    expect(came.at(-1)).toBe((await leavesOf(world)).at(-1)!.n)
    expect(came.length).toBeGreaterThan(2)
    await retire(one.id)
  },
)

test('a receiver that never answers keeps nobody waiting, and neither does one that never reads', async () => {
  /** Milliseconds of the act in the middle: others may be at work on this machine. */
  const measured = async () => {
    const each: number[] = []
    for (let made = 0; made < 40; made++) {
      const begun = performance.now()
      await acts(1)
      each.push(performance.now() - begun)
    }
    return each.sort((a, b) => a - b)[20]!
  }
  await acts(10)
  const before = await measured()
  hook.ill = 'silent'
  const sockets: Socket[] = []
  const deaf = createServer({ pauseOnConnect: true }, (socket) => void sockets.push(socket)).listen(0, '127.0.0.1')
  const silent = await addReceiver(world, webhook(), { from: 'beginning' })
  const unread = await addReceiver(world, syslog({ port: (deaf.address() as AddressInfo).port }), { from: 'beginning', name: 'Deaf' })
  for (const end = performance.now() + 20_000; performance.now() < end && (hook.tries === 0 || sockets.length === 0);) await pause(50)
  expect([hook.tries > 0, sockets.length > 0]).toEqual([true, true])
  const during = await measured()
  expect(during).toBeLessThan(before * 3 + 50)
  expect((await receiver(world, unread.id)).takenAt).toBeNull()
  await retire(silent.id)
  await retire(unread.id)
  sockets.forEach((socket) => socket.destroy())
  deaf.close()
})

test('one that is away for long is told of once, and so is its return', async () => {
  const one = await addReceiver(world, webhook())
  await caughtUp(world, one.id)
  hook.ill = 'fails'
  await acts(1)
  await world.firm.sequencer.run()
  for (const end = performance.now() + 20_000; performance.now() < end && (await receiver(world, one.id)).fault === null;) await pause(100)
  const noted = () => sql<{ deed: string }>(`select deed from ledger.entries where object = $1 and via = 'clerk' order by id`, [one.id])
  expect(await noted()).toEqual([])
  await sql(`update app.receiver_cursors set failing_since = now() - interval '20 minutes', next_try = now() where receiver_id = $1`, [
    one.id,
  ])
  for (const end = performance.now() + 20_000; performance.now() < end && (await noted()).length === 0;) await pause(200)
  await sql(`update app.receiver_cursors set next_try = now() where receiver_id = $1`, [one.id])
  await pause(2500)
  expect(await noted()).toEqual([{ deed: 'receiver.failed' }])
  expect((await world.sam.ok('notice.list')).notices[0]!.text).toContain('has taken nothing since')
  hook.ill = 'well'
  await caughtUp(world, one.id)
  expect(await noted()).toEqual([{ deed: 'receiver.failed' }, { deed: 'receiver.back' }])
  await retire(one.id)
})

test('other settings wait for a second person while the old ones go on; a secret stays with its address', async () => {
  const one = await addReceiver(world, webhook())
  const other = await new Hook().open()
  const at = { params: { receiver: one.id } }
  const { secret: _, ...unsaid } = webhook({ form: 'ocsf', names: true }) as { secret?: string }
  // a secret that is not said goes to nobody else
  expect(
    await world.sam.refused('receiver.change', { ...at, body: { settings: { ...unsaid, url: other.url } as never, reason: 'Move' } }),
  ).toBe('receiver.refused')
  const changed = await world.sam.ok('receiver.change', { ...at, body: { settings: webhook({ url: other.url }), reason: 'Move' } })
  expect(changed).toMatchObject({ state: 'live', settings: { to: hook.url }, asked: { settings: { to: other.url } } })
  expect(await world.sam.refused('receiver.change', { ...at, body: { settings: webhook(), reason: 'Once more' } })).toBe('receiver.state')
  await acts(1)
  await caughtUp(world, one.id)
  expect([hook.taken.length > 0, other.tries]).toEqual([true, 0])
  await agree(world, changed)
  await acts(1)
  await caughtUp(world, one.id)
  expect(other.unsigned).toEqual([])
  // it goes on where the old address was left
  whole([...numbers(), ...other.lines<Line>().map((line) => line.metadata.sequence)])
  const kept = await world.sam.ok('receiver.change', {
    ...at,
    body: { settings: { ...unsaid, url: other.url } as never, reason: 'Names too' },
  })
  expect(kept.asked!.settings).toMatchObject({ hasSecret: true, names: true })
  await retire(one.id)
  await other.close()
})

test('what cannot be is refused by its field', async () => {
  const fieldsOf = async (settings: object) => {
    const reply = await world.sam.ask('receiver.add', { body: { ...added(), settings } as never })
    return [reply.status, Object.keys((reply.json as { error: { fields?: object } }).error.fields ?? {})]
  }
  for (const url of ['http://siem.example/x', 'https://u:p@siem.example/', 'https://siem.example/?token=1', 'https://siem.example/#a'])
    expect(await fieldsOf(webhook({ url }))).toEqual([400, ['url']])
  expect(await fieldsOf(webhook({ secret: undefined }))).toEqual([400, ['secret']])
  expect(await fieldsOf(webhook({ ca: 'no certificate' }))).toEqual([400, ['ca']])
  expect(await fieldsOf(syslog({ key: 'a key alone' }))).toEqual([400, ['certificate']])
  expect((await world.sam.ask('receiver.add', { body: { ...added(), settings: syslog({ port: 0 }) } as never })).status).toBe(400)
})

test('a test message holds nothing of the ledger, and its answer is an entry either way', async () => {
  const asked = await world.sam.ok('receiver.add', { body: added() })
  const deeds = await world.deedsOf(async () => {
    expect(await world.sam.ok('receiver.test', { params: { receiver: asked.id } })).toEqual({ taken: true, why: null })
    hook.ill = 'fails'
    expect(await world.sam.ok('receiver.test', { params: { receiver: asked.id } })).toEqual({
      taken: false,
      why: 'The receiver answered with HTTP 500.',
    })
  })
  expect(deeds).toEqual(['receiver.tested', 'receiver.tested'])
  expect(hook.lines()).toEqual([
    { time: expect.any(Number), message: expect.stringContaining('test message'), metadata: { event_code: 'test' } },
  ])
})

test('the waits grow, end at five minutes, and are not in step', () => {
  const waits = Array.from({ length: 12 }, (_, faults) => waitAfter(faults))
  expect(waits[0]).toBeLessThanOrEqual(1000)
  expect(waits.every((wait) => wait >= 500 && wait <= 300_000)).toBe(true)
  expect(waits.at(-1)).toBeGreaterThanOrEqual(150_000)
  expect(new Set(Array.from({ length: 20 }, () => waitAfter(10))).size).toBeGreaterThan(10)
})
