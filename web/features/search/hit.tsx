import { IconListSearch } from '@tabler/icons-react'
import { Link } from 'react-router'
import type { Hit as Found, Passage } from '../../../src/contract/search.ts'
import { dateOf, fullTime, when } from '../../lib/format.ts'
import { Cite } from '../../ui/cite.tsx'
import { Class } from '../../ui/class.tsx'
import { line } from '../../ui/icons.ts'
import { useMe } from '../session/api.ts'
import { Watermark } from '../vault/watermark.tsx'
import { lookFor, type OpenedAt } from '../vault/at-page.ts'
import { Marked } from './passage.tsx'
import { kindLine, olderLine, WITHHELD, wordsIn } from './words.ts'

type Props = {
  hit: Found
  /** Its place in the list, from 0. */ at: number
  /** When the list was read. */ readAt: string
  isCurrent: boolean
  onLook: () => void
  onOpen: () => void
}

/** One document that was found. */
export function Hit({ hit, at, readAt, isCurrent, onLook, onOpen }: Props) {
  return (
    <li className="answer" data-hit={at} aria-current={isCurrent || undefined}>
      <div className="row wrap hithead">
        <h3>
          <OpenAt hit={hit} passage={hit.passages[0]} onOpen={onOpen} isTitle>
            {hit.name}
          </OpenAt>
        </h3>
        <Class of={hit.class} />
        <Dated hit={hit} />
      </div>
      <p className="meta">
        <Link className="quiet" to={`/matters/${hit.matter.id}`}>
          <Cite>{hit.matter.title}</Cite>
        </Link>{' '}
        · {kindLine(hit)}
        {hit.person && ` · ${hit.person}`}
        {hit.folder && ` · in ${hit.folder}`}
      </p>
      {hit.isWithheld ? <p className="meta">{WITHHELD}</p> : <Passages hit={hit} readAt={readAt} onOpen={onOpen} />}
      <div className="row wrap hitacts">
        {!hit.isWithheld && hit.passages.length > 0 && (
          <button type="button" className="tool" onClick={onLook}>
            <IconListSearch {...line} size={14} />
            Every passage<span className="vh"> of {hit.name}</span>
          </button>
        )}
        {hit.older.length > 0 && <span className="meta">{olderLine(hit.older)}</span>}
      </div>
      <Same hit={hit} />
    </li>
  )
}

/** The day that it says of itself, else when it came in. */
const Dated = ({ hit: { day, at } }: { hit: Found }) => (
  <time
    className="meta push nowrap"
    dateTime={day ?? at}
    title={`${day ? `Dated ${dateOf(`${day}T12:00:00`)}; added` : 'Added'} ${fullTime(at)}`}
  >
    {day ? dateOf(`${day}T12:00:00`) : when(at)}
  </time>
)

type OpenProps = { hit: Found; passage: Passage | undefined; onOpen: () => void; isTitle?: boolean; children: React.ReactNode }

/** To the document, at the page of a passage and with what was found marked in it. */
function OpenAt({ hit, passage, onOpen, isTitle = false, children }: OpenProps) {
  return (
    <Link
      className="quiet"
      data-go={isTitle || undefined}
      to={`/matters/${hit.matter.id}/documents/${hit.document}`}
      state={{ page: passage?.page ?? 1, version: hit.version } satisfies OpenedAt}
      onClick={() => {
        lookFor(hit.document, wordsIn(hit.passages))
        onOpen()
      }}
    >
      {children}
    </Link>
  )
}

function Passages({ hit, readAt, onOpen }: Pick<Props, 'hit' | 'readAt' | 'onOpen'>) {
  const reader = useMe().data?.name ?? ''
  if (hit.passages.length === 0) return null
  return (
    <div className={hit.isWatermarked ? 'marked underword' : undefined}>
      {hit.passages.map((passage, at) => (
        <p key={at} className="passage">
          <span className="meta">
            {passage.page !== null && (
              <OpenAt hit={hit} passage={passage} onOpen={onOpen}>
                p. {passage.page}
              </OpenAt>
            )}
          </span>
          <span>
            {passage.within && <span className="meta insidepart">In {passage.within}</span>}
            <Marked {...passage} />
          </span>
        </p>
      ))}
      {hit.isWatermarked && <Watermark name={reader} at={readAt} over="lines" />}
    </div>
  )
}

function Same({ hit: { same } }: { hit: Found }) {
  if (same.length === 0) return null
  return (
    <details className="samedocs meta">
      <summary>{same.length === 1 ? 'One other file holds' : `${same.length} other files hold`} the same content</summary>
      <ul>
        {same.map(({ document, matter, name, title }) => (
          <li key={document}>
            <Link to={`/matters/${matter}/documents/${document}`}>{name}</Link> in <Cite>{title}</Cite>
          </li>
        ))}
      </ul>
    </details>
  )
}
