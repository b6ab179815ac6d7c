import { Radio, Select } from '@mantine/core'
import type { PersonId } from '../../../src/contract/ids.ts'
import type { PreviewView, Side } from '../../../src/contract/wall.ts'
import { naturally } from '../../lib/format.ts'
import { usePeople } from '../people/api.ts'
import type { RaiseForm } from './raise-form.ts'

/** Those who are on both sides of a two-sided wall: each stays on one of them. */
export function BothSides({ form, preview, names }: { form: RaiseForm; preview: PreviewView | undefined; names: [string, string] }) {
  const people = usePeople().data ?? []
  const { loses } = form.values
  const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? 'Someone'
  const found = onBoth(preview)
  const rows = [...new Set([...found, ...Object.keys(loses)])].toSorted((one, other) => naturally(nameOf(one), nameOf(other)))
  const asks = preview?.faults.some(({ code }) => code === 'both-sides') ?? false
  if (rows.length === 0 && !asks) return null
  const put = (person: string, side: Side) => form.setFieldValue('loses', { ...loses, [person]: side })
  return (
    <fieldset className="stack sm" id="wall-sides" tabIndex={-1}>
      <legend className="lab">Who is on both sides</legend>
      {rows.map((person) => (
        <Radio.Group
          key={person}
          label={`${nameOf(person)} stays on`}
          value={loses[person] === undefined ? null : loses[person] === 'b' ? 'a' : 'b'}
          onChange={(stays) => put(person, stays === 'a' ? 'b' : 'a')}
        >
          <div className="row wrap sidechoice">
            <Radio value="a" label={names[0]} />
            <Radio value="b" label={names[1]} />
            {!found.includes(person as PersonId) && (
              <button
                type="button"
                className="plainlink meta"
                onClick={() => form.setFieldValue('loses', Object.fromEntries(Object.entries(loses).filter(([id]) => id !== person)))}
              >
                Take {nameOf(person)} out
              </button>
            )}
          </div>
        </Radio.Group>
      ))}
      {asks && (
        <Select
          aria-label="Someone else on both sides"
          placeholder="Someone else on both sides"
          searchable
          data={people
            .filter((person) => person.state !== 'left' && !rows.includes(person.id))
            .map((person) => ({ value: person.id, label: person.name }))}
          value={null}
          onChange={(person) => person && put(person, 'b')}
          nothingFoundMessage="Nobody in the firm has that name."
        />
      )}
    </fieldset>
  )
}

/** Those who would lose matters of either side, as the dry run has it. */
const onBoth = (preview: PreviewView | undefined): PersonId[] =>
  (preview?.losses ?? []).filter(({ sides }) => sides.length > 1).map(({ person }) => person.id as PersonId)
