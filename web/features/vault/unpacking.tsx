import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { queries } from '../../app/queries.ts'
import type { DocumentView } from '../../../src/contract/document.ts'
import type { DocumentId, MatterId } from '../../../src/contract/ids.ts'
import { type Answer, ask } from '../../lib/ask.ts'
import { counted } from '../../lib/format.ts'
import { Wrong } from '../../ui/fact.tsx'
import { documentsKey } from './api.ts'
import { files } from './filing-words.ts'
import { useTry } from './try.ts'

type Unpacked = Answer<'document.unpack'>
const partsKey = (document: DocumentId) => ['parts', document]
/** What a document was taken out of, and what was taken out of it. */
export const useParts = (document: DocumentId) =>
  useQuery({ queryKey: partsKey(document), queryFn: ({ signal }) => ask('document.parts', { params: { document }, signal }) })

/** Takes out what a document holds; what is there already is not made again. */
export async function unpack({ id, matter }: { id: DocumentId; matter: MatterId }): Promise<Unpacked> {
  const done = await ask('document.unpack', { params: { document: id } })
  for (const queryKey of [documentsKey(matter), ['folders', matter], ['entries', matter], partsKey(id)])
    void queries.invalidateQueries({ queryKey })
  return done
}

/** `3 files stand in Mail/Terms now. 1 was there already.` */
export function unpackedWords({ folder, made, known }: Unpacked): string {
  const there = known > 0 ? `${files(known)} stood there already.` : ''
  return made.length > 0
    ? `${files(made.length)} put into ${folder}. ${there}`.trim()
    : there || 'It holds nothing that could be taken out.'
}

type Props = { document: Pick<DocumentView, 'id' | 'matter'>; /** `File its 3 attachments` */ says: string }

/** Takes out what a file holds, and says what was left in it and why. */
export function Unpack({ document, says }: Props) {
  const { attempt, busy, wrong } = useTry()
  const [done, setDone] = useState<Unpacked | null>(null)
  return (
    <div className="unpack">
      {!done && (
        <Button size="xs" loading={busy} onClick={() => void attempt(async () => setDone(await unpack(document)))}>
          {says}
        </Button>
      )}
      <div role="status">
        {done && <p>{unpackedWords(done)}</p>}
        {done && done.skipped.length > 0 && <Left of={done.skipped} />}
      </div>
      <Wrong>{wrong}</Wrong>
    </div>
  )
}

const Left = ({ of }: { of: Unpacked['skipped'] }) => (
  <details>
    <summary>{files(of.length)} left in it</summary>
    <ul className="meta">
      {of.map(({ place, why }, at) => (
        <li key={at}>
          {place || 'Without a name'}: {why}
        </li>
      ))}
    </ul>
  </details>
)

const SHOWN = 20

/** What a file was taken out of, and what was taken out of it, as lines of what is known of it. */
export function usePartFacts(document: DocumentView): [string, React.ReactNode][] {
  const found = useParts(document.id).data
  if (!found) return []
  const { of, parts } = found
  const facts: [string, React.ReactNode][] = []
  if (of) facts.push(['Taken out of', <Other matter={document.matter} of={of} />])
  if (parts.length > 0)
    facts.push([
      'Taken out of it',
      <span className="stack">
        {parts.slice(0, SHOWN).map((part) => (
          <Other key={part.id} matter={document.matter} of={part} />
        ))}
        {parts.length > SHOWN && <span className="meta">and {counted(parts.length - SHOWN, 'more file')}</span>}
      </span>,
    ])
  return facts
}

const Other = ({ matter, of }: { matter: MatterId; of: { id: DocumentId; name: string; place: string } }) => (
  <span>
    <Link to={`/matters/${matter}/documents/${of.id}`}>{of.name}</Link>
    {of.place !== of.name && <span className="meta"> {of.place} in it</span>}
  </span>
)
