import { Button, Modal, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { calls } from '../../../src/contract/calls.ts'
import type { HoldView } from '../../../src/contract/destruction.ts'
import { counted } from '../../lib/format.ts'
import { faultsOf, placeRefusal } from '../../lib/form.ts'
import { Cite } from '../../ui/cite.tsx'
import { Wrong } from '../../ui/fact.tsx'
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
  const [wrong, setWrong] = useState<string | null>(null)
  const form = useForm({ initialValues: { reason: '' }, validate: (values) => faultsOf(calls['hold.lift'].body, values) })
  const send = form.onSubmit(async ({ reason }) => {
    setWrong(null)
    try {
      await lift.mutateAsync(reason.trim())
      notifications.show({ message: `Hold ${hold.number} is lifted.` })
      onClose()
    } catch (fault) {
      const placed = placeRefusal(fault, ['reason'])
      form.setErrors(placed.fields)
      setWrong(placed.text)
    }
  })
  return (
    <form className="stack lg" onSubmit={send} noValidate>
      <p>
        <Cite>{hold.matter.title}</Cite>
        {hold.whole ? '' : `, ${counted(hold.count, 'document')}`}: {hold.trigger}; {hold.scope}
      </p>
      <p className="soft">What it held can be destroyed again, by two people. That the hold stood stays recorded.</p>
      <Textarea label="Reason" autosize minRows={2} maxLength={2000} data-autofocus {...form.getInputProps('reason')} />
      <Wrong>{wrong}</Wrong>
      <div className="row">
        <Button type="submit" variant="filled" loading={form.submitting}>
          Lift the hold
        </Button>
        <Button variant="subtle" onClick={onClose}>
          Not now
        </Button>
      </div>
    </form>
  )
}
