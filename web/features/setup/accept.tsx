import { useState } from 'react'
import { useNavigate } from 'react-router'
import { Refused } from '../../lib/refused.ts'
import { accept, type NewFactor, type OneTimeLink, readLink } from './api.ts'
import { PasswordStep } from './password-step.tsx'
import { RecoveryCodesStep } from './recovery-codes-step.tsx'
import { SecondProofStep } from './second-proof-step.tsx'
import { Steps } from './steps.tsx'

type Kind = Exclude<OneTimeLink['kind'], 'password'>
const LAST = { invitation: 'Join the firm', account: 'Set the account up', factor: 'Use it from now on', sso: 'Enter the firm' }

type Props = { secret: string; link: OneTimeLink; kind: Kind }

/** A one-time link that ends with a new factor: a password first, except where the identity provider has answered for the person. */
export function Accept({ secret, link, kind }: Props) {
  const go = useNavigate()
  const [at, setAt] = useState<'password' | 'factor' | 'codes'>(kind === 'sso' ? 'factor' : 'password')
  /** Null: without a password, by a passkey alone. */
  const [password, setPassword] = useState<string | null>('')
  const [refused, setRefused] = useState<string | null>(null)
  const [codes, setCodes] = useState<string[]>([])
  const steps = [
    { at: 'password', name: kind === 'factor' ? 'Your password' : 'You', says: link.name },
    { at: 'factor', name: 'A second proof', says: 'So that a password alone opens nothing' },
    { at: 'codes', name: 'Recovery codes', says: 'For the day the device is lost' },
  ].filter((step) => kind !== 'sso' || step.at !== 'password')

  const done = async (factor: NewFactor) => {
    try {
      const fresh = await accept({ secret, ...(password !== null && kind !== 'sso' && { password }), ...factor })
      if (fresh.length === 0) return await go('/', { replace: true })
      setCodes(fresh)
      setAt('codes')
    } catch (fault) {
      if (!(fault instanceof Refused) || !['password.weak', 'password.reused', 'password.wrong'].includes(fault.code)) throw fault
      setRefused(fault.text)
      setAt('password')
    }
  }

  return (
    <div className="setup">
      <Steps steps={steps} at={steps.findIndex((step) => step.at === at)} />
      {at === 'password' && (
        <PasswordStep
          link={link}
          kind={kind}
          refused={refused}
          onDone={(chosen) => {
            setPassword(chosen)
            setRefused(null)
            setAt('factor')
          }}
        />
      )}
      {at === 'factor' && (
        <SecondProofStep
          enrolment={link}
          askPasskey={async () => (await readLink(secret)).passkeyOptions}
          next={LAST[kind]}
          passkeyOnly={password === null}
          onBack={kind === 'sso' ? undefined : () => setAt('password')}
          onDone={done}
        />
      )}
      {at === 'codes' && <RecoveryCodesStep codes={codes} next="Enter the firm" onDone={() => void go('/', { replace: true })} />}
    </div>
  )
}
