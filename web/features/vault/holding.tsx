import { Modal, Radio, Stack, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { type DocumentView, LockedAs } from '../../../src/contract/document.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { lock, takeOut, unlock } from './filing.ts'
import { LOCKED_AS, LOCKED_MEANS } from './filing-words.ts'
import { useTry } from './try.ts'

export type Holding = 'take out' | 'lock' | 'unlock'
type Props = { document: DocumentView; /** Null: it is closed. */ doing: Holding | null; onClose: () => void }
const TITLES: Record<Holding, string> = { 'take out': 'Take the file out', 'lock': 'Lock the file', 'unlock': 'Unlock the file' }

/** The forms that hold a file for oneself or for good, and let it go. */
export function HoldingDialog({ document, doing, onClose }: Props) {
  return (
    <Modal opened={doing !== null} onClose={onClose} title={doing ? TITLES[doing] : ''}>
      {doing === 'take out' && <TakeOut document={document} onClose={onClose} />}
      {doing === 'lock' && <Lock document={document} onClose={onClose} />}
      {doing === 'unlock' && <Unlock document={document} onClose={onClose} />}
    </Modal>
  )
}

type FormProps = Omit<Props, 'doing'>

function TakeOut({ document, onClose }: FormProps) {
  const [note, setNote] = useState('')
  return (
    <Form act="Take out" run={() => takeOut(document, note.trim())} said="You have it out." onClose={onClose}>
      <p className="soft">Nobody else adds a version, renames or moves it until you bring it back. Everyone goes on reading.</p>
      <Textarea
        label="Note"
        description="What you are doing with it; who else works on it reads this. It may stay empty."
        data-autofocus
        autosize
        minRows={2}
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
    </Form>
  )
}

function Lock({ document, onClose }: FormProps) {
  const [as, setAs] = useState<LockedAs>('filed')
  return (
    <Form act={`Lock as ${as}`} run={() => lock(document, as)} said={`Locked as ${as}.`} onClose={onClose}>
      <p className="soft">Nothing of it changes any more: no version, name, folder or detail. Only some roles unlock it, with a reason.</p>
      <Radio.Group label="It was" value={as} onChange={(value) => setAs(value as LockedAs)}>
        <Stack gap="sm" mt="xs">
          {LockedAs.options.map((name, index) => (
            <Radio
              key={name}
              value={name}
              label={LOCKED_AS[name]}
              description={LOCKED_MEANS[name]}
              data-autofocus={index === 0 || undefined}
            />
          ))}
        </Stack>
      </Radio.Group>
    </Form>
  )
}

function Unlock({ document, onClose }: FormProps) {
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const run = () => {
    setMissing(reason.trim() === '')
    return reason.trim() ? unlock(document, reason.trim()) : null
  }
  return (
    <Form act="Unlock" run={run} said="The file can be changed again." onClose={onClose}>
      <p className="soft">
        It was locked as {document.locked?.as ?? 'it was'}. Once it is unlocked, it may differ from what left the firm.
      </p>
      <Textarea
        label="Reason"
        description="It stands in the history of the matter."
        data-autofocus
        autosize
        minRows={2}
        maxLength={2000}
        value={reason}
        error={missing && !reason.trim() ? 'An unlocking needs a reason.' : null}
        onChange={(event) => setReason(event.target.value)}
      />
    </Form>
  )
}

type ShellProps = {
  act: string
  /** Null: something is missing, and the form says what. */ run: () => Promise<unknown> | null
  said: string
  onClose: () => void
  children: React.ReactNode
}

function Form({ act, run, said, onClose, children }: ShellProps) {
  const { attempt, busy, wrong } = useTry()
  const send = async (event: React.FormEvent) => {
    event.preventDefault()
    const running = run()
    if (!running || !(await attempt(() => running))) return
    notifications.show({ message: said })
    onClose()
  }
  return (
    <form className="stack lg" onSubmit={(event) => void send(event)} noValidate>
      {children}
      <FormEnd wrong={wrong} busy={busy} onLeave={onClose}>
        {act}
      </FormEnd>
    </form>
  )
}
