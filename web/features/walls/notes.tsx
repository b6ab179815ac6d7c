import { Button, Select, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import type { WallPage as Wall } from '../../../src/contract/wall.ts'
import { fullTime } from '../../lib/format.ts'
import { placeRefusal } from '../../lib/form.ts'
import { Wrong } from '../../ui/fact.tsx'
import { Panel } from '../../ui/panel.tsx'
import { type Note, useNote } from './api.ts'

const KINDS: Record<Note['kind'], string> = {
  notice: 'Notice sent',
  inquiry: 'Inquiry',
  answer: 'Answer',
  breach: 'Breach of the screen',
  note: 'Note',
}

/** What happened around the screen: notices to the client, inquiries and their answers, breaches. */
export function Notes({ wall }: { wall: Wall }) {
  const notes = wall.notes.toSorted((one, other) => other.at.localeCompare(one.at))
  return (
    <Panel id="notes" title="Notices, inquiries, breaches">
      {wall.may.note && <Write wall={wall} />}
      {notes.length === 0 && !wall.may.note && <p className="body soft">Nothing was written down.</p>}
      <ul className="facts">
        {notes.map((note) => (
          <li key={note.id} className="stack xs">
            <div className="row wrap does">
              <b className={note.kind === 'breach' ? 'breach' : undefined}>{KINDS[note.kind]}</b>
              <span className="meta push">
                {note.by}, {fullTime(note.at)}
              </span>
            </div>
            <p className="notetext">{note.text}</p>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Write({ wall }: { wall: Wall }) {
  const write = useNote(wall.id)
  const [wrong, setWrong] = useState<string | null>(null)
  const form = useForm<Note>({
    initialValues: { kind: 'notice', text: '' },
    validate: { text: (text) => (text.trim() ? null : 'Write what happened.') },
  })
  const send = form.onSubmit(async ({ kind, text }) => {
    setWrong(null)
    try {
      await write.mutateAsync({ kind, text: text.trim() })
      form.reset()
    } catch (fault) {
      const placed = placeRefusal(fault, ['text'])
      form.setErrors(placed.fields)
      setWrong(placed.text)
    }
  })
  return (
    <form className="body line stack sm" onSubmit={send} noValidate>
      <Select
        aria-label="What it is"
        allowDeselect={false}
        data={Object.entries(KINDS).map(([value, label]) => ({ value, label }))}
        {...form.getInputProps('kind')}
      />
      <Textarea
        aria-label="What happened"
        placeholder="To whom, when, and what was said"
        autosize
        minRows={2}
        maxLength={2000}
        {...form.getInputProps('text')}
      />
      <Wrong>{wrong}</Wrong>
      <div>
        <Button type="submit" size="xs" loading={form.submitting}>
          Write it down
        </Button>
      </div>
    </form>
  )
}
