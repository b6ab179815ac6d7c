import { Button, Modal, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { calls } from '../../../src/contract/calls.ts'
import type { HoldView } from '../../../src/contract/destruction.ts'
import { counted } from '../../lib/format.ts'
import { faultsOf } from '../../lib/form.ts'
import { useSent } from '../../lib/sent.ts'
import { Cite } from '../../ui/cite.tsx'
import { FormEnd } from '../../ui/form-end.tsx'
import { useLiftHold } from './api.ts'

/** A button that asks why, and lifts; nothing where the reader may not. */
export function LiftHold({ hold }: { hold: HoldView }) {
  const [opened, setOpened] = useState(false)
  if (!hold.mayLift) return null
  return (
    <>
      <Button size="xs" onClick={() => setOpened(true)}>
        Lift<span className="vh"> hold {hold.number}</span>
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title={`Lift hold ${hold.number}`}>
        <Form hold={hold} onClose={() => setOpened(false)} />
      </Modal>
    </>
  )
}

function Form({ hold, onClose }: { hold: HoldView; onClose: () => void }) {
  const lift = useLiftHold(hold.id)
  const { form, submit, wrong } = useSent(
    { initialValues: { reason: '' }, validate: (values) => faultsOf(calls['hold.lift'].body, values) },
    async ({ reason }) => {
      await lift.mutateAsync(reason.trim())
      notifications.show({ message: `Hold ${hold.number} is lifted.` })
      onClose()
    },
    ['reason'],
  )
  return (
    <form className="stack lg" onSubmit={submit} noValidate>
      <p>
        <Cite>{hold.matter.title}</Cite>
        {hold.whole ? '' : `, ${counted(hold.count, 'document')}`}: {hold.trigger}; {hold.scope}
      </p>
      <p className="soft">What it held can be destroyed again, by two people. That the hold stood stays recorded.</p>
      <Textarea label="Reason" autosize minRows={2} maxLength={2000} data-autofocus {...form.getInputProps('reason')} />
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onClose}>
        Lift the hold
      </FormEnd>
    </form>
  )
}
