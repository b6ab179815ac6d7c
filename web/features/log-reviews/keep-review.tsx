import { Button, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { calls } from '../../../src/contract/calls.ts'
import { DEED_GROUPS, deedGroups } from '../../../src/contract/deed-groups.ts'
import type { PersonId } from '../../../src/contract/ids.ts'
import { CADENCES, type LogReviewView } from '../../../src/contract/log-review.ts'
import { faultsOf, placeRefusal } from '../../lib/form.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { usePeople } from '../people/api.ts'
import { useChangeReview, useCreateReview, useRetireReview, type Wish } from './api.ts'
import { CADENCE } from './words.ts'

const NEW: Wish = {
  name: '',
  filter: { deeds: ['looked'] },
  rules: { zone: Intl.DateTimeFormat().resolvedOptions().timeZone, from: 7, to: 20, refusals: 10, bulk: 50 },
  cadence: 'monthly',
  reviewer: null,
  sample: 25,
  days: 7,
}
const wishOf = ({ name, filter, rules, cadence, reviewer, sample, days }: LogReviewView): Wish => ({
  name,
  filter,
  rules,
  cadence,
  reviewer: reviewer?.id ?? null,
  sample,
  days,
})

/** Says what is reviewed, how often, by whom and by which rules. */
export function KeepReview({ review, onDone }: { review: LogReviewView | null; onDone: () => void }) {
  const create = useCreateReview()
  const change = useChangeReview(review?.id ?? ('' as LogReviewView['id']), review?.version ?? 0)
  const people = usePeople().data ?? []
  const [wrong, setWrong] = useState<string | null>(null)
  const form = useForm<Wish>({
    initialValues: review ? wishOf(review) : NEW,
    validate: (values) => faultsOf(calls['log-review.create'].body, values),
  })
  const send = form.onSubmit(async (values) => {
    setWrong(null)
    try {
      await (review ? change : create).mutateAsync(values)
      notifications.show({ message: review ? 'The review is changed.' : 'The review is set up.' })
      onDone()
    } catch (fault) {
      const placed = placeRefusal(fault, ['name', 'reviewer', 'sample', 'days', 'rules.zone', 'rules.to'])
      form.setErrors(placed.fields)
      setWrong(placed.text)
    }
  })
  return (
    <form className="stack lg" onSubmit={send} noValidate>
      <TextInput label="Name" data-autofocus {...form.getInputProps('name')} />
      <MultiSelect
        label="What is looked at"
        description="Nothing chosen: every deed."
        data={deedGroups.map((group) => ({ value: group, label: DEED_GROUPS[group] }))}
        {...form.getInputProps('filter.deeds')}
      />
      <div className="pair">
        <Select
          label="How often"
          allowDeselect={false}
          data={CADENCES.map((cadence) => ({ value: cadence, label: CADENCE[cadence] }))}
          {...form.getInputProps('cadence')}
        />
        <NumberInput label="Days to sign it" min={1} max={90} {...form.getInputProps('days')} />
      </div>
      <Select
        label="Reviewer"
        placeholder="Whoever takes it on"
        description="Someone who oversees the ledger."
        clearable
        searchable
        data={people.filter((person) => person.state !== 'left').map(({ id, name }) => ({ value: id, label: name }))}
        {...form.getInputProps('reviewer')}
        onChange={(id) => form.setFieldValue('reviewer', (id as PersonId | null) ?? null)}
      />
      <NumberInput label="Accesses drawn at random" min={1} max={200} {...form.getInputProps('sample')} />
      <div className="pair">
        <NumberInput label="Working hours from" min={0} max={24} {...form.getInputProps('rules.from')} />
        <NumberInput label="to" min={0} max={24} {...form.getInputProps('rules.to')} />
      </div>
      <TextInput label="Time zone" {...form.getInputProps('rules.zone')} />
      <div className="pair">
        <NumberInput label="Refusals on a day that are many" min={2} max={1000} {...form.getInputProps('rules.refusals')} />
        <NumberInput label="Files in an hour that are many" min={2} max={10_000} {...form.getInputProps('rules.bulk')} />
      </div>
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onDone}>
        {review ? 'Change the review' : 'Set it up'}
      </FormEnd>
      {review && <Retire review={review} onDone={onDone} />}
    </form>
  )
}

function Retire({ review, onDone }: { review: LogReviewView; onDone: () => void }) {
  const retire = useRetireReview(review.id)
  const [reason, setReason] = useState('')
  const end = async () => {
    await retire.mutateAsync(reason.trim())
    notifications.show({ message: `${review.name} is ended. What waits stays.` })
    onDone()
  }
  return (
    <div className="stack sm">
      <TextInput label="End it, because" value={reason} onChange={(event) => setReason(event.target.value)} />
      <div>
        <Button disabled={reason.trim() === ''} loading={retire.isPending} onClick={() => void end().catch(() => {})}>
          End the review
        </Button>
      </div>
    </div>
  )
}
