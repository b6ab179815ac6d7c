import { Button, Radio, Select } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import type { PersonId } from '../../../src/contract/ids.ts'
import { naturally } from '../../lib/format.ts'
import { placeRefusal } from '../../lib/form.ts'
import { Wrong } from '../../ui/fact.tsx'
import { usePeople } from '../people/api.ts'
import { useMe } from '../session/api.ts'
import { useStartProbe } from './api.ts'

const TRIES = [
  { value: '0', label: 'Status, headers and bytes', description: 'Each route once on either side of the wall.' },
  { value: '400', label: 'And timing, 400 tries a route', description: 'Half of them train one classifier, the other half test it.' },
  { value: '2000', label: 'And timing, 2,000 tries a route', description: 'Finds smaller differences and takes five times as long.' },
]

export function StartProbe() {
  const people = usePeople(useMe().data?.may.includes('person.list') ?? false).data ?? []
  const start = useStartProbe()
  const [wrong, setWrong] = useState<string | null>(null)
  const form = useForm({
    initialValues: { person: null as PersonId | null, tries: '0' },
    validate: { person: (person) => (person ? null : 'Choose whose roles and groups the twin has.') },
  })
  const send = form.onSubmit(async ({ person, tries }) => {
    setWrong(null)
    try {
      await start.mutateAsync({ person: person as PersonId, tries: Number(tries) })
    } catch (fault) {
      const placed = placeRefusal(fault, ['person', 'tries'])
      form.setErrors(placed.fields)
      setWrong(placed.text)
    }
  })
  return (
    <section className="panel" aria-labelledby="probe-start">
      <header>
        <h2 className="sub" id="probe-start">
          Try the walls
        </h2>
      </header>
      <form className="body stack" onSubmit={send} noValidate>
        <Select
          label="A twin of"
          placeholder="Name of a person"
          searchable
          data={people
            .filter((person) => person.state === 'active')
            .toSorted((one, other) => naturally(one.name, other.name))
            .map((person) => ({ value: person.id, label: `${person.name}, ${person.roleNames.join(', ').toLowerCase()}` }))}
          nothingFoundMessage="Nobody who works here has that name."
          {...form.getInputProps('person')}
        />
        <Radio.Group label="What is compared" {...form.getInputProps('tries')}>
          <div className="rolechoice">
            {TRIES.map((choice) => (
              <Radio key={choice.value} {...choice} />
            ))}
          </div>
        </Radio.Group>
        <Wrong>{wrong}</Wrong>
        <div>
          <Button type="submit" variant="filled" loading={form.submitting}>
            Start the probe
          </Button>
        </div>
      </form>
    </section>
  )
}
