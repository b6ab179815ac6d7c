import { Button } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import type { Hit } from '../../../src/contract/search.ts'
import { count } from '../../lib/format.ts'
import { useEscape } from '../../lib/escape.ts'
import { useKeys } from '../../lib/keys.ts'
import { Cite } from '../../ui/cite.tsx'
import { Class } from '../../ui/class.tsx'
import { Fault } from '../../ui/fault.tsx'
import { line } from '../../ui/icons.ts'
import { Lines } from '../../ui/lines.tsx'
import { useMe } from '../session/api.ts'
import { lookFor, type OpenedAt } from '../vault/at-page.ts'
import { Watermark } from '../vault/watermark.tsx'
import { usePassages } from './api.ts'
import { Marked } from './passage.tsx'
import { kindLine, WITHHELD, wordsIn } from './words.ts'

type Props = { search: string; words: string; hit: Hit }

/** Every passage of one document that was found, beside the list; on a phone, a page of its own. */
export function Preview({ search, words, hit }: Props) {
  const go = useNavigate()
  const found = usePassages(search, hit.document, hit.version, words)
  const passages = found.data?.passages ?? []
  const [at, setAt] = useState(0)
  const title = useRef<HTMLHeadingElement>(null)
  const body = useRef<HTMLOListElement>(null)
  useEffect(() => {
    title.current?.focus({ preventScroll: true })
    // where it stands in the place of the list, one begins at its top
    if (window.matchMedia('(max-width: 75rem)').matches) window.scrollTo({ top: 0 })
  }, [])
  const close = () => void go(-1)
  const step = (by: number) => {
    const to = Math.min(Math.max(at + by, 0), passages.length - 1)
    setAt(to)
    body.current?.children[to]?.scrollIntoView({ block: 'center' })
  }
  const open = () => {
    lookFor(hit.document, wordsIn(passages))
    void go(`/matters/${hit.matter.id}/documents/${hit.document}`, {
      state: { page: passages[at]?.page ?? 1, version: hit.version } satisfies OpenedAt,
    })
  }
  useEscape(close)
  useKeys({ n: () => step(1), p: () => step(-1), o: open })

  return (
    <aside className="peek passages" aria-label="Every passage">
      <header>
        <div>
          <h2 className="sub" tabIndex={-1} ref={title} onKeyDown={({ key }) => key === 'Enter' && open()}>
            {hit.name}
          </h2>
          <p className="meta row wrap">
            <Class of={hit.class} />
            <span>
              <Cite>{hit.matter.title}</Cite> · {kindLine(hit)}
            </span>
          </p>
        </div>
        <button className="icon push" type="button" aria-label="Close the passages" onClick={close}>
          <IconX {...line} />
        </button>
      </header>
      <div className="bar2 row passagebar">
        <button className="icon" type="button" aria-label="Previous passage" title="p" aria-disabled={at === 0} onClick={() => step(-1)}>
          <IconChevronUp {...line} />
        </button>
        <button
          className="icon"
          type="button"
          aria-label="Next passage"
          title="n"
          aria-disabled={at >= passages.length - 1}
          onClick={() => step(1)}
        >
          <IconChevronDown {...line} />
        </button>
        <span className="meta" role="status">
          {passages.length > 0 && `Passage ${count(at + 1)} of ${count(passages.length)}${found.data?.isCut ? ' and more' : ''}`}
        </span>
        <Button className="push" size="xs" variant="filled" onClick={open}>
          Open the file
        </Button>
      </div>
      {found.isPending && <Lines count={6} />}
      {found.error && <Fault fault={found.error} retry={() => void found.refetch()} />}
      {found.data?.isWithheld && <p className="none soft">{WITHHELD}</p>}
      {found.data && !found.data.isWithheld && passages.length === 0 && <p className="none soft">None of its text is found any more.</p>}
      {passages.length > 0 && (
        <All
          passages={passages}
          at={at}
          onAt={setAt}
          hit={hit}
          readAt={new Date(found.dataUpdatedAt).toISOString()}
          isCut={found.data?.isCut ?? false}
          body={body}
        />
      )}
    </aside>
  )
}

type AllProps = {
  passages: Hit['passages']
  at: number
  onAt: (at: number) => void
  hit: Hit
  readAt: string
  isCut: boolean
  body: React.RefObject<HTMLOListElement | null>
}

function All({ passages, at, onAt, hit, readAt, isCut, body }: AllProps) {
  const reader = useMe().data?.name ?? ''
  return (
    <div className={hit.isWatermarked ? 'marked underword' : 'marked'}>
      <div className="passagelist" tabIndex={0} role="region" aria-label="The passages">
        <ol ref={body}>
          {passages.map((passage, index) => (
            <li key={index} aria-current={index === at || undefined} onClick={() => onAt(index)}>
              {(passage.page !== null || passage.within) && (
                <p className="meta">
                  {[passage.page !== null && `p. ${passage.page}`, passage.within && `in ${passage.within}`].filter(Boolean).join(', ')}
                </p>
              )}
              <p className="says">
                <Marked {...passage} />
              </p>
            </li>
          ))}
        </ol>
        {isCut && <p className="meta none">There are more passages than are shown here. Open the file to read on.</p>}
      </div>
      {hit.isWatermarked && <Watermark name={reader} at={readAt} over="lines" />}
    </div>
  )
}
