import { Modal, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { WallId } from '../../../src/contract/ids.ts'
import { useSent } from '../../lib/sent.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { type Certificate, useCertify } from './api.ts'
import { dayAt, dayBegins, dayEnds } from './days.ts'

type Capacity = Certificate['capacity']
const WORDS: Record<Capacity, string> = {
  partner: 'I have asked those who keep the screen and read its record. In this time it was kept as its procedures say.',
  screened:
    'In this time I did not work on what the screen covers, did not look for it, did not speak or write of it with anyone in the firm, and received no part of its fee.',
}

type Props = { wall: WallId; capacity: Capacity; from: string; until: string; opened: boolean; onClose: () => void }

/** A certificate of compliance over a period, in one’s own words. */
export function Certify({ opened, onClose, ...rest }: Props) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={rest.capacity === 'partner' ? 'Certify the screen' : 'Certify that you kept the screen'}
    >
      <Form {...rest} onClose={onClose} />
    </Modal>
  )
}

function Form({ wall, capacity, from, until, onClose }: Omit<Props, 'opened'>) {
  const certify = useCertify(wall)
  const { form, submit, wrong } = useSent(
    {
      initialValues: { from: dayAt(from), to: dayAt(until), words: WORDS[capacity] },
      validate: {
        from: (day) => (day ? null : 'Choose the first day.'),
        to: (day, values) =>
          !day
            ? 'Choose the last day.'
            : day < values.from
              ? 'The last day is before the first.'
              : day > dayAt(until)
                ? 'That day has not come yet.'
                : null,
        words: (words) => (words.trim() ? null : 'Say what you certify.'),
      },
    },
    async (values) => {
      await certify.mutateAsync({
        capacity,
        // the first and the last day begin and end where the period itself does
        from: values.from === dayAt(from) ? from : dayBegins(values.from),
        to: values.to === dayAt(until) ? until : dayEnds(values.to),
        words: values.words.trim(),
      })
      notifications.show({ message: 'The screen is certified.' })
      onClose()
    },
    ['from', 'to', 'words'],
  )
  return (
    <form className="stack lg" onSubmit={submit} noValidate>
      <div className="walltwo">
        <TextInput type="date" label="From" max="9999-12-31" {...form.getInputProps('from')} />
        <TextInput type="date" label="To" max="9999-12-31" {...form.getInputProps('to')} />
      </div>
      <Textarea
        label={capacity === 'partner' ? 'As partner you certify' : 'You certify'}
        autosize
        minRows={4}
        maxLength={2000}
        data-autofocus
        {...form.getInputProps('words')}
      />
      <p className="meta">It goes into the screening pack under your name. The ledger adds how many tries it refused you in that time.</p>
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onClose}>
        Certify
      </FormEnd>
    </form>
  )
}
