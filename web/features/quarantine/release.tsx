import { Modal, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { calls } from '../../../src/contract/calls.ts'
import type { HeldView } from '../../../src/contract/quarantine.ts'
import { bytes, fullTime } from '../../lib/format.ts'
import { faultsOf } from '../../lib/form.ts'
import { useSent } from '../../lib/sent.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { useRelease } from './api.ts'
import { whyHeld } from './words.ts'

/** Asks why, and lets a version be opened again. */
export function Release({ held, onDone, onClose }: { held: HeldView | null; onDone: () => void; onClose: () => void }) {
  return (
    <Modal opened={held !== null} onClose={onClose} title="Release from quarantine">
      {held && <Form held={held} onDone={onDone} onClose={onClose} />}
    </Modal>
  )
}

function Form({ held, onDone, onClose }: { held: HeldView; onDone: () => void; onClose: () => void }) {
  const release = useRelease(held)
  const { form, submit, wrong } = useSent(
    {
      initialValues: { reason: '' },
      validate: ({ reason }) => faultsOf(calls['quarantine.release'].body, { version: held.version, reason }),
    },
    async ({ reason }) => {
      await release.mutateAsync(reason.trim())
      notifications.show({ message: `Version ${held.version} is released.` })
      onDone()
    },
    ['reason'],
  )
  return (
    <form className="stack lg" onSubmit={submit} noValidate>
      <div className="stack xs">
        <p>{whyHeld(held)}</p>
        <p className="meta">
          Version {held.version} of document <span className="hash">{held.document}</span>, {bytes(held.size)}, sent by {held.by.name} on{' '}
          {fullTime(held.at)}.
        </p>
      </div>
      <p className="soft">Whoever reaches its matter can open it from then on. You and your reason stand in the ledger.</p>
      <Textarea label="Reason" autosize minRows={2} maxLength={2000} data-autofocus {...form.getInputProps('reason')} />
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onClose} leave="Keep it held">
        Release the version
      </FormEnd>
    </form>
  )
}
