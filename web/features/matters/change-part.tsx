import { Modal, Radio } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { MatterPage, MemberView } from '../../../src/contract/matter.ts'
import type { TeamRole } from '../../../src/contract/roles.ts'
import { placeRefusal } from '../../lib/form.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { useChangePart } from './api.ts'
import { TEAM, TEAM_CHOICES } from './words.ts'

type Props = { matter: MatterPage; member: MemberView; opened: boolean; onClose: () => void }

export function ChangePart({ opened, ...props }: Props) {
  return (
    <Modal opened={opened} onClose={props.onClose} title={`The part of ${props.member.name}`}>
      <Form {...props} />
    </Modal>
  )
}

const MEANS: Record<TeamRole, string> = {
  responsible: 'Leads the matter and decides who is let in.',
  deputy: 'Stands in for whoever is responsible.',
  member: 'Works on the matter.',
  assistant: 'Helps with it.',
}

function Form({ matter, member, onClose }: Omit<Props, 'opened'>) {
  const change = useChangePart(matter.id)
  const [role, setRole] = useState(member.role)
  const [wrong, setWrong] = useState<string | null>(null)
  const send = async (event: React.FormEvent) => {
    event.preventDefault()
    setWrong(null)
    try {
      await change.mutateAsync({ person: member.person, role })
      notifications.show({ message: `${member.name} is ${TEAM[role].toLowerCase()} now.` })
      onClose()
    } catch (fault) {
      setWrong(placeRefusal(fault, []).text)
    }
  }
  return (
    <form className="stack lg" onSubmit={(event) => void send(event)}>
      <Radio.Group label="Part on the team" value={role} onChange={(chosen) => setRole(chosen as TeamRole)}>
        <div className="rolechoice">
          {TEAM_CHOICES.map(({ value, label }) => (
            <Radio key={value} value={value} label={label} description={MEANS[value]} data-autofocus={value === role || undefined} />
          ))}
        </div>
      </Radio.Group>
      <FormEnd wrong={wrong} busy={change.isPending} onLeave={onClose}>
        Change the part
      </FormEnd>
    </form>
  )
}
