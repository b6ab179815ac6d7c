import { Button, Radio, Textarea } from '@mantine/core'
import { z } from 'zod'
import { Words } from '../../../src/contract/words.ts'
import { faultsOf } from '../../lib/form.ts'
import { useSent } from '../../lib/sent.ts'
import { Wrong } from '../../ui/fact.tsx'
import { type ReviewView, useCloseReview } from './api.ts'

type Props = { review: ReviewView; onKeep: () => void; onDone: () => void }
type Finding = 'justified' | 'not justified'

/** The finding on an emergency that someone else used. Once given it stands. */
export function CloseReview({ review, onKeep, onDone }: Props) {
  const close = useCloseReview(review.request)
  const { form, submit, wrong } = useSent(
    {
      initialValues: { finding: null as Finding | null, words: '' },
      validate: ({ finding, words }) => ({
        ...faultsOf(z.object({ words: Words }), { words }),
        ...(!finding && { finding: 'Choose what you found.' }),
      }),
    },
    async ({ finding, words }) => {
      await close.mutateAsync({ finding: finding as Finding, words: words.trim() })
      onDone()
    },
    ['finding', 'words'],
  )
  return (
    <form className="inplace" onSubmit={submit} noValidate aria-label={`Close the review: ${review.person.name}`}>
      <Radio.Group label="What you found" {...form.getInputProps('finding')}>
        <div className="rolechoice">
          <Radio value="justified" label="Justified" description="It was an emergency, and what was done belonged to it." autoFocus />
          <Radio
            value="not justified"
            label="Not justified"
            description="Going in was not needed, or more was done than the emergency asked for."
          />
        </div>
      </Radio.Group>
      <Textarea
        label="In your words"
        description="What you looked at, and what follows from it. It stays with the emergency."
        autosize
        minRows={2}
        maxLength={2000}
        {...form.getInputProps('words')}
      />
      <Wrong>{wrong}</Wrong>
      <div className="row wrap">
        <Button size="xs" type="submit" variant="filled" loading={form.submitting}>
          Close the review
        </Button>
        <Button size="xs" variant="subtle" onClick={onKeep}>
          Not now
        </Button>
      </div>
    </form>
  )
}
