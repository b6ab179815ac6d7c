import { IconBell } from '@tabler/icons-react'
import { useState } from 'react'
import type { SavedSearch } from '../../../src/contract/search.ts'
import { dateOf } from '../../lib/format.ts'
import { Fault } from '../../ui/fault.tsx'
import { line } from '../../ui/icons.ts'
import { Lines } from '../../ui/lines.tsx'
import { More } from '../matters/more.tsx'
import { sayRefusal } from '../vault/try.ts'
import { offerUndo } from '../vault/undo.tsx'
import { changeSearch, forgetSearch, saveSearch, useSaved } from './api.ts'
import type { Asked } from './asked.ts'
import { SaveSearch } from './save-search.tsx'
import { narrowed } from './narrowing.ts'

/** One’s saved searches: run, renamed, told of, forgotten. */
export function SavedList({ onRun }: { onRun: (asked: Asked) => void }) {
  const saved = useSaved()
  const [naming, setNaming] = useState<SavedSearch | null>(null)
  if (saved.isPending) return <Lines count={3} />
  if (!saved.data) return <Fault fault={saved.error} retry={() => void saved.refetch()} />
  if (saved.data.length === 0) return <p className="soft">None is saved. A search that has found something can be saved above its list.</p>
  return (
    <>
      <ul className="savedlist">
        {saved.data.map((one) => (
          <li key={one.id}>
            <div className="stack xs">
              <span className="row wrap">
                <button
                  type="button"
                  className="plainlink savedname"
                  onClick={() => onRun({ words: one.words, narrow: one.narrow, order: one.order })}
                >
                  {one.name}
                </button>
                {one.isTold && (
                  <span className="meta row told">
                    <IconBell {...line} size={13} /> You are told of what is new
                  </span>
                )}
              </span>
              <span className="meta">
                {one.words}
                {narrowed(one.narrow) > 0 && `, narrowed by ${narrowed(one.narrow)}`} · saved {dateOf(one.createdAt)}
              </span>
            </div>
            <More label={`More to do with ${one.name}`} acts={actsOf(one, () => setNaming(one))} />
          </li>
        ))}
      </ul>
      <SaveSearch of={naming} saved={naming} onClose={() => setNaming(null)} />
    </>
  )
}

const actsOf = (one: SavedSearch, rename: () => void) => [
  { name: 'Rename', run: rename },
  {
    name: one.isTold ? 'Tell me no more' : 'Tell me of what is new',
    run: () => void changeSearch(one.id, { ...one, isTold: !one.isTold }).catch(sayRefusal),
  },
  { name: 'Forget', run: () => void forget(one).catch(sayRefusal) },
]

async function forget(one: SavedSearch): Promise<void> {
  await forgetSearch(one)
  offerUndo({
    id: `forgotten-${one.id}`,
    said: `“${one.name}” is forgotten.`,
    undo: () => saveSearch(one),
    undone: `“${one.name}” is saved again.`,
  })
}
