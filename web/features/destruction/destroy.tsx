import { Button, Modal, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { DocumentId, MatterId } from '../../../src/contract/ids.ts'
import { placeRefusal } from '../../lib/form.ts'
import { Wrong } from '../../ui/fact.tsx'
import { files } from '../vault/filing-words.ts'
import { useDestroyDocuments, useDestroyMatter } from './api.ts'

type Props = { matter: MatterId; /** Null: the whole matter. */ documents: DocumentId[] | null; opened: boolean; onClose: () => void }

/** Says what will be gone, and asks why. Nothing is destroyed before a second person agrees. */
export function Destroy({ opened, onClose, ...props }: Props) {
  const what = props.documents ? files(props.documents.length) : 'the matter'
  return (
    <Modal opened={opened} onClose={onClose} title={`Destroy ${what} for good`}>
      <Form onClose={onClose} {...props} />
    </Modal>
  )
}

function Form({ matter, documents, onClose }: Omit<Props, 'opened'>) {
  const some = useDestroyDocuments(matter)
  const all = useDestroyMatter(matter)
  const [wrong, setWrong] = useState<string | null>(null)
  const form = useForm({
    initialValues: { reason: '', basis: '' },
    validate: {
      reason: (reason) => (reason.trim() ? null : 'Give the reason.'),
      basis: (basis) => (documents || basis.trim() ? null : 'Say on what basis, such as the retention schedule.'),
    },
  })
  const send = form.onSubmit(async (values) => {
    setWrong(null)
    const reason = values.reason.trim()
    const basis = values.basis.trim()
    try {
      await (documents ? some.mutateAsync({ documents, reason, basis: basis || undefined }) : all.mutateAsync({ reason, basis }))
      notifications.show({ message: 'Asked. Nothing is destroyed until a second person agrees.' })
      onClose()
    } catch (fault) {
      const placed = placeRefusal(fault, ['reason', 'basis'])
      form.setErrors(placed.fields)
      setWrong(placed.text)
    }
  })
  return (
    <form className="stack lg" onSubmit={send} noValidate>
      {documents ? (
        <ul className="soft points">
          <li>All versions, names and descriptions will be gone. Nobody can bring them back.</li>
          <li>The history keeps that they were there, by id, and a certificate lists them.</li>
          <li>Backups made before now hold them until they are replaced.</li>
        </ul>
      ) : (
        <ul className="soft points">
          <li>All its documents, folders, parties and reasons will be gone, and the key that opens them. Nobody can bring them back.</li>
          <li>Nobody will reach the matter. Its history keeps who, when and which act, and no words.</li>
          <li>Its name in the register, and the names in the conflicts register, stay.</li>
        </ul>
      )}
      <p className="soft">It waits for a second person. A legal hold that comes first stops it.</p>
      <Textarea
        label="Reason"
        description="The second person reads it, and it stands on the certificate."
        autosize
        minRows={2}
        maxLength={2000}
        data-autofocus
        {...form.getInputProps('reason')}
      />
      <TextInput
        label={documents ? 'Basis, if there is one' : 'Basis'}
        description="Such as the line of the retention schedule, or the client’s instruction."
        maxLength={500}
        {...form.getInputProps('basis')}
      />
      <Wrong>{wrong}</Wrong>
      <div className="row">
        <Button type="submit" variant="filled" className="crosses" loading={form.submitting}>
          Ask for the destruction
        </Button>
        <Button variant="subtle" onClick={onClose}>
          Not now
        </Button>
      </div>
    </form>
  )
}
