import type { Sort } from '../../../src/contract/order.ts'
import type { Order } from './tree.ts'

const ORDERS: [by: Sort, words: string][] = [
  ['name', 'Name'],
  ['class', 'Class'],
  ['size', 'Size'],
  ['added', 'Added'],
]

/** What the cards stand in order of, as the list's column heads; pressed again, the other way about. */
export const GridOrder = ({ order, onOrder }: { order: Order; onOrder: (order: Order) => void }) => (
  <div className="gridorder" role="group" aria-label="In order of">
    <span aria-hidden="true">In order of</span>
    {ORDERS.map(([by, words]) => {
      const now = order.by === by
      return (
        <button key={by} type="button" className="sorts" aria-pressed={now} onClick={() => onOrder({ by, down: now && !order.down })}>
          {words}
          {now && <span className="vh">{order.down ? ', falling' : ', rising'}</span>}
          {now && <span aria-hidden="true">{order.down ? ' ↓' : ' ↑'}</span>}
        </button>
      )
    })}
  </div>
)
