import { Button, Modal, Radio, Select, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { PersonId } from '../../../src/contract/ids.ts'
import type { LeavingReport as Report, PersonView } from '../../../src/contract/person.ts'
import { useSent } from '../../lib/sent.ts'
import { fullTime } from '../../lib/format.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { useLeave } from './api.ts'
import { instantOf, isPast, zone } from './leaving-time.ts'
import { LeavingReport } from './leaving-report.tsx'
import { useSuccessors } from './successors.ts'

type Props = { person: PersonView; opened: boolean; onClose: () => void }

export function Leave({ person, opened, onClose }: Props) {
  const [done, setDone] = useState<Done | null>(null)
  return (
    <Modal opened={opened} onClose={onClose} size="lg" onExitTransitionEnd={() => setDone(null)} title={titleOf(person, done)}>
      {done ? (
        <div className="stack lg">
          <LeavingReport report={done.report} name={person.name} />
          <div>
            <Button onClick={onClose}>Close</Button>
          </div>
        </div>
      ) : (
        <Form person={person} onLeft={(report) => setDone({ report, wasInvited: person.state === 'invited' })} onClose={onClose} />
      )}
    </Modal>
  )
}

type Done = { report: Report; wasInvited: boolean }

function titleOf(person: PersonView, done: Done | null): string {
  if (done) return done.wasInvited ? `The invitation of ${person.name} is withdrawn` : `${person.name} has left`
  return person.state === 'invited' ? `Withdraw the invitation of ${person.name}` : `Let ${person.name} leave`
}

type Values = { when: 'now' | 'at'; at: string; successor: PersonId | null; reason: string }

function Form({ person, onLeft, onClose }: { person: PersonView; onLeft: (report: Report) => void; onClose: () => void }) {
  const leave = useLeave(person.id)
  const successors = useSuccessors(person.id)
  const isInvited = person.state === 'invited'
  const { form, submit, wrong } = useSent<Values>(
    {
      initialValues: { when: 'now', at: '', successor: null, reason: '' },
      validate: {
        at: (at, { when }) => (when === 'now' ? null : atFault(at)),
        successor: (successor) => (successor ? null : 'Choose the successor.'),
      },
    },
    async ({ when, at, successor, reason }) => {
      const left = await leave.mutateAsync({
        successor: successor as PersonId,
        ...(when === 'at' && { at: instantOf(at) }),
        ...(reason.trim() && { reason: reason.trim() }),
      })
      if (left.state === 'left') return onLeft(left.report)
      notifications.show({ message: `${person.name} leaves on ${fullTime(left.leavesAt ?? instantOf(at))}.` })
      onClose()
    },
    ['at', 'successor', 'reason'],
  )
  return (
    <form className="stack lg" onSubmit={submit} noValidate>
      {!isInvited && (
        <Radio.Group label="When" {...form.getInputProps('when')}>
          <div className="rolechoice">
            <Radio value="now" label="Now" data-autofocus />
            <Radio value="at" label="At a date and time" description="Until then everything stays as it is. It can be called off." />
          </div>
        </Radio.Group>
      )}
      {form.values.when === 'at' && (
        <TextInput
          type="datetime-local"
          label="Date and time"
          description={`The time on this device, ${zone()}.`}
          {...form.getInputProps('at')}
        />
      )}
      <Select
        label="Successor"
        description="Takes over what nobody else is on. You will not see what that is."
        placeholder="A lawyer or partner"
        searchable
        data={successors}
        nothingFoundMessage="No lawyer or partner who stays has that name."
        {...form.getInputProps('successor')}
      />
      <Textarea
        label="Reason"
        description="May be left out. It stands in the history."
        autosize
        minRows={2}
        maxLength={2000}
        {...form.getInputProps('reason')}
      />
      {!isInvited && (
        <p className="soft">
          Sessions, access tokens, passkeys, roles and places on teams end{form.values.when === 'now' ? ' at once' : ' at that moment'}.
          What {person.name} did stays in the ledger.
        </p>
      )}
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onClose}>
        {isInvited ? 'Withdraw the invitation' : form.values.when === 'now' ? `Let ${person.name} leave now` : 'Set the leaving'}
      </FormEnd>
    </form>
  )
}

function atFault(at: string): string | null {
  if (!at) return 'Choose the date and time.'
  return isPast(at) ? 'That moment has passed. Choose a later one, or let them leave now.' : null
}
