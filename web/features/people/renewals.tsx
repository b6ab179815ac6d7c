import { Button, Modal, Textarea } from '@mantine/core'
import { useState } from 'react'
import { Link as To } from 'react-router'
import { calls } from '../../../src/contract/calls.ts'
import type { PersonView } from '../../../src/contract/person.ts'
import type { Answer } from '../../lib/ask.ts'
import { faultsOf } from '../../lib/form.ts'
import { useSent } from '../../lib/sent.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useReset } from './api.ts'
import { LinkGiven } from './link-given.tsx'

const KINDS = {
  password: {
    name: 'Password',
    means: 'A link by which they choose a new password. It never gets past the second factor: they prove the one they have.',
    act: 'Make a link',
    title: (name: string) => `New password for ${name}`,
  },
  factor: {
    name: 'Second factor',
    means: 'For someone who knows the password and has lost phone and passkeys. A second person decides; then they get a link.',
    act: 'Ask a second person',
    title: (name: string) => `New second factor for ${name}`,
  },
  account: {
    name: 'Both',
    means: 'For someone who has lost the password and every factor. A second person decides; then they begin anew by a link.',
    act: 'Ask a second person',
    title: (name: string) => `Password and second factor for ${name}`,
  },
} as const
type Kind = keyof typeof KINDS

/** No single person can put a new proof in the place of another’s: what passes the second factor takes two. */
export function Renewals({ person }: { person: PersonView }) {
  const [kind, setKind] = useState<Kind>('password')
  const [opened, setOpened] = useState(false)
  return (
    <Panel id="renewals" title="Renewals">
      <ul className="facts">
        {(Object.keys(KINDS) as Kind[]).map((name) => (
          <li key={name} className="row top does">
            <div>
              <b>{KINDS[name].name}</b>
              <p className="soft">{KINDS[name].means}</p>
            </div>
            <Button
              className="push"
              size="xs"
              aria-label={`${KINDS[name].name}: ${KINDS[name].act}`}
              onClick={() => (setKind(name), setOpened(true))}
            >
              {KINDS[name].act}
            </Button>
          </li>
        ))}
      </ul>
      <Renewal kind={kind} person={person} opened={opened} onClose={() => setOpened(false)} />
    </Panel>
  )
}

type Begun = Answer<'person.reset'>
type Props = { kind: Kind; person: PersonView; opened: boolean; onClose: () => void }

function Renewal({ kind, person, opened, onClose }: Props) {
  const [begun, setBegun] = useState<Begun | null>(null)
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={() => setBegun(null)}
      closeOnClickOutside={begun === null}
      title={KINDS[kind].title(person.name)}
    >
      {begun ? (
        <div className="stack lg">
          {begun.link && <LinkGiven link={begun.link} name={person.name} email={person.email} />}
          {begun.waiting && (
            <p className="soft">
              It waits for a second person. Nothing of {person.name} is changed until then. <To to="/approvals">What waits</To>
            </p>
          )}
          <div>
            <Button onClick={onClose}>Close</Button>
          </div>
        </div>
      ) : (
        <Form kind={kind} person={person} onBegun={setBegun} onClose={onClose} />
      )}
    </Modal>
  )
}

function Form({ kind, person, onBegun, onClose }: Omit<Props, 'opened'> & { onBegun: (begun: Begun) => void }) {
  const reset = useReset(person.id)
  const { form, submit, wrong } = useSent(
    {
      initialValues: { reason: '' },
      validate: (values) => faultsOf(calls['person.reset'].body, { what: kind, ...values }),
    },
    async ({ reason }) => {
      onBegun(await reset.mutateAsync({ what: kind, reason: reason.trim() }))
    },
    ['reason'],
  )
  return (
    <form className="stack lg" onSubmit={submit} noValidate>
      <p className="soft">{KINDS[kind].means}</p>
      <Textarea
        label="Reason"
        description={kind === 'password' ? 'It stands in the history.' : 'The second person reads it, and it stands in the history.'}
        autosize
        minRows={2}
        maxLength={2000}
        data-autofocus
        {...form.getInputProps('reason')}
      />
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onClose}>
        {KINDS[kind].act}
      </FormEnd>
    </form>
  )
}
