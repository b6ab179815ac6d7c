import { Button } from '@mantine/core'
import { Link, useParams } from 'react-router'
import { LogReviewTaskId } from '../../../src/contract/ids.ts'
import type { LogReviewItem, LogReviewTaskPage } from '../../../src/contract/log-review.ts'
import { DEEDS } from '../../../src/contract/deeds.ts'
import { counted, fullTime } from '../../lib/format.ts'
import { useSection } from '../../lib/section.ts'
import { Empty } from '../../ui/empty.tsx'
import { Wrong } from '../../ui/fact.tsx'
import { Fault, Nothing } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { Panel } from '../../ui/panel.tsx'
import { detailWords } from '../ledger/detail-words.ts'
import { objectWords } from '../ledger/object-words.ts'
import { useLogReviewTask, useMark, useStart } from './api.ts'
import { GiveReview } from './give-review.tsx'
import { SignReview } from './sign-review.tsx'
import { periodOf, standingOf, whyWords } from './words.ts'

export function LogReviewTaskPageOf() {
  useSection('Review of the access log')
  const task = LogReviewTaskId.safeParse(useParams().task)
  return task.success ? <Task task={task.data} /> : <Nothing />
}

function Task({ task }: { task: LogReviewTaskId }) {
  const found = useLogReviewTask(task)
  const start = useStart(task)
  const mark = useMark(task)
  if (found.isPending) return <Lines count={8} />
  if (!found.data) return <Fault fault={found.error} retry={() => void found.refetch()} />
  const page = found.data
  const left = page.items.filter((item) => item.mark === null)
  return (
    <div className="page">
      <div className="stack xs">
        <p className="meta">
          <Link to="/ledger/reviews">Reviews of the access log</Link>
        </p>
        <h1 className="title">{page.name}</h1>
        <p className="soft">
          {periodOf(page)}. {counted(page.entries, 'access', 'accesses')} in the period, {page.items.length} to look at. {standingOf(page)}.
        </p>
      </div>
      {page.inSample && page.state !== 'signed' && (
        <Wrong>Some of these accesses are your own, so someone else must sign this review.</Wrong>
      )}
      <div className="row wrap">
        {page.may.start && (
          <Button variant="filled" loading={start.isPending} onClick={() => start.mutate(undefined)}>
            Take it on
          </Button>
        )}
        {page.may.assign && <GiveReview task={page.id} />}
        {page.may.mark && left.length > 0 && (
          <Button
            loading={mark.isPending}
            onClick={() => mark.mutate({ entries: left.map((item) => item.entry.id), mark: 'fine', note: '' })}
          >
            The {left.length} not marked are in order
          </Button>
        )}
      </div>
      {(start.error ?? mark.error) && <Fault fault={(start.error ?? mark.error)!} />}
      <Panel id="accesses" title="Accesses" clip>
        {page.items.length === 0 ? (
          <Empty title="Nothing was done in this period that the review looks at">It is signed like any other.</Empty>
        ) : (
          <ul className="plainlist">
            {page.items.map((item) => (
              <Item key={item.entry.id} item={item} page={page} mark={mark.mutate} busy={mark.isPending} />
            ))}
          </ul>
        )}
      </Panel>
      {page.state === 'signed' && (
        <Panel id="findings" title="Findings">
          <p className="body prewrap">{page.findings}</p>
        </Panel>
      )}
      {page.may.sign && <SignReview page={page} />}
    </div>
  )
}

type Marking = Parameters<ReturnType<typeof useMark>['mutate']>[0]
type ItemProps = { item: LogReviewItem; page: LogReviewTaskPage; mark: (marking: Marking) => void; busy: boolean }

function Item({ item: { entry, why, mark: said, note, own }, page, mark, busy }: ItemProps) {
  const object = objectWords(entry)
  const more = detailWords(entry)
  const say = (wanted: 'fine' | 'question') => mark({ entries: [entry.id], mark: wanted, note })
  return (
    <li className="row spread wrap">
      <span className="stack xs">
        <span>
          {entry.actor?.name ?? 'Someone'} {DEEDS[entry.deed]} {object !== null && <b>{object}</b>}
          {more && <span className="meta">{` ${more}`}</span>}
        </span>
        <span className="meta">
          {fullTime(entry.at)}
          {entry.from && `, from ${entry.from.address}, ${entry.from.browser}`}. {why.map(whyWords).join('. ')}.{own && ' Your own.'}
        </span>
        {note && <span className="meta">{note}</span>}
      </span>
      {page.may.mark ? (
        <span className="row" role="group" aria-label="What you say of it">
          <Button
            size="xs"
            variant={said === 'fine' ? 'filled' : undefined}
            aria-pressed={said === 'fine'}
            disabled={busy}
            onClick={() => say('fine')}
          >
            In order
          </Button>
          <Button
            size="xs"
            variant={said === 'question' ? 'filled' : undefined}
            aria-pressed={said === 'question'}
            disabled={busy}
            onClick={() => say('question')}
          >
            Asks for an answer
          </Button>
        </span>
      ) : (
        <span className="meta">{said === 'fine' ? 'In order' : said === 'question' ? 'Asks for an answer' : 'Not looked at'}</span>
      )}
    </li>
  )
}
