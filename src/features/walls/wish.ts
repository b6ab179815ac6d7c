import type { calls } from '../../contract/calls.ts'
import type { PreviewView, Side } from '../../contract/wall.ts'
import type { z } from 'zod'

type Shape = Pick<z.output<NonNullable<(typeof calls)['wall.raise']['body']>>, 'kind' | 'matters' | 'clients' | 'people' | 'groups'>

/** A wish in the form that db/access/wall-wish.sql reads. */
export function wished({ kind, matters, clients, people, groups }: Shape): { form: string; targets: string; people: string } {
  // a one-sided wall has one side
  const side = (one: { side: Side }): Side => (kind === 'exclusion' ? 'a' : one.side)
  return {
    form: kind,
    targets: JSON.stringify([
      ...matters.map((one) => ({ side: side(one), matter: one.matter, client: null })),
      ...clients.map((one) => ({ side: side(one), matter: null, client: one.client })),
    ]),
    people: JSON.stringify([
      ...people.map((one) => ({ side: side(one), person: one.person, group: null })),
      ...groups.map((one) => ({ side: side(one), person: null, group: one.group })),
    ]),
  }
}

type Code = PreviewView['faults'][number]['code']
/** Why a wall cannot be raised, and what to do about it. */
export const FAULTS: Record<Code, string> = {
  'everyone': 'Nobody would be left on a matter’s team. Bring someone onto it first, or leave someone out of the wall.',
  'responsible': 'It would keep out someone who is responsible for the matter. Make someone else responsible first.',
  'oneself': 'You would screen yourself, and nobody else could keep this wall. Let another compliance officer raise it.',
  'last-decider': 'Nobody would be left who could keep this wall. Leave at least one compliance officer outside of it.',
  'both-sides': 'Someone is on both sides. Say for each of them which side they lose.',
  'nobody': 'Name who is screened.',
  'nothing': 'Name what the wall stands around; one with two sides needs something on each.',
  'dates': 'A wall begins now or later, and ends after it begins.',
}
export const isFault = (code: string): code is Code => code in FAULTS
