import { Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { From } from '../../../src/contract/entry-filter.ts'
import { DEED_GROUPS, type DeedGroup, deedGroups, groupOf } from '../../../src/contract/deed-groups.ts'
import { deedNames, DEEDS } from '../../../src/contract/deeds.ts'
import { since } from '../../lib/format.ts'
import { useMatters } from '../matters/api.ts'
import { usePeople } from '../people/api.ts'
import { useMe } from '../session/api.ts'
import { capital } from '../people/words.ts'
import { type Asked, dayIn, PERIODS, startOf } from './filter-state.ts'

type Props = { asked: Asked; ask: (more: Asked) => void; clear: () => void; /** Of one matter’s history. */ ofMatter?: boolean }

/** Narrows the ledger: by whom, matter, deed, time, address and how far it is proved. Each holds of every entry that is shown. */
export function FilterBar({ asked, ask, clear, ofMatter = false }: Props) {
  const may: readonly string[] = useMe().data?.may ?? []
  const people = usePeople(may.includes('person.list')).data ?? []
  const matters = useMatters(may.includes('matter.list') && !ofMatter).data ?? []
  return (
    <div className="askbar" role="search" aria-label={ofMatter ? 'Narrow the history' : 'Narrow the ledger'}>
      <Choice
        label="Person"
        none="Anyone"
        value={asked.person}
        onChange={(person) => ask({ person })}
        data={orAlso(
          asked.person,
          'Someone not listed',
          people.map(({ id, name }) => ({ value: id, label: name })),
        )}
      />
      {!ofMatter && (may.includes('matter.list') || asked.matter) && (
        <Choice
          label="Matter"
          none="Any matter"
          value={asked.matter}
          onChange={(matter) => ask({ matter })}
          data={orAlso(
            asked.matter,
            'A matter not listed',
            matters.map(({ id, title, number }) => ({ value: id, label: `${title}, ${number}` })),
          )}
        />
      )}
      <Choice label="Deed" none="Any deed" value={asked.deed} onChange={(deed) => ask({ deed })} data={DEED_CHOICES} />
      <Period asked={asked} ask={ask} />
      <Choice
        label="Proof"
        none="Any state"
        value={asked.proof}
        onChange={(proof) => ask({ proof })}
        data={[
          { value: 'recorded', label: 'Recorded only' },
          { value: 'in the tree', label: 'In the tree' },
          { value: 'witnessed', label: 'Witnessed' },
        ]}
      />
      {may.includes('ledger.read') && <Address key={asked.address ?? ''} value={asked.address} onChange={(address) => ask({ address })} />}
      {Object.keys(asked).length > 0 && (
        <Button variant="subtle" onClick={clear}>
          Show all
        </Button>
      )}
    </div>
  )
}

type Option = { value: string; label: string }
/** What is asked for stands there, also where the reader’s list has no name for it. */
const orAlso = (value: string | undefined, label: string, listed: Option[]): Option[] =>
  value === undefined || listed.some((one) => one.value === value) ? listed : [...listed, { value, label }]

const DEED_CHOICES = [
  { group: 'Groups', items: deedGroups.map((group) => ({ value: group as string, label: DEED_GROUPS[group] })) },
  ...deedGroups
    .filter((group): group is DeedGroup => group !== 'looked')
    .map((group) => ({
      group: DEED_GROUPS[group],
      items: deedNames.filter((deed) => groupOf(deed) === group).map((deed) => ({ value: deed as string, label: capital(DEEDS[deed]) })),
    })),
]

type ChoiceProps = {
  label: string
  none: string
  value: string | undefined
  onChange: (value: string | undefined) => void
  data: React.ComponentProps<typeof Select>['data']
}
const Choice = ({ label, none, value, onChange, data }: ChoiceProps) => (
  <Select
    aria-label={label}
    placeholder={none}
    value={value ?? null}
    onChange={(next) => onChange(next === null ? undefined : String(next))}
    data={data}
    searchable
    clearable
    size="xs"
    nothingFoundMessage="Nothing like that"
  />
)

function Period({ asked, ask }: Pick<Props, 'asked' | 'ask'>) {
  const [days, setDays] = useState<string | undefined>()
  const own = days === 'own' || (days === undefined && Boolean(asked.from || asked.to))
  const shown = own ? 'own' : asked.from ? days : undefined
  return (
    <>
      <Choice
        label="Period"
        none="Any time"
        value={shown}
        onChange={(next) => {
          setDays(next)
          if (next === undefined) ask({ from: undefined, to: undefined })
          else if (next !== 'own') ask({ from: since(Number(next)), to: undefined })
        }}
        data={[...Object.entries(PERIODS).map(([value, label]) => ({ value, label })), { value: 'own', label: 'Between two days' }]}
      />
      {own && (
        <>
          <Day label="From" value={dayIn(asked.from)} onChange={(day) => ask({ from: startOf(day) })} />
          <Day label="Before" value={dayIn(asked.to)} onChange={(day) => ask({ to: startOf(day) })} />
        </>
      )}
    </>
  )
}
type DayProps = { label: string; value: string; onChange: (day: string) => void }
const Day = ({ label, value, onChange }: DayProps) => (
  <TextInput
    type="date"
    size="xs"
    aria-label={label}
    leftSection={<span className="meta">{label}</span>}
    leftSectionWidth="3.4rem"
    value={value}
    onChange={(event) => onChange(event.target.value)}
  />
)

/** Asked for once it is an address. */
function Address({ value, onChange }: { value: string | undefined; onChange: (value: string | undefined) => void }) {
  const [text, setText] = useState(value ?? '')
  const [fault, setFault] = useState<string | null>(null)
  const take = () => {
    const typed = text.trim()
    const fits = typed === '' || From.safeParse(typed).success
    setFault(fits ? null : 'An address such as 203.0.113.7')
    if (fits && typed !== (value ?? '')) onChange(typed || undefined)
  }
  return (
    <TextInput
      size="xs"
      aria-label="Address"
      placeholder="From any address"
      value={text}
      error={fault}
      onChange={(event) => setText(event.target.value)}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
    />
  )
}
