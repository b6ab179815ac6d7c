import { Button, PasswordInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { z } from 'zod'
import { Password } from '../../../src/contract/proof.ts'
import { fullTime } from '../../lib/format.ts'
import { faultsOf, placeRefusal } from '../../lib/form.ts'
import { passkeysHere } from '../../lib/passkey.ts'
import { Wrong } from '../../ui/fact.tsx'
import { ChoosePassword, passwordFault } from '../session/choose-password.tsx'
import { FirmName } from '../session/firm-name.tsx'
import type { OneTimeLink } from './api.ts'

type Kind = OneTimeLink['kind']
const SAYS: Record<Kind, (link: OneTimeLink) => string> = {
  invitation: ({ name, email }) => `${name}, you are invited to work here. You will sign in as ${email}.`,
  account: ({ name }) => `${name}, this link sets your account up anew. Your password and factors from before serve no more.`,
  factor: ({ name }) => `${name}, this link lets you enrol a new second factor. First the password that you have.`,
  password: ({ name }) => `${name}, choose a new password. Your second factor stays as it is.`,
  sso: ({ name }) => name,
}
const Chosen = z.object({ password: Password })
const Had = z.object({ password: z.string().min(1).max(1000) })

type Props = {
  link: OneTimeLink
  kind: Kind
  /** Why the server did not take the password. */ refused: string | null
  /** Null: without a password, by a passkey alone. */ onDone: (password: string | null) => void
}

/** Who the link is for, and a password: a new one, or for a new factor the one there is. */
export function PasswordStep({ link, kind, refused, onDone }: Props) {
  const [wrong, setWrong] = useState<string | null>(null)
  const had = kind === 'factor'
  const about = { name: link.name, email: link.email }
  const form = useForm({
    initialValues: { password: '' },
    initialErrors: refused ? { password: refused } : {},
    validate: (values) => faultsOf(had ? Had : Chosen, values),
  })
  const send = form.onSubmit(async ({ password }) => {
    setWrong(null)
    try {
      const fault = had ? null : await passwordFault(password, about)
      if (fault) form.setFieldError('password', fault)
      else onDone(password)
    } catch (fault) {
      setWrong(placeRefusal(fault, []).text)
    }
  })

  return (
    <form className="stack lg" onSubmit={send} noValidate>
      <div className="stack xs">
        <h1 className="firm">
          <FirmName name={link.firm} />
        </h1>
        <p className="soft">{SAYS[kind](link)}</p>
      </div>
      {had ? (
        <div className="stack xs">
          <input type="text" name="username" autoComplete="username" value={link.email} readOnly hidden />
          <PasswordInput
            className="big"
            label="Your password"
            autoComplete="current-password"
            autoFocus
            visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
            {...form.getInputProps('password')}
          />
        </div>
      ) : (
        <ChoosePassword
          autoFocus
          label={kind === 'invitation' ? 'Password' : 'New password'}
          about={about}
          keptFor={link.email}
          value={form.values.password}
          onChange={(password) => form.setFieldValue('password', password)}
          error={form.errors.password}
        />
      )}
      <Wrong>{wrong}</Wrong>
      <div className="row wrap acts">
        <Button type="submit" variant="filled" size="lg" loading={form.submitting}>
          {kind === 'password' ? 'Go on to your second factor' : 'Go on to the second proof'}
        </Button>
      </div>
      {kind !== 'password' && link.passkeyOptions && passkeysHere() && (
        <div>
          <button type="button" className="plainlink meta" onClick={() => onDone(null)}>
            {had ? 'I have no password; use a passkey alone' : 'Choose no password; use a passkey alone'}
          </button>
        </div>
      )}
      <p className="meta">The link works until {fullTime(link.endsAt)}.</p>
    </form>
  )
}
