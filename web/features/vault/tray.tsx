import { Button } from '@mantine/core'
import { IconAlertCircle, IconAlertTriangle, IconBan, IconCircleCheck, IconClock, IconLock, IconX } from '@tabler/icons-react'
import { bytes, count, counted } from '../../lib/format.ts'
import { useUnsaved } from '../../lib/unsaved.ts'
import { line } from '../../ui/icons.ts'
import { Became, hasBecome, isMail, NotRead, NotScanned } from './became.tsx'
import { isHeld, scanMark } from './scan-words.ts'
import { Same } from './same.tsx'
import { Unpack } from './unpacking.tsx'
import { cancel, cancelAll, clear, type FileState, type OnItsWay, retry, retryFailed, useUploads } from './uploads.ts'

const SHOWN = 40
/** What needs an eye stands first. */
const ORDER: FileState[] = ['failed', 'refused', 'sealing', 'next', 'cancelled', 'sealed']
const rank = (file: OnItsWay) => (hasBecome(file) ? 1.5 : ORDER.indexOf(file.state))
const ICONS = {
  next: IconClock,
  sealing: IconLock,
  sealed: IconCircleCheck,
  refused: IconAlertCircle,
  failed: IconAlertCircle,
  cancelled: IconBan,
}

/** The files on their way, docked at the foot of the page. */
export function Tray() {
  const files = useUploads()
  const of = (...states: FileState[]) => files.filter((file) => states.includes(file.state))
  const going = of('next', 'sealing')
  useUnsaved(going.length > 0)
  if (files.length === 0) return null

  const counts = files.filter((file) => file.state !== 'refused' && file.state !== 'cancelled')
  const whole = counts.reduce((sum, file) => sum + file.file.size, 0)
  const sent = counts.reduce((sum, file) => sum + file.sent, 0)
  // At the end, only what did not go as wished is still listed; the rest stands in the list of files.
  const listed = going.length > 0 ? files : files.filter((file) => file.state !== 'sealed' || hasBecome(file))
  const shown = listed.toSorted((a, b) => rank(a) - rank(b)).slice(0, SHOWN)
  return (
    <section className="tray" aria-label="Adding files">
      <header>
        <b role="status">{headline(files)}</b>
        {going.length > 0 && (
          <span className="meta push nowrap">
            {bytes(sent)} of {bytes(whole)}
          </span>
        )}
        {of('failed').length > 0 && (
          <Button className={going.length ? undefined : 'push'} size="xs" onClick={retryFailed}>
            Try {counted(of('failed').length, 'file')} again
          </Button>
        )}
        {going.length > 0 ? (
          <Button size="xs" variant="subtle" onClick={cancelAll}>
            Cancel all
          </Button>
        ) : (
          <button className={`icon${of('failed').length ? '' : ' push'}`} type="button" aria-label="Close" onClick={clear}>
            <IconX {...line} />
          </button>
        )}
      </header>
      {going.length > 0 && <Bar part={whole ? sent / whole : 0} label="All files" />}
      {shown.length > 0 && (
        <ul>
          {shown.map((file) => (
            <Line key={file.id} file={file} />
          ))}
          {listed.length > SHOWN && <li className="meta">and {count(listed.length - SHOWN)} more</li>}
        </ul>
      )}
      {going.length === 0 && <NotRead files={files} />}
      {going.length === 0 && <NotScanned files={files} />}
    </section>
  )
}

function headline(files: readonly OnItsWay[]): string {
  const number = (...states: FileState[]) => files.filter((file) => states.includes(file.state)).length
  const taken = files.length - number('refused', 'cancelled')
  if (number('next', 'sealing')) return `Sealing ${count(Math.min(number('sealed', 'failed') + 1, taken))} of ${counted(taken, 'file')}`
  const parts = [number('sealed') ? `${counted(number('sealed'), 'file')} sealed` : 'No file sealed']
  if (number('refused')) parts.push(`${count(number('refused'))} not taken`)
  if (number('failed')) parts.push(`${count(number('failed'))} failed`)
  if (number('cancelled')) parts.push(`${count(number('cancelled'))} cancelled`)
  return parts.join(', ')
}

function Line({ file }: { file: OnItsWay }) {
  const held = file.added && isHeld(file.added.scan)
  const Icon = held ? IconAlertTriangle : ICONS[file.state]
  const part = file.file.size ? file.sent / file.file.size : 0
  const wrong = file.state === 'refused' || file.state === 'failed'
  return (
    <li data-state={held ? 'held' : file.state}>
      <Icon {...line} />
      <span className="what" title={file.folder ? `${file.folder}/${file.file.name}` : undefined}>
        {file.file.name || 'A file without a name'}
      </span>
      <span className="end">
        {!wrong && (
          <span className="meta">
            {
              {
                next: 'Next',
                sealing: file.says || (part < 1 ? `${Math.floor(part * 100)} %` : 'Sealing'),
                sealed: (file.added && scanMark(file.added.scan)) || 'Sealed',
                cancelled: 'Cancelled',
              }[file.state as 'next']
            }
          </span>
        )}
        {file.state === 'failed' && (
          <button type="button" className="plainlink meta" onClick={() => retry(file.id)}>
            Try again
          </button>
        )}
        {(file.state === 'next' || file.state === 'sealing') && (
          <button type="button" className="icon" aria-label={`Cancel ${file.file.name}`} onClick={() => cancel(file.id)}>
            <IconX {...line} size={14} />
          </button>
        )}
      </span>
      {wrong && <span className="says">{file.says}</span>}
      <Became file={file} />
      <Same file={file} />
      {file.added && isMail(file.added) && (
        <span className="became">
          <Unpack document={file.added} says="File its attachments too" />
        </span>
      )}
      {file.state === 'sealing' && <Bar part={part} label={file.file.name} />}
    </li>
  )
}

function Bar({ part, label }: { part: number; label: string }) {
  return (
    <span
      className="bar"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(part * 100)}
    >
      <i style={{ width: `${part * 100}%` }} />
    </span>
  )
}
