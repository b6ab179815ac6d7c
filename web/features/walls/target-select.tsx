import { MultiSelect, Pill } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useRef, useState } from 'react'
import type { MatterView } from '../../../src/contract/matter.ts'
import { naturally } from '../../lib/format.ts'
import { useMatters } from '../matters/api.ts'
import { useMe } from '../session/api.ts'
import { useRegister } from './api.ts'

type Target = { value: string; label: string; more: string }
type Found = { matters: Target[]; clients: Target[]; isLooking: boolean; unread: boolean }

const matterTarget = (matter: { id: string; title: string; number: string; client: string }): Target => ({
  value: `matter:${matter.id}`,
  label: matter.title,
  more: `${matter.number} · ${matter.client}`,
})
const clientTarget = (client: { id: string; name: string }): Target => ({
  value: `client:${client.id}`,
  label: client.name,
  more: 'all its matters, also those to come',
})

/** What may be chosen: of the whole firm for whoever may read the register, else within reach. */
function useTargets(find: string): Found {
  const may = useMe().data?.may ?? []
  const whole = may.includes('register.read')
  const typed = find.trim().toLowerCase()
  const said = (target: Target) => `${target.label} ${target.more}`.toLowerCase().includes(typed)
  const [asked] = useDebouncedValue(find.trim(), 250)
  const register = useRegister(asked, whole)
  const reached = useMatters(!whole && may.includes('matter.list'))
  const matters = reached.data ?? []
  if (whole) {
    const { matters: its = [], clients = [] } = register.data ?? {}
    const isLooking = register.isFetching || asked !== find.trim()
    // what was found for the letters before is not offered for these
    const offers = (target: Target) => !isLooking || said(target)
    return {
      matters: its.map(matterTarget).filter(offers),
      clients: clients.map(clientTarget).filter(offers),
      isLooking,
      unread: register.error !== null,
    }
  }
  const clients = [...new Map(matters.map(({ client }) => [client.id, client])).values()]
  return {
    matters: matters
      .map((matter) => matterTarget({ ...matter, client: matter.client.name }))
      .filter(said)
      .slice(0, 50),
    clients: clients
      .toSorted((one, other) => naturally(one.name, other.name))
      .map(clientTarget)
      .filter((target) => target.label.toLowerCase().includes(typed))
      .slice(0, 20),
    isLooking: reached.isLoading,
    unread: reached.error !== null && !reached.data,
  }
}

export type Names = React.RefObject<Map<string, Target>>
/** What was offered so far, so that what is chosen keeps its name while one looks for more. */
export const useNames = (first?: MatterView): Names => {
  const target = first && matterTarget({ ...first, client: first.client.name })
  return useRef(new Map(target ? [[target.value, target]] : []))
}

type Props = {
  id?: string
  label: string
  names: Names
  value: string[]
  /** Chosen on the other side already. */ taken?: string[]
  onChange: (chosen: string[]) => void
  error?: React.ReactNode
}

/** Matters and clients, found by name or number. */
export function TargetSelect({ id, label, names, value, taken = [], onChange, error }: Props) {
  const [find, setFind] = useState('')
  const found = useTargets(find)
  for (const target of [...found.clients, ...found.matters]) names.current.set(target.value, target)
  const offered = (targets: Target[]) => targets.filter((target) => !taken.includes(target.value) && !value.includes(target.value))
  const chosen = value.flatMap((one) => names.current.get(one) ?? [])
  const joining = chosen.filter((target) => target.value.startsWith('client:'))
  return (
    <MultiSelect
      id={id}
      label={label}
      className="targets"
      placeholder={value.length ? '' : 'Title, client or number'}
      description={joining.length ? `New matters of ${joining.map((target) => target.label).join(', ')} join by themselves.` : undefined}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      data={[
        { group: 'Matters', items: offered(found.matters) },
        { group: 'Clients', items: offered(found.clients) },
        { group: 'Chosen', items: chosen },
      ]}
      value={value}
      onChange={onChange}
      searchable
      selectFirstOptionOnChange
      hidePickedOptions
      comboboxProps={{ withinPortal: false }}
      searchValue={find}
      onSearchChange={setFind}
      filter={({ options }) => options}
      nothingFoundMessage={found.isLooking ? 'Looking…' : 'No matter or client has that name or number.'}
      renderOption={({ option }) => <Option target={option as unknown as Target} />}
      renderPill={({ option, onRemove }) => (
        <Pill
          title={String(option.label)}
          withRemoveButton
          onRemove={onRemove}
          className={String(option.value).startsWith('matter:') ? 'cite' : undefined}
        >
          {option.label}
        </Pill>
      )}
      error={found.unread ? 'The matters could not be read. Load the page again.' : error}
    />
  )
}

const Option = ({ target }: { target: Target }) => (
  <span className="targetoption">
    <span className={target.value.startsWith('matter:') ? 'cite' : undefined}>{target.label}</span>
    <span className="meta">{target.more}</span>
  </span>
)
