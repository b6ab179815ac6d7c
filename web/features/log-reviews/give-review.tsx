import { Button, Drawer, Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import { calls } from '../../../src/contract/calls.ts'
import type { LogReviewTaskId, PersonId } from '../../../src/contract/ids.ts'
import { faultsOf, placeRefusal } from '../../lib/form.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { useAssign, useReviewers } from './api.ts'

/** Gives a review to someone who oversees the ledger. */
export function GiveReview({ task }: { task: LogReviewTaskId }) {
  const [opened, drawer] = useDisclosure()
  return (
    <>
      <Button onClick={drawer.open}>Give it to someone</Button>
      <Drawer opened={opened} onClose={drawer.close} title="Give the review to someone">
        <Form task={task} onDone={drawer.close} />
      </Drawer>
    </>
  )
}

function Form({ task, onDone }: { task: LogReviewTaskId; onDone: () => void }) {
  const assign = useAssign(task)
  const reviewers = useReviewers()
  const [wrong, setWrong] = useState<string | null>(null)
  const form = useForm<{ reviewer: PersonId | null; reason: string }>({
    initialValues: { reviewer: null, reason: '' },
    validate: (values) => ({
      ...faultsOf(calls['log-review.assign'].body, values),
      ...(!values.reviewer && { reviewer: 'Choose someone who oversees the ledger.' }),
    }),
  })
  const send = form.onSubmit(async ({ reviewer, reason }) => {
    setWrong(null)
    try {
      await assign.mutateAsync({ reviewer: reviewer!, reason: reason.trim() })
      onDone()
    } catch (fault) {
      const placed = placeRefusal(fault, ['reviewer', 'reason'])
      form.setErrors(placed.fields)
      setWrong(placed.text)
    }
  })
  return (
    <form className="stack lg" onSubmit={send} noValidate>
      <Select
        label="Reviewer"
        description="Someone who oversees the ledger, and whose own accesses are not among these."
        data-autofocus
        searchable
        data={reviewers}
        {...form.getInputProps('reviewer')}
      />
      <TextInput label="Reason" description="It stands in the ledger." {...form.getInputProps('reason')} />
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onDone}>
        Give it
      </FormEnd>
    </form>
  )
}
