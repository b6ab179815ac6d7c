import type { Caller } from './caller.ts'
import { wallWords } from './bodies.ts'
import { CANARIES } from './canaries.ts'
import { writeAccess } from '../../src/platform/own-root.ts'

/** A party, a wall with its papers, a request and a conflicts check, each with its mark. */
export async function plantBehindWalls({ ada, cora, ruth }: Record<'ada' | 'cora' | 'ruth', Caller>, matter: string): Promise<void> {
  await ada.ok('party.add', {
    params: { matter },
    body: { name: CANARIES.party, role: 'adverse', formerNames: [`Former ${CANARIES.party}`], addresses: [CANARIES.party] },
  })
  const screened = (await ada.ok('person.list')).people.find((one) => one.email === 'cora@wren-ames.test')!.id
  const wall = await ruth.ok('wall.raise', {
    body: {
      kind: 'exclusion',
      ...wallWords,
      matters: [{ matter }],
      people: [{ person: screened }],
      reason: CANARIES.screen,
      trigger: CANARIES.screen,
      information: CANARIES.screen,
      procedures: [CANARIES.screen],
      fee: CANARIES.screen,
      announced: true,
      memorandum: CANARIES.memorandum,
    },
  })
  await ruth.ok('wall.note', { params: { wall: wall.id }, body: { kind: 'inquiry', text: CANARIES.screen } })
  await ruth.ok('wall.lift', { params: { wall: wall.id }, body: { reason: CANARIES.screen } })
  await cora.ok('grant.request', { body: { about: CANARIES.asked, reason: CANARIES.asked } })
  const check = await cora.ok('conflict.check', { body: { names: [CANARIES.asked], note: CANARIES.asked } })
  for (let tries = 0; tries < 200; tries += 1) {
    if ((await ruth.ok('conflict.read', { params: { check: check.id } })).searched) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await ruth.ok('conflict.decide', {
    params: { check: check.id },
    body: { decision: 'waived', reasoning: CANARIES.asked, waiver: CANARIES.asked },
  })
}

/** A client's key, whose name is a mark, and the matter on its way under it by two people. `dir`: SUBROSA_OWN_KEYS. */
export async function plantKey({ ada, ben, sam }: Record<'ada' | 'ben' | 'sam', Caller>, matter: string, dir: string): Promise<void> {
  await writeAccess(dir, CANARIES.root, { kind: 'file', key: Buffer.alloc(32, 9).toString('base64') })
  await sam.ok('root.add', { body: { name: CANARIES.root } })
  const { confirmation } = await ada.ok('root.put', { params: { matter }, body: { name: CANARIES.root, reason: CANARIES.why } })
  await ben.ok('confirmation.decide', { params: { confirmation }, body: { approve: true } })
}
