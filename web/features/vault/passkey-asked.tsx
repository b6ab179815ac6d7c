import { Button } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import type { Class } from '../../../src/contract/words.ts'
import { ask } from '../../lib/ask.ts'
import { placeRefusal } from '../../lib/form.ts'
import { passkeysHere, showPasskey } from '../../lib/passkey.ts'
import { className } from '../../ui/class.tsx'
import { Wrong } from '../../ui/fact.tsx'
import { KeyMark } from '../../ui/key-mark.tsx'
import { askMeAgain, useMe } from '../session/api.ts'

/** A class that asks for a passkey and no other factor: it is shown here, or added to the account first. */
export function PasskeyAsked({ class: its, onProved }: { class: Class; onProved: () => void }) {
  const has = useMe().data?.factors.includes('passkey') ?? false
  const [wrong, setWrong] = useState<string | null>(null)
  const [asking, setAsking] = useState(false)
  const show = async () => {
    setWrong(null)
    setAsking(true)
    try {
      const { passkeyOptions } = await ask('session.challenge')
      const passkey = passkeyOptions && (await showPasskey(passkeyOptions))
      if (!passkey) return setWrong('The browser gave no passkey. Try again.')
      await ask('session.prove', { body: { passkey } })
      void askMeAgain()
      onProved()
    } catch (fault) {
      setWrong(placeRefusal(fault, []).text)
    } finally {
      setAsking(false)
    }
  }
  return (
    <div className="well">
      <div className="stack sm">
        <p>{className(its)} is opened with a passkey only.</p>
        {has && passkeysHere() ? (
          <div>
            <Button variant="filled" leftSection={<KeyMark />} loading={asking} onClick={() => void show()}>
              Use your passkey
            </Button>
          </div>
        ) : (
          <p className="soft">
            {has ? 'Yours does not work under this address. Open the firm’s own address.' : 'You have none yet.'}{' '}
            <Link to="/account#passkeys">{has ? 'Your passkeys' : 'Add a passkey'}</Link>
          </p>
        )}
        <Wrong>{wrong}</Wrong>
      </div>
    </div>
  )
}
