import { Button } from '@mantine/core'
import { IconArrowsDiff, IconFilePlus } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import type { DocumentView } from '../../../src/contract/document.ts'
import type { Handling } from '../../../src/contract/matrix.ts'
import type { VersionView } from '../../../src/contract/version.ts'
import { bytes, fullTime, inFours } from '../../lib/format.ts'
import { Fault } from '../../ui/fault.tsx'
import { line } from '../../ui/icons.ts'
import { Lines } from '../../ui/lines.tsx'
import { useMe } from '../session/api.ts'
import { CompareDialog, type Pair } from './compare.tsx'
import { TakeCopy } from './copy.tsx'
import { heldWords } from './filing-words.ts'
import { isHeld, scanMark } from './scan-words.ts'
import { asIn, useVersions } from './versions.ts'

type Props = {
  document: DocumentView
  /** The version that is looked at. */ at: number
  mayAdd: boolean
  mayDownload: boolean
  handling: Handling | undefined
  onOpen: (version: VersionView) => void
  onAdd: (file: File) => void
}

/** All versions of a document, newest first. */
export function VersionsPart({ document, at, mayAdd, mayDownload, handling, onOpen, onAdd }: Props) {
  const versions = useVersions(document)
  const me = useMe().data?.id
  const input = useRef<HTMLInputElement>(null)
  const [pair, setPair] = useState<Pair | null>(null)
  const held = heldWords(document, me)
  const copies = mayDownload && handling?.download !== false
  return (
    <section className="versions" aria-label="Versions">
      {mayAdd && held && document.locked && <p className="meta">{held}</p>}
      {mayAdd && !held && (
        <div className="stack xs">
          <div>
            <Button leftSection={<IconFilePlus {...line} />} onClick={() => input.current?.click()}>
              Add a version
            </Button>
            <input
              ref={input}
              type="file"
              hidden
              aria-label="File of the new version"
              onChange={({ target }) => {
                const file = target.files?.[0]
                target.value = ''
                if (file) onAdd(file)
              }}
            />
          </div>
          <p className="meta hide-s">Or drop a file anywhere on this side.</p>
        </div>
      )}
      {versions.isPending && <Lines count={3} />}
      {versions.error && !versions.data && <Fault fault={versions.error} retry={() => void versions.refetch()} />}
      <ol>
        {versions.data?.map((version) => {
          const before = versions.data.find(({ number, shown }) => number < version.number && shown === 'text')
          return (
            <li key={version.number} aria-current={version.number === at || undefined}>
              <h3>
                Version {version.number}
                {version.number === document.version && <span className="meta">the newest</span>}
                {version.number === at && <span className="meta">open here</span>}
              </h3>
              <p className="reason">{version.reason || (version.number === 1 ? 'As it was added.' : 'No reason was given.')}</p>
              <p className="meta">
                {version.by.name} · {fullTime(version.at)} · {bytes(version.size)}
              </p>
              {isHeld(version.scan) && <p className="tagmark wait">{scanMark(version.scan)}</p>}
              <p className="meta">
                SHA-256{' '}
                <span className="hash" title={inFours(version.sha256)}>
                  {inFours(version.sha256.slice(0, 16))}…
                </span>
              </p>
              <span className="row versionacts">
                {version.number !== at && (
                  <Button size="xs" onClick={() => onOpen(version)}>
                    Open<span className="vh"> version {version.number}</span>
                  </Button>
                )}
                {version.shown === 'text' && before && (
                  <Button
                    size="xs"
                    leftSection={<IconArrowsDiff {...line} size={14} />}
                    onClick={() => setPair({ older: before.number, newer: version.number })}
                  >
                    Compare with {before.number}
                    <span className="vh">, version {version.number}</span>
                  </Button>
                )}
                {copies && <TakeCopy document={asIn(document, version)} handling={handling} />}
              </span>
            </li>
          )
        })}
      </ol>
      <CompareDialog document={document} versions={versions.data ?? []} pair={pair} onClose={() => setPair(null)} />
    </section>
  )
}
