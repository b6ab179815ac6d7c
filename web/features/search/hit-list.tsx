import { useEffect, useRef } from 'react'
import { useNavigate } from 'react-router'
import type { DocumentId } from '../../../src/contract/ids.ts'
import type { Hit as Found } from '../../../src/contract/search.ts'
import { useKeys } from '../../lib/keys.ts'
import { lastSeen, type Step } from './asked.ts'
import { Hit } from './hit.tsx'

type Props = { search: string; hits: readonly Found[]; /** When they were read. */ readAt: string; preview: DocumentId | null }

/** The list of what was found. `j`, `k` and the arrows move through it, Enter opens, Space and `p` show every passage. */
export function HitList({ search, hits, readAt, preview }: Props) {
  const list = useRef<HTMLOListElement>(null)
  const go = useNavigate()
  const titleAt = (at: number) => list.current?.querySelector<HTMLElement>(`[data-hit='${at}'] [data-go]`)
  const seenAt = () => hits.findIndex(({ document }) => document === (preview ?? lastSeen.of(search)))

  const look = (at: number) => {
    const hit = hits[at]
    if (!hit || hit.isWithheld || hit.passages.length === 0) return
    lastSeen.set(search, hit.document)
    const state: Step = { search, preview: hit.document }
    // the way back from the passages is to the list, however many were looked at
    void go('/search', { state, replace: preview !== null, preventScrollReset: true })
  }
  const step = (by: number) => {
    const focused = document.activeElement?.closest<HTMLElement>('[data-hit]')?.dataset.hit
    const from = focused === undefined ? seenAt() : Number(focused)
    const to = Math.min(Math.max(from + by, 0), hits.length - 1)
    titleAt(to)?.closest('[data-hit]')?.scrollIntoView({ block: 'nearest' })
    if (preview) look(to)
    else titleAt(to)?.focus()
  }
  const here = () => Number(document.activeElement?.closest<HTMLElement>('[data-hit]')?.dataset.hit ?? Math.max(seenAt(), 0))
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    ...(preview ? {} : { p: () => look(here()) }),
    e: toFacets,
  })

  // whoever comes back finds the place again: from a document, and from its passages
  const before = useRef<{ search: string | null; preview: DocumentId | null }>({ search: null, preview: null })
  useEffect(() => {
    const from = before.current.search === search ? before.current.preview : before.current.search === null ? lastSeen.of(search) : null
    before.current = { search, preview }
    const at = preview ? -1 : hits.findIndex(({ document }) => document === from)
    if (at < 0) return
    // after the page itself has taken the focus
    const timer = window.setTimeout(() => titleAt(at)?.focus({ preventScroll: true }))
    return () => window.clearTimeout(timer)
    // only where one comes from says where one comes to
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [search, preview])

  return (
    <ol
      ref={list}
      className="hits"
      onKeyDown={(event) => {
        if (event.key !== ' ' || !(event.target as Element).matches('[data-go]')) return
        event.preventDefault()
        look(here())
      }}
    >
      {hits.map((hit, at) => (
        <Hit
          key={hit.document}
          hit={hit}
          at={at}
          readAt={readAt}
          isCurrent={hit.document === preview}
          onLook={() => look(at)}
          onOpen={() => lastSeen.set(search, hit.document)}
        />
      ))}
    </ol>
  )
}

/** To what narrows the list: beside it, or behind its button. */
function toFacets(): void {
  const shown = [...document.querySelectorAll<HTMLElement>('.facets input, [data-narrow]')].find((one) => one.offsetParent !== null)
  if (shown?.matches('[data-narrow]')) shown.click()
  else shown?.focus()
}
