import { Button } from '@mantine/core'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { LogReviewTaskId } from '../../../src/contract/ids.ts'
import type { LogReviewTaskPage } from '../../../src/contract/log-review.ts'
import { counted } from '../../lib/format.ts'
import { useSection } from '../../lib/section.ts'
import { Empty } from '../../ui/empty.tsx'
import { Fact } from '../../ui/fact.tsx'
import { Fault, Nothing } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { ShownEntry } from '../ledger/entry-details.tsx'
import { EntryDrawer } from '../ledger/opened-entry.tsx'
import { useMe } from '../session/api.ts'
import { useLogReviewTask, useMark, useReviewers, useStart } from './api.ts'
import { GiveReview } from './give-review.tsx'
import { Item } from './item.tsx'
import { SignReview } from './sign-review.tsx'
import { Standing } from './standing.tsx'
import { periodOf } from './words.ts'

export function LogReviewTaskPageOf() {
  useSection('Review of the access log')
  const task = LogReviewTaskId.safeParse(useParams().task)
  return task.success ? <Task task={task.data} /> : <Nothing />
}

function Task({ task }: { task: LogReviewTaskId }) {
  const found = useLogReviewTask(task)
  if (found.isPending) return <Lines count={8} />
  if (!found.data) return <Fault fault={found.error} retry={() => void found.refetch()} />
  const page = found.data
  return (
    <div className="page">
      <div className="stack xs">
        <p className="meta">
          <Link to="/ledger/reviews">Reviews of the access log</Link>
        </p>
        <div className="row spread wrap">
          <h1 className="title">{page.name}</h1>
          <Standing of={page} />
        </div>
        <p className="soft">
          {periodOf(page)}. {counted(page.entries, 'access', 'accesses')} in the period, {page.items.length} to look at.{' '}
          {page.state !== 'signed' &&
            (page.reviewer ? `${page.reviewer.name} reviews it.` : 'Nobody has taken it on: whoever does looks at each and signs.')}
        </p>
      </div>
      <OwnAmong page={page} />
      <Accesses page={page} />
      {page.state === 'signed' && (
        <Panel id="findings" title="Findings">
          <p className="body prewrap">{page.findings}</p>
        </Panel>
      )}
      {page.may.sign && <SignReview page={page} />}
    </div>
  )
}

/** Nobody signs a review of what they did themselves. */
function OwnAmong({ page: { items, inSample, state, may } }: { page: LogReviewTaskPage }) {
  const me = useMe().data?.id
  const isAlone = useReviewers().every(({ value }) => value === me)
  if (!inSample || state === 'signed') return null
  const own = items.filter((item) => item.own).length
  const todo = may.assign ? 'Give it to someone who oversees the ledger too.' : 'Whoever keeps the reviews gives it to someone else.'
  return (
    <Fact>
      <p>
        {own === 1 ? 'One of these accesses is' : `Of these accesses ${own} are`} your own, so someone else signs this review.{' '}
        {isAlone ? 'Nobody else oversees the ledger yet: a second person needs a role that does.' : todo}
      </p>
    </Fact>
  )
}

function Accesses({ page }: { page: LogReviewTaskPage }) {
  const start = useStart(page.id)
  const mark = useMark(page.id)
  const [opened, open] = useState<ShownEntry | null>(null)
  const left = page.items.filter((item) => item.mark === null)
  const looked = page.items.length - left.length
  return (
    <>
      <EntryDrawer entry={opened} onClose={() => open(null)} />
      <div className="row wrap">
        {page.may.start && (
          <Button variant={page.inSample ? 'default' : 'filled'} loading={start.isPending} onClick={() => start.mutate(undefined)}>
            Take it on
          </Button>
        )}
        {page.may.mark && left.length > 0 && (
          <Button
            loading={mark.isPending && mark.variables.entries.length > 1}
            onClick={() => mark.mutate({ entries: left.map((item) => item.entry.id), mark: 'fine', note: '' })}
          >
            {looked === 0
              ? `Mark ${left.length === 1 ? 'it' : `all ${left.length}`} as in order`
              : `Mark the ${left.length === 1 ? 'last one' : `other ${left.length}`} as in order`}
          </Button>
        )}
        {page.may.assign && <GiveReview task={page.id} />}
        {page.state !== 'signed' && page.items.length > 0 && (
          <span className="meta push" role="status">
            {looked} of {page.items.length} looked at
          </span>
        )}
      </div>
      {(start.error ?? mark.error) && <Fault fault={(start.error ?? mark.error)!} />}
      <Panel id="accesses" title="Accesses" clip>
        {page.items.length === 0 ? (
          <Empty title="Nothing was done in this period that the review looks at">It is signed like any other.</Empty>
        ) : (
          <ul className="plainlist">
            {page.items.map((item) => (
              <Item
                key={item.entry.id}
                item={item}
                say={page.may.mark ? (said, note) => mark.mutate({ entries: [item.entry.id], mark: said, note }) : null}
                onOpen={() => open(item.entry)}
              />
            ))}
          </ul>
        )}
      </Panel>
    </>
  )
}
