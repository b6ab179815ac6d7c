import { Button, Progress } from '@mantine/core'
import { count, counted } from '../../lib/format.ts'
import { Refused } from '../../lib/refused.ts'
import { Wrong } from '../../ui/fact.tsx'
import { Fault } from '../../ui/fault.tsx'
import { KeyLines } from '../../ui/key-lines.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useIndexProgress, useRebuild } from './api.ts'
import { STATES } from './words.ts'

/** How much of the firm’s documents can be found by what they say: counts alone, for whoever keeps the index. Nothing for others. */
export function IndexPanel() {
  const progress = useIndexProgress()
  const rebuild = useRebuild()
  if (progress.isPending || (progress.error instanceof Refused && ['may.not', 'nothing'].includes(progress.error.code))) return null
  if (!progress.data) return <Fault fault={progress.error} retry={() => void progress.refetch()} />
  const { waiting, scan, indexed, unreadable, left } = progress.data
  const all = waiting + scan + indexed + unreadable
  const done = all === 0 ? 100 : ((indexed + unreadable) / all) * 100
  return (
    <Panel id="integrity-index" title="The index of search">
      <div className="body stack">
        <p>
          {left > 0
            ? `${counted(left, 'piece')} of work left. People search meanwhile; what is not done yet is not found by what it says.`
            : `Everything is done: ${counted(all, 'document')} looked at.`}
        </p>
        {left > 0 && <Progress value={done} aria-label="How much is done" />}
        <KeyLines
          of={[
            [STATES.indexed, count(indexed)],
            [STATES.waiting, count(waiting)],
            [STATES.scan, count(scan)],
            [STATES.unreadable, count(unreadable)],
          ]}
        />
        <p className="meta">
          Counts alone: no name and no word of a document is shown here. Each matter’s page says which documents cannot be read, and why.
        </p>
        {rebuild.error && <Wrong>{rebuild.error instanceof Refused ? rebuild.error.text : rebuild.error.message}</Wrong>}
        <div className="row wrap">
          <Button loading={rebuild.isPending && !rebuild.variables} onClick={() => rebuild.mutate(false)}>
            Index anew
          </Button>
          <Button loading={rebuild.isPending && rebuild.variables} onClick={() => rebuild.mutate(true)}>
            Read everything anew
          </Button>
        </div>
        <p className="meta">Indexing anew takes the text that was read. Reading anew opens every file again, and takes far longer.</p>
      </div>
    </Panel>
  )
}
