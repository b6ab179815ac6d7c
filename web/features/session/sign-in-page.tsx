import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useRef, useState } from 'react'
import { Navigate, useLocation, useNavigate } from 'react-router'
import { calls } from '../../../src/contract/calls.ts'
import { faultsOf, placeRefusal } from '../../lib/form.ts'
import { useSection } from '../../lib/section.ts'
import { CodeInput } from '../../ui/code-input.tsx'
import { Desk } from '../../ui/desk.tsx'
import { Wrong } from '../../ui/fact.tsx'
import { Fault } from '../../ui/fault.tsx'
import { FirmName } from './firm-name.tsx'
import { signIn, useFirm } from './api.ts'

export function SignInPage() {
  useSection('Sign in')
  const firm = useFirm()
  if (firm.data?.state === 'new') return <Navigate to="/set-up" replace />
  return (
    <Desk foot="One look, one entry. Everything you do here is recorded.">
      <div className="signin">
        <div className="plate">
          <h1 className="firm">{firm.data?.name ? <FirmName name={firm.data.name} /> : '\u00a0'}</h1>
          <p className="soft">What is said here stays here.</p>
        </div>
        {firm.error ? <Fault fault={firm.error} retry={() => void firm.refetch()} /> : <SignInForm />}
      </div>
    </Desk>
  )
}

function SignInForm() {
  const go = useNavigate()
  const { state } = useLocation() as { state: { from?: string } | null }
  const [wrong, setWrong] = useState<string | null>(null)
  const [byRecovery, setByRecovery] = useState(false)
  const fields = useRef<HTMLFormElement>(null)
  const form = useForm({
    initialValues: { email: '', password: '', code: '', recoveryCode: '' },
    validate: (values) => faultsOf(calls['session.create'].body, credentials(values, byRecovery)),
  })

  const send = form.onSubmit(async (values) => {
    setWrong(null)
    try {
      await signIn(credentials(values, byRecovery))
      await go(state?.from ?? '/', { replace: true })
    } catch (fault) {
      const placed = placeRefusal(fault, ['email'])
      form.setErrors(placed.fields)
      form.setValues({ code: '', recoveryCode: '' })
      setWrong(placed.text)
      fields.current?.querySelector<HTMLInputElement>('[data-second]')?.focus()
    }
  })

  return (
    <form className="panel signinform stack lg" onSubmit={send} noValidate ref={fields}>
      <TextInput className="big" label="E-mail" type="email" autoComplete="username" autoFocus {...form.getInputProps('email')} />
      <PasswordInput
        className="big"
        label="Password"
        autoComplete="current-password"
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
        {...form.getInputProps('password')}
      />
      {byRecovery ? (
        <TextInput
          className="big"
          label="Recovery code"
          description="Each code opens once."
          autoComplete="off"
          spellCheck={false}
          data-second
          {...form.getInputProps('recoveryCode')}
        />
      ) : (
        <CodeInput label="Six digits from your authenticator" {...form.getInputProps('code')} />
      )}
      <Wrong>{wrong}</Wrong>
      <Button type="submit" variant="filled" size="lg" fullWidth loading={form.submitting}>
        Sign in
      </Button>
      <div>
        <button type="button" className="plainlink meta" onClick={() => setByRecovery(!byRecovery)}>
          {byRecovery ? 'Use the six digits' : 'Use a recovery code'}
        </button>
      </div>
    </form>
  )
}

const credentials = (
  { email, password, code, recoveryCode }: Record<'email' | 'password' | 'code' | 'recoveryCode', string>,
  byRecovery: boolean,
) => ({
  email: email.trim(),
  password,
  as: 'cookie' as const,
  ...(byRecovery ? { recoveryCode: recoveryCode.trim() } : { code }),
})
