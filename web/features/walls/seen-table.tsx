import { Button } from '@mantine/core'
import { useState } from 'react'
import type { WallPage } from '../../../src/contract/wall.ts'
import { counted, fullTime } from '../../lib/format.ts'
import { Cite } from '../../ui/cite.tsx'
import { deedWords } from './words.ts'

type Seen = WallPage['seen'][number]
const FEW = 12

/** What was opened before, newest first: who, when, and what it was. `titles`: of the matters, where there is more than one. */
export function SeenTable({
  seen,
  titles,
  named,
}: {
  seen: Seen[]
  titles?: Map<string, string>
  /** Whose it is is said elsewhere. */ named?: boolean
}) {
  const [all, setAll] = useState(false)
  const shown = all ? seen : seen.slice(0, FEW)
  const manyMatters = new Set(seen.map(({ matter }) => matter)).size > 1
  return (
    <>
      <table className="table seentable">
        <thead>
          <tr>
            <th scope="col">When</th>
            {!named && <th scope="col">Who</th>}
            <th scope="col">What</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <tr key={one.entry}>
              <td className="dim nowrap">{fullTime(one.at)}</td>
              {!named && <td>{one.person.name}</td>}
              <td className="did">
                {deedWords(one.deed)} <b>{one.object ?? 'a document'}</b>
                {manyMatters && titles?.has(one.matter) && (
                  <span className="meta">
                    {' '}
                    of <Cite>{titles.get(one.matter)}</Cite>
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {seen.length > shown.length && (
        <div className="body">
          <Button size="xs" onClick={() => setAll(true)}>
            Show all {counted(seen.length, 'look')}
          </Button>
        </div>
      )}
    </>
  )
}
