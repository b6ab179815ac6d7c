import { Select } from '@mantine/core'
import { DATA_TYPES, type DataType, type Matrix } from '../../../src/contract/matrix.ts'
import { CLASSES } from '../../../src/contract/words.ts'
import { Class, className } from '../../ui/class.tsx'
import { capital } from '../people/words.ts'
import { DATA_TYPE, DOES } from './cells.ts'
import type { Draft } from './draft.ts'

type Props = { matrix: Matrix; today?: Matrix; draft?: Draft }

/** Kinds of data that are recognized in what is added. */
export function DataTypes({ matrix, today, draft }: Props) {
  return (
    <section className="panel clip" aria-labelledby="datatypes">
      <header>
        <h2 className="sub" id="datatypes">
          Kinds of data
        </h2>
        <span className="meta push">recognized in what is added</span>
      </header>
      <table className="table datatypes">
        <thead>
          <tr>
            <th scope="col">What is found</th>
            <th scope="col">At least</th>
            <th scope="col">Then</th>
          </tr>
        </thead>
        <tbody>
          {DATA_TYPES.filter((type) => matrix.dataTypes[type]).map((type) => (
            <tr key={type}>
              <th scope="row">{DATA_TYPE[type]}</th>
              {draft ? <Changing type={type} draft={draft} /> : <Read type={type} matrix={matrix} today={today} />}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Read({ type, matrix, today }: { type: DataType; matrix: Matrix; today?: Matrix }) {
  const its = matrix.dataTypes[type]
  const now = today?.dataTypes[type]
  return (
    <>
      <td>
        <Class of={its.minimum} />
        {now && now.minimum !== its.minimum && <span className="meta today">Today: {className(now.minimum)}</span>}
      </td>
      <td>
        {capital(DOES[its.does])}
        {now && now.does !== its.does && <span className="meta today">Today: {DOES[now.does]}</span>}
      </td>
    </>
  )
}

function Changing({ type, draft: { matrix, set } }: { type: DataType; draft: Draft }) {
  const its = matrix.dataTypes[type]
  const change = (part: Partial<typeof its>) => set({ ...matrix, dataTypes: { ...matrix.dataTypes, [type]: { ...its, ...part } } })
  return (
    <>
      <td>
        <Select
          aria-label={`${DATA_TYPE[type]}: at least`}
          allowDeselect={false}
          data={CLASSES.map((name) => ({ value: name, label: className(name) }))}
          value={its.minimum}
          onChange={(minimum) => minimum && change({ minimum: minimum as typeof its.minimum })}
        />
      </td>
      <td>
        <Select
          aria-label={`${DATA_TYPE[type]}: then`}
          allowDeselect={false}
          data={Object.entries(DOES).map(([value, label]) => ({ value, label: capital(label) }))}
          value={its.does}
          onChange={(does) => does && change({ does: does as typeof its.does })}
        />
      </td>
    </>
  )
}
