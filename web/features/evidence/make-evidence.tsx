import { Button, Checkbox, Modal, Select } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useEffect, useRef, useState } from 'react'
import type { EvidenceOf } from '../../../src/contract/evidence.ts'
import type { PersonId } from '../../../src/contract/ids.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { Period } from '../../ui/period.tsx'
import { isPast } from '../people/leaving-time.ts'
import { usePeople } from '../people/api.ts'
import { useMe } from '../session/api.ts'
import { dayBegins, dayEnds } from '../walls/days.ts'
import { makeEvidence } from './api.ts'
import { ChooseFields } from './choose-fields.tsx'
import { asked, type Singles } from './single-fields.ts'

type Props = { of: EvidenceOf; /** `the matter Orchard v. Mill` */ what: string }

/** Whether this person makes evidence at all. */
export const useMayMakeEvidence = (): boolean => useMe().data?.may.includes('evidence.make') ?? false

/** For those who may make evidence: the button, and what it asks. */
export function MakeEvidence({ of, what }: Props) {
  const [opened, dialog] = useDisclosure()
  if (!useMayMakeEvidence()) return null
  return (
    <>
      <Button onClick={dialog.open}>Make evidence</Button>
      <EvidenceDialog of={of} what={what} opened={opened} onClose={dialog.close} />
    </>
  )
}

/** What it asks, by itself: where a menu is what opens it. */
export function EvidenceDialog({ of, what, opened, onClose }: Props & { opened: boolean; onClose: () => void }) {
  const [choosing, choose] = useState(false)
  const close = () => {
    choose(false)
    onClose()
  }
  return (
    <Modal opened={opened} onClose={close} title={`Evidence of ${what}`} size={choosing ? 'xl' : 'md'}>
      <Form of={of} choosing={choosing} onChoose={choose} onClose={close} />
    </Modal>
  )
}

function wholeness(of: EvidenceOf): string {
  if ('matter' in of) return ', and that none of the matter is left out'
  return 'client' in of ? ', and of each matter within your reach that none is left out' : ''
}

type OfForm = { of: EvidenceOf; /** Entry by entry. */ choosing: boolean; onChoose: (choosing: boolean) => void; onClose: () => void }

function Form({ of, choosing, onChoose, onClose }: OfForm) {
  const me = useMe().data
  const people = usePeople().data ?? []
  const mayBeAbsent = 'matter' in of || 'period' in of
  const isOwn = 'matter' in of || 'client' in of || 'document' in of
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [absent, setAbsent] = useState<string | null>(null)
  const [details, setDetails] = useState(isOwn)
  const [places, setPlaces] = useState(false)
  const [grounds, setGrounds] = useState(false)
  const [singles, setSingles] = useState<Singles>(new Map())
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const stop = useRef<AbortController | null>(null)
  useEffect(() => () => stop.current?.abort(), [])
  const general = { of, details, grounds, places }
  const period = { ...(from && { from: dayBegins(from) }), ...(to && isPast(`${to}T23:59:59.999`) && { to: dayEnds(to) }) }
  const mayPlaces = me?.may.includes('ledger.read') ?? false

  const send = async (event: React.FormEvent) => {
    event.preventDefault()
    if (from && to && to < from) return setWrong('The last day is before the first.')
    if ('period' in of && !from && !to && !absent) return setWrong('Choose a first or a last day.')
    setBusy(true)
    setWrong(null)
    stop.current = new AbortController()
    try {
      const show = [...(places ? (['from'] as const) : []), ...(grounds ? (['ground'] as const) : [])]
      await makeEvidence(
        { of, ...period, ...(absent && { absent: absent as PersonId }), details, show, ...asked(general, singles) },
        'evidence.zip',
        stop.current.signal,
      )
      notifications.show({ message: 'Evidence is made. Its file is among your downloads.' })
      onClose()
    } catch (fault) {
      if (!(fault instanceof DOMException)) setWrong((fault as Error).message)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className="stack lg" onSubmit={(event) => void send(event)} noValidate>
      <p className="soft">
        One file that a court, a client or an insurer can check without this firm and without a network: the entries, the proof that they
        stand in the signed ledger{wholeness(of)}. It shows what you may see and no more.
      </p>
      <Period from={from} to={to} onFrom={setFrom} onTo={setTo} />
      {mayBeAbsent && (
        <Select
          label="Show that there is no entry by"
          description="Says that no session of this person wrote one in this time. It does not say who sat before the screen."
          searchable
          clearable
          data={people.map((person) => ({ value: person.id, label: person.name }))}
          value={absent}
          onChange={setAbsent}
        />
      )}
      <div className="stack sm" role="group" aria-label="What is opened">
        <Checkbox
          label="With details"
          description={
            isOwn
              ? 'Names of files, folders and people. Without them: who, when and what kind of deed.'
              : 'Of entries of no matter. Those of matters stay shut.'
          }
          checked={details}
          onChange={(event) => setDetails(event.target.checked)}
        />
        <Checkbox label="With what allowed each" checked={grounds} onChange={(event) => setGrounds(event.target.checked)} />
        {mayPlaces && (
          <Checkbox label="With addresses and browsers" checked={places} onChange={(event) => setPlaces(event.target.checked)} />
        )}
        <div>
          <button type="button" className="plainlink" aria-expanded={choosing} onClick={() => onChoose(!choosing)}>
            {choosing ? 'Close the entries' : 'Choose entry by entry'}
          </button>
        </div>
      </div>
      {choosing && <ChooseFields general={general} period={period} mayPlaces={mayPlaces} singles={singles} onChange={setSingles} />}
      <p className="meta">
        Making it is an entry itself. The file tells how many entries the whole ledger has. Whoever gets it needs the firm’s verifier key
        from elsewhere, such as a letter.
      </p>
      <FormEnd wrong={wrong} busy={busy} onLeave={onClose} leave={busy ? 'Stop' : 'Not now'}>
        Make it
      </FormEnd>
    </form>
  )
}
