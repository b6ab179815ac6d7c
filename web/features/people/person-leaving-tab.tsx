import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useAct } from '../../app/acts.ts'
import { fullTime } from '../../lib/format.ts'
import { placeRefusal } from '../../lib/form.ts'
import { Wrong } from '../../ui/fact.tsx'
import { Nothing } from '../../ui/fault.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useStay } from './api.ts'
import { Leave } from './leave.tsx'
import { LeavingReport } from './leaving-report.tsx'
import { mayLeave, usePersonHere } from './person-page.tsx'
import { TakeBack } from './take-back.tsx'

export function PersonLeavingTab() {
  return mayLeave(usePersonHere()) ? <Standing /> : <Nothing />
}

/** The dialogs stand beside what changes with the state, so that what they give is still there afterwards. */
function Standing() {
  const { person } = usePersonHere()
  const [leaving, leave] = useDisclosure()
  const [returning, takeBack] = useDisclosure()
  useAct(person.state === 'active', `Let ${person.name} leave`, leave.open)
  useAct(person.state === 'left', `Take ${person.name} back`, takeBack.open)
  return (
    <div className="page personpage persontab">
      {person.state === 'active' && <Working onLeave={leave.open} />}
      {person.state === 'leaving' && <Leaving />}
      {person.state === 'left' && <Left onTakeBack={takeBack.open} />}
      {person.state === 'invited' && <Invited onLeave={leave.open} />}
      <Leave person={person} opened={leaving} onClose={leave.close} />
      <TakeBack person={person} opened={returning} onClose={takeBack.close} />
    </div>
  )
}

function Invited({ onLeave }: { onLeave: () => void }) {
  const { person } = usePersonHere()
  return (
    <section className="panel" aria-label="Leaving">
      <div className="body stack">
        <p className="soft">{person.name} is invited and not here yet. Withdrawn, the link of the invitation works no more.</p>
        <div>
          <Button onClick={onLeave}>Withdraw the invitation</Button>
        </div>
      </div>
    </section>
  )
}

function Working({ onLeave }: { onLeave: () => void }) {
  const { person } = usePersonHere()
  return (
    <section className="panel" aria-label="Leaving">
      <div className="body stack">
        <p className="soft">
          When {person.name} leaves, their sessions, access tokens, passkeys and roles end at once, and so do their places on the teams of
          matters. What they did stays in the ledger under their name.
        </p>
        <div>
          <Button onClick={onLeave}>Let {person.name} leave</Button>
        </div>
      </div>
    </section>
  )
}

function Leaving() {
  const { person } = usePersonHere()
  const stay = useStay(person.id)
  const [wrong, setWrong] = useState<string | null>(null)
  const callOff = async () => {
    setWrong(null)
    try {
      await stay.mutateAsync(undefined)
      notifications.show({ message: `${person.name} stays.` })
    } catch (fault) {
      setWrong(placeRefusal(fault, []).text)
    }
  }
  return (
    <section className="panel" aria-label="Leaving">
      <div className="body stack">
        <p>
          {person.name} leaves on <b>{person.leavesAt && fullTime(person.leavesAt)}</b>. Until then everything stays as it is.
        </p>
        {person.report && <p className="soft">{person.report.successor} takes over what nobody else is on.</p>}
        <Wrong>{wrong}</Wrong>
        <div>
          <Button loading={stay.isPending} onClick={() => void callOff()}>
            Call the leaving off
          </Button>
        </div>
      </div>
    </section>
  )
}

function Left({ onTakeBack }: { onTakeBack: () => void }) {
  const { person } = usePersonHere()
  return (
    <>
      <Panel id="report" title="What ended, and what is left to do">
        <div className="body">
          {person.report ? (
            <LeavingReport report={person.report} name={person.name} />
          ) : (
            <p className="soft">There is no report of this leaving.</p>
          )}
        </div>
      </Panel>
      <section className="panel" aria-label="Taking back">
        <div className="body stack">
          <p className="soft">
            Taken back, {person.name} comes in by a fresh link, with a new password and factor. Matters are not given back by this: teams
            bring them on again.
          </p>
          <div>
            <Button onClick={onTakeBack}>Take {person.name} back</Button>
          </div>
        </div>
      </section>
    </>
  )
}
