import { Drawer, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDebouncedValue } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { RecipientId } from '../../../src/contract/ids.ts'
import type { MatterPage } from '../../../src/contract/matter.ts'
import { placeRefusal } from '../../lib/form.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { type Found, type Placed, useFind, usePlace } from './api.ts'
import { PlaceFields, placeFaults } from './place-fields.tsx'
import { PART_WORDS } from './words.ts'

type Props = { matter: MatterPage; opened: boolean; onClose: () => void; onBrought: (recipient: RecipientId) => void }

/** Somebody of another matter within reach is given a part in this one; what confirms their addresses comes along. */
export function BringRecipient({ matter, opened, onClose, onBrought }: Props) {
  return (
    <Drawer opened={opened} onClose={onClose} title="Bring a recipient from another matter">
      {opened && <Choosing matter={matter} onClose={onClose} onBrought={onBrought} />}
    </Drawer>
  )
}

function Choosing({ matter, onClose, onBrought }: Omit<Props, 'opened'>) {
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text.trim(), 250)
  const found = useFind(matter.id, asked)
  const [chosen, setChosen] = useState<Found | null>(null)
  if (chosen) return <Place matter={matter} found={chosen} onClose={onClose} onBrought={onBrought} />
  return (
    <div className="stack lg">
      <TextInput
        label="Name, office or address"
        description="Of those in matters that you see."
        data-autofocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <p className="vh" role="status">
        {found.data && `${found.data.length} found`}
      </p>
      {found.data?.length === 0 && <p className="soft">Nobody of that name or address stands in another matter of yours.</p>}
      <ul className="facts flush">
        {found.data?.map((one) => (
          <li key={one.id} className="stack xs">
            <button type="button" className="plainlink" onClick={() => setChosen(one)}>
              <b>{one.name}</b>
            </button>
            <p className="meta">
              {[one.office, ...one.elsewhere.slice(0, 3).map((its) => `${PART_WORDS[its.part]} in ${its.title}`)]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </li>
        ))}
      </ul>
    </div>
  )
}

type Values = { part: Placed['part'] | null; side: Placed['side'] | null; actsFor: string }
function Place({
  matter,
  found,
  onClose,
  onBrought,
}: {
  matter: MatterPage
  found: Found
  onClose: () => void
  onBrought: Props['onBrought']
}) {
  const place = usePlace(matter.id)
  const [wrong, setWrong] = useState<string | null>(null)
  const form = useForm<Values>({ initialValues: { part: null, side: null, actsFor: '' }, validate: (values) => placeFaults(values) })
  const send = form.onSubmit(async ({ part, side, actsFor }) => {
    setWrong(null)
    try {
      await place.mutateAsync({ recipient: found.id, part: part!, side: side!, actsFor: actsFor.trim() })
      notifications.show({ message: `${found.name} is brought.` })
      onClose()
      onBrought(found.id)
    } catch (fault) {
      setWrong(placeRefusal(fault, []).text)
    }
  })
  return (
    <form className="stack lg" onSubmit={send} noValidate>
      <p>
        <b>{found.name}</b>
        {found.office && <span className="soft">, {found.office}</span>}
      </p>
      <PlaceFields form={form} />
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onClose}>
        Bring the recipient
      </FormEnd>
    </form>
  )
}
