import { Tabs } from '@mantine/core'
import type { Preview } from '../../../src/contract/preview.ts'
import { count } from '../../lib/format.ts'

type Sheet = Extract<Preview, { kind: 'sheets' }>['sheets'][number]

/** A spreadsheet as tables, one tab for each sheet. */
export function ReadSheets({ sheets }: { sheets: Sheet[] }) {
  if (sheets.length === 0) return <p className="soft">It holds no sheet.</p>
  return (
    <Tabs defaultValue="0" className="sheet read sheets">
      <Tabs.List aria-label="Sheets">
        {sheets.map(({ name, isHidden }, at) => (
          <Tabs.Tab key={at} value={String(at)}>
            {name}
            {isHidden && <span className="meta"> hidden</span>}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {sheets.map((sheet, at) => (
        <Tabs.Panel key={at} value={String(at)}>
          <Grid sheet={sheet} />
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}

function Grid({ sheet: { name, rows, cut } }: { sheet: Sheet }) {
  if (rows.every((row) => row.every((cell) => cell === ''))) return <p className="soft">This sheet is empty.</p>
  return (
    <>
      <div className="scrolls" tabIndex={0} role="region" aria-label={name}>
        <table className="cells">
          <tbody>
            {rows.map((row, at) => (
              <tr key={at}>
                <th scope="row" className="num">
                  {at + 1}
                </th>
                {row.map((cell, column) => (
                  <td key={column} className={/^-?[\d.,]+%?$/.test(cell) ? 'num' : undefined}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {cut && <p className="meta">The first {count(rows.length)} rows are shown.</p>}
    </>
  )
}
