import type { RefusalCode } from '../contract/errors.ts'
import type { Deed } from '../contract/deeds.ts'
import type { House } from '../platform/house.ts'
import { isDenied, isFullDisk } from '../platform/postgres.ts'
import { Refusal } from '../platform/refusal.ts'
import { signedIn, type Route } from '../platform/route.ts'
import { remembered, type Secret } from '../platform/ways.ts'
import type { Input } from './play.ts'

/**
 * [Note: Why 404 and not 403] Behind a wall existence is itself confidential. What the database does not let someone
 * touch is answered like what is not there; 403 is for what a role may not do at all, whichever matter it is about.
 */
export function asRefusal(fault: unknown): unknown {
  if (isFullDisk(fault)) return new Refusal('disk.full', { cause: fault })
  return isDenied(fault) ? new Refusal('nothing', { cause: fault }) : fault
}

/** Refusals that say what the sender typed wrong are not remembered; what they tried to do or to see is. */
const REMEMBERED: RefusalCode[] = [
  'may.not',
  'scope.exceeded',
  'name.taken',
  'email.taken',
  'team.member',
  'team.last',
  'document.broken',
  'document.quarantined',
  'password.wrong',
  'factor.last',
  'role.guarded',
  'person.oneself',
  'person.last_administrator',
  'approval.oneself',
  'approval.waits',
  'successor.unfit',
  'matrix.refused',
  'factor.passkey',
]

/**
 * Every `null` leaves the same entry whatever its cause, so that the record is no oracle either;
 * compliance resolves the cause later. A refusal that cannot be remembered is not answered as one: it is a fault.
 */
export async function rememberRefusal(house: House, route: Route, secret: Secret, refusal: Refusal, input: Input): Promise<void> {
  let deed: Deed | null = null
  if (refusal.code === 'nothing') deed = 'nothing.answered'
  else if (REMEMBERED.includes(refusal.code)) deed = 'act.refused'
  if (!deed) return
  await house.ways
    .act(secret, signedIn, deed, async () =>
      remembered({ details: { call: route.id, tried: idsOf(input), code: refusal.code, ...refusal.decided } }, true),
    )
    .catch((fault: unknown) => {
      // revoked in between, or the clock cannot be trusted: there is nobody, or no time, to write it for
      if (!(fault instanceof Refusal)) throw fault
    })
}

/** The ids in what was sent, wherever they stood: what was tried, and no word more. */
const idsOf = ({ params, body }: Input): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries({ ...(params ?? {}), ...(body ?? {}) }).filter(
        ([, value]) => typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value),
      ),
    ),
  )
