import { Button, MultiSelect, Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { calls } from '../../../src/contract/calls.ts'
import { DEED_GROUPS, deedGroups } from '../../../src/contract/deed-groups.ts'
import { deedNames, DEEDS } from '../../../src/contract/deeds.ts'
import type { PersonId } from '../../../src/contract/ids.ts'
import { CADENCES, type LogReviewView } from '../../../src/contract/log-review.ts'
import { faultsOf, placeRefusal } from '../../lib/form.ts'
import { Wrong } from '../../ui/fact.tsx'
import { FormEnd } from '../../ui/form-end.tsx'
import { WholeNumber } from '../../ui/whole-number.tsx'
import { capital } from '../people/words.ts'
import { useChangeReview, useCreateReview, useRetireReview, useReviewers, type Wish } from './api.ts'
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
  const reviewers = useReviewers()
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
        data={[
          ...deedGroups.map((group) => ({ value: group as string, label: DEED_GROUPS[group] })),
          // single deeds are asked for by whoever speaks to the server by program
          ...deedNames
            .filter((deed) => form.values.filter.deeds.includes(deed))
            .map((deed) => ({ value: deed as string, label: capital(DEEDS[deed]) })),
        ]}
        {...form.getInputProps('filter.deeds')}
      />
      <div className="pair">
        <Select
          label="How often"
          allowDeselect={false}
          data={CADENCES.map((cadence) => ({ value: cadence, label: CADENCE[cadence] }))}
          {...form.getInputProps('cadence')}
        />
        <WholeNumber label="Days to sign it" min={1} max={90} {...form.getInputProps('days')} />
      </div>
      <Select
        label="Reviewer"
        placeholder="Whoever takes it on"
        description="Someone who oversees the ledger."
        clearable
        searchable
        data={reviewers}
        {...form.getInputProps('reviewer')}
        onChange={(id) => form.setFieldValue('reviewer', (id as PersonId | null) ?? null)}
      />
      <WholeNumber label="Accesses drawn at random" min={1} max={200} {...form.getInputProps('sample')} />
      <fieldset className="pair">
        <legend className="lab">Working hours, Monday to Friday</legend>
        <WholeNumber label="From" min={0} max={24} {...form.getInputProps('rules.from')} />
        <WholeNumber label="Until" min={0} max={24} {...form.getInputProps('rules.to')} />
      </fieldset>
      <TextInput
        label="Time zone"
        description="In which hours and days are meant, such as Europe/Rome."
        autoComplete="off"
        spellCheck={false}
        {...form.getInputProps('rules.zone')}
      />
      <fieldset className="pair">
        <legend className="lab">Looked at besides those at random, of one person</legend>
        <WholeNumber label="Refusals on a day, from" min={2} max={1000} {...form.getInputProps('rules.refusals')} />
        <WholeNumber label="Files in an hour, from" min={2} max={10_000} {...form.getInputProps('rules.bulk')} />
      </fieldset>
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onDone}>
        {review ? 'Change the review' : 'Set it up'}
      </FormEnd>
      {review && <Retire review={review} onDone={onDone} />}
    </form>
  )
}

/** Under a line of its own: ends the review for all periods to come. */
function Retire({ review, onDone }: { review: LogReviewView; onDone: () => void }) {
  const retire = useRetireReview(review.id)
  const [reason, setReason] = useState('')
  const end = () =>
    retire.mutate(reason.trim(), {
      onSuccess: () => {
        notifications.show({ message: `${review.name} is ended. What waits to be signed stays.` })
        onDone()
      },
    })
  return (
    <div className="stack ending">
      <TextInput
        label="Why it is ended"
        description="No period after this one is reviewed. What waits to be signed stays."
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Wrong>{retire.error && placeRefusal(retire.error, []).text}</Wrong>
      <div>
        <Button disabled={reason.trim() === ''} loading={retire.isPending} onClick={end}>
          End the review
        </Button>
      </div>
    </div>
  )
}
