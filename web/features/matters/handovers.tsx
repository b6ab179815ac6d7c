import { Button, Modal, Select } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { PersonId } from '../../../src/contract/ids.ts'
import type { HandoverView } from '../../../src/contract/person.ts'
import { useAct } from '../../app/acts.ts'
import { counted, dateOf, naturally } from '../../lib/format.ts'
import { placeRefusal } from '../../lib/form.ts'
import { Cite } from '../../ui/cite.tsx'
import { Fact, Wrong } from '../../ui/fact.tsx'
import { useHandovers, useTakeHandover } from '../people/api.ts'
import { useMatter } from './api.ts'

/** Matters within reach whose responsible person has left; nothing where there is none. */
export function Handovers() {
  const handovers = useHandovers(true)
  const [opened, dialog] = useDisclosure()
  const its = handovers.data ?? []
  const title = `${counted(its.length, 'matter')} ${its.length === 1 ? 'needs' : 'need'} a new responsible person`
  useAct(its.length > 0, 'Name a new responsible person', dialog.open)
  return (
    <>
      {handovers.error && <Wrong>Whether matters need a new responsible person could not be read.</Wrong>}
      {its.length > 0 && (
        <Fact>
          <div className="row spread wrap">
            <p>{title}.</p>
            <button type="button" className="plainlink" onClick={dialog.open}>
              Choose
            </button>
          </div>
        </Fact>
      )}
      <Modal opened={opened} onClose={dialog.close} title={its.length ? title : 'Everything is handed over'} size="lg">
        {its.length === 0 && (
          <div className="stack lg">
            <p className="soft">Every matter within your reach has a responsible person.</p>
            <div>
              <Button onClick={dialog.close}>Close</Button>
            </div>
          </div>
        )}
        <ul className="facts flush">
          {its.map((handover) => (
            <Handover key={handover.id} handover={handover} />
          ))}
        </ul>
      </Modal>
    </>
  )
}

function Handover({ handover }: { handover: HandoverView }) {
  const matter = useMatter(handover.matter)
  const take = useTakeHandover()
  const [person, setPerson] = useState<PersonId | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const team = (matter.data?.team ?? []).toSorted((a, b) => naturally(a.name, b.name))
  const send = async () => {
    setWrong(null)
    if (!person) return setWrong('Choose someone on the team.')
    try {
      await take.mutateAsync({ handover: handover.id, person })
      notifications.show({ message: `${team.find((member) => member.person === person)?.name} is responsible now.` })
    } catch (fault) {
      setWrong(placeRefusal(fault, []).text)
    }
  }
  return (
    <li className="stack sm">
      <div>
        <Cite>{handover.title}</Cite> <span className="meta">{handover.number}</span>
        <p className="meta">
          {handover.leaver} was responsible and left on {dateOf(handover.at)}.
        </p>
      </div>
      <div className="row wrap pick">
        <Select
          aria-label={`New responsible person for ${handover.title}`}
          placeholder="Someone on the team"
          data={team.map((member) => ({ value: member.person, label: member.name }))}
          value={person}
          onChange={(chosen) => setPerson(chosen as PersonId | null)}
        />
        <Button loading={take.isPending} onClick={() => void send()} aria-label={`Make responsible for ${handover.title}`}>
          Make responsible
        </Button>
      </div>
      {matter.data && team.length === 0 && <p className="meta">Nobody else is on the team. Bring someone onto it first.</p>}
      {matter.error && <Wrong>The team could not be read.</Wrong>}
      <Wrong>{wrong}</Wrong>
    </li>
  )
}
