import { beforeEach, expect, test } from 'vitest'
import type { DocumentView } from '../src/contract/document.ts'
import type { Handling } from '../src/contract/matrix.ts'
import { CLASSES, type Class } from '../src/contract/words.ts'
import { uuidv7 } from '../src/core/ids.ts'
import { openPool, transaction } from '../src/platform/postgres.ts'
import { Authenticator } from './world/authenticator.ts'
import type { Caller } from './world/caller.ts'
import { errorIn, Handled, HELD, type Cells, type Held } from './world/handled.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const firm = new Handled(world)
beforeEach(() => firm.begin())
const { added, open, copy, change, matterOf } = firm

async function passkeyOf(who: Caller): Promise<Authenticator> {
  const key = new Authenticator()
  const { passkeyOptions } = await who.ok('passkey.begin')
  await who.ok('passkey.create', { body: { name: 'Key ring', passkey: key.create(passkeyOptions, world.firm.url!) } })
  return key
}
async function prove(who: Caller, key: Authenticator): Promise<void> {
  const { passkeyOptions } = await who.ok('session.challenge')
  await who.ok('session.prove', { body: { passkey: key.get(passkeyOptions!, world.firm.url!) } })
}
const stale = () =>
  world.asSuperuser(world.database, (db) =>
    db.run(`update app.sessions set factor_at = now() - interval '6 minutes' where kind <> 'token'`),
  )
const byCode = () => world.asSuperuser(world.database, (db) => db.run(`update app.sessions set factor = 'totp' where kind <> 'token'`))
/** Opened details of the newest entries of a deed in the firm's own ledger. */
const detailsOf = async (deed: string) =>
  (await world.ruth.ok('entry.all', { query: { limit: 50 } })).entries.filter((entry) => entry.deed === deed).map((entry) => entry.details)

let adasKey: Authenticator
test('S0-31: a Restricted document is not copied, and is viewed with a watermark; both stand in the ledger', async () => {
  const document = await added(await matterOf('restricted'))
  adasKey = await passkeyOf(world.ada)
  await prove(world.ada, adasKey)
  const deeds = await world.deedsOf(async () => {
    const refused = await copy(world.ada, document.id)
    expect([refused.status, errorIn(refused).code]).toEqual([403, 'matrix.refused'])
    expect(errorIn(refused).text).toContain('rule restricted.download, version 0')
    const opened = (await open(world.ada, document.id)).json as Record<string, unknown>
    expect(opened).toMatchObject({ watermark: true, print: false, download: false, class: 'restricted' })
    expect((await world.ada.send('GET', opened.content as string)).bytes.toString()).toBe('Outfall 3\n')
  })
  expect(deeds).toEqual(['act.refused', 'document.opened'])
  expect((await detailsOf('act.refused'))[0]).toMatchObject({
    call: 'document.download',
    code: 'matrix.refused',
    rule: 'restricted.download',
    version: 0,
  })
  expect((await detailsOf('act.refused'))[0]!.tried).toContain(document.id)
})

test('what a class asks of the session is asked, by rule: a passkey now, a factor now, or nothing more', async () => {
  const restricted = await added(await matterOf('restricted'))
  const privileged = await added(await matterOf('privileged'))
  // a code is no passkey, however fresh; a passkey of ten minutes ago is none either
  const byHand = errorIn(await open(world.ben, restricted.id))
  expect([byHand.code, byHand.text]).toEqual(['factor.passkey', expect.stringContaining('restricted.open, version 0')])
  await prove(world.ada, adasKey)
  expect((await open(world.ada, restricted.id)).status).toBe(201)
  await stale()
  expect(errorIn(await open(world.ada, restricted.id)).code).toBe('factor.passkey')
  const late = errorIn(await copy(world.ada, privileged.id))
  expect([late.code, late.text]).toEqual(['factor.stale', expect.stringContaining('privileged.downloadAsks, version 0')])
  expect((await open(world.ada, privileged.id)).status).toBe(201)
  await byCode()
  await world.refresh()
  expect((await copy(world.ada, privileged.id)).status).toBe(200)
  expect(errorIn(await open(world.ada, restricted.id)).code).toBe('factor.passkey')
})

test('an access token takes no copy that asks for a factor, and opens what asks for none', async () => {
  const { token } = await world.ada.ok('token.create', { body: { name: 'nightly', scope: ['document.read', 'document.download'] } })
  const robot = world.caller('ada')
  robot.bearer = token
  const [privileged, confidential] = [await added(await matterOf('privileged')), await added(await matterOf('confidential'))]
  expect(errorIn(await copy(robot, privileged.id)).text).toContain('privileged.downloadAsks')
  expect(errorIn(await copy(robot, privileged.id)).code).toBe('scope.exceeded')
  expect((await open(robot, privileged.id)).status).toBe(201)
  expect((await copy(robot, confidential.id)).status).toBe(200)
})

test('what the page cannot show is no way round a class that gives no copies', async () => {
  await change({ restricted: { open: 'session' } })
  const matter = await matterOf('restricted')
  const reply = await firm.fileIn(matter, '\x00\x01\x02 binary')
  const document = reply.json as DocumentView
  expect(document.shown).toBe('no')
  expect(errorIn(await open(world.ada, document.id))).toMatchObject({ code: 'matrix.refused' })
  expect((await open(world.ada, (await added(matter)).id)).status).toBe(201)
  await change({ restricted: { open: 'passkey' } })
})

/** One try a cell, one step beyond what the class allows; what is refused, and by which rule; then the cell that lets it be. */
const TRIES: {
  cell: keyof Handling
  its: Held
  strict: Partial<Record<Class, Cells>>
  loose: Partial<Record<Class, Cells>>
  refused: string
}[] = HELD.flatMap((its) => {
  // every stricter class is as strict at least
  const from = (cells: Cells) => Object.fromEntries(CLASSES.slice(CLASSES.indexOf(its)).map((one) => [one, cells]))
  const upTo = (cells: Cells) => Object.fromEntries(CLASSES.slice(0, CLASSES.indexOf(its) + 1).map((one) => [one, cells]))
  return [
    {
      cell: 'download' as const,
      its,
      strict: from({ download: false }),
      loose: upTo({ download: true, downloadAsks: 'session', open: 'session' }),
      refused: 'matrix.refused',
    },
    {
      cell: 'open' as const,
      its,
      strict: from({ open: 'fresh', downloadAsks: 'passkey' }),
      loose: upTo({ open: 'session' }),
      refused: 'factor.stale',
    },
    {
      cell: 'open' as const,
      its,
      strict: from({ open: 'passkey', downloadAsks: 'passkey' }),
      loose: upTo({ open: 'session' }),
      refused: 'factor.passkey',
    },
    {
      cell: 'downloadAsks' as const,
      its,
      strict: from({ download: true, open: 'session', downloadAsks: 'fresh' }),
      loose: upTo({ open: 'session', downloadAsks: 'session' }),
      refused: 'factor.stale',
    },
    {
      cell: 'downloadAsks' as const,
      its,
      strict: from({ download: true, open: 'session', downloadAsks: 'passkey' }),
      loose: upTo({ open: 'session', downloadAsks: 'session' }),
      refused: 'factor.passkey',
    },
  ]
})

test.each(TRIES)('$its $cell: one step beyond is $refused and names the rule; with the cell changed it goes through', async (one) => {
  const { cell, its, strict, loose, refused } = one
  const document = await added(await matterOf(its))
  const attempt = () => (cell === 'open' ? open(world.ben, document.id) : copy(world.ben, document.id))
  const { version } = await change(strict)
  const deeds = await world.deedsOf(async () => {
    await stale()
    const reply = await attempt()
    expect([reply.status, errorIn(reply).code]).toEqual([403, refused])
    expect(errorIn(reply).text).toContain(`rule ${its}.${cell}, version ${version} of the handling matrix`)
    await world.refresh()
    await change(loose)
    await stale()
    expect((await attempt()).status).toBeLessThan(300)
    if (cell !== 'open') await expect.poll(() => lastDeed()).toBe('document.delivered')
  })
  const logged = refused === 'factor.stale' ? [] : ['act.refused']
  expect(deeds).toEqual([
    ...logged,
    'matrix.changed',
    ...(cell === 'open' ? ['document.opened'] : ['document.downloaded', 'document.delivered']),
  ])
})
const lastDeed = async () =>
  (await world.asSuperuser(world.database, (db) =>
    db.row<{ deed: string }>('select deed from ledger.entries order by at desc, id desc limit 1'),
  ))!.deed

test.each(HELD)('%s: watermark and print are told with what is opened, as the matrix says at that moment', async (its) => {
  await change(
    Object.fromEntries(CLASSES.slice(0, CLASSES.indexOf(its) + 1).map((one) => [one, { open: 'session', watermark: false, print: true }])),
  )
  const document = await added(await matterOf(its))
  expect((await open(world.ada, document.id)).json).toMatchObject({ watermark: false, print: true })
  await change(Object.fromEntries(CLASSES.slice(CLASSES.indexOf(its)).map((one) => [one, { watermark: true, print: false }])))
  expect((await open(world.ada, document.id)).json).toMatchObject({ watermark: true, print: false })
})

test('what is open closes with the commit when its class, or the matrix, becomes stricter', async () => {
  await change({
    confidential: { open: 'session' },
    privileged: { open: 'session' },
    restricted: { open: 'passkey', downloadAsks: 'passkey' },
  })
  const document = await added(await matterOf('confidential'))
  const first = (await open(world.ben, document.id)).json as { content: string }
  expect((await world.ben.send('GET', first.content)).status).toBe(200)
  await change({ confidential: { open: 'fresh', downloadAsks: 'fresh' }, privileged: { open: 'fresh', downloadAsks: 'fresh' } })
  // it was opened with a fresh code, which still counts for it
  expect((await world.ben.send('GET', first.content)).status).toBe(200)
  await world.ada.ok('document.classify', { params: { document: document.id }, body: { class: 'restricted' } })
  expect((await world.ben.send('GET', first.content)).status).toBe(404)
  expect(errorIn(await open(world.ben, document.id)).code).toBe('factor.passkey')
})

test('an opening that the program did not ask the matrix for is refused by PostgreSQL', async () => {
  const document = await added(await matterOf('restricted'))
  const secret = (await world.asSuperuser(world.database, (db) =>
    db.row<{ version: string; session: string; person: string }>(
      `select v.id as version, s.id as session, s.person_id as person from app.versions v, app.sessions s join app.people p on p.id = s.person_id
       where v.document_id = $1 and s.person_id = v.created_by order by s.used_at desc limit 1`,
      [document.id],
    ),
  ))!
  const door = openPool(world.doorWhere(), 1)
  const raw = Buffer.from(decodeURIComponent(world.ada.cookie!.split('=')[1]!).replace(/^subrosa_/, ''), 'base64url').toString('hex')
  const forge = (copied: boolean) =>
    transaction(door, { role: 'subrosa_person', settings: { 'subrosa.secret': raw } }, async (db) => {
      const me = (await db.row<{ session: string; person: string }>('select hidden.session() as session, hidden.me() as person'))!
      expect(me.person).toBe(secret.person)
      return db.run(
        `insert into app.openings (id, version_id, matter_id, session_id, person_id, ends_at, copy) select $1, v.id, v.matter_id, $2, $3, now() + interval '1 hour', $5 from app.versions v where v.id = $4`,
        [uuidv7(Date.now()), me.session, me.person, secret.version, copied],
      )
    })
  try {
    await byCode()
    await expect(forge(false)).rejects.toMatchObject({ code: '42501' })
    await expect(forge(true)).rejects.toMatchObject({ code: '42501' })
    await prove(world.ada, adasKey)
    expect(await forge(false)).toBe(1)
    await expect(forge(true)).rejects.toMatchObject({ code: '42501' })
  } finally {
    await door.end()
  }
})
