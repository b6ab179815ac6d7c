import { Drawer } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { type KeyboardEvent, type RefObject, useEffect } from 'react'
import { count } from '../../lib/format.ts'
import { singleKeys } from '../../lib/preferences.ts'
import { line } from '../../ui/icons.ts'
import { EntryDetails, type ShownEntry } from './entry-details.tsx'

const nameOf = (number: number | null | undefined): string => (number ? `Entry ${count(number)}` : 'An entry')

type DrawerProps = { entry: ShownEntry | null; /** By the matter’s own numbers. */ ofMatter?: boolean; onClose: () => void }

/** An entry over the page. */
export const EntryDrawer = ({ entry, ofMatter = false, onClose }: DrawerProps) => (
  <Drawer opened={entry !== null} onClose={onClose} title={entry && nameOf(ofMatter ? entry.matterNumber : entry.number)}>
    {entry && <EntryDetails entry={entry} />}
  </Drawer>
)

type PaneProps = {
  entry: ShownEntry
  /** Takes the focus when an entry is gone into. */ way: RefObject<HTMLButtonElement | null>
  onStep: (by: 1 | -1) => void
  onClose: () => void
}

/** An entry beside its list, which stays as it is; `j` and `k` go to the next one, Esc back to the list. */
export function EntryPane({ entry, way, onStep, onClose }: PaneProps) {
  useEffect(() => {
    way.current?.closest('aside')?.scrollTo(0, 0)
  }, [entry.id, way])
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const steps = singleKeys.on() ? { j: 1, k: -1 } : {}
    const by = (steps as Record<string, 1 | -1>)[event.key]
    if (event.key === 'Escape') onClose()
    else if (by) onStep(by)
    else return
    event.preventDefault()
  }
  return (
    <aside className="aside" aria-label={nameOf(entry.number)} onKeyDown={onKey}>
      <header className="row spread">
        <h2 className="sub">{nameOf(entry.number)}</h2>
        <button ref={way} className="icon" type="button" aria-label="Close the entry" onClick={onClose}>
          <IconX {...line} />
        </button>
      </header>
      <div className="body">
        <EntryDetails entry={entry} />
      </div>
    </aside>
  )
}
