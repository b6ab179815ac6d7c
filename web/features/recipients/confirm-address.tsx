import { Radio, Select, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { AddressId } from '../../../src/contract/ids.ts'
import type { MatterPage } from '../../../src/contract/matter.ts'
import { placeRefusal } from '../../lib/form.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { type Address, type Proof, type Recipient, useVerify } from './api.ts'

type Props = { matter: MatterPage; recipient: Recipient; address: Address; others: Address[]; onClose: () => void }
type Method = Proof['method']
type Values = { method: Method | null; outcome: 'yes' | 'no'; by: AddressId | null; evidence: string }

/** By what it reaches, lowest first; with what is asked for as evidence. */
const METHODS: readonly [Method, title: string, evidence: string][] = [
  ['call-back', 'Call back on a number that the firm had before (V2)', 'Whom you spoke to, when, and what they confirmed'],
  ['directory', 'Looked up in an organization’s own directory (V2)', 'Which directory, and when you looked'],
  ['loop', 'An answer came back from this address (V1)', 'What was sent, and what came back'],
  ['question', 'A question that only they can answer (V1, never enough for privileged)', 'What was asked, without the answer'],
  ['certificate', 'A valid signature, certificate or OpenPGP key (V3, once at V2)', 'The fingerprint, and with what it was compared'],
  [
    'identity',
    'An identity document, seen in person or by video (one level more)',
    'Which document, issued by whom, seen by whom; no number in full',
  ],
  ['register', 'A bar or company register matches (one level more)', 'Which register and entry'],
]

/** Records how an address was confirmed, or that it was not; the level follows from the method. */
export function ConfirmAddress({ matter, recipient, address, others, onClose }: Props) {
  const verify = useVerify(matter.id, recipient.id, address.id)
  const [wrong, setWrong] = useState<string | null>(null)
  const numbers = others.filter(({ kind }) => kind === 'phone')
  const form = useForm<Values>({
    initialValues: { method: numbers.length > 0 ? 'call-back' : null, outcome: 'yes', by: numbers[0]?.id ?? null, evidence: '' },
    validate: ({ method, by, evidence }) => ({
      ...(method ? {} : { method: 'Say how it was confirmed.' }),
      ...(method === 'call-back' && !by ? { by: 'Choose the number that was called.' } : {}),
      ...(evidence.trim() ? {} : { evidence: 'Write down what shows it.' }),
    }),
  })
  const { method } = form.values
  const send = form.onSubmit(async ({ outcome, by, evidence }) => {
    setWrong(null)
    try {
      const isCall = method === 'call-back'
      await verify.mutateAsync({
        method: method!,
        confirmed: outcome === 'yes',
        evidence: evidence.trim(),
        ...(isCall && by ? { by } : {}),
      })
      notifications.show({ message: outcome === 'yes' ? 'The confirmation is recorded.' : 'It is recorded that it was not confirmed.' })
      onClose()
    } catch (fault) {
      const placed = placeRefusal(fault, ['evidence'])
      form.setErrors(placed.fields)
      setWrong(placed.text)
    }
  })
  return (
    <form className="stack lg" onSubmit={send} noValidate>
      <Select
        openOnFocus={false}
        label="How it was confirmed"
        allowDeselect={false}
        autoFocus
        data={METHODS.map(([value, label]) => ({ value, label }))}
        {...form.getInputProps('method')}
      />
      {method === 'call-back' && numbers.length > 0 && (
        <Select
          openOnFocus={false}
          label="Number that was called"
          allowDeselect={false}
          data={numbers.map(({ id, address: number }) => ({ value: id, label: number }))}
          {...form.getInputProps('by')}
        />
      )}
      {method === 'call-back' && (
        <ol className="script">
          {numbers.length === 0 && <li>Add the number first, as the firm knows it. One that came with a letter confirms nothing.</li>}
          <li>Ring the number above, and no other: not one from a letter that asks for something.</li>
          <li>Say who you are and that you confirm an address. Name no matter.</li>
          <li>Let them read {address.kind === 'email' ? 'the e-mail address' : 'the address'} to you; do not read it to them.</li>
        </ol>
      )}
      <Radio.Group label="Outcome" {...form.getInputProps('outcome')}>
        <div className="row wrap">
          <Radio value="yes" label="Confirmed" />
          <Radio value="no" label="Not confirmed" />
        </div>
      </Radio.Group>
      <Textarea
        label="Evidence"
        description={METHODS.find(([one]) => one === method)?.[2]}
        autosize
        minRows={2}
        {...form.getInputProps('evidence')}
      />
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onClose}>
        Record it
      </FormEnd>
    </form>
  )
}
