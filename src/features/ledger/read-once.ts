import type { CallId } from '../../contract/calls.ts'
import type { MatterId } from '../../contract/ids.ts'
import { own, type Answer, type Here, type Input, type Route } from '../../platform/route.ts'
import { remembered, type Guard, type Subject } from '../../platform/ways.ts'

/** What was looked at: a matter's history, a person's, or (null) the firm's. */
export type Looked = { matter?: MatterId; object?: string; details?: Subject['details'] }
const WHOLE = '00000000-0000-0000-0000-000000000000'

/**
 * A route that shows entries. Reading the ledger stands in the ledger: an entry `ledger.read`, once for each session, half an hour and
 * subject, written before anything is answered; where it cannot be written, nothing is.
 */
export const reading = <C extends CallId>(
  id: C,
  guard: Guard,
  lookedAt: (input: Input<C>) => Looked,
  run: (here: Here, input: Input<C>) => Promise<Answer<C> | null>,
): Route =>
  own(id, guard, async (ask, input) => {
    const looked = lookedAt(input)
    const subject = looked.matter ?? looked.object ?? WHOLE
    const found = await ask.look(async (here) => {
      const value = await run(here, input)
      return value && { value, isRead: await one(here, 'select hidden.is_read($1) as ok', subject) }
    })
    if (!found) return null
    if (!found.isRead)
      // null: another request of this session wrote it meanwhile
      await ask.act('ledger.read', async (here) => {
        const begun = await one(here, 'select hidden.begin_reading($1) as ok', subject)
        return begun
          ? remembered({ matter: looked.matter, object: looked.matter ?? looked.object, details: looked.details ?? {} }, true)
          : null
      })
    return found.value
  })

const one = async ({ db }: Here, sql: string, subject: string): Promise<boolean> => (await db.row<{ ok: boolean }>(sql, [subject]))!.ok
