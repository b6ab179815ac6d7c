import { Button, Checkbox, Modal, Select, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useEffect, useRef, useState } from 'react'
import type { DocumentView } from '../../../src/contract/document.ts'
import type { VersionView } from '../../../src/contract/version.ts'
import { placeRefusal } from '../../lib/form.ts'
import { bytes, momentOf } from '../../lib/format.ts'
import { Refused } from '../../lib/refused.ts'
import { useUnsaved } from '../../lib/unsaved.ts'
import { Fact, Wrong } from '../../ui/fact.tsx'
import { addVersion, readVersions } from './versions.ts'

type Props = {
  document: DocumentView
  /** The version that was looked at when the file was chosen. */ from: number
  file: File
  /** This person has it out. */ mine: boolean
  onDone: (added: DocumentView) => void
  onClose: () => void
}

export function AddVersionDialog({ file, onClose, ...rest }: Omit<Props, 'file'> & { /** Null: it is closed. */ file: File | null }) {
  return (
    <Modal opened={file !== null} onClose={onClose} title="Add a version">
      {file && <AddVersion file={file} onClose={onClose} {...rest} />}
    </Modal>
  )
}

/** A file that becomes the next version: what it was made from, and why. */
function AddVersion({ document, file, from: looked, mine, onDone, onClose }: Props) {
  // as it stood when the dialog came: what others add meanwhile has not been seen
  const [newest, setNewest] = useState(document.version)
  const [from, setFrom] = useState(looked)
  const [reason, setReason] = useState('')
  const [keep, setKeep] = useState(false)
  const [noReason, setNoReason] = useState<string | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const [meanwhile, setMeanwhile] = useState<VersionView[]>([])
  const [sent, setSent] = useState<number | null>(null)
  const [waits, setWaits] = useState(false)
  const under = useRef<AbortController | null>(null)
  useEffect(() => () => under.current?.abort(), [])
  useUnsaved(sent !== null)

  const onRefused = async (fault: unknown) => {
    if (!(fault instanceof Refused) || fault.code !== 'version.old') return setWrong(placeRefusal(fault, []).text)
    const versions = await readVersions(document.id)
    setMeanwhile(versions.filter(({ number }) => number > from))
    setNewest(versions[0]?.number ?? newest)
  }
  const add = async (event: React.FormEvent) => {
    event.preventDefault()
    setNoReason(reason.trim() ? null : 'Say in a few words what has changed.')
    if (!reason.trim() || sent !== null) return
    setWrong(null)
    setMeanwhile([])
    setSent(0)
    const stop = new AbortController()
    under.current = stop
    try {
      const added = await addVersion(document, { file, from, reason: reason.trim(), keep }, stop.signal, {
        onSent: setSent,
        onWait: setWaits,
      })
      notifications.show({ message: `Version ${added.version} is sealed.` })
      onDone(added)
    } catch (fault) {
      if (!stop.signal.aborted) await onRefused(fault).catch((again: unknown) => setWrong(placeRefusal(again, []).text))
    } finally {
      setSent(null)
      setWaits(false)
    }
  }
  const numbers = Array.from({ length: newest }, (_, index) => newest - index)
  return (
    <form className="stack lg" onSubmit={(event) => void add(event)} noValidate>
      <p>
        <b>{file.name || 'A file without a name'}</b> <span className="meta nowrap">{bytes(file.size)}</span>
        <br />
        <span className="soft">becomes the next version of {document.name}. Its name stays.</span>
      </p>
      <Select
        label="Made from"
        description="So that nobody overwrites what they have not seen."
        allowDeselect={false}
        data={numbers.map((number) => ({ value: String(number), label: `Version ${number}${number === newest ? ', the newest' : ''}` }))}
        value={String(from)}
        onChange={(value) => setFrom(Number(value))}
      />
      {meanwhile.length > 0 && <Meanwhile versions={meanwhile} from={from} />}
      <Textarea
        label="Why"
        description="It stands beside the version and in the history."
        data-autofocus
        autosize
        minRows={2}
        maxLength={2000}
        value={reason}
        error={noReason}
        onChange={(event) => setReason(event.target.value)}
      />
      {mine && (
        <Checkbox
          label="Keep it out: I go on working"
          description="Without this, it is brought back with the new version."
          checked={keep}
          onChange={(event) => setKeep(event.target.checked)}
        />
      )}
      <Wrong>{wrong}</Wrong>
      <div className="row wrap">
        {sent === null ? (
          <>
            <Button type="submit" variant="filled">
              Add the version
            </Button>
            <Button variant="subtle" onClick={onClose}>
              Not now
            </Button>
          </>
        ) : (
          <>
            <span className="meta" role="status">
              {waits ? 'The line is broken; it goes on by itself' : `Sealing, ${Math.floor((100 * sent) / Math.max(file.size, 1))} %`}
            </span>
            <Button variant="subtle" onClick={() => under.current?.abort()}>
              Stop
            </Button>
          </>
        )}
      </div>
    </form>
  )
}

/** Who added what since the version that was worked on. */
function Meanwhile({ versions, from }: { versions: readonly VersionView[]; from: number }) {
  const newest = versions[0]?.number
  return (
    <Fact kind="refuse" title={`Version ${from} is not the newest any more`}>
      <ul className="meanwhile">
        {versions.map(({ number, by, at, reason }) => (
          <li key={number}>
            Version {number}: {by.name}, {momentOf(at)}
            {reason && <span className="reason">{reason}</span>}
          </li>
        ))}
      </ul>
      <p>
        Read version {newest}, take over what yours lacks, then add it as made from version {newest}. Nothing of it was kept yet.
      </p>
    </Fact>
  )
}
