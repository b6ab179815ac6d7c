import { Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { calls } from '../../../src/contract/calls.ts'
import { faultsOf, placeRefusal } from '../../lib/form.ts'
import { className } from '../../ui/class.tsx'
import { FormEnd } from '../../ui/form-end.tsx'
import type { MatterClass } from './api.ts'
import { ClassChoice } from './class-choice.tsx'

type Props = {
  /** What it is now. */ its: MatterClass
  offered: readonly MatterClass[]
  /** What else holds for the class that is chosen. */ about?: (chosen: MatterClass) => React.ReactNode
  ask: (wish: { class: MatterClass; reason: string }) => Promise<unknown>
  onClose: () => void
}

/** A milder class for a matter or a document, asked for with a reason. */
export function LowerForm({ its, offered, about, ask, onClose }: Props) {
  const [wrong, setWrong] = useState<string | null>(null)
  const form = useForm({
    initialValues: { class: offered.at(-1) as MatterClass, reason: '' },
    validate: (values) => faultsOf(calls['matter.lower'].body, values),
  })
  const send = form.onSubmit(async (values) => {
    setWrong(null)
    try {
      await ask({ class: values.class, reason: values.reason.trim() })
      notifications.show({ message: 'It waits for a second person on the matter.' })
      onClose()
    } catch (fault) {
      // the server’s word on a class is a sentence; what stands beside it is a name
      setWrong(placeRefusal(fault, []).text)
    }
  })
  return (
    <form className="stack lg" onSubmit={send} noValidate>
      <p className="soft">Until a second person on the matter agrees, it stays {className(its)}.</p>
      <ClassChoice offered={offered} {...form.getInputProps('class')} />
      {about?.(form.values.class)}
      <Textarea
        label="Reason"
        description="The second person reads it, and it stands in the history."
        autosize
        minRows={2}
        maxLength={2000}
        {...form.getInputProps('reason')}
      />
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onClose}>
        Ask for {className(form.values.class)}
      </FormEnd>
    </form>
  )
}
