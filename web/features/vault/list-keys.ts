import { singleKeys } from '../../lib/preferences.ts'
import type { ListActs } from './list-acts.ts'
import { sayWaits } from './early.ts'
import { hasGap, ranged, type Rows, type Selection, toggled, whole } from './selection.ts'
import { type Row } from './tree.ts'
import { keyOf } from './list-acts.ts'

type List = {
  rows: Rows
  selection: Selection
  acts: ListActs
  onSelect: (selection: Selection) => void
  /** Moves the focus by rows; answers the row that has it then. */ step: (by: number) => number
  /** What is moved with a row: all that is chosen, when it is one of them. */ onMove: (row: Row) => void
}

/** The keys of the row that has the focus; arrows alone, `j` and `k` work from anywhere on the page. */
export function onListKey(event: React.KeyboardEvent, { rows, selection, acts, onSelect, step, onMove }: List): void {
  const at = (event.target as Element).closest<HTMLElement>('[data-index]')?.dataset.index
  const row = at === undefined ? undefined : rows[Number(at)]
  if (!row || !acts.mayFile || (event.target as Element).closest('[role="menu"]')) return
  const onName = (event.target as Element).matches('[data-go]')
  const { key, shiftKey, altKey } = event
  const ctrl = event.ctrlKey || event.metaKey
  const range = (by: number) => {
    const to = step(by)
    if (hasGap(rows, selection, to)) sayWaits()
    else onSelect(ranged(rows, selection, Number(at), to))
  }
  const run = {
    ' ': onName && row.kind === 'file' && !ctrl && (() => onSelect(toggled(selection, row.document.id))),
    'ArrowDown': shiftKey && (() => range(1)),
    'ArrowUp': shiftKey && (() => range(-1)),
    'a': ctrl && !shiftKey && (() => (rows.includes(undefined) ? sayWaits() : onSelect(whole(rows)))),
    'Delete': !ctrl && !shiftKey && (() => acts.remove(row)),
    'F2': () => acts.rename(keyOf(row)),
    'm': !ctrl && !shiftKey && singleKeys.on() && (() => onMove(row)),
  }[key]
  if (!run || altKey) return
  event.preventDefault()
  run()
}
