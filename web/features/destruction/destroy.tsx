import { Button, Modal, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { Answer } from '../../lib/ask.ts'
import type { DocumentId, MatterId } from '../../../src/contract/ids.ts'
import { placeRefusal } from '../../lib/form.ts'
import { Wrong } from '../../ui/fact.tsx'
import { files } from '../vault/filing-words.ts'
import { useDestroyDocuments, useDestroyMatter, useEmptyTrash } from './api.ts'

type Props = {
  matter: MatterId
  /** Null: the whole matter. */ documents: DocumentId[] | null
  /** What is in the trash, and all of it that is free. */ trash?: { held: number; asked: number }
  opened: boolean
  onClose: () => void
}

/** Says what will be gone, and asks why. Nothing is destroyed before a second person agrees. */
export function Destroy({ opened, onClose, ...props }: Props) {
  const what = props.documents ? files(props.documents.length) : 'the matter'
  const title = props.trash ? 'Empty the trash for good' : `Destroy ${what} for good`
  return (
    <Modal opened={opened} onClose={onClose} title={title}>
      <Form onClose={onClose} {...props} />
    </Modal>
  )
}

function Form({ matter, documents, trash, onClose }: Omit<Props, 'opened'>) {
  const some = useDestroyDocuments(matter)
  const all = useDestroyMatter(matter)
  const emptying = useEmptyTrash(matter)
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
      const also = { reason, basis: basis || undefined }
      const stay = trash ? (await emptying.mutateAsync(also)).stay : []
      if (!trash) await (documents ? some.mutateAsync({ documents, ...also }) : all.mutateAsync({ reason, basis }))
      notifications.show({ message: `Asked. Nothing is destroyed until a second person agrees.${stays(stay)}` })
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
      {trash ? (
        <p className="soft">
          {files(documents!.length)} {documents!.length === 1 ? 'is' : 'are'} to go. {stayWords(trash)}It waits for a second person; what is
          put on hold or restored before then stays.
        </p>
      ) : (
        <p className="soft">It waits for a second person. A legal hold that comes first stops it.</p>
      )}
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

function stayWords({ held, asked }: NonNullable<Props['trash']>): string {
  const said = []
  if (held > 0) said.push(`${files(held)} on hold ${held === 1 ? 'stays' : 'stay'} in the trash. `)
  if (asked > 0) said.push(`${files(asked)} ${asked === 1 ? 'was' : 'were'} asked for already. `)
  return said.join('')
}

/** What stays in the trash, by name where it is not much. */
function stays(stay: Answer<'trash.empty'>['stay']): string {
  if (stay.length === 0) return ''
  if (stay.length > 3) return ` ${files(stay.length)} stay: held, or asked for already.`
  return ` ${stay.map(({ name, why }) => `${name} stays: ${why === 'hold' ? 'on hold' : 'asked for already'}.`).join(' ')}`
}
