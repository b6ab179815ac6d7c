import { beforeEach, expect, test } from 'vitest'
import type { Caller } from './world/caller.ts'
import { Filed } from './world/filed.ts'
import { found as foundBy, indexed, search } from './world/searching.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const firm = new Filed(world)
const { file } = firm
beforeEach(() => firm.beginAnew())
/** In the matter of the test. */
const found = (by: Caller, words: string) => foundBy(by, words, { matters: [firm.matter as never] })

test('words, phrases, proximity, wildcards and fields are found in what documents say and are called', async () => {
  await file('Notice.txt', 'Letters', 'We hereby give notification that the discharge from outfall 3 is a breach of clause 14(b).')
  await file('Call.txt', '', 'The fitter warned of solids at the pump house. Nobody notified the mill about outfall 3 or 4.')
  await file('Lease.txt', '', 'Rent is due on the first. Notice of default is given in writing, and the landlord may then terminate.')
  await indexed(world.ada, firm.matter)
  expect(await found(world.ada, 'notifications')).toEqual(['Notice.txt'])
  expect(await found(world.ada, 'notify')).toEqual(['Call.txt'])
  expect(await found(world.ada, '"outfall 3"')).toEqual(expect.arrayContaining(['Notice.txt', 'Call.txt']))
  expect(await found(world.ada, '"3 outfall"')).toEqual([])
  expect(await found(world.ada, 'default w/5 notice')).toEqual(['Lease.txt'])
  expect(await found(world.ada, 'default pre/5 notice')).toEqual([])
  expect(await found(world.ada, 'terminat* OR fitter')).toEqual(expect.arrayContaining(['Lease.txt', 'Call.txt']))
  expect(await found(world.ada, 'outfall NOT fitter')).toEqual(['Notice.txt'])
  expect(await found(world.ada, 'name:lease')).toEqual(['Lease.txt'])
  expect(await found(world.ada, 'name:letters breach')).toEqual(['Notice.txt'])
  expect(await found(world.ada, 'ext:txt type:text rent')).toEqual(['Lease.txt'])
  expect(await found(world.ada, 'type:pdf rent')).toEqual([])
  // no word of theirs is asked for
  expect((await foundBy(world.ada, 'matter:"A matter 1" date:this-year')).sort()).toEqual(['Call.txt', 'Lease.txt', 'Notice.txt'])
  expect(await foundBy(world.ada, 'matter:"A matter 1" date<2001')).toEqual([])
  const { hits } = await search(world.ada, 'solids')
  expect(hits[0]!.passages[0]).toMatchObject({ text: expect.stringContaining('solids at the pump house') })
  const { text, marks } = hits[0]!.passages[0]!
  expect(marks.map(([start, end]) => text.slice(start, end))).toEqual(['solids'])
})
