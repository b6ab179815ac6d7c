import { Button, Textarea } from '@mantine/core'
import { calls } from '../../../src/contract/calls.ts'
import { faultsOf } from '../../lib/form.ts'
import { useSent } from '../../lib/sent.ts'
import { Wrong } from '../../ui/fact.tsx'
import { type RequestView, useRefuse } from './api.ts'

type Props = { request: RequestView; onKeep: () => void; onDone: () => void }

export function RefuseForm({ request, onKeep, onDone }: Props) {
  const refuse = useRefuse(request.id)
  const { form, submit, wrong } = useSent(
    { initialValues: { reason: '' }, validate: (values) => faultsOf(calls['grant.refuse'].body, values) },
    async ({ reason }) => {
      await refuse.mutateAsync(reason.trim())
      onDone()
    },
    ['reason'],
  )
  return (
    <form className="inplace" onSubmit={submit} noValidate aria-label={`Refuse the request of ${request.person.name}`}>
      <Textarea
        label="Reason"
        description={`It stands in the ledger. ${request.person.name} reads only that it was refused.`}
        autosize
        minRows={2}
        maxLength={2000}
        autoFocus
        {...form.getInputProps('reason')}
      />
      <Wrong>{wrong}</Wrong>
      <div className="row wrap">
        <Button size="xs" type="submit" variant="filled" loading={form.submitting}>
          Refuse access
        </Button>
        <Button size="xs" variant="subtle" onClick={onKeep}>
          Not now
        </Button>
      </div>
    </form>
  )
}
