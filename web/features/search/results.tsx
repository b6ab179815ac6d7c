import { Button, Menu } from '@mantine/core'
import { IconAdjustmentsHorizontal, IconChevronDown, IconDownload, IconPlus } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { DocumentId } from '../../../src/contract/ids.ts'
import { SearchOrder, type SearchView } from '../../../src/contract/search.ts'
import { count } from '../../lib/format.ts'
import { canRetry, Refused } from '../../lib/refused.ts'
import { Empty } from '../../ui/empty.tsx'
import { Fault } from '../../ui/fault.tsx'
import { line } from '../../ui/icons.ts'
import { Lines } from '../../ui/lines.tsx'
import { sayRefusal } from '../vault/try.ts'
import { AlsoFound } from './also-found.tsx'
import { exportList, type Found, stopSearch } from './api.ts'
import type { Asked } from './asked.ts'
import { Chosen, Facets } from './facets.tsx'
import { Foot } from './foot.tsx'
import { HitList } from './hit-list.tsx'
import { facetsOf, narrowed } from './narrowing.ts'
import { NoneFound } from './none-found.tsx'
import { SaveSearch } from './save-search.tsx'
import { ORDERS } from './words.ts'

type Props = { id: string; asked: Asked; found: Found; preview: DocumentId | null; onRun: (asked: Asked, replace?: boolean) => void }

export function Results({ id, asked, found, preview, onRun }: Props) {
  const [narrowing, setNarrowing] = useState(false)
  const isLate = useLate(found.isFetching)
  if (found.isPending && found.fetchStatus === 'idle')
    return (
      <p className="soft none">
        The search was stopped.{' '}
        <button type="button" className="plainlink" onClick={() => void found.refetch()}>
          Search again
        </button>
      </p>
    )
  if (found.isPending)
    return (
      <>
        <Waiting isLate={isLate} onStop={() => void stopSearch(id)} />
        <Lines count={8} />
      </>
    )
  if (found.error instanceof Refused && !found.data && !canRetry(found.error) && found.error.code !== 'nothing')
    return <Empty title="This was not searched for">{found.error.text}</Empty>
  if (!found.data) return <Fault fault={found.error} retry={() => void found.refetch()} />
  const view = found.data.pages[0]!
  const hits = found.data.pages.flatMap((page) => page.hits)
  const facets = facetsOf(view.facets, asked.narrow)
  const narrow = (its: Asked['narrow']) => onRun({ ...asked, narrow: its }, true)
  return (
    <div className="searchcols" aria-busy={found.isPlaceholderData}>
      <Facets facets={facets} narrow={asked.narrow} onNarrow={narrow} opened={narrowing} onClose={() => setNarrowing(false)} />
      <section className="found" aria-label="Results">
        <Head view={view} asked={asked} facets={facets.length} onRun={onRun} onNarrow={() => setNarrowing(true)} />
        <Chosen narrow={asked.narrow} onNarrow={narrow} />
        {found.isPlaceholderData && <Waiting isLate={isLate} onStop={() => void stopSearch(id)} />}
        <AlsoFound matters={view.matters} people={view.people} />
        {hits.length > 0 ? (
          <HitList search={id} hits={hits} readAt={new Date(found.dataUpdatedAt).toISOString()} preview={preview} />
        ) : (
          <NoneFound asked={asked} view={view} onRun={onRun} />
        )}
        {found.isFetchNextPageError && <Fault fault={found.error} retry={() => void found.fetchNextPage()} />}
        {found.hasNextPage && !found.isFetchNextPageError && (
          <div className="row wrap showmore">
            <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
              Show more
            </Button>
            <span className="meta">
              {count(hits.length)} of {count(view.total)}
              {view.isMore && ' best'} are shown
            </span>
          </div>
        )}
        <Foot view={view} seconds={view.seconds} onAgain={() => onRun(asked, true)} />
      </section>
    </div>
  )
}

type HeadProps = { view: SearchView; asked: Asked; facets: number; onRun: Props['onRun']; onNarrow: () => void }

/** How many there are, in which order, and what is done with the list as a whole. */
function Head({ view, asked, facets, onRun, onNarrow }: HeadProps) {
  const [saving, setSaving] = useState(false)
  const chosen = narrowed(asked.narrow)
  return (
    <div className="row spread wrap foundhead">
      <p role="status">
        <TotalWords view={view} />
      </p>
      <span className="row wrap">
        {facets > 0 && (
          <button type="button" className="chip narrowchip" data-narrow onClick={onNarrow}>
            <IconAdjustmentsHorizontal {...line} size={12} />
            Narrow{chosen > 0 && ` · ${chosen}`}
          </button>
        )}
        <Menu withInitialFocusPlaceholder={false} position="bottom-end">
          <Menu.Target>
            <button type="button" className="chip" aria-label={`Order: ${ORDERS[asked.order]}`}>
              {ORDERS[asked.order]}
              <IconChevronDown {...line} size={12} />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {SearchOrder.options.map((order) => (
              <Menu.Item key={order} onClick={() => onRun({ ...asked, order }, true)}>
                {ORDERS[order]}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <button type="button" className="chip" onClick={() => setSaving(true)}>
          <IconPlus {...line} size={12} />
          <span>
            Save<span className="longer"> this search</span>
          </span>
        </button>
        {view.total > 0 && (
          <button
            type="button"
            className="chip"
            title="As CSV: names and facts, no passages"
            onClick={() => void exportList(asked).catch(sayRefusal)}
          >
            <IconDownload {...line} size={12} />
            <span>
              Export<span className="longer"> list</span>
            </span>
          </button>
        )}
      </span>
      <SaveSearch of={saving ? asked : null} onClose={() => setSaving(false)} />
    </div>
  )
}

function TotalWords({ view: { total, isMore } }: { view: SearchView }) {
  if (isMore)
    return (
      <>
        <b>More than {count(total)} results</b> <span className="soft">in what you may see; these are the best</span>
      </>
    )
  return (
    <>
      <b>{total === 1 ? '1 result' : `${count(total)} results`}</b> <span className="soft">in what you may see</span>
    </>
  )
}

/** Said once it takes longer than a second, with a way out. */
function Waiting({ isLate, onStop }: { isLate: boolean; onStop: () => void }) {
  if (!isLate) return null
  return (
    <p className="soft none" role="status">
      Looking through what you may see…{' '}
      <button type="button" className="plainlink" onClick={onStop}>
        Stop
      </button>
    </p>
  )
}

function useLate(isBusy: boolean): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    setLate(false)
    if (!isBusy) return
    const timer = window.setTimeout(() => setLate(true), 1000)
    return () => window.clearTimeout(timer)
  }, [isBusy])
  return late
}
