import { useDisclosure } from '@mantine/hooks'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { DocumentView } from '../../../src/contract/document.ts'
import type { MatterPage } from '../../../src/contract/matter.ts'
import { bytes } from '../../lib/format.ts'
import { Class } from '../../ui/class.tsx'
import { Nothing } from '../../ui/fault.tsx'
import { line } from '../../ui/icons.ts'
import { EvidenceDialog, useMayMakeEvidence } from '../evidence/make-evidence.tsx'
import { useHandling } from '../matrix/api.ts'
import { useMe } from '../session/api.ts'
import { AboutPart } from './about-part.tsx'
import { AddVersionDialog } from './add-version.tsx'
import { useFoundVersion } from './at-page.ts'
import { ClassActs } from './class-acts.tsx'
import { renameDocument } from './filing.ts'
import { heldWords } from './filing-words.ts'
import { HistoryPart } from './history-part.tsx'
import { type Holding, HoldingDialog } from './holding.tsx'
import { type Part, PartTabs, partId } from './part-tabs.tsx'
import { ReadPart } from './read-part.tsx'
import { RenameField } from './rename-field.tsx'
import { StandingFile } from './standing-file.tsx'
import { putIntoTrash } from './trashing.ts'
import { sayRefusal } from './try.ts'
import { asIn, contentOf, readVersions } from './versions.ts'
import { useVersionDrop } from './version-drop.ts'
import { VersionsPart } from './versions-part.tsx'

type Props = {
  /** null when the list has no such document. */ document: DocumentView | null
  matter: MatterPage
  /** This person renames, moves, takes out, locks. */ mayFile: boolean
  onMove: (document: DocumentView) => void
  onClose: () => void
}

/** One document at the right of the list; on a phone, a page of its own. */
export function Pane({ document, ...rest }: Props) {
  if (document) return <PaneOf document={document} {...rest} />
  return (
    <aside className="peek" aria-label="The open file">
      <header>
        <h2 className="sub">Not here</h2>
        <span className="row push">
          <Close run={rest.onClose} />
        </span>
      </header>
      <Nothing />
    </aside>
  )
}

const Close = ({ run }: { run: () => void }) => (
  <button className="icon" type="button" aria-label="Close the file" onClick={run}>
    <IconX {...line} />
  </button>
)

function PaneOf({ document, matter, mayFile, onMove, onClose }: Props & { document: DocumentView }) {
  // what one looks at stays what one looks at: a newer version is said, and opened when it is asked for
  const [seen, setSeen] = useState(contentOf(document))
  const [part, setPart] = useState<Part>('read')
  const [naming, setNaming] = useState(false)
  const [holding, setHolding] = useState<Holding | null>(null)
  const [file, setFile] = useState<File | null>(null)
  const [proving, evidence] = useDisclosure()
  const mayProve = useMayMakeEvidence()
  const me = useMe().data
  const handling = useHandling(document.class) ?? undefined
  const held = heldWords(document, me?.id)
  const mayAdd = matter.may.upload && mayFile
  const drop = useVersionDrop(mayAdd && !held, setFile)
  const show = (content: typeof seen) => {
    setSeen(content)
    setPart('read')
  }
  const found = useFoundVersion()
  const showFound = async () => {
    const version = (await readVersions(document.id)).find(({ number }) => number === found)
    if (version) show(contentOf(asIn(document, version)))
  }
  const trash = async () => {
    if ((await putIntoTrash(document.matter, [document])).length > 0) onClose()
  }
  const acts = [
    { name: 'Rename', here: mayFile && !held, run: () => setNaming(true) },
    { name: 'Move', here: mayFile && !held, run: () => onMove(document) },
    { name: 'Take out', here: mayFile && !held && !document.out, run: () => setHolding('take out') },
    { name: 'Lock', here: mayFile && !held, run: () => setHolding('lock') },
    { name: 'Put into the trash', here: mayFile && !held, run: () => void trash() },
    { name: 'Make evidence', here: mayProve, run: evidence.open },
  ].filter(({ here }) => here)

  return (
    <aside className="peek" aria-label="The open file" {...drop.on}>
      <header>
        <div>
          {naming ? (
            <RenameField
              label="New name"
              name={document.name}
              keep={(name) => renameDocument(document, name)}
              onEnd={() => setNaming(false)}
            />
          ) : (
            <h2 className="sub">{document.name}</h2>
          )}
          <p className="meta row wrap">
            <Class of={document.class} />
            <span>
              Version {seen.version} · {bytes(seen.size)}
            </span>
          </p>
        </div>
        <span className="row push">
          <ClassActs document={document} matter={matter} more={acts} />
          <Close run={onClose} />
        </span>
      </header>
      <StandingFile
        document={document}
        mayFile={mayFile}
        mayForOthers={matter.may.change}
        mayUnlock={me?.may.includes('document.unlock') ?? false}
        onUnlock={() => setHolding('unlock')}
      />
      <PartTabs part={part} versions={document.version} mayHistory={matter.may.history} onChange={setPart} />
      <div className="part" role="tabpanel" id={partId('read')} aria-labelledby={`tab-${partId('read')}`} hidden={part !== 'read'}>
        {seen.version !== document.version && (
          <div className="oldversion" role="status">
            <span>
              You are looking at version {seen.version} of {document.version}.
            </span>
            <button type="button" className="plainlink" onClick={() => show(contentOf(document))}>
              Show the newest
            </button>
          </div>
        )}
        {found !== null && found < document.version && seen.version === document.version && (
          <div className="oldversion" role="status">
            <span>
              The search found it in version {found} of {document.version}.
            </span>
            <button type="button" className="plainlink" onClick={() => void showFound().catch(sayRefusal)}>
              Show that one
            </button>
          </div>
        )}
        <ReadPart document={{ ...document, ...seen }} mayDownload={matter.may.download} />
      </div>
      {part !== 'read' && (
        <div className="part scrolls" role="tabpanel" id={partId(part)} aria-labelledby={`tab-${partId(part)}`} tabIndex={0}>
          {part === 'about' && <AboutPart document={document} mayFile={mayFile} />}
          {part === 'history' && <HistoryPart document={document} />}
          {part === 'versions' && (
            <VersionsPart
              document={document}
              at={seen.version}
              mayAdd={mayAdd}
              mayDownload={matter.may.download}
              handling={handling}
              onOpen={(version) => show(contentOf(asIn(document, version)))}
              onAdd={setFile}
            />
          )}
        </div>
      )}
      {drop.over && (
        <div className="dropversion" role="status">
          <span>Drop to add a version of {document.name}</span>
        </div>
      )}
      <EvidenceDialog of={{ document: document.id }} what={document.name} opened={proving} onClose={evidence.close} />
      <HoldingDialog document={document} doing={holding} onClose={() => setHolding(null)} />
      <AddVersionDialog
        document={document}
        from={seen.version}
        file={file}
        mine={document.out !== null && document.out.by.id === me?.id}
        onDone={(added) => {
          setFile(null)
          show(contentOf(added))
        }}
        onClose={() => setFile(null)}
      />
    </aside>
  )
}
