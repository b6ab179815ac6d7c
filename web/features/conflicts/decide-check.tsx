import { Button, Checkbox, Radio, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { z } from 'zod'
import { Words } from '../../../src/contract/words.ts'
import { faultsOf, placeRefusal } from '../../lib/form.ts'
import { Wrong } from '../../ui/fact.tsx'
import { Panel } from '../../ui/panel.tsx'
import { type CheckPage, type Decision, useDecideCheck } from './api.ts'
import { decisionOf } from './words.tsx'

const CHOICES = [
  { value: 'cleared', label: 'No conflict', means: 'What was found is someone else, or does not stand against this.' },
  {
    value: 'waived',
    label: 'Waived with informed consent',
    means: 'Each client concerned gave informed consent, confirmed in writing (ABA Model Rule 1.7(b)(4)).',
  },
  { value: 'refused', label: 'Refused', means: 'The firm does not act in this.' },
] as const

type Values = { decision: Decision['decision'] | null; reasoning: string; whose: string; kept: string; inWriting: boolean }
const Whole = z.object({ reasoning: Words })
const Consent = z.object({ whose: Words.max(900), kept: Words.max(900) })

/** The decision on a check. It is recorded as it is given, and stands. */
export function DecideCheck({ check }: { check: CheckPage }) {
  const decide = useDecideCheck(check.id)
  const [wrong, setWrong] = useState<string | null>(null)
  const form = useForm<Values>({
    initialValues: { decision: null, reasoning: '', whose: '', kept: '', inWriting: false },
    validate: (values) => ({
      ...(!values.decision && { decision: 'Choose the decision.' }),
      ...faultsOf(Whole, values),
      ...(values.decision === 'waived' && {
        ...faultsOf(Consent, values),
        ...(!values.inWriting && { inWriting: 'Without a confirmation in writing it is not waived. Have it confirmed first.' }),
      }),
    }),
  })
  const waives = form.values.decision === 'waived'
  const send = form.onSubmit(async ({ decision, reasoning, whose, kept }) => {
    setWrong(null)
    try {
      const page = await decide.mutateAsync({
        decision: decision as Decision['decision'],
        reasoning: reasoning.trim(),
        ...(decision === 'waived' && { waiver: waiverOf(whose, kept) }),
      })
      notifications.show({ message: `Recorded: ${decisionOf(page.state)}.` })
    } catch (fault) {
      const placed = placeRefusal(fault, ['decision', 'reasoning'])
      form.setErrors(placed.fields)
      setWrong(placed.text)
    }
  })
  return (
    <Panel id="decide" title="Decide">
      <form className="body stack lg settingform" onSubmit={send} noValidate>
        <Radio.Group aria-labelledby="decide" {...form.getInputProps('decision')}>
          <div className="rolechoice">
            {CHOICES.map(({ value, label, means }) => (
              <Radio key={value} value={value} label={label} description={means} />
            ))}
          </div>
        </Radio.Group>
        {waives && (
          <div className="stack">
            <TextInput label="Whose consent" description="Each client who gave it." maxLength={900} {...form.getInputProps('whose')} />
            <TextInput
              label="Where it is kept"
              description="The letter or the file, so that it is found again."
              maxLength={900}
              {...form.getInputProps('kept')}
            />
            <Checkbox label="It is confirmed in writing" {...form.getInputProps('inWriting', { type: 'checkbox' })} />
          </div>
        )}
        <Textarea
          label="Reasoning"
          description="Why this decision is right. Whoever asked for the check reads it."
          autosize
          minRows={3}
          maxLength={2000}
          {...form.getInputProps('reasoning')}
        />
        <Wrong>{wrong}</Wrong>
        <div>
          <Button type="submit" variant="filled" loading={form.submitting}>
            Record the decision
          </Button>
        </div>
      </form>
    </Panel>
  )
}

/** As one text: the contract keeps the consent in words. */
const waiverOf = (whose: string, kept: string) => `Informed consent, confirmed in writing, of: ${whose.trim()}\nKept: ${kept.trim()}`
