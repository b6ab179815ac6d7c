import { Checkbox } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { DEEDS } from '../../../src/contract/deeds.ts'
import type { EntryId } from '../../../src/contract/ids.ts'
import { counted, exactTime, fullTime } from '../../lib/format.ts'
import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { Earlier } from '../ledger/earlier.tsx'
import type { ShownEntry } from '../ledger/entry-details.tsx'
import { actorWords, objectWords, sealedWords } from '../ledger/object-words.ts'
import { useEntriesOf } from './entries-of.ts'
import { apart, FIELD_WORDS, FIELDS, isOpen, mayOpen, withField, type FieldName, type General, type Singles } from './single-fields.ts'

type Props = {
  general: General
  period: { from?: string; to?: string }
  /** Those that this reader may open at all. */ mayPlaces: boolean
  singles: Singles
  onChange: (singles: Singles) => void
}

/** Entry by entry, what of it stands open in the evidence: each field can be left out, or shown although the others are not. */
export function ChooseFields({ general, period, mayPlaces, singles, onChange }: Props) {
  const found = useEntriesOf(general.of, period)
  const [reached, reach] = useState<EntryId | null>(null)
  if (found.isPending) return <Lines />
  if (!found.data) return <Fault fault={found.error} retry={() => void found.refetch()} />
  const entries = found.data.pages.flatMap((page) => page.entries)
  if (entries.length === 0) return <p className="soft">There is no entry of it in this time.</p>
  const fields = FIELDS.filter((field) => field !== 'from' || mayPlaces)
  const many = apart(general, singles).length
  return (
    <section className="stack sm" aria-label="Entry by entry">
      <div className="row spread meta">
        <span role="status">{many === 0 ? 'As chosen above' : `${counted(many, 'field')} otherwise than above`}</span>
        {many > 0 && (
          <button type="button" className="plainlink" onClick={() => onChange(new Map())}>
            All as above
          </button>
        )}
      </div>
      <div className="fieldlist">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Entry</th>
              {fields.map((field) => (
                <th key={field} scope="col" className="fld">
                  {FIELD_WORDS[field]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody onKeyDown={step}>
            {entries.map((entry, at) => (
              <tr key={entry.id}>
                <Named entry={entry} />
                {fields.map((field) => (
                  <td key={field} className="fld">
                    <Box
                      entry={entry}
                      field={field}
                      off={!mayOpen(general.of, entry, field)}
                      open={isOpen(general, singles, entry, field)}
                      reached={reached ? entry.id === reached : at === 0}
                      onReach={() => reach(entry.id)}
                      onChange={(open) => onChange(withField(singles, entry, field, open))}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <Earlier of={found} />
      </div>
    </section>
  )
}

function Named({ entry }: { entry: ShownEntry }) {
  const object = objectWords(entry)
  return (
    <th scope="row">
      <time className="meta" dateTime={entry.at} title={exactTime(entry.at)}>
        {fullTime(entry.at)}
      </time>
      <span>
        {actorWords(entry)} {DEEDS[entry.deed]} {object === null ? sealedWords(entry) : <b>{object}</b>}
      </span>
    </th>
  )
}

type OfBox = {
  entry: ShownEntry
  field: FieldName
  off: boolean
  open: boolean
  /** Tab comes to this entry’s. */ reached: boolean
  onReach: () => void
  onChange: (open: boolean) => void
}

function Box({ entry, field, off, open, reached, onReach, onChange }: OfBox) {
  if (off) return <span className="meta">–</span>
  const object = objectWords(entry)
  return (
    <Checkbox
      data-field={field}
      aria-label={`Show ${FIELD_WORDS[field]}: ${DEEDS[entry.deed]}${object === null ? '' : ` ${object}`}, ${exactTime(entry.at)}`}
      checked={open}
      tabIndex={reached ? 0 : -1}
      onFocus={onReach}
      onChange={(event) => onChange(event.target.checked)}
    />
  )
}

/** The arrows go up and down within a field. */
function step(event: KeyboardEvent): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  const box = event.target as HTMLElement
  if (!by || !box.dataset.field) return
  event.preventDefault()
  const boxes = [...event.currentTarget.querySelectorAll<HTMLElement>(`[data-field="${box.dataset.field}"]`)]
  boxes[boxes.indexOf(box) + by]?.focus()
}
