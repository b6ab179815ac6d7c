import { Checkbox, Drawer, Textarea } from '@mantine/core'
import { useState } from 'react'
import { calls } from '../../../src/contract/calls.ts'
import { faultsOf } from '../../lib/form.ts'
import { useSent } from '../../lib/sent.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { WholeNumber } from '../../ui/whole-number.tsx'
import { useAskAccess } from './api.ts'
import { Sent } from './sent.tsx'

type Props = { opened: boolean; onClose: () => void; onSent: () => void }

export function AskAccess({ opened, onClose, onSent }: Props) {
  return (
    <Drawer opened={opened} onClose={onClose} title="Ask for access">
      <Body onClose={onClose} onSent={onSent} />
    </Drawer>
  )
}

function Body({ onClose, onSent }: Omit<Props, 'opened'>) {
  const [sent, setSent] = useState(false)
  if (!sent) return <AskForm onSent={() => (onSent(), setSent(true))} onClose={onClose} />
  return (
    <Sent onClose={onClose}>
      <p>It goes to whoever decides on the matter that you mean. If your words leave that open, those who oversee access find it out.</p>
      <p>A notice tells you what was decided, and it stands among your requests. What you can see stays as it is until then.</p>
    </Sent>
  )
}

function AskForm({ onSent, onClose }: { onSent: () => void; onClose: () => void }) {
  const send = useAskAccess()
  const { form, submit, wrong } = useSent(
    {
      initialValues: { about: '', reason: '', days: 7 as number | string, urgent: false },
      validate: (values) => faultsOf(calls['grant.request'].body, values),
    },
    async ({ about, reason, days, urgent }) => {
      await send.mutateAsync({ about: about.trim(), reason: reason.trim(), days: Number(days), urgent })
      onSent()
    },
    ['about', 'reason', 'days'],
  )
  return (
    <form className="stack lg" onSubmit={submit} noValidate>
      <Textarea
        label="What it is about"
        description="The number of a matter; or, where you do not have it, what you know of it in your own words."
        autosize
        minRows={2}
        maxLength={300}
        data-autofocus
        {...form.getInputProps('about')}
      />
      <Textarea
        label="Why you need it"
        description="Whoever decides reads this. It stands in the ledger."
        autosize
        minRows={3}
        maxLength={2000}
        {...form.getInputProps('reason')}
      />
      <WholeNumber
        className="short"
        label="Days"
        description="Access ends by itself after that."
        min={1}
        max={365}
        {...form.getInputProps('days')}
      />
      <Checkbox
        label="It is urgent"
        description="Others who may decide are then asked sooner."
        {...form.getInputProps('urgent', { type: 'checkbox' })}
      />
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onClose}>
        Ask for access
      </FormEnd>
    </form>
  )
}
