import { Button, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Answer } from '../../../lib/ask.ts'
import { count, counted } from '../../../lib/format.ts'
import { Fault } from '../../../ui/fault.tsx'
import { canCheck, isSigned } from './digest.ts'
import { compare, type Compared } from './growth.ts'
import { type Kept, keptIn } from './verify-growth.ts'

type Found = { kept: Kept; compared: Compared; isSigned: boolean | null }

/** A checkpoint that someone kept, beside the ledger of now: whether nothing under it was changed or taken away since. */
export function CompareNote({ checkpoint: { origin, first, epochs } }: { checkpoint: Answer<'checkpoint.latest'> }) {
  const keyAt = (size: number) => epochs.findLast((epoch) => epoch.after < size)?.key ?? first
  const [note, setNote] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const comparing = useMutation({
    gcTime: 0,
    mutationFn: async ({ kept, text }: { kept: Kept; text: string }): Promise<Found> => ({
      kept,
      compared: await compare(kept),
      isSigned: canCheck() ? await isSigned(text, keyAt(kept.size)) : null,
    }),
  })
  const send = (event: React.FormEvent) => {
    event.preventDefault()
    // as it was signed: its lines end with a line feed, the last one too
    const text = `${note.replaceAll('\r\n', '\n').trim()}\n`
    const kept = keptIn(text)
    setWrong(
      !kept
        ? 'This is no signed note of a ledger. It begins with the ledger’s name, and its signatures begin with a dash.'
        : kept.origin === origin
          ? null
          : `This is a note of another ledger, ${kept.origin}.`,
    )
    if (kept?.origin === origin) comparing.mutate({ kept, text })
    else comparing.reset()
  }
  return (
    <form className="stack sm" onSubmit={send} noValidate>
      <Textarea
        label="A signed note that you kept"
        description="From a letter, a print or a file: all of it, with the lines of its signatures."
        autosize
        minRows={4}
        maxRows={10}
        spellCheck={false}
        value={note}
        onChange={(event) => setNote(event.target.value)}
        error={wrong}
      />
      <div>
        <Button type="submit" loading={comparing.isPending}>
          Compare it with the ledger of now
        </Button>
      </div>
      {comparing.error && <Fault fault={comparing.error} />}
      <div role="status">{comparing.data && <Outcome found={comparing.data} />}</div>
    </form>
  )
}

function Outcome({ found: { kept, compared, isSigned } }: { found: Found }) {
  if (compared.kind === 'short')
    return (
      <p>
        <strong>Your note counts {counted(kept.size, 'entry', 'entries')}, and the ledger does not hold as many.</strong> Entries are
        missing, or an older backup was put in its place. Keep the note, and tell compliance.
      </p>
    )
  if (compared.grown === false)
    return (
      <p>
        <strong>The ledger of now does not begin with the {counted(kept.size, 'entry', 'entries')} of your note.</strong> Something under it
        was changed, or the note was never this ledger’s. Keep the note, and tell compliance.
      </p>
    )
  if (compared.grown === null) return <p>This browser checks nothing on a page that is not served over https.</p>
  return (
    <p>
      <b>Nothing under your note was changed or taken away.</b> The ledger of {count(compared.to)} entries begins with the{' '}
      {count(kept.size)} of it
      {compared.to === kept.size
        ? ', and none came after.'
        : `: this browser worked it out from ${counted(compared.hashes, 'hash', 'hashes')}.`}{' '}
      {isSigned === true && 'The note is signed with the key that the ledger had then.'}
      {isSigned === false && 'Its signature is not by the key that the ledger had then.'}
      {isSigned === null && 'This browser knows no Ed25519 and did not check its signature.'}
    </p>
  )
}
