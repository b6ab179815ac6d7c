import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { DEEDS } from '../../../src/contract/deeds.ts'
import type { LogReviewItem } from '../../../src/contract/log-review.ts'
import { fullTime } from '../../lib/format.ts'
import { Cite } from '../../ui/cite.tsx'
import { State } from '../../ui/state.tsx'
import { detailWords } from '../ledger/detail-words.ts'
import { actorWords, objectWords, sealedWords } from '../ledger/object-words.ts'
import { whyWords } from './words.ts'

type Mark = 'fine' | 'question'
type Props = {
  item: LogReviewItem
  /** Null where the reader marks nothing. */ say: ((mark: Mark, note: string) => void) | null
  onOpen: () => void
}

/** One access, why it is here, and what its reviewer says of it. */
export function Item({ item: { entry, why, mark, note, own }, say, onOpen }: Props) {
  const object = objectWords(entry)
  const more = detailWords(entry)
  return (
    <li className="access">
      <div className="stack xs">
        <p>
          {actorWords(entry)} {DEEDS[entry.deed]} {object === null ? <span className="meta">{sealedWords(entry)}</span> : <b>{object}</b>}
          {entry.matter && entry.deed !== 'matter.created' && (
            <>
              {' '}
              in <Cite>{entry.matter.title}</Cite>
            </>
          )}
          {more && <span className="meta">{` ${more}`}</span>}
        </p>
        <p className="meta">
          {fullTime(entry.at)}
          {entry.from && `, from ${entry.from.address}, ${entry.from.browser}`}. {why.map(whyWords).join('. ')}
          {why.length > 0 && '. '}
          {own && <b>Your own. </b>}
          <button type="button" className="plainlink" onClick={onOpen}>
            The entry and its proof
          </button>
        </p>
        {note && !(say && mark === 'question') && <p className="reason">{note}</p>}
      </div>
      {say ? <Marks mark={mark} say={(said) => say(said, note)} /> : <Marked mark={mark} />}
      {say && mark === 'question' && <Note key={note} note={note} keep={(text) => say('question', text)} />}
    </li>
  )
}

const Marked = ({ mark }: { mark: Mark | null }) =>
  mark === null ? (
    <span className="meta">Not looked at yet</span>
  ) : (
    <State kind={mark === 'fine' ? 'ok' : 'wait'}>{mark === 'fine' ? 'In order' : 'Asks for an answer'}</State>
  )

function Marks({ mark, say }: { mark: Mark | null; say: (mark: Mark) => void }) {
  const of = (one: Mark, words: string) => (
    <Button size="xs" variant={mark === one ? 'filled' : undefined} aria-pressed={mark === one} onClick={() => mark !== one && say(one)}>
      {words}
    </Button>
  )
  return (
    <div className="row" role="group" aria-label="What you say of it">
      {of('fine', 'In order')}
      {of('question', 'Asks for an answer')}
    </div>
  )
}

/** Kept when it is left. */
function Note({ note, keep }: { note: string; keep: (text: string) => void }) {
  const [text, setText] = useState(note)
  const leave = () => text.trim() !== note && keep(text.trim())
  return (
    <TextInput
      className="ask"
      size="xs"
      aria-label="What asks for an answer"
      placeholder="What asks for an answer, and of whom"
      maxLength={500}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={leave}
      onKeyDown={(event) => event.key === 'Enter' && leave()}
    />
  )
}
