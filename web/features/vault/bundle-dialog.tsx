import { Button, Modal, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { BundleOf } from '../../../src/contract/bundle.ts'
import type { MatterId } from '../../../src/contract/ids.ts'
import { bytes, count } from '../../lib/format.ts'
import { ask } from '../../lib/ask.ts'
import { Wrong } from '../../ui/fact.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { files } from './filing-words.ts'
import { useTry } from './try.ts'

/** What is taken: its words, as in `Download 3 files as zip`, and which documents. */
export type Bundling = { words: string; of: BundleOf }
type Props = { matter: MatterId; what: Bundling | null; onClose: () => void }

/** Copies as one zip: what goes, what stays behind and why, before anything is taken. */
export function BundleDialog({ matter, what, onClose }: Props) {
  return (
    <Modal opened={what !== null} onClose={onClose} title={what ? `Download ${what.words} as zip` : ''}>
      {what && <Bundle matter={matter} of={what.of} onClose={onClose} />}
    </Modal>
  )
}

function Bundle({ matter, of, onClose }: { matter: MatterId; of: BundleOf; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const { attempt, busy, wrong } = useTry('reason')
  const params = { matter }
  const told = useQuery({
    queryKey: ['bundle', matter, of],
    queryFn: ({ signal }) => ask('bundle.preview', { params, body: { of }, signal }),
    gcTime: 0,
  })
  if (told.isPending) return <Lines count={3} />
  if (told.error) return <Fault fault={told.error} retry={() => void told.refetch()} />
  const { documents, bytes: size, heldBack } = told.data
  const asks = heldBack.filter(({ code }) => code === 'factor.stale')
  const stays = heldBack.filter(({ code }) => code !== 'factor.stale')
  const goes = documents + asks.reduce((sum, one) => sum + one.count, 0)
  const take = (leaveOut: boolean) =>
    attempt(async () => {
      const made = await ask('document.bundle', { params, body: { of, leaveOut, ...(reason.trim() ? { reason: reason.trim() } : {}) } })
      const link = window.document.createElement('a')
      link.href = made.content
      link.download = made.name
      link.click()
      onClose()
    })
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void take(false)
      }}
    >
      {goes > 0 ? (
        <p>
          {files(goes)} {goes === 1 ? 'goes' : 'go'}
          {asks.length === 0 && `, ${bytes(size)} in all`}. The copies and the archive are recorded in the history of the matter; a manifest
          in it names every file with its checksum.
        </p>
      ) : (
        <p>Nothing here can be taken as a copy.</p>
      )}
      {asks.map((one) => (
        <p key={one.text}>
          {files(one.count)} of them {one.count === 1 ? 'asks' : 'ask'} for your second factor first; it is asked for when you go on.
        </p>
      ))}
      {stays.length > 0 && (
        <section aria-label="What is left out" className="stack xs">
          <h3 className="sub">Left out</h3>
          {stays.map((one) => (
            <div key={one.text}>
              <p>{one.text}</p>
              <ul className="meta">
                {one.first.map((path) => (
                  <li key={path}>{path}</li>
                ))}
                {one.count > one.first.length && <li>and {count(one.count - one.first.length)} more</li>}
              </ul>
            </div>
          ))}
        </section>
      )}
      {goes > 0 && (
        <Textarea
          label="Why (may be left empty)"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          maxLength={2000}
          autosize
          // it comes once the answer is there, after the dialog has placed the focus
          autoFocus
        />
      )}
      {wrong && <Wrong>{wrong}</Wrong>}
      <div className="row wrap">
        {goes > 0 && (
          <Button type="submit" variant="filled" loading={busy}>
            Download
          </Button>
        )}
        {documents > 0 && asks.length > 0 && (
          <Button disabled={busy} onClick={() => void take(true)}>
            Without those that ask
          </Button>
        )}
        <Button variant="subtle" onClick={onClose}>
          {goes > 0 ? 'Not now' : 'Close'}
        </Button>
      </div>
    </form>
  )
}
