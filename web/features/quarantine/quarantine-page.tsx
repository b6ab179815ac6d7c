import { Button } from '@mantine/core'
import { useRef, useState } from 'react'
import type { HeldView } from '../../../src/contract/quarantine.ts'
import { bytes, fullTime } from '../../lib/format.ts'
import { useSection } from '../../lib/section.ts'
import { Empty } from '../../ui/empty.tsx'
import { Fault, Nothing } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useMe } from '../session/api.ts'
import { useQuarantine } from './api.ts'
import { Release } from './release.tsx'
import { SCANNER, whyHeld } from './words.ts'

/** Every version of the firm that nobody opens, for what was found in it or because nobody has looked. */
export function QuarantinePage() {
  const may = useMe().data?.may
  if (!may) return null
  return may.includes('quarantine.release') ? <Reading /> : <Nothing />
}

function Reading() {
  useSection('Quarantine')
  const held = useQuarantine()
  const [releasing, setReleasing] = useState<HeldView | null>(null)
  const title = useRef<HTMLHeadingElement>(null)
  const list = held.data?.held ?? []
  const released = () => {
    setReleasing(null)
    // the row that held the focus is gone with what was released
    requestAnimationFrame(() => title.current?.focus())
  }
  return (
    <div className="page stack lg">
      <div className="stack xs">
        <h1 className="title" ref={title} tabIndex={-1}>
          Quarantine
        </h1>
        <p className="soft">
          Nobody opens what stands here. The names of files and matters are not shown; whoever sent a file can say what it is.
        </p>
      </div>
      {held.isPending && <Lines />}
      {held.error && !held.data && <Fault fault={held.error} retry={() => void held.refetch()} />}
      {held.data && <p>{SCANNER[held.data.scanner]}</p>}
      {held.data && list.length === 0 && (
        <section className="panel">
          <Empty title="Nothing is held">A file stands here when malware is found in it, or when the scanner could not look at it.</Empty>
        </section>
      )}
      <Part id="quarantined" title="In quarantine" of={list.filter(({ state }) => state === 'quarantined')} onRelease={setReleasing} />
      <Part id="waiting" title="Waiting for the scanner" of={list.filter(({ state }) => state === 'waiting')} onRelease={setReleasing} />
      <Release held={releasing} onDone={released} onClose={() => setReleasing(null)} />
    </div>
  )
}

type PartProps = { id: string; title: string; of: HeldView[]; onRelease: (held: HeldView) => void }

function Part({ id, title, of, onRelease }: PartProps) {
  if (of.length === 0) return null
  return (
    <Panel id={id} title={title} clip>
      <ul className="items">
        {of.map((held) => (
          <li key={`${held.document} ${held.version}`}>
            <div className="stack xs">
              <p>{whyHeld(held)}</p>
              <p className="meta">
                Sent by {held.by.name} on <time dateTime={held.at}>{fullTime(held.at)}</time> · {bytes(held.size)}
              </p>
              <p className="meta">
                Version {held.version} of document <span className="hash">{held.document}</span>
              </p>
            </div>
            <Button size="xs" onClick={() => onRelease(held)}>
              Release
              <span className="vh">
                {' '}
                version {held.version} of document {held.document}
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
