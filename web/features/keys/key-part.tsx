import { Button, Progress } from '@mantine/core'
import type { ReactNode } from 'react'
import type { RotationView } from '../../../src/contract/key.ts'
import { count, fullTime } from '../../lib/format.ts'
import { Wrong } from '../../ui/fact.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useRotate } from './api.ts'

type Props = { what: RotationView['what']; title: string; act: string; running: RotationView | null; children: ReactNode }

/** One kind of key: what stands, the button that replaces it, and how far that is. */
export function KeyPart({ what, title, act, running, children }: Props) {
  const rotate = useRotate()
  return (
    <Panel id={`keys-${what}`} title={title}>
      <div className="body stack">
        {children}
        {running && <Running rotation={running} title={title} />}
        <Wrong>{rotate.error?.message}</Wrong>
        {!running && (
          <div>
            <Button onClick={() => rotate.mutate(what)} loading={rotate.isPending}>
              {act}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  )
}

const Running = ({ rotation: { done, of, by, begunAt }, title }: { rotation: RotationView; title: string }) => (
  <>
    <Progress value={of === 0 ? 0 : (done / of) * 100} aria-label={`${title}: how much is wrapped anew`} />
    <p role="status">{of === 0 ? 'Being replaced; it begins in a moment.' : `Being replaced: ${count(done)} of ${count(of)} done.`}</p>
    <p className="meta">
      {by} asked for it on {fullTime(begunAt)}. It goes on when you leave this page.
    </p>
  </>
)
