import { Button, Radio, Select } from '@mantine/core'
import type { PersonId } from '../../../src/contract/ids.ts'
import { useSent } from '../../lib/sent.ts'
import { naturally } from '../../lib/format.ts'
import { Wrong } from '../../ui/fact.tsx'
import { Panel } from '../../ui/panel.tsx'
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
  const { form, submit, wrong } = useSent(
    {
      initialValues: { person: null as PersonId | null, tries: '0' },
      validate: { person: (person) => (person ? null : 'Choose whose roles and groups the twin has.') },
    },
    async ({ person, tries }) => {
      await start.mutateAsync({ person: person as PersonId, tries: Number(tries) })
    },
    ['person', 'tries'],
  )
  return (
    <Panel id="probe-start" title="Try the walls">
      <form className="body stack" onSubmit={submit} noValidate>
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
    </Panel>
  )
}
