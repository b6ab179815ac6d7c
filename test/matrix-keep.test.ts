import { beforeEach, expect, test } from 'vitest'
import type { Class } from '../src/contract/words.ts'
import { textsOf } from './world/asking.ts'
import { errorIn, Handled, withCells, type Cells } from './world/handled.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const firm = new Handled(world)
beforeEach(() => firm.begin())
/** Opened details of the newest entries of a deed in the firm's own ledger. */
const detailsOf = async (deed: string) =>
  (await world.ruth.ok('entry.all', { query: { limit: 50 } })).entries.filter((entry) => entry.deed === deed).map((entry) => entry.details)

const SENSELESS: [cells: Partial<Record<Class, Cells>>, rule: string][] = [
  [{ restricted: { groups: true }, privileged: { groups: false } }, 'restricted.groups'],
  [{ restricted: { groups: true, maxGroup: 16 } }, 'restricted.maxGroup'],
  [{ restricted: { open: 'session' }, privileged: { open: 'fresh' } }, 'restricted.open'],
  [{ privileged: { download: false }, restricted: { download: true } }, 'restricted.download'],
  [
    { privileged: { downloadAsks: 'passkey' }, restricted: { download: true, open: 'session', downloadAsks: 'fresh' } },
    'restricted.downloadAsks',
  ],
  [{ confidential: { print: false } }, 'privileged.print'],
  [{ restricted: { watermark: false } }, 'restricted.watermark'],
  [{ restricted: { channels: ['portal', 'paper'] } }, 'restricted.channels'],
  [{ restricted: { channels: [] } }, 'restricted.channels'],
  [{ public: { channels: ['portal', 'mail'] }, confidential: { channels: ['portal', 'mail'] } }, 'confidential.channels'],
  [{ restricted: { recipientLevel: 'V1' } }, 'restricted.recipientLevel'],
  [{ restricted: { recipientFirst: 'V2' } }, 'restricted.recipientFirst'],
  [{ restricted: { sendDelay: 0 } }, 'restricted.sendDelay'],
  [{ privileged: { secondPerson: true }, restricted: { secondPerson: false } }, 'restricted.secondPerson'],
  [{ restricted: { shareDays: null } }, 'restricted.shareDays'],
  [{ confidential: { notify: 'title' } }, 'confidential.notify'],
  [{ restricted: { ai: 'allowed' } }, 'restricted.ai'],
  [{ confidential: { ai: 'approved' } }, 'confidential.ai'],
  [{ restricted: { reviewDays: 400 } }, 'restricted.reviewDays'],
  [{ restricted: { open: 'passkey', download: true, downloadAsks: 'fresh' } }, 'restricted.downloadAsks'],
  [{ public: { retentionYears: 2 } }, 'public.retentionYears'],
  [{ privileged: { storage: 'matter and document key' }, restricted: { storage: 'matter key' } }, 'restricted.storage'],
]
test.each(SENSELESS)('%j cannot be: a stricter class is not handled more loosely, and a floor holds', async (cells, rule) => {
  const { matrix } = await firm.now()
  const reply = await firm.changeTo(withCells(matrix, cells), 0)
  expect([reply.status, errorIn(reply).code, Object.keys(errorIn(reply).fields!)]).toEqual([
    400,
    'matrix.invalid',
    expect.arrayContaining([rule]),
  ])
  expect((await firm.now()).version).toBe(0)
})

test('a matrix that leaves something out, or says something else, is not taken', async () => {
  const { matrix } = await firm.now()
  const { restricted: _, ...four } = matrix.classes
  for (const wrong of [
    { ...matrix, classes: four },
    { classes: matrix.classes, dataTypes: {} },
    { ...matrix, classes: { ...matrix.classes, public: { ...matrix.classes.public, open: 'never' } } },
    null,
  ])
    expect(errorIn(await world.ruth.ask('matrix.change', { body: { matrix: wrong, reason: 'x', version: 0 } })).code).toBe('input.invalid')
  expect(errorIn(await world.ruth.ask('matrix.change', { body: { matrix, version: 0 } })).code).toBe('input.invalid')
  const types = { 'us-ssn': { minimum: 'internal', does: 'refuse' } } as const
  expect(errorIn(await firm.changeTo(withCells(matrix, {}, types), 0)).fields).toHaveProperty(['us-ssn.minimum'])
})

test('the matrix is read by everyone in the firm, and changed with a reason by those who keep it; every version stays', async () => {
  for (const who of [world.ada, world.ben, world.cora, world.ruth, world.sam]) {
    const view = await who.ok('matrix.read')
    expect([view.version, view.setBy, view.may.change]).toEqual([0, null, who === world.ada || who === world.ruth])
  }
  const { matrix } = await firm.now()
  const wanted = withCells(matrix, { restricted: { download: true, shareDays: 7 } }, { iban: { minimum: 'privileged', does: 'raise' } })
  for (const who of [world.ben, world.cora, world.sam]) expect(errorIn(await firm.changeTo(wanted, 0, who)).code).toBe('may.not')
  const deeds = await world.deedsOf(async () => {
    expect(await firm.changeTo(wanted, 0)).toMatchObject({
      status: 201,
      json: { version: 1, setBy: 'Ruth Okafor', reason: 'The partners have decided' },
    })
  })
  expect(deeds).toEqual(['matrix.changed'])
  const changed = [
    'restricted.download: no → yes',
    'restricted.shareDays: 14 → 7',
    'iban.minimum: confidential → privileged',
    'iban.does: refuse → raise',
  ]
  expect((await detailsOf('matrix.changed'))[0]).toEqual({ version: 1, cells: changed.join('; '), reason: 'The partners have decided' })
  const { versions } = await world.ben.ok('matrix.history')
  expect(versions).toMatchObject([{ version: 1, setBy: 'Ruth Okafor', changed }])
  expect((await world.ben.ok('matrix.read', { query: { version: 0 } })).matrix).toEqual(matrix)
  expect(await world.ben.refused('matrix.read', { query: { version: 9 } })).toBe('nothing')
  expect((await textsOf(world.ada))[0]).toBe('Ruth Okafor changed how classes of confidentiality are handled.')
  await world.asSuperuser(world.database, (db) => db.run(`update app.sessions set factor_at = now() - interval '6 minutes'`))
  expect(errorIn(await firm.changeTo(matrix, 1)).code).toBe('factor.stale')
})

test('of two who change it at once one is told; a version that says nothing of a cell has it from version 0', async () => {
  const { matrix } = await firm.now()
  const replies = await Promise.all([
    firm.changeTo(withCells(matrix, { restricted: { shareDays: 3 } }), 0),
    firm.changeTo(withCells(matrix, { restricted: { shareDays: 5 } }), 0, world.ada),
  ])
  expect(replies.map((reply) => reply.status).sort()).toEqual([201, 409])
  expect(replies.map((reply) => (reply.json as { error?: { code: string } }).error?.code).filter(Boolean)).toEqual(['version.old'])
  expect(errorIn(await firm.changeTo((await firm.now()).matrix, 1)).code).toBe('matrix.invalid')
  await world.asSuperuser(world.database, (db) =>
    db.run(`update app.matrix set rules = rules #- '{classes,restricted,download}' #- '{dataTypes,iban}' where version = 1`),
  )
  const { version, matrix: filled } = await firm.now()
  expect([version, filled.classes.restricted.download, filled.dataTypes.iban]).toEqual([1, false, matrix.dataTypes.iban])
  const document = await firm.added(await firm.matterOf('restricted'))
  expect(errorIn(await firm.copy(world.ada, document.id)).text).toContain('restricted.download, version 1')
})
