import { availableParallelism } from 'node:os'
import type { Deed } from '../contract/deeds.ts'
import { batches } from './batches.ts'
import { enter, refuseClock } from './entering.ts'
import { originNow, type Whence } from './origin.ts'
import { withKeys } from './own-keys.ts'
import { heard, said, sqlState, transaction, type Db, type Pool } from './postgres.ts'
import type { Guard, Me, Remember, Remembered, Secret, Ways } from './ways.ts'

type Act = {
  secret: Secret
  guard: Guard
  deed: Deed
  ahead(db: Db): Promise<unknown>
  fn(db: Db, me: Me, asked: Promise<unknown>): Promise<Remembered<unknown> | null>
  /** from where it was asked, which acts that are committed together may differ in */ whence: Whence | null
}
type Waiting = Act & { ended: PromiseWithResolvers<unknown> }
/** Transactions of one session that are under way at once; those that come then wait, and share the next. */
const AT_ONCE = Math.max(1, Math.floor(availableParallelism() / 2))
const MOST_TOGETHER = 16

/**
 * The ways that write. Acts of one session that wait together (`actAhead`) are committed together, each with its entry; where that
 * cannot be, each is done for itself, as if there had been no other.
 */
export function openActs(pool: Pool, remember: Remember, afterAct: () => void): Pick<Ways, 'act' | 'actAhead'> {
  /** All of them or, where one finds nothing, none: null. `ending` is told when only the commit is left. */
  const commit = (acts: readonly Act[], ending: () => void): Promise<unknown[] | null> =>
    transaction(pool, { role: 'subrosa_person' }, async (db, undo) => {
      const entering = enter(db, acts[0]!.secret)
      const asked = acts.map(({ ahead }) => heard(ahead(db)))
      const me = await entering
      const done = await said(
        ...acts.map(async ({ guard, fn }, i) => {
          guard(me)
          return fn(db, me, asked[i]!)
        }),
      )
      if (done.includes(null)) {
        undo()
        return null
      }
      await remember(
        db,
        done.flatMap((one, i) => {
          const { deed, whence } = acts[i]!
          const place = whence && { ...whence, device: me.device }
          return [{ deed, subject: one!.subject }, ...one!.also].map((also) => ({ ...also, place }))
        }),
      )
      ending()
      return done.map((one) => one!.value)
    })
  const alone = async (act: Act): Promise<unknown> => {
    const values = await withKeys(() => commit([act], () => {})).catch(refuseClock)
    if (values) afterAct()
    return values && values[0]
  }
  const together = async (acts: Waiting[]): Promise<void> => {
    const each = () => Promise.all(acts.map((act) => alone(act).then(act.ended.resolve, act.ended.reject)))
    if (acts.length === 1) return void (await each())
    let isEnding = false
    try {
      const values = await commit(acts, () => (isEnding = true))
      if (!values) return void (await each())
      afterAct()
      for (const [i, { ended }] of acts.entries()) ended.resolve(values[i])
    } catch (fault) {
      // what may have been committed is not done twice
      if (!isEnding || isUndone(fault)) return void (await each())
      for (const { ended } of acts) ended.reject(fault)
    }
  }
  const join = batches<Waiting>(AT_ONCE, MOST_TOGETHER, together)
  return {
    act: (secret, guard, deed, fn) =>
      alone({ secret, guard, deed, ahead: async () => undefined, fn, whence: originNow() }) as Promise<never>,
    actAhead: (secret, guard, deed, ahead, fn) => {
      const ended = Promise.withResolvers<unknown>()
      join(secret, { secret, guard, deed, ahead, fn: fn as Act['fn'], whence: originNow(), ended })
      return ended.promise as Promise<never>
    },
  }
}

/** Of a fault that a commit was answered with: it was a statement's, and PostgreSQL has taken everything back. */
const isUndone = (fault: unknown): boolean => /^(22|23|25|40|42|P0|SR)/.test(sqlState(fault) ?? '')
