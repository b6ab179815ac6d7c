import type { House } from '../../platform/house.ts'
import { Rounds } from '../../platform/rounds.ts'
import { rememberAsClerk } from '../ledger/ledger.ts'
import { rotateFirm } from './firm.ts'
import { rotateMatters } from './matter.ts'
import { rotateRoot } from './root.ts'
import { JOB, type Rotation, type Step } from './step.ts'

const WAYS = { root: rotateRoot, firm: rotateFirm, matter: rotateMatters }

/**
 * Rotates keys, one rotation at a time, in the order they were asked for.
 *
 * [Note: How a key is rotated] First the new key is made, durable, and can be opened by all; then it wraps; then everything is wrapped anew under it; then the
 * old one is forgotten. Between two of these every transaction that saw what was before has ended (`earlierTransactions`), so
 * that nobody ever holds a wrapped key without the key that opens it. Each step is done again after a crash and finds what
 * it did.
 */
export function openRotator(house: House): Rounds {
  const rounds = new Rounds(
    5_000,
    async (goesOn) => {
      while (goesOn() && (await rotateNext(house, goesOn)));
    },
    { log: house.log, fault: 'couldn’t rotate keys' },
  )
  rotators.set(house, rounds)
  return rounds
}
const rotators = new WeakMap<House, Rounds>()
/** What was just asked for is begun at once. */
export const nudge = (house: House): void => void rotators.get(house)?.run()

/** Whether one came to its end. */
async function rotateNext(house: House, goesOn: () => boolean): Promise<boolean> {
  const rotation = await house.clerk({ name: JOB }, (db) => db.row<Rotation>('select * from hidden.next_rotation()'))
  if (!rotation) return false
  const reached: Step['reached'] = async (after, done, of) => {
    Object.assign(rotation, { after: after ?? rotation.after, done, of })
    await house.clerk({ name: JOB }, (db) => db.run('select hidden.step_rotation($1, $2, $3, $4)', [rotation.id, after, done, of]))
  }
  if (!(await WAYS[rotation.what](house, { rotation, goesOn, reached }))) return false
  return house.clerk({ name: JOB }, async (db) => {
    const ended = await db.row<{ ended: boolean }>('select hidden.end_rotation($1) as ended', [rotation.id])
    if (ended!.ended)
      await rememberAsClerk(house, db, 'key.rotated', rotation.begun_by, null, {
        object: rotation.id,
        details: { object: rotation.what, done: rotation.done },
      })
    return true
  })
}
