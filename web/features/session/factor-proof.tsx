import { Button, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { Code } from '../../../src/contract/proof.ts'
import { placeRefusal } from '../../lib/form.ts'
import { passkeysHere, showPasskey } from '../../lib/passkey.ts'
import { CodeInput } from '../../ui/code-input.tsx'
import { Wrong } from '../../ui/fact.tsx'
import { KeyMark } from '../../ui/key-mark.tsx'
import { Or } from '../../ui/or.tsx'
import type { FactorName, PasskeyOptions, Proof } from './api.ts'

type Props = {
  factors: readonly FactorName[]
  /** What asks for one of the person's passkeys; fetched when the button is pressed. */
  askPasskey: () => Promise<PasskeyOptions | null>
  /** What the button of the typed factors says. */ act: string
  onProof: (proof: Proof) => Promise<void>
}

/** Shows a factor that one has, whichever it is: a passkey, six digits, or a recovery code. */
export function FactorProof({ factors, askPasskey, act, onProof }: Props) {
  const byPasskey = factors.includes('passkey') && passkeysHere()
  const typed = (['totp', 'recovery'] as const).filter((name) => factors.includes(name))
  const [way, setWay] = useState<'totp' | 'recovery' | null>(typed[0] === 'recovery' && byPasskey ? null : (typed[0] ?? null))
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const [field, setField] = useState<string | null>(null)
  const [under, setUnder] = useState<'passkey' | 'typed' | null>(null)
  const fields = useRef<HTMLFormElement>(null)

  const show = async (by: 'passkey' | 'typed', proof: () => Promise<Proof | null>) => {
    setWrong(null)
    setField(null)
    setUnder(by)
    try {
      const shown = await proof()
      if (shown) await onProof(shown)
      else setWrong('The browser gave no passkey. Try again, or use another way.')
    } catch (fault) {
      const placed = placeRefusal(fault, [])
      setWrong(placed.text)
      setText('')
      if (by === 'typed') fields.current?.querySelector<HTMLInputElement>('[data-second]')?.focus()
    } finally {
      setUnder(null)
    }
  }
  const showKey = () =>
    show('passkey', async () => {
      const options = await askPasskey()
      const passkey = options && (await showPasskey(options))
      return passkey && { passkey }
    })
  const send = (event: React.FormEvent) => {
    event.preventDefault()
    const fault = way === 'totp' ? Code.safeParse(text).error?.issues[0]?.message : text.trim() ? null : 'This is needed.'
    if (fault) return setField(fault)
    void show('typed', () => Promise.resolve(way === 'totp' ? { code: text } : { recoveryCode: text.trim() }))
  }
  const turn = (to: 'totp' | 'recovery') => {
    setWay(to)
    setText('')
    setField(null)
  }

  return (
    <form className="stack lg" onSubmit={send} noValidate ref={fields}>
      {byPasskey && (
        <Button
          size="lg"
          fullWidth
          variant={way ? 'default' : 'filled'}
          leftSection={<KeyMark />}
          loading={under === 'passkey'}
          onClick={() => void showKey()}
          data-autofocus={way ? undefined : true}
        >
          Use your passkey
        </Button>
      )}
      {byPasskey && way && <Or />}
      {!byPasskey && !way && <p>Your second factor is a passkey, and it does not work under this address. Open the firm’s own address.</p>}
      {way === 'totp' && <CodeInput label="Six digits from your authenticator" value={text} onChange={setText} error={field} autoFocus />}
      {way === 'recovery' && (
        <TextInput
          className="big"
          label="Recovery code"
          description="Each code opens once."
          autoComplete="off"
          spellCheck={false}
          autoFocus
          data-autofocus
          data-second
          value={text}
          onChange={(event) => setText(event.target.value)}
          error={field}
        />
      )}
      <Wrong>{wrong}</Wrong>
      {way && (
        <Button type="submit" variant="filled" size="lg" fullWidth loading={under === 'typed'}>
          {act}
        </Button>
      )}
      {typed
        .filter((name) => name !== way)
        .map((name) => (
          <div key={name}>
            <button type="button" className="plainlink meta" onClick={() => turn(name)}>
              {name === 'totp' ? 'Use the six digits' : 'Use a recovery code'}
            </button>
          </div>
        ))}
    </form>
  )
}
