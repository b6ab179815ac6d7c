import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useRef, useState } from 'react'
import { Link } from 'react-router'
import { useSection } from '../../lib/section.ts'
import { counted, momentOf } from '../../lib/format.ts'
import { Fact } from '../../ui/fact.tsx'
import { Fault, Nothing } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { MakeEvidence } from '../evidence/make-evidence.tsx'
import { useLedgerCheck } from '../integrity/api.ts'
import { useMe } from '../session/api.ts'
import { useCheckpoint, useLedger } from './api.ts'
import { NewestCheckpoint } from './checkpoint.tsx'
import { Earlier } from './earlier.tsx'
import { Entries } from './entries.tsx'
import type { ShownEntry } from './entry-details.tsx'
import { ExportMenu } from './export-menu.tsx'
import { FilterBar } from './filter-bar.tsx'
import { None } from './none.tsx'
import { useAsked } from './filter-state.ts'
import { EntryDrawer, EntryPane } from './opened-entry.tsx'
import { Contradicted } from './witnesses.tsx'

export function LedgerPage() {
  const may = useMe().data?.may.includes('ledger.read')
  return may ? <Ledger /> : <Nothing />
}

function Ledger() {
  useSection('Ledger')
  const may = useMe().data?.may
  const oversees = may?.includes('ledger.oversee')
  const isBroken = useLedgerCheck(may?.includes('integrity.keep') ?? false).data?.brokenAt
  const checkpoint = useCheckpoint()
  const [asked, askFor, clear] = useAsked()
  const ledger = useLedger(asked)
  const entries = ledger.data?.pages.flatMap((page) => page.entries)
  const [opened, setOpened] = useState<ShownEntry | null>(null)
  const beside = useMediaQuery('(min-width: 75.01rem)')
  const way = useRef<HTMLButtonElement>(null)
  const open = (entry: ShownEntry, go: boolean) => {
    setOpened(entry)
    if (go) requestAnimationFrame(() => way.current?.focus())
  }
  const step = (by: 1 | -1) => {
    const next = entries?.[entries.findIndex(({ id }) => id === opened?.id) + by]
    if (!next) return
    setOpened(next)
    rowOf(next)?.scrollIntoView({ block: 'nearest' })
  }
  const close = () => {
    if (opened) rowOf(opened)?.focus()
    setOpened(null)
  }
  return (
    <div className="lsplit">
      <section className="lmain" aria-label="Entries">
        <div className="lhead">
          <div className="row spread wrap top">
            <h1 className="title">Ledger</h1>
            <div className="row wrap">
              {oversees && (
                <Button component={Link} to="/ledger/reviews">
                  Reviews
                </Button>
              )}
              <ExportMenu asked={asked} />
              <MakeEvidence of={{ period: true }} what="a period" />
            </div>
          </div>
          {checkpoint.data && (
            <p className="soft">
              {counted(checkpoint.data.size, 'entry', 'entries')} in the tree. The last checkpoint was signed {momentOf(checkpoint.data.at)}
              .{' '}
              <a className="todown" href="#checkpoint">
                What it says
              </a>
            </p>
          )}
          <Contradicted />
          {isBroken && (
            <Fact kind="refuse">
              The ledger is not what it was. <Link to="/integrity">What was found</Link>
            </Fact>
          )}
          <FilterBar asked={asked} ask={askFor} clear={clear} />
        </div>
        <div className="entries" aria-busy={ledger.isFetching}>
          {ledger.isPending && <Lines count={12} />}
          {ledger.error && !ledger.data && <Fault fault={ledger.error} retry={() => void ledger.refetch()} />}
          {entries && entries.length > 0 && <Entries whole entries={entries} opened={opened} onOpen={open} onClose={close} />}
          {entries?.length === 0 && <None narrowed={Object.keys(asked).length > 0} clear={clear} />}
          <Earlier of={ledger} />
          {entries && entries.length > 0 && !ledger.hasNextPage && (
            <p className="meta more">
              That is all. What is sealed to you is left out, or shown as who did what kind of deed and when, and nothing more.
            </p>
          )}
        </div>
      </section>
      {opened && beside ? (
        <EntryPane entry={opened} way={way} onStep={step} onClose={close} />
      ) : (
        <aside className="aside" id="checkpoint" aria-label="The newest checkpoint">
          <NewestCheckpoint of={checkpoint} />
        </aside>
      )}
      {!beside && <EntryDrawer entry={opened} onClose={() => setOpened(null)} />}
    </div>
  )
}

const rowOf = ({ id }: ShownEntry) => document.querySelector<HTMLElement>(`tr[data-entry="${id}"]`)
