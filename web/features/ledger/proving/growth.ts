import { useQuery } from '@tanstack/react-query'
import { type Answer, ask } from '../../../lib/ask.ts'
import { Refused } from '../../../lib/refused.ts'
import { canCheck, isSigned } from './digest.ts'
import { hasOnlyGrown, keptIn } from './verify-growth.ts'

/**
 * What came of comparing a checkpoint of earlier with the newest one. `grown`: worked out here. `null`: this browser checks nothing.
 * `short`: the ledger does not hold as many entries.
 */
export type Compared =
  { kind: 'compared'; grown: boolean | null; to: number; hashes: number; latest: Answer<'checkpoint.latest'> } | { kind: 'short' }

/** Asks for the proof that the log begins with the `size` entries under this root, base64, and works it out again. */
export async function compare({ size, root }: { size: number; root: string }, signal?: AbortSignal): Promise<Compared> {
  const latest = await ask('checkpoint.latest', { signal })
  if (latest.size < size) return { kind: 'short' }
  const proof = await ask('checkpoint.consistency', { query: { from: size, to: latest.size }, signal }).catch((fault: unknown) => {
    if (fault instanceof Refused && fault.code === 'nothing') return null
    throw fault
  })
  if (!proof) return { kind: 'short' }
  // the roots are those of the two notes, and not what is said beside the proof
  const claim = { ...proof, from: size, to: latest.size, roots: { from: root, to: latest.root } }
  const grown = canCheck() ? (await isStated(latest)) && (await hasOnlyGrown(claim)) : null
  return { kind: 'compared', grown, to: latest.size, hashes: proof.hashes.length, latest }
}

/** Whether the newest note says what is said beside it, and no signature under it is wrong. */
async function isStated({ note, size, root, key }: Answer<'checkpoint.latest'>): Promise<boolean> {
  const stated = keptIn(note)
  return stated?.size === size && stated.root === root && (await isSigned(note, key)) !== false
}

export const useGrowth = (of: { size: number; root: string }) =>
  useQuery({ queryKey: ['growth', of], queryFn: ({ signal }) => compare(of, signal), staleTime: 10_000 })
