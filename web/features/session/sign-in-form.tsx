import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useRef, useState } from 'react'
import { Link } from 'react-router'
import { z } from 'zod'
import { PasswordProof } from '../../../src/contract/proof.ts'
import { Email } from '../../../src/contract/words.ts'
import { faultsOf, placeRefusal } from '../../lib/form.ts'
import { CodeInput } from '../../ui/code-input.tsx'
import { Wrong } from '../../ui/fact.tsx'
import { signIn, type SignedIn } from './api.ts'
import { OtherWays } from './other-ways.tsx'

const Typed = z.object({ email: Email, ...PasswordProof })
type Props = { sso: { label: string } | null; enter: (signedIn: SignedIn) => Promise<void> }

export function SignInForm({ sso, enter }: Props) {
  const [wrong, setWrong] = useState<string | null>(null)
  const [byRecovery, setByRecovery] = useState(false)
  const fields = useRef<HTMLFormElement>(null)
  const form = useForm({
    initialValues: { email: '', password: '', code: '', recoveryCode: '' },
    validate: (values) => faultsOf(Typed, credentials(values, byRecovery)),
  })

  const send = form.onSubmit(async (values) => {
    setWrong(null)
    try {
      await enter(await signIn(credentials(values, byRecovery)))
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
      <OtherWays sso={sso} onPasskey={async (passkey) => enter(await signIn({ passkey }))} onWrong={setWrong} />
      <TextInput className="big" label="E-mail" type="email" autoComplete="username webauthn" autoFocus {...form.getInputProps('email')} />
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
      <div className="row spread wrap">
        <button type="button" className="plainlink meta" onClick={() => setByRecovery(!byRecovery)}>
          {byRecovery ? 'Use the six digits' : 'Use a recovery code'}
        </button>
        <Link className="meta" to="/forgotten">
          Forgot your password?
        </Link>
      </div>
    </form>
  )
}

const credentials = (
  { email, password, code, recoveryCode }: Record<'email' | 'password' | 'code' | 'recoveryCode', string>,
  byRecovery: boolean,
) => ({ email: email.trim(), password, ...(byRecovery ? { recoveryCode: recoveryCode.trim() } : { code }) })
