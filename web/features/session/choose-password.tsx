import { PasswordInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { ask } from '../../lib/ask.ts'
import { Refused } from '../../lib/refused.ts'
import { ENOUGH, type Judgement, meterOf, strengthWords } from './strength.ts'

type About = { name?: string; email?: string }
type Props = {
  value: string
  onChange: (password: string) => void
  error?: React.ReactNode
  label?: string
  about?: About
  autoFocus?: boolean
  /** The address that a password manager keeps it for, where no field of the form says so. */ keptFor?: string
}

/** A new password, and in plain words how it stands. Nothing is asked of its signs; pasting and password managers are welcome. */
export function ChoosePassword({ value, onChange, error, label = 'Password', about = {}, autoFocus = false, keptFor }: Props) {
  const length = [...value].length
  const judged = useJudgement(value, about)
  return (
    <div className="stack xs">
      {keptFor && <input type="text" name="username" autoComplete="username" value={keptFor} readOnly hidden />}
      <PasswordInput
        className="big"
        label={label}
        description="Four or five words that you have not used elsewhere are easier to keep than signs and digits."
        autoComplete="new-password"
        autoFocus={autoFocus}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        error={error}
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
      />
      <div className="meter" data-enough={(length >= ENOUGH && judged?.fault === null) || undefined} aria-hidden="true">
        <i style={{ width: `${meterOf(length, judged)}%` }} />
      </div>
      <p className="meta" aria-live="polite">
        {strengthWords(length, judged)}
      </p>
    </div>
  )
}

/** Why a password cannot be taken, or null. To ask before one goes on to a next step. */
export const passwordFault = async (password: string, about: About) => (await judge(password, about)).fault

const judge = (password: string, { name = '', email = '' }: About, signal?: AbortSignal) =>
  ask('password.judge', { body: { password, name, email }, signal })

/** The server's judgement, a moment after the last key; of the password before while it is under way. */
function useJudgement(password: string, { name, email }: About): Judgement | null {
  const [judged, setJudged] = useState<Judgement | null>(null)
  useEffect(() => {
    if ([...password].length < ENOUGH) return
    const left = new AbortController()
    const timer = window.setTimeout(() => {
      judge(password, { name, email }, left.signal).then(setJudged, (fault: unknown) => {
        // without an answer the words speak of the length alone; the server judges again when the password is sent
        if (fault instanceof Refused) setJudged(null)
        else if (!left.signal.aborted) throw fault
      })
    }, 350)
    return () => {
      window.clearTimeout(timer)
      left.abort()
    }
  }, [password, name, email])
  return judged
}
