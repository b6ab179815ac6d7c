import type { House } from '../../platform/house.ts'
import { isWithheld } from '../../platform/own-keys.ts'
import { Rounds } from '../../platform/rounds.ts'
import { rememberAsClerk } from '../ledger/ledger.ts'
import { rotateFirm } from './firm.ts'
import { rotateLedger } from './ledger.ts'
import { rotateMatters } from './matter.ts'
import { rememberOwn, rotateOwn } from './own.ts'
import { rotateRoot } from './root.ts'
import { JOB, type Rotation, type Step } from './step.ts'

const WAYS = { root: rotateRoot, firm: rotateFirm, matter: rotateMatters, own: rotateOwn, ledger: rotateLedger }

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
    1_000,
    async (goesOn) => {
      const aside: string[] = []
      while (goesOn() && (await rotateNext(house, aside, goesOn)));
    },
    { log: house.log, fault: 'couldn’t rotate keys' },
  )
  rotators.set(house, rounds)
  return rounds
}
const rotators = new WeakMap<House, Rounds>()
/** What was just asked for is begun at once. */
export const nudge = (house: House): void => void rotators.get(house)?.run()

/** Whether there may be another to go on with. One that waits for a client's key is put aside until the next round. */
async function rotateNext(house: House, aside: string[], goesOn: () => boolean): Promise<boolean> {
  const rotation = await house.clerk({ name: JOB }, (db) => db.row<Rotation>('select * from hidden.next_rotation($1)', [aside]))
  if (!rotation) return false
  const reached: Step['reached'] = async (after, done, of) => {
    Object.assign(rotation, { after: after ?? rotation.after, done, of })
    await house.clerk({ name: JOB }, (db) =>
      db.run('select hidden.step_rotation($1, $2, $3, $4, $5)', [rotation.id, after, done, of, rotation.skipped]),
    )
  }
  try {
    if (!(await WAYS[rotation.what](house, { rotation, goesOn, reached }))) return false
  } catch (fault) {
    if (!isWithheld(fault)) throw fault
    aside.push(rotation.id)
    return true
  }
  const matter = rotation.what === 'own' ? rotation.matter_id! : undefined
  return house.clerk({ name: JOB, matter }, async (db) => {
    const ended = await db.row<{ ended: boolean }>('select hidden.end_rotation($1) as ended', [rotation.id])
    if (ended!.ended && rotation.what === 'own') await rememberOwn(house, db, rotation)
    else if (ended!.ended)
      await rememberAsClerk(house, db, 'key.rotated', rotation.begun_by, null, {
        object: rotation.id,
        details: { object: rotation.what, done: rotation.done, ...(rotation.skipped > 0 && { skipped: rotation.skipped }) },
      })
    return true
  })
}
