import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { placeRefusal } from '../../lib/form.ts'
import { useSection } from '../../lib/section.ts'
import { Empty } from '../../ui/empty.tsx'
import { Wrong } from '../../ui/fact.tsx'
import { Front } from '../session/front.tsx'
import { useOneTimeSecret } from '../setup/fragment.ts'
import { answerChallenge } from './api.ts'

/** Where the link leads that confirms an address: it tells the firm’s name and nothing else. */
export function ConfirmPage() {
  useSection('Confirm your address')
  const secret = useOneTimeSecret()
  return <Front>{secret ? <Answer secret={secret} /> : <Outside />}</Front>
}
const Outside = () => (
  <Empty title="Open the whole link">Its last part holds a secret that works once. Open it as it was sent to you.</Empty>
)

function Answer({ secret }: { secret: string }) {
  const [code, setCode] = useState('')
  const [state, setState] = useState<'asking' | 'sending' | 'done'>('asking')
  const [wrong, setWrong] = useState<string | null>(null)
  if (state === 'done')
    return (
      <Empty title="Thank you, this address is confirmed">
        You can close this page. The firm sends you what it has for you in a letter of its own.
      </Empty>
    )
  const send = async (event: React.FormEvent) => {
    event.preventDefault()
    if (code.replace(/\D/g, '').length !== 8) return setWrong('The code has eight digits.')
    setWrong(null)
    setState('sending')
    try {
      await answerChallenge(secret, code)
      setState('done')
    } catch (fault) {
      setState('asking')
      setWrong(placeRefusal(fault, []).text)
    }
  }
  return (
    <form className="stack lg" onSubmit={(event) => void send(event)} noValidate>
      <p>
        Give the code that you were told by telephone, or that came to another address of yours. It confirms that this address is yours.
      </p>
      <TextInput
        label="Code"
        size="md"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={12}
        autoFocus
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        error={wrong !== null}
      />
      <Wrong>{wrong}</Wrong>
      <Button type="submit" variant="filled" size="md" loading={state === 'sending'}>
        Confirm the address
      </Button>
    </form>
  )
}
