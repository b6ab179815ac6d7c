import { Navigate, useLocation } from 'react-router'
import { useSection } from '../../lib/section.ts'
import { Fact } from '../../ui/fact.tsx'
import { useFirm } from './api.ts'
import { Front } from './front.tsx'
import { NextStep } from './next-step.tsx'
import { SignInForm } from './sign-in-form.tsx'
import { type Sent, useEntry } from './use-entry.ts'

export function SignInPage() {
  useSection('Sign in')
  const firm = useFirm()
  const { state } = useLocation() as { state: Sent }
  const { next, enter, startAgain } = useEntry()
  if (firm.data?.state === 'new') return <Navigate to="/set-up" replace />
  return (
    <Front>
      {next ? (
        <NextStep next={next} enter={enter} onBack={startAgain} />
      ) : (
        <>
          {state?.why && <Fact>{state.why}</Fact>}
          <SignInForm sso={firm.data?.sso ?? null} enter={enter} />
        </>
      )}
    </Front>
  )
}
