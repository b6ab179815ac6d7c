import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { MemorandumView } from '../../../src/contract/wall.ts'
import { dateOf, fullTime } from '../../lib/format.ts'
import { placeRefusal } from '../../lib/form.ts'
import { useSection } from '../../lib/section.ts'
import { Empty } from '../../ui/empty.tsx'
import { Wrong } from '../../ui/fact.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { State } from '../../ui/state.tsx'
import { useAcknowledge, useMemoranda } from './api.ts'
import { Certify } from './certify.tsx'
import { Sheet } from './sheet.tsx'

/** The memoranda that are addressed to the reader: those still to be acknowledged first. */
export function MemorandaPage() {
  useSection('Memoranda')
  const memoranda = useMemoranda()
  const all = (memoranda.data ?? []).toSorted(
    (one, other) => Number(one.acknowledgedAt !== null) - Number(other.acknowledgedAt !== null) || other.askedAt.localeCompare(one.askedAt),
  )
  const open = all.filter((memorandum) => memorandum.acknowledgedAt === null).length
  return (
    <div className="page memopage">
      <div className="stack xs">
        <h1 className="title">Memoranda</h1>
        {memoranda.data && all.length > 0 && (
          <p className="soft">
            {open === 0
              ? 'You have acknowledged everything that is addressed to you.'
              : 'Addressed to you. Read it, and say that you will keep to it.'}
          </p>
        )}
      </div>
      {memoranda.isPending && <Lines />}
      {memoranda.error && !memoranda.data && <Fault fault={memoranda.error} retry={() => void memoranda.refetch()} />}
      {memoranda.data && all.length === 0 && (
        <section className="panel">
          <Empty title="No memorandum is addressed to you">
            One that asks something of you will stand here and be announced on top of the page.
          </Empty>
        </section>
      )}
      {all.map((memorandum, index) => (
        <Memorandum key={memorandum.wall} of={memorandum} number={index} readAt={memoranda.dataUpdatedAt} />
      ))}
    </div>
  )
}

function Memorandum({ of, number, readAt }: { of: MemorandumView; number: number; readAt: number }) {
  const acknowledge = useAcknowledge()
  const [wrong, setWrong] = useState<string | null>(null)
  const [certifying, dialog] = useDisclosure()
  const title = `memorandum-${number}`
  const done = () => {
    setWrong(null)
    acknowledge.mutate(of.wall, {
      onSuccess: () => void notifications.show({ message: 'Acknowledged. It stays here for you to read again.' }),
      onError: (fault) => setWrong(placeRefusal(fault, []).text),
    })
  }
  return (
    <article className="stack" aria-labelledby={title}>
      <div className="row spread wrap">
        <h2 className="sub" id={title}>
          Memorandum of {dateOf(of.askedAt)}
        </h2>
        {of.acknowledgedAt ? (
          <State kind="ok">You acknowledged it on {fullTime(of.acknowledgedAt)}</State>
        ) : (
          <State kind="wait">{of.withholds && of.as === 'team' ? 'Your access to the matter waits for it' : 'Waits for you'}</State>
        )}
      </div>
      <Sheet text={of.memorandum} procedures={of.procedures} />
      <Wrong>{wrong}</Wrong>
      <div className="row wrap">
        {of.acknowledgedAt === null && (
          <Button variant="filled" loading={acknowledge.isPending} onClick={done}>
            I have read this and will keep to it
          </Button>
        )}
        {of.acknowledgedAt !== null && of.as === 'screened' && <Button onClick={dialog.open}>Certify that you kept to it</Button>}
      </div>
      <Certify
        wall={of.wall}
        capacity="screened"
        from={of.since}
        until={new Date(readAt).toISOString()}
        opened={certifying}
        onClose={dialog.close}
      />
    </article>
  )
}
