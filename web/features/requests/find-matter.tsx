import { Button, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import type { MatterId } from '../../../src/contract/ids.ts'
import { placeRefusal } from '../../lib/form.ts'
import { Wrong } from '../../ui/fact.tsx'
import { type RequestView, useRegister, useRoute } from './api.ts'

type Props = { request: RequestView; onKeep: () => void; onDone: () => void }

/** Says which matter a request means, by name and number over the whole firm. */
export function FindMatter({ request, onKeep, onDone }: Props) {
  const route = useRoute(request.id)
  const [typed, setTyped] = useState('')
  const [find] = useDebouncedValue(typed.trim(), 200)
  const [matter, setMatter] = useState<MatterId | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const register = useRegister(find)
  const found = register.data ?? []
  const send = async (event: React.FormEvent) => {
    event.preventDefault()
    setWrong(null)
    if (!matter) return setWrong('Choose the matter.')
    try {
      await route.mutateAsync(matter)
      onDone()
    } catch (fault) {
      setWrong(placeRefusal(fault, []).text)
    }
  }
  return (
    <form className="inplace" onSubmit={(event) => void send(event)} noValidate aria-label={`Find the matter: ${request.person.name}`}>
      <Select
        label="Matter"
        description={`Asked for as “${request.about}”. Whoever decides on the matter hears of it; ${request.person.name} does not.`}
        placeholder="Number, title or client"
        searchable
        autoFocus
        comboboxProps={{ withinPortal: false }}
        onSearchChange={setTyped}
        filter={({ options }) => options}
        data={found.map(({ id, number, title, client }) => ({ value: id, label: `${title} · ${client} · ${number}` }))}
        value={matter}
        onChange={(chosen) => setMatter(chosen as MatterId | null)}
        nothingFoundMessage={register.isFetching ? 'Looking …' : 'No matter of the firm answers to that.'}
        error={register.error ? 'The register could not be read.' : wrong === 'Choose the matter.' ? wrong : null}
      />
      {wrong !== 'Choose the matter.' && <Wrong>{wrong}</Wrong>}
      <div className="row wrap">
        <Button size="xs" type="submit" variant="filled" loading={route.isPending}>
          It means this matter
        </Button>
        <Button size="xs" variant="subtle" onClick={onKeep}>
          Not now
        </Button>
      </div>
    </form>
  )
}
