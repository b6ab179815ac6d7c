import { getHeapStatistics } from 'node:v8'
import { parentPort } from 'node:worker_threads'
import { openNameIndex, type Asked, type Entry, type Found } from './name-index.ts'

// The other thread of conflicts-desk.ts: the names of all parties, opened, in memory and nowhere else.

export type Order = { add: Entry[] } | { remove: string[] } | { query: Asked } | 'memory'
export type Sent = { number: number; order: Order }
/** Of a fault only the name: its message could quote a party. */
export type Told = { number: number } & (
  { done: true } | { found: Found } | { memory: { bytes: number; names: number } } | { fault: string }
)

const index = openNameIndex()

parentPort!.on('message', ({ number, order }: Sent) => parentPort!.postMessage({ number, ...answer(order) } satisfies Told))

function answer(order: Order): Told extends infer T ? (T extends Told ? Omit<T, 'number'> : never) : never {
  try {
    if (order === 'memory') {
      const { total_heap_size: heap, external_memory: external } = getHeapStatistics()
      return { memory: { bytes: heap + external, names: index.size() } }
    }
    if ('query' in order) return { found: index.query(order.query) }
    if ('add' in order) for (const entry of order.add) index.add(entry)
    else for (const id of order.remove) index.remove(id)
    return { done: true }
  } catch (fault) {
    return { fault: (fault as Error).name }
  }
}
