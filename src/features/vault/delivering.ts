import type { DocumentId, MatterId, OpeningId } from '../../contract/ids.ts'
import type { House } from '../../platform/house.ts'
import type { Subject } from '../../platform/ways.ts'
import { rememberAllAsClerk } from '../ledger/ledger.ts'

/** What went out by an opening; `entry` where that is an entry of its own. */
export type Delivery = {
  matter: MatterId
  opening: OpeningId
  bytes: number
  entry: false | { document: DocumentId; actor: string; session: string; details: Subject['details'] }
}

const GATHER_MS = 40
const waiting = new WeakMap<House, { deliveries: Delivery[]; timer: NodeJS.Timeout | null; writing: Promise<void> }>()

/**
 * The clerk writes down what was sent, since a session that was cut off can write nothing any more: a moment later, and what
 * went out in that moment in one transaction a matter. What a crash takes with it was sent all the same: its opening says so.
 */
export function noteDelivery(house: House, delivery: Delivery): void {
  const mine = waiting.get(house) ?? { deliveries: [], timer: null, writing: Promise.resolve() }
  waiting.set(house, mine)
  mine.deliveries.push(delivery)
  mine.timer ??= setTimeout(() => void writeDeliveries(house), GATHER_MS)
}

/** Writes down all that was noted until now; never rejects. */
export async function writeDeliveries(house: House): Promise<void> {
  const mine = waiting.get(house)
  if (!mine) return
  if (mine.timer) clearTimeout(mine.timer)
  mine.timer = null
  const batch = Map.groupBy(mine.deliveries.splice(0), ({ matter }) => matter)
  mine.writing = mine.writing.then(async () => {
    for (const [matter, of] of batch)
      await write(house, matter, of).catch((fault: unknown) => house.log.error('couldn’t record a delivery', fault))
  })
  await mine.writing
}

async function write(house: House, matter: MatterId, of: Delivery[]): Promise<void> {
  await house.clerk({ name: 'delivery', matter }, async (db) => {
    // two ranges of one opening may have gone out at once
    const sums = Map.groupBy(of, ({ opening }) => opening)
    const bytes = [...sums.values()].map((some) => some.reduce((sum, one) => sum + one.bytes, 0))
    db.late(
      db.run(
        'update app.openings o set delivered = o.delivered + d.bytes from unnest($1::uuid[], $2::bigint[]) as d (id, bytes) where o.id = d.id',
        [[...sums.keys()], bytes],
      ),
    )
    const entries = of.flatMap(({ entry }) => entry || [])
    await rememberAllAsClerk(
      house,
      db,
      entries.map(({ document: object, actor, session, details }) => ({
        deed: 'document.delivered',
        actor,
        session,
        subject: { matter, object, details },
      })),
    )
  })
}
