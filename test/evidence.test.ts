import { beforeEach, describe, expect, test } from 'vitest'
import { checkBundle, type CheckedEntry, type Evidence } from '../src/core/evidence-check.ts'
import { ledgerKey } from '../src/features/ledger/tree.ts'
import type { Caller, Reply } from './world/caller.ts'
import { canariesIn } from './world/canaries.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
beforeEach(() => world.refresh())

type Body = Record<string, unknown>
const asked = (by: Caller, body: Body): Promise<Reply> => by.ask('bundle.create', { body: body as never })
const key = () => ledgerKey(world.firm.house.keys.ledgerSeed).vkey
const idOf = async (who: Caller) => (await who.ok('person.me')).id
const ofOrchard = () => ({ of: { matter: world.orchard.id } })
const codeOf = (reply: Reply) => (reply.json as { error: { code: string } } | null)?.error.code

/** A bundle that holds, by the firm's own key. */
async function made(by: Caller, body: Body): Promise<Evidence & { zip: Buffer }> {
  const reply = await asked(by, body)
  expect(reply.status, reply.bytes.toString('utf8', 0, 300)).toBe(200)
  const { faults, evidence } = checkBundle(reply.bytes, { keys: [key()] })
  expect(faults).toEqual([])
  return { ...evidence!, zip: reply.bytes }
}
const hiddenIn = (entries: readonly CheckedEntry[], field: 'details' | 'actor' | 'object' | 'matter') => [
  ...new Set(entries.map((entry) => entry.hidden[field] ?? 'open')),
]

describe('of a matter', () => {
  test('all its entries, to the one that says that this was made', async () => {
    const { head, entries, claims, zip } = await made(world.ada, ofOrchard())
    const history = (await world.ada.ok('entry.list', { params: { matter: world.orchard.id }, query: { limit: 500 } })).entries
    const last = entries.at(-1)!
    expect(last.leaf!.deed).toBe('evidence.made')
    expect(last.open.object!.value).toBe(head.id)
    expect(entries.map((entry) => entry.leaf!.id)).toEqual(
      history
        .map((entry) => entry.id)
        .reverse()
        .filter((id) => id <= last.leaf!.id || entries.some((one) => one.leaf!.id === id)),
    )
    expect(claims.map((claim) => claim.claim)).toEqual([{ kind: 'matter', matter: world.orchard.id, first: 1, last: entries.length }])
    expect(hiddenIn(entries, 'details')).toEqual(['open'])
    expect(head.names[world.orchard.id]).toContain('Orchard v. Mill')
    expect(zip.includes('%PDF-1.7')).toBe(true)
  })

  test('without details it holds none, and places and reasons are shown to nobody who did not ask for them', async () => {
    const { entries, zip, head } = await made(world.ada, { ...ofOrchard(), details: false })
    expect(hiddenIn(entries, 'details')).toEqual(['left out'])
    expect(entries.every((entry) => entry.hidden.from === 'left out' && entry.hidden.ground === 'left out')).toBe(true)
    expect(head.origins).toEqual({})
    // the matter's name is told, since whoever made it knows it; nothing that was done in it
    expect(canariesIn(zip).filter((one) => !['title', 'number', 'person'].includes(one))).toEqual([])
  })

  test('field by field, of one entry and another', async () => {
    const first = (await made(world.ada, ofOrchard())).entries[0]!.leaf!.id
    const concealed = await made(world.ada, {
      ...ofOrchard(),
      conceal: [
        { entry: first, field: 'details' },
        { entry: first, field: 'actor' },
      ],
    })
    expect(concealed.entries[0]!.hidden).toMatchObject({ details: 'left out', actor: 'left out' })
    expect(hiddenIn(concealed.entries.slice(1), 'details')).toEqual(['open'])
    const revealed = await made(world.ada, { ...ofOrchard(), details: false, reveal: [{ entry: first, field: 'details' }] })
    expect(revealed.entries[0]!.open.details).toBeDefined()
    expect(hiddenIn(revealed.entries.slice(1), 'details')).toEqual(['left out'])
  })

  test('with places and reasons, for who may see them', async () => {
    const { entries, head } = await made(world.ada, { ...ofOrchard(), show: ['from', 'ground'] })
    const own = entries.find((entry) => entry.open.ground?.value.startsWith('team'))!
    const place = head.origins[own.open.from!.value.split(' ')[1]!]!
    expect(JSON.parse(place.json)).toMatchObject({ address: '127.0.0.1' })
    // an associate reads no addresses
    const bens = await made(world.ben, { ...ofOrchard(), show: ['from', 'ground'] })
    expect(bens.head.origins).toEqual({})
    expect(bens.entries.some((entry) => entry.hidden.from === 'sealed')).toBe(true)
  })

  test('whoever oversees shows who, which deed and when, and nothing else', async () => {
    const { entries, zip, claims } = await made(world.ruth, ofOrchard())
    expect(hiddenIn(entries, 'details')).toEqual(['sealed'])
    expect(claims.every((claim) => claim.fault === null)).toBe(true)
    expect(canariesIn(zip).filter((one) => ['file', 'folder', 'content'].includes(one))).toEqual([])
  })

  test('is an act, and stands in the matter for its team to read', async () => {
    expect(await world.deedsOf(() => made(world.ruth, ofOrchard()))).toEqual(['evidence.made', 'evidence.made'])
    const [entry] = (await world.ben.ok('entry.list', { params: { matter: world.orchard.id } })).entries
    expect(entry).toMatchObject({ deed: 'evidence.made', via: 'clerk', actor: { id: await idOf(world.ruth) } })
  })
})

describe('who may', () => {
  test('not without the permission, and not without a factor just proved', async () => {
    expect(codeOf(await asked(world.sam, ofOrchard()))).toBe('may.not')
    await world.asSuperuser(world.database, (db) => db.run(`update app.sessions set factor_at = now() - interval '6 minutes'`))
    expect(codeOf(await asked(world.ada, ofOrchard()))).toBe('factor.stale')
  })

  test('a lawyer whom a wall keeps out is told what is told of nothing, and nothing is written in the matter', async () => {
    const cora = await idOf(world.cora)
    await world.asSuperuser(world.database, (db) => db.run(`update app.people set roles = '{lawyer}' where id = $1`, [cora]))
    const nobody = '019a0000-0000-7000-8000-000000000001'
    const [walled, nothing] = [await asked(world.cora, ofOrchard()), await asked(world.cora, { of: { matter: nobody } })]
    expect([walled.status, walled.bytes.toString()]).toEqual([404, nothing.bytes.toString()])
    expect(await world.deedsOf(() => asked(world.cora, ofOrchard()))).toEqual(['nothing.answered'])
    // and it is there
    expect((await asked(world.ada, ofOrchard())).status).toBe(200)
    expect(codeOf(await asked(world.cora, { of: { period: true }, from: new Date(Date.now() - 60_000).toISOString() }))).toBe('may.not')
  })
})

describe('of others', () => {
  test('a client: each of its matters whole, and what was done to the client itself', async () => {
    const client = world.orchard.client.id
    const { claims, entries } = await made(world.ada, { of: { client } })
    expect(claims.map(({ claim }) => claim.kind)).toEqual(['matter'])
    expect(entries.some((entry) => entry.leaf!.deed === 'client.created')).toBe(true)
  })

  test('a document: what was done to it, and not that this is all', async () => {
    const document = await world.ada.upload(world.orchard.id, 'Deed.txt', '', Buffer.from('a deed'))
    const { claims, entries } = await made(world.ada, { of: { document: document.id } })
    expect(claims).toEqual([])
    expect(entries.map((entry) => entry.leaf!.deed)).toEqual(['document.added'])
    expect(JSON.parse(entries[0]!.open.details!.value)).toMatchObject({ object: 'Deed.txt' })
  })

  test('a person: theirs, of matters nothing but that they are', async () => {
    const { entries, zip } = await made(world.ruth, { of: { person: await idOf(world.ben) }, details: true })
    const inMatters = entries.filter((entry) => entry.leaf!.m !== null)
    expect(inMatters.length).toBeGreaterThan(0)
    expect([hiddenIn(inMatters, 'details'), hiddenIn(inMatters, 'matter')]).toEqual([['other matter'], ['other matter']])
    expect(canariesIn(zip).filter((one) => ['title', 'file', 'folder', 'number', 'client'].includes(one))).toEqual([])
  })

  test('a period: every place, and shut those that a wall keeps from whoever makes it', async () => {
    const from = new Date(Date.now() - 3_600_000).toISOString()
    const whole = await made(world.ruth, { of: { period: true }, from })
    expect(whole.claims.map(({ claim }) => claim.kind)).toEqual(['range'])
    expect(whole.entries.every((entry, at) => entry.n === whole.entries[0]!.n + at)).toBe(true)
    // a partner sees no entry of a matter that she is not on
    const other = await made(world.ada, { of: { period: true }, from })
    expect(other.entries.some((entry) => entry.leaf === null)).toBe(true)
    expect(other.claims.every((claim) => claim.fault === null)).toBe(true)
  })
})

describe('that there is none', () => {
  test('by someone on a matter in a period: shown where there is none, and refused where there is', async () => {
    const [ruth, ben] = [await idOf(world.ruth), await idOf(world.ben)]
    const from = new Date(Date.now() - 86_400_000).toISOString()
    const stranger = await made(world.ada, { ...ofOrchard(), from, absent: await idOf(world.sam), details: false })
    expect(stranger.claims.map(({ claim, fault }) => [claim.kind, fault])).toEqual([
      ['matter', null],
      ['absence', null],
    ])
    await world.ben.ok('entry.list', { params: { matter: world.orchard.id } })
    expect(codeOf(await asked(world.ada, { ...ofOrchard(), absent: ben }))).toBe('evidence.present')
    // whoever oversees made evidence of it above
    expect(codeOf(await asked(world.ada, { ...ofOrchard(), absent: ruth }))).toBe('evidence.present')
    expect(
      codeOf(
        await asked(world.ada, {
          ...ofOrchard(),
          absent: await idOf(world.sam),
          conceal: [{ entry: stranger.entries.at(-2)!.leaf!.id, field: 'actor' }],
        }),
      ),
    ).toMatch(/^(evidence.present|input.invalid)$/)
  })

  test('a period that is to come, or ends before it begins, is none', async () => {
    const soon = new Date(Date.now() + 3_600_000).toISOString()
    expect(codeOf(await asked(world.ada, { ...ofOrchard(), to: soon }))).toBe('input.invalid')
    expect(codeOf(await asked(world.ada, { ...ofOrchard(), from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' }))).toBe(
      'input.invalid',
    )
  })
})
