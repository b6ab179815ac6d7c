import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { Code } from '../../../src/contract/proof.ts'
import { placeRefusal } from '../../lib/form.ts'
import { makePasskey, passkeysHere } from '../../lib/passkey.ts'
import { Wrong } from '../../ui/fact.tsx'
import { StepTitle } from '../../ui/step-title.tsx'
import type { PasskeyOptions } from '../session/api.ts'
import type { Enrolment, NewFactor } from './api.ts'
import { EnrolApp } from './enrol-app.tsx'
import { EnrolPasskey, firstPasskeyName } from './enrol-passkey.tsx'

type Props = {
  enrolment: Enrolment
  /** What asks for a passkey, fresh when the button is pressed: the server's question stands for minutes only. */
  askPasskey: () => Promise<PasskeyOptions | null>
  next: string
  /** No password was chosen, so a passkey it must be. */ passkeyOnly?: boolean
  onBack?: () => void
  onDone: (factor: NewFactor) => Promise<void>
}

const WORDS = {
  app: 'Scan this with an authenticator on a device you carry, then type the six digits it shows.',
  passkey: 'Your device or your security key keeps it, and opens it with your finger, your face or a PIN. No other site can ask for it.',
}

export function SecondProofStep({ enrolment, askPasskey, next, passkeyOnly = false, onBack, onDone }: Props) {
  const offersPasskey = passkeysHere() && enrolment.passkeyOptions !== null
  const [kind, setKind] = useState<'app' | 'passkey'>(passkeyOnly ? 'passkey' : 'app')
  const [code, setCode] = useState('')
  const [name, setName] = useState(firstPasskeyName)
  const [fault, setFault] = useState<string | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const [sending, setSending] = useState(false)

  const proved = async (): Promise<NewFactor | null> => {
    if (kind === 'app') return { totpSecret: enrolment.totpSecret, code }
    const options = await askPasskey()
    const passkey = options && (await makePasskey(options))
    return passkey && { passkey, passkeyName: name.trim() }
  }
  const send = async (event: React.FormEvent) => {
    event.preventDefault()
    setWrong(null)
    const unfit = kind === 'app' ? (Code.safeParse(code).error?.issues[0]?.message ?? null) : name.trim() ? null : 'This is needed.'
    setFault(unfit)
    if (unfit) return
    setSending(true)
    try {
      const factor = await proved()
      if (factor) await onDone(factor)
      else setWrong(`The browser made no passkey. Try again${passkeyOnly ? '' : ', or use an authenticator app'}.`)
    } catch (refused) {
      const placed = placeRefusal(refused, ['code'])
      setFault(placed.fields.code ?? null)
      setWrong(placed.text)
      setCode('')
    } finally {
      setSending(false)
    }
  }

  return (
    <form className="stack lg" onSubmit={(event) => void send(event)} noValidate>
      <div className="stack xs">
        <StepTitle>A second proof</StepTitle>
        <p className="soft">{WORDS[kind]}</p>
      </div>
      {offersPasskey && !passkeyOnly && (
        <div>
          <SegmentedControl
            aria-label="Kind of second proof"
            value={kind}
            onChange={(value) => {
              setKind(value as typeof kind)
              setFault(null)
              setWrong(null)
            }}
            data={[
              { value: 'app', label: 'Authenticator app' },
              { value: 'passkey', label: 'Passkey' },
            ]}
          />
        </div>
      )}
      {kind === 'app' ? (
        <EnrolApp enrolment={enrolment} code={code} onCode={setCode} error={fault}>
          <Wrong>{wrong}</Wrong>
        </EnrolApp>
      ) : (
        <>
          <EnrolPasskey name={name} onName={setName} error={fault} />
          <Wrong>{wrong}</Wrong>
        </>
      )}
      <div className="row wrap acts">
        {onBack && (
          <Button size="lg" onClick={onBack}>
            Back
          </Button>
        )}
        <Button type="submit" variant="filled" size="lg" loading={sending}>
          {next}
        </Button>
      </div>
    </form>
  )
}
