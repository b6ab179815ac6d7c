import { useState } from 'react'
import { Refused } from '../../lib/refused.ts'
import { FactorProof } from '../session/factor-proof.tsx'
import { NextStep } from '../session/next-step.tsx'
import { useEntry } from '../session/use-entry.ts'
import { type OneTimeLink, readLink, resetPassword } from './api.ts'
import { PasswordStep } from './password-step.tsx'
import { Steps } from './steps.tsx'

/** A new password by a link: it never goes past the second factor that one has. */
export function ResetPassword({ secret, link }: { secret: string; link: OneTimeLink }) {
  const { next, enter, startAgain } = useEntry()
  const [password, setPassword] = useState('')
  const [refused, setRefused] = useState<string | null>(null)
  const [at, setAt] = useState(0)
  const steps = [
    { name: 'A new password', says: link.name },
    { name: 'Your second factor', says: 'The one that you have' },
  ]
  if (next)
    return (
      <div className="signin">
        <NextStep next={next} enter={enter} onBack={startAgain} />
      </div>
    )
  return (
    <div className="setup">
      <Steps steps={steps} at={at} />
      {at === 0 && (
        <PasswordStep
          link={link}
          kind="password"
          refused={refused}
          onDone={(chosen) => {
            setPassword(chosen ?? '')
            setAt(1)
          }}
        />
      )}
      {at === 1 && (
        <div className="stack lg proving">
          <div className="stack xs">
            <h1 className="title">Your second factor</h1>
            <p className="soft">Every session of yours ends, and a new one begins here.</p>
          </div>
          <FactorProof
            factors={link.factors}
            askPasskey={async () => (await readLink(secret)).proofOptions}
            act="Use the new password"
            onProof={async (proof) => {
              try {
                await enter(await resetPassword(secret, password, proof))
              } catch (fault) {
                if (!(fault instanceof Refused) || !['password.weak', 'password.reused'].includes(fault.code)) throw fault
                setRefused(fault.text)
                setAt(0)
              }
            }}
          />
        </div>
      )}
    </div>
  )
}
