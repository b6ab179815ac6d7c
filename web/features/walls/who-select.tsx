import { MultiSelect } from '@mantine/core'
import { counted, naturally } from '../../lib/format.ts'
import { useGroups } from '../access/api.ts'
import { usePeople } from '../people/api.ts'
import { useMe } from '../session/api.ts'

type Props = { id: string; value: string[]; onChange: (chosen: string[]) => void; error?: React.ReactNode }

/** People of the firm and groups of them. Whoever joins a group later is screened from then on. */
export function WhoSelect({ id, value, onChange, error }: Props) {
  const may = useMe().data?.may ?? []
  const listed = usePeople(may.includes('person.list'))
  const grouped = useGroups(may.includes('role.list'))
  const people = listed.data ?? []
  const groups = grouped.data ?? []
  const unread = (listed.error && !listed.data) || (grouped.error && !grouped.data)
  const more = new Map<string, string>([
    ...people.map((person) => [`person:${person.id}`, person.roleNames.join(', ')] as const),
    ...groups.map((group) => [`group:${group.id}`, counted(group.members.length, 'person', 'people')] as const),
  ])
  const byName = <T extends { name: string }>(all: T[]) => all.toSorted((one, other) => naturally(one.name, other.name))
  return (
    <MultiSelect
      id={id}
      label="Who is screened"
      placeholder={value.length ? '' : 'Name of a person or a group'}
      description={value.some((one) => one.startsWith('group:')) ? 'Whoever joins the group later is screened from then on.' : undefined}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      data={[
        {
          group: 'People',
          items: byName(people.filter((person) => person.state !== 'left')).map((person) => ({
            value: `person:${person.id}`,
            label: person.name,
          })),
        },
        { group: 'Groups', items: byName(groups).map((group) => ({ value: `group:${group.id}`, label: group.name })) },
      ]}
      value={value}
      onChange={onChange}
      searchable
      selectFirstOptionOnChange
      hidePickedOptions
      comboboxProps={{ withinPortal: false }}
      renderOption={({ option }) => (
        <span className="targetoption">
          <span>{option.label}</span>
          <span className="meta">{more.get(option.value)}</span>
        </span>
      )}
      nothingFoundMessage="Nobody in the firm and no group has that name."
      error={unread ? 'The people and groups could not be read. Load the page again.' : error}
    />
  )
}
