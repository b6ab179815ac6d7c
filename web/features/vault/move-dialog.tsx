import { Button, Modal, Radio, SegmentedControl, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconFolderPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { line } from '../../ui/icons.ts'
import { Wrong } from '../../ui/fact.tsx'
import type { DocumentId, MatterId } from '../../../src/contract/ids.ts'
import { files } from './filing-words.ts'
import { indent } from './folder-row.tsx'
import type { What } from './list-acts.ts'
import { NewFolder } from './new-folder.tsx'
import { TransferForm } from './transfer-form.tsx'
import { type FolderRow, inside, joined, lastName, parentOf } from './tree.ts'
import { useTry } from './try.ts'

const FIND_FROM = 12
const FLOOR = 'The matter, in no folder'

type Props = {
  /** Null: it is closed. */ what: What | null
  matter: MatterId
  /** Whether this person may add to a matter. */ mayAdd: boolean
  folders: FolderRow[]
  createFolder: (path: string) => Promise<string>
  move: (what: What, folder: string) => Promise<unknown>
  /** Documents stand in another matter now. */ onElsewhere: (ids: readonly DocumentId[]) => void
  onClose: () => void
  /** The dialog is gone from the page. */ onGone: () => void
}

export function MoveDialog({ what, matter, mayAdd, onElsewhere, onClose, onGone, ...rest }: Props) {
  const [where, setWhere] = useState('here')
  const elsewhere = what?.kind === 'files' && mayAdd
  const title = what?.kind === 'folder' ? `Move the folder ${lastName(what.path)}` : `Move ${files(what?.files.length ?? 0)}`
  return (
    <Modal opened={what !== null} onClose={onClose} onExitTransitionEnd={() => (setWhere('here'), onGone())} title={title}>
      {elsewhere && (
        <SegmentedControl
          fullWidth
          mb="sm"
          aria-label="Where to"
          value={where}
          onChange={setWhere}
          data={[
            { value: 'here', label: 'In this matter' },
            { value: 'elsewhere', label: 'Another matter' },
          ]}
        />
      )}
      {what?.kind === 'files' && elsewhere && where === 'elsewhere' ? (
        <TransferForm from={matter} documents={what.files} onGone={onElsewhere} onClose={onClose} />
      ) : (
        what && <Move what={what} onClose={onClose} {...rest} />
      )}
    </Modal>
  )
}

/** Where it goes: the tree of all folders, and a new one in place. */
function Move({
  what,
  folders,
  createFolder,
  move,
  onClose,
}: Pick<Props, 'folders' | 'createFolder' | 'move' | 'onClose'> & { what: What }) {
  const from =
    what.kind === 'folder'
      ? parentOf(what.path)
      : what.files.every(({ folder }) => folder === what.files[0]?.folder)
        ? what.files[0]?.folder
        : undefined
  const [chosen, setChosen] = useState<string | null>(null)
  const [find, setFind] = useState('')
  const [making, setMaking] = useState(false)
  const { attempt, busy, wrong } = useTry()
  const open = folders.filter(({ path }) => what.kind !== 'folder' || !inside(what.path, path))
  const wanted = find.trim().toLowerCase()
  const shown = wanted ? open.filter(({ path }) => path.toLowerCase().includes(wanted) || path === chosen) : open
  const go = async (event: React.FormEvent) => {
    event.preventDefault()
    if (chosen === null) return
    if (await attempt(() => move(what, chosen))) {
      onClose()
      notifications.show({ message: chosen ? `Moved to ${chosen}.` : 'Moved out of its folder.' })
    }
  }
  return (
    <div className="stack">
      <form id="move" className="stack" onSubmit={(event) => void go(event)}>
        {open.length >= FIND_FROM && (
          <TextInput
            aria-label="Find a folder"
            placeholder="Name of a folder"
            value={find}
            onChange={(event) => setFind(event.target.value)}
            data-autofocus
          />
        )}
        <Radio.Group aria-label="Into which folder" value={chosen} onChange={setChosen}>
          <div className="foldertree">
            {!wanted && <Choice path="" name={FLOOR} depth={0} here={from === ''} first />}
            {shown.map(({ path, name, depth }) => (
              <Choice key={path} path={path} name={wanted ? path : name} depth={wanted ? 0 : depth} here={path === from} />
            ))}
            {wanted && shown.length === 0 && <p className="meta">No folder has that in its name.</p>}
          </div>
        </Radio.Group>
      </form>
      {making ? (
        <div className="makefolder">
          <NewFolder
            under={chosen ?? ''}
            make={async (name) => setChosen(await createFolder(joined(chosen ?? '', name)))}
            onClose={() => setMaking(false)}
          />
        </div>
      ) : (
        <div>
          <Button size="xs" leftSection={<IconFolderPlus {...line} />} onClick={() => setMaking(true)}>
            {chosen ? `New folder in ${lastName(chosen)}` : 'New folder'}
          </Button>
        </div>
      )}
      <Wrong>{wrong}</Wrong>
      {!making && (
        <div className="row">
          <Button type="submit" form="move" variant="filled" loading={busy} aria-disabled={chosen === null || undefined}>
            {chosen === null ? 'Choose a folder' : 'Move here'}
          </Button>
          <Button variant="subtle" onClick={onClose}>
            Not now
          </Button>
        </div>
      )}
    </div>
  )
}

type ChoiceProps = { path: string; name: string; depth: number; /** It stands there now. */ here: boolean; first?: boolean }

const Choice = ({ path, name, depth, here, first = false }: ChoiceProps) => (
  <div style={indent(depth)} className="folderchoice">
    <Radio value={path} disabled={here} data-autofocus={first || undefined} label={here ? `${name}, where it is now` : name} />
  </div>
)
