import type { DocumentView } from '../../contract/document.ts'
import type { Class } from '../../contract/words.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Here } from '../../platform/route.ts'
import type { Me } from '../../platform/ways.ts'
import { checkScan } from './scanning.ts'

export type HeldBack = { class: Class; rule: string; asks: 'off' | 'fresh' | 'passkey'; version: number }
export const capital = (its: Class): string => its[0]!.toUpperCase() + its.slice(1)

/**
 * Asks the handling matrix whether this session may open a document now, or take a copy; PostgreSQL asks the same when the
 * opening is made and each time it is used (`hidden.held_back`, `hidden.is_scan_held`).
 * @throws Refusal `document.held`, `document.quarantined`, `matrix.refused`, `factor.stale`, `factor.passkey`, `scope.exceeded`; each names the rule and its version
 */
export async function checkHandling({ db, me }: Here, view: Pick<DocumentView, 'id' | 'shown' | 'version'>, copy: boolean): Promise<void> {
  await checkScan(db, view)
  refuseHeldBack(me, view, copy, await db.row<HeldBack>('select * from hidden.held_back($1, $2, hidden.proved())', [view.id, copy]))
}

/** @throws Refusal as `checkHandling` */
export function refuseHeldBack(me: Me, view: Pick<DocumentView, 'shown'>, copy: boolean, held: HeldBack | null): void {
  if (!held) return
  const decided = { rule: held.rule, version: held.version }
  const named = `(rule ${held.rule}, version ${held.version} of the handling matrix)`
  const what = copy ? `A copy of a ${capital(held.class)} document` : `A ${capital(held.class)} document`
  if (held.asks === 'off') {
    const instead = view.shown === 'no' ? 'This kind of file cannot be shown in the page.' : 'Open it in the page instead.'
    const text = `No copy is taken of a ${capital(held.class)} document ${named}. ${instead} If a copy is needed, speak to those who keep the matrix.`
    throw new Refusal('matrix.refused', { text, decided })
  }
  if (me.kind === 'token')
    throw new Refusal('scope.exceeded', {
      text: `${what} is for a person who has proved a factor, and not for an access token ${named}.`,
      decided,
    })
  if (held.asks === 'fresh')
    throw new Refusal('factor.stale', {
      text: `${what} asks for a second factor proved within five minutes ${named}. Prove yours again.`,
      decided,
    })
  const text = `${what} asks for a passkey proved within five minutes ${named}. Prove yours, or add one to your account first.`
  throw new Refusal('factor.passkey', { text, decided })
}
