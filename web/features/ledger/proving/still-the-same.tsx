import { count, momentOf } from '../../../lib/format.ts'
import { useGrowth } from './growth.ts'

/** That the ledger of now begins with the one that an entry is proved in: worked out here, once something came after it. */
export function StillTheSame({ size, root }: { size: number; root: string }) {
  const found = useGrowth({ size, root }).data
  if (!found || (found.kind === 'compared' && found.to === size)) return null
  if (found.kind === 'short' || found.grown === false)
    return (
      <li className="wrong">
        <strong role="alert">The ledger of now does not begin with the one that this was proved in. Tell compliance.</strong>
      </li>
    )
  if (found.grown === null) return null
  return (
    <li>
      <b>Still the same</b> {momentOf(found.latest.at)}. The tree of {count(found.to)} entries begins with the tree of {count(size)},
      unchanged.
    </li>
  )
}
