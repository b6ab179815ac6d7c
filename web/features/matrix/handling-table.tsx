import { Select } from '@mantine/core'
import { Fragment, useState } from 'react'
import type { Matrix } from '../../../src/contract/matrix.ts'
import { CLASSES, type Class as ClassName } from '../../../src/contract/words.ts'
import { Class, className } from '../../ui/class.tsx'
import { capital } from '../people/words.ts'
import { Cell } from './cell.tsx'
import { GROUPS, type Row } from './cells.ts'
import { type Draft, isChanged } from './draft.ts'

type Props = {
  matrix: Matrix
  /** What holds now, where an older version is shown. */ today?: Matrix
  /** While it is changed: what stood before, and where changes go. */ draft?: Draft & { before: Matrix }
}

/** Class by class; on a narrow screen one class at a time. */
export function HandlingTable({ matrix, today, draft }: Props) {
  const [narrow, setNarrow] = useState<ClassName>('confidential')
  return (
    <>
      <Select
        className="only-s"
        label="Class"
        allowDeselect={false}
        value={narrow}
        onChange={(chosen) => chosen && setNarrow(chosen as ClassName)}
        data={CLASSES.map((name) => ({ value: name, label: className(name) }))}
      />
      <section className="panel across" aria-label="Handling by class" tabIndex={0}>
        <table className="table matrix" data-narrow={narrow}>
          <thead>
            <tr>
              <th scope="col">
                <span className="vh">Rule</span>
              </th>
              {CLASSES.map((its) => (
                <th key={its} scope="col" data-class={its}>
                  <Class of={its} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {GROUPS.map((group) => (
              <Fragment key={group.name}>
                <tr className="day">
                  <th scope="rowgroup" colSpan={6}>
                    {group.name}
                  </th>
                </tr>
                {group.rows.map((row) => (
                  <tr key={row.name}>
                    <th scope="row">{row.name}</th>
                    {CLASSES.map((its) => (
                      <td key={its} data-class={its} data-weak={isWeak(row, row.words(matrix.classes[its])) || undefined}>
                        {draft ? <Cell row={row} its={its} draft={draft} /> : <Read row={row} its={its} matrix={matrix} today={today} />}
                      </td>
                    ))}
                  </tr>
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}

/** `no` and `none` step back, so that what holds is what the eye finds. */
const isWeak = (_: Row, words: string) => words === 'no' || words === 'none'

function Read({ row, its, matrix, today }: { row: Row; its: ClassName; matrix: Matrix; today?: Matrix }) {
  const differs = today && isChanged(matrix.classes[its], today.classes[its], row.fields)
  return (
    <span title={`Rule ${row.fields.map((field) => `${its}.${field}`).join(', ')}`}>
      {capital(row.words(matrix.classes[its]))}
      {differs && <span className="meta today">Today: {row.words(today.classes[its])}</span>}
    </span>
  )
}
