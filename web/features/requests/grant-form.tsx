import { Button, Select } from '@mantine/core'
import { calls } from '../../../src/contract/calls.ts'
import { faultsOf } from '../../lib/form.ts'
import { useSent } from '../../lib/sent.ts'
import { Wrong } from '../../ui/fact.tsx'
import { WholeNumber } from '../../ui/whole-number.tsx'
import { type RequestView, type TeamRole, useGrant } from './api.ts'
import { PART_CHOICES } from './words.tsx'

type Props = { request: RequestView; onKeep: () => void; onDone: () => void }

/** For how long, and in which part, someone comes into a matter. */
export function GrantForm({ request, onKeep, onDone }: Props) {
  const grant = useGrant(request.id)
  const { form, submit, wrong } = useSent(
    {
      initialValues: { days: (request.days ?? 1) as number | string, role: 'assistant' as TeamRole },
      validate: (values) => faultsOf(calls['grant.approve'].body, values),
    },
    async ({ days, role }) => {
      await grant.mutateAsync({ days: Number(days), role })
      onDone()
    },
    ['days', 'role'],
  )
  return (
    <form className="inplace" onSubmit={submit} noValidate aria-label={`Grant access to ${request.person.name}`}>
      <div className="fields">
        <WholeNumber label="Days" min={1} max={365} autoFocus {...form.getInputProps('days')} />
        <Select label="Part" allowDeselect={false} data={PART_CHOICES} {...form.getInputProps('role')} />
      </div>
      <p className="meta">It ends by itself, and {request.person.name} is told before. It can be renewed on the team of the matter.</p>
      <Wrong>{wrong}</Wrong>
      <div className="row wrap">
        <Button size="xs" type="submit" variant="filled" loading={form.submitting}>
          Grant access
        </Button>
        <Button size="xs" variant="subtle" onClick={onKeep}>
          Not now
        </Button>
      </div>
    </form>
  )
}
