import { Radio, Textarea, Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { calls } from '../../../src/contract/calls.ts'
import type { LogReviewTaskPage } from '../../../src/contract/log-review.ts'
import { faultsOf, placeRefusal } from '../../lib/form.ts'
import { Wrong } from '../../ui/fact.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useSign } from './api.ts'

/** The end of a review. It stands as it is signed. */
export function SignReview({ page }: { page: LogReviewTaskPage }) {
  const sign = useSign(page.id)
  const left = page.items.filter((item) => item.mark === null).length
  const asks = page.items.some((item) => item.mark === 'question')
  const [wrong, setWrong] = useState<string | null>(null)
  const form = useForm<{ outcome: 'clean' | 'findings' | null; findings: string }>({
    initialValues: { outcome: null, findings: '' },
    validate: (values) => ({
      ...(!values.outcome && !asks && { outcome: 'Choose the outcome.' }),
      ...(faultsOf(calls['log-review.sign'].body, { outcome: 'clean', findings: values.findings })['findings'] && {
        findings: 'Say what you looked at and what you found, in at least ten letters.',
      }),
    }),
  })
  const send = form.onSubmit(async ({ outcome, findings }) => {
    setWrong(null)
    try {
      await sign.mutateAsync({ outcome: asks ? 'findings' : outcome!, findings: findings.trim() })
      notifications.show({ message: 'The review is signed.' })
    } catch (fault) {
      const placed = placeRefusal(fault, ['outcome', 'findings'])
      form.setErrors(placed.fields)
      setWrong(placed.text)
    }
  })
  return (
    <Panel id="sign" title="Sign the outcome">
      <form className="body stack lg settingform" onSubmit={send} noValidate>
        <Radio.Group aria-labelledby="sign" {...form.getInputProps('outcome')} value={asks ? 'findings' : form.values.outcome}>
          <div className="rolechoice">
            <Radio
              value="clean"
              label="Nothing found"
              description={asks ? 'Something asks for an answer, so there are findings.' : 'Each access was for the work.'}
              disabled={asks}
            />
            <Radio value="findings" label="With findings" description="Something must be answered, mended or told." />
          </div>
        </Radio.Group>
        <Textarea
          label="Findings"
          description="What was looked at, what was found, and what follows from it."
          autosize
          minRows={3}
          maxLength={2000}
          {...form.getInputProps('findings')}
        />
        <p className="meta">
          {left > 0
            ? `${left === 1 ? 'One access is' : `${left} accesses are`} not marked yet. Mark each before you sign.`
            : 'It stands as you sign it, in the ledger too, and cannot be changed.'}
        </p>
        <Wrong>{wrong}</Wrong>
        <div>
          <Button type="submit" variant="filled" loading={form.submitting}>
            Sign the review
          </Button>
        </div>
      </form>
    </Panel>
  )
}
