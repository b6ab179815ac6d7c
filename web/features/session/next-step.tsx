import { Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { z } from 'zod'
import { Password } from '../../../src/contract/proof.ts'
import { faultsOf } from '../../lib/form.ts'
import { Wrong } from '../../ui/fact.tsx'
import { type Next, renewPassword, showSecond, type SignedIn } from './api.ts'
import { ChoosePassword } from './choose-password.tsx'
import { FactorProof } from './factor-proof.tsx'
import { placePassword } from './strength.ts'

type Props = { next: Next; enter: (signedIn: SignedIn) => Promise<void> }
type AndBack = Props & { /** Drops what was proved so far. */ onBack: () => void }
const Chosen = z.object({ password: Password })

/** What a sign-in asks for before its session begins. */
export const NextStep = ({ next, enter, onBack }: AndBack) => (
  <div className="stack">
    {next.step === 'password' ? (
      <PasswordDue key={next.secret} next={next} enter={enter} />
    ) : (
      <Second key={next.secret} next={next} enter={enter} />
    )}
    <button type="button" className="plainlink meta startagain" onClick={onBack}>
      Start the sign-in again
    </button>
  </div>
)

function PasswordDue({ next, enter }: Props) {
  const [wrong, setWrong] = useState<string | null>(null)
  const form = useForm({ initialValues: { password: '' }, validate: (values) => faultsOf(Chosen, values) })
  const send = form.onSubmit(async ({ password }) => {
    setWrong(null)
    try {
      await enter(await renewPassword(next.secret, password))
    } catch (fault) {
      const placed = placePassword(fault)
      form.setErrors(placed.fields)
      setWrong(placed.text)
    }
  })
  return (
    <form className="panel signinform stack lg" onSubmit={send} noValidate>
      <div className="stack xs">
        <h2 className="head">A new password is due</h2>
        <p className="soft">{next.why}</p>
      </div>
      <ChoosePassword
        autoFocus
        label="New password"
        value={form.values.password}
        onChange={(password) => form.setFieldValue('password', password)}
        error={form.errors.password}
      />
      <Wrong>{wrong}</Wrong>
      <Button type="submit" variant="filled" size="lg" fullWidth loading={form.submitting}>
        Use it and go in
      </Button>
    </form>
  )
}

const Second = ({ next, enter }: Props) => (
  <div className="panel signinform stack lg">
    <div className="stack xs">
      <h2 className="head">Now your second factor</h2>
      <p className="soft">{next.why}</p>
    </div>
    <FactorProof
      factors={next.factors}
      askPasskey={() => Promise.resolve(next.passkeyOptions)}
      act="Sign in"
      onProof={async (proof) => enter(await showSecond(next.secret, proof))}
    />
  </div>
)
