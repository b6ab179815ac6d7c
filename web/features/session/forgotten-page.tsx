import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import { calls } from '../../../src/contract/calls.ts'
import { faultsOf } from '../../lib/form.ts'
import { useSent } from '../../lib/sent.ts'
import { useSection } from '../../lib/section.ts'
import { Wrong } from '../../ui/fact.tsx'
import { forget, useFirm } from './api.ts'
import { Front } from './front.tsx'

/** Asks for a link by e-mail. The answer is the same whether or not anyone has that address. */
export function ForgottenPage() {
  useSection('Forgotten password')
  const firm = useFirm().data
  const [sent, setSent] = useState(false)
  return (
    <Front>
      {firm && (
        <div className="panel signinform stack lg">
          <h2 className="head">{sent ? 'Look into your mail' : 'A new password'}</h2>
          {!firm.mail && (
            <p className="soft">This firm sends no such mail. Ask an administrator of the firm for a link that renews your password.</p>
          )}
          {firm.mail && !sent && <Ask onSent={() => setSent(true)} />}
          {sent && (
            <p className="soft" role="status">
              If someone works here with that address, a link is on its way to it. It works once and not for long; have your second factor
              at hand.
            </p>
          )}
          <Link className="meta" to="/sign-in">
            Back to the sign-in
          </Link>
        </div>
      )}
    </Front>
  )
}

function Ask({ onSent }: { onSent: () => void }) {
  const { form, submit, wrong } = useSent(
    { initialValues: { email: '' }, validate: (values) => faultsOf(calls['password.forget'].body, values) },
    async ({ email }) => {
      await forget(email)
      onSent()
    },
    ['email'],
  )
  return (
    <form className="stack lg" onSubmit={submit} noValidate>
      <TextInput
        className="big"
        label="E-mail"
        description="The address that you sign in with."
        type="email"
        autoComplete="username"
        autoFocus
        {...form.getInputProps('email')}
      />
      <Wrong>{wrong}</Wrong>
      <Button type="submit" variant="filled" size="lg" fullWidth loading={form.submitting}>
        Send me a link
      </Button>
    </form>
  )
}
