import { beforeEach, expect, test } from 'vitest'
import type { EvidenceOf } from '../src/contract/evidence.ts'
import type { EntryView } from '../src/contract/ledger.ts'
import { checkBundle } from '../src/core/evidence-check.ts'
import { FIELDS, isOpen, mayOpen } from '../web/features/evidence/single-fields.ts'
import type { Caller } from './world/caller.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
beforeEach(() => world.refresh())

const query = { limit: 500 }
async function seen(by: Caller, of: EvidenceOf): Promise<EntryView[]> {
  if ('matter' in of) return (await by.ok('entry.list', { params: of, query })).entries
  if ('document' in of) return (await by.ok('entry.of-document', { params: of, query })).entries
  if ('person' in of) return (await by.ok('entry.of-person', { params: of, query })).entries
  return (await by.ok('entry.all', { query })).entries
}

test('what the page says is opened of an entry is what the evidence holds open, and nothing that it says is left out', async () => {
  const [ada, cora] = [(await world.ada.ok('person.me')).id, (await world.cora.ok('person.me')).id]
  const document = (await world.ada.ok('document.list', { params: { matter: world.orchard.id } })).documents[0]!.id
  const wishes: [Caller, EvidenceOf][] = [
    [world.ada, { matter: world.orchard.id }],
    [world.ada, { document }],
    [world.ada, { person: ada }],
    [world.ada, { person: cora }],
    [world.ruth, { person: cora }],
    [world.ruth, { period: true }],
  ]
  let compared = 0
  for (const [by, of] of wishes)
    for (const [details, grounds, places] of [
      [true, false, false],
      [false, true, true],
    ] as const) {
      const general = { of, details, grounds, places }
      const entries = await seen(by, of)
      const show = [...(places ? ['from'] : []), ...(grounds ? ['ground'] : [])]
      const body = { of, details, show, ...('period' in of && { from: '2020-01-01T00:00:00.000Z' }) } as never
      const reply = await by.ask('bundle.create', { body })
      expect([of, reply.status]).toEqual([of, 200])
      const held = new Map(checkBundle(reply.bytes).evidence!.entries.map((entry) => [entry.leaf?.id, entry]))
      expect([of, entries.some((entry) => held.has(entry.id))]).toEqual([of, true])
      for (const entry of entries) {
        const its = held.get(entry.id)
        if (!its) continue
        for (const field of FIELDS) {
          const says = mayOpen(of, entry, field) && isOpen(general, new Map(), entry, field)
          // nothing is told where nothing stands; `{}` are details of nothing
          const tells = Boolean(its.open[field]?.value.trim()) && its.open[field]!.value !== '{}'
          const why = its.hidden[field]
          const what = [of, entry.deed, field]
          if (says) expect([...what, why === undefined || ['sealed', 'destroyed', 'withheld'].includes(why)]).toEqual([...what, true])
          else expect([...what, tells]).toEqual([...what, false])
          compared += 1
        }
      }
    }
  expect(compared).toBeGreaterThan(300)
})
