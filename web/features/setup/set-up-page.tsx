import { useState } from 'react'
import { Navigate, useNavigate } from 'react-router'
import { Refused } from '../../lib/refused.ts'
import { useSection } from '../../lib/section.ts'
import { Desk } from '../../ui/desk.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Fault } from '../../ui/fault.tsx'
import { useFirm } from '../session/api.ts'
import { enrol, type Enrolment, found, type Founded } from './api.ts'
import { useOneTimeSecret } from './fragment.ts'
import { FirmStep } from './firm-step.tsx'
import { RecoveryCodesStep } from './recovery-codes-step.tsx'
import { RecoverySheetStep } from './recovery-sheet-step.tsx'
import { SecondProofStep } from './second-proof-step.tsx'
import { Steps } from './steps.tsx'
import { YouStep } from './you-step.tsx'

/** Founding the firm. Once it is founded, the codes and the sheet are still to be shown, whatever the server now says. */
export function SetUpPage() {
  useSection('Set up')
  const firm = useFirm()
  const [founded, setFounded] = useState<Founded | null>(null)
  const secret = useOneTimeSecret()
  if (firm.error) return <Fault top fault={firm.error} retry={() => void firm.refetch()} />
  if (!founded && firm.data?.state === 'ready') return <Navigate to="/sign-in" replace />
  if (!founded && !firm.data) return null
  return (
    <Desk foot="Nothing has left this machine. The ledger starts with the last step.">
      {secret ? <SetUp secret={secret} founded={founded} onFounded={setFounded} /> : <NoSecret />}
    </Desk>
  )
}

function NoSecret() {
  return (
    <div className="narrow">
      <Empty top title="This server has no firm yet">
        Open the link that the server printed when it started. It holds the secret that lets one person set the firm up.
      </Empty>
    </div>
  )
}

function SetUp({ secret, founded, onFounded }: { secret: string; founded: Founded | null; onFounded: (founded: Founded) => void }) {
  const go = useNavigate()
  const [at, setAt] = useState(0)
  const [firm, setFirm] = useState('')
  const [you, setYou] = useState({ name: '', email: '', password: '' })
  const [weak, setWeak] = useState<string | null>(null)
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null)
  const steps = [
    { name: 'The firm', says: firm || 'Its name' },
    { name: 'You', says: at > 1 ? you.name : 'Its first person' },
    { name: 'A second proof', says: 'So that a password alone opens nothing' },
    { name: 'Recovery codes', says: 'For the day the device is lost' },
    { name: 'Recovery sheet', says: 'The firm’s root key, on paper' },
  ]

  return (
    <div className="setup">
      <Steps steps={steps} at={at} />
      {at === 0 && <FirmStep firm={firm} onDone={(name) => (setFirm(name), setAt(1))} />}
      {at === 1 && (
        <YouStep
          you={you}
          weak={weak}
          onBack={() => setAt(0)}
          onDone={async (given) => {
            setYou(given)
            if (!enrolment || given.email !== you.email) setEnrolment(await enrol({ secret, email: given.email }))
            setAt(2)
          }}
        />
      )}
      {at === 2 && enrolment && (
        <SecondProofStep
          enrolment={enrolment}
          askPasskey={async () => (await enrol({ secret, email: you.email })).passkeyOptions}
          next="Found the firm"
          onBack={() => setAt(1)}
          onDone={async (factor) => {
            try {
              onFounded(await found({ secret, firm, ...you, ...factor }))
              setAt(3)
            } catch (fault) {
              if (!(fault instanceof Refused) || fault.code !== 'password.weak') throw fault
              setWeak(fault.text)
              setAt(1)
            }
          }}
        />
      )}
      {at === 3 && founded && (
        <RecoveryCodesStep codes={founded.recoveryCodes} next="Go on to the recovery sheet" onDone={() => setAt(4)} />
      )}
      {at === 4 && founded && <RecoverySheetStep sheet={founded.recoverySheet} onDone={() => void go('/', { replace: true })} />}
      {at < 3 && <AtHand />}
    </div>
  )
}

function AtHand() {
  return (
    <aside className="sheet athand" aria-label="What to have at hand">
      <h2>Have at hand</h2>
      <ol>
        <li>An authenticator on a device that you carry.</li>
        <li>A printer that you trust. The last step prints one sheet of paper; it is shown only once.</li>
        <li>The place where you keep wills. With the sheet and a copy of the firm’s data, every file can be read, so it belongs there.</li>
      </ol>
      <p className="small">It takes about ten minutes.</p>
    </aside>
  )
}
