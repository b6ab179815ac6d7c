import { Modal, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { WallView } from '../../../src/contract/wall.ts'
import { useSent } from '../../lib/sent.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { useAskToLift } from './api.ts'

type Props = { wall: WallView; opened: boolean; onClose: () => void }

/** Asks for a wall to be lifted; it stands until a second person has decided. */
export function Lift({ wall, opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Ask to lift the wall">
      <Form wall={wall} onClose={onClose} />
    </Modal>
  )
}

function Form({ wall, onClose }: Omit<Props, 'opened'>) {
  const ask = useAskToLift(wall.id)
  const { form, submit, wrong } = useSent(
    {
      initialValues: { reason: '' },
      validate: { reason: (reason) => (reason.trim() ? null : 'Give the reason.') },
    },
    async ({ reason }) => {
      await ask.mutateAsync(reason.trim())
      notifications.show({ message: 'Asked. The wall stands until a second person decides.' })
      onClose()
    },
    ['reason'],
  )
  return (
    <form className="stack lg" onSubmit={submit} noValidate>
      <p className="soft">It stands until someone else who keeps walls has decided. What was recorded under it stays.</p>
      <Textarea label="Reason" autosize minRows={3} maxLength={2000} data-autofocus {...form.getInputProps('reason')} />
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onClose}>
        Ask to lift it
      </FormEnd>
    </form>
  )
}
