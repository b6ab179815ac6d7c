import { Button } from '@mantine/core'
import { IconBuilding } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { placeRefusal } from '../../lib/form.ts'
import { type Passkey, passkeysHere, passkeysInFields, showPasskey, stopAsking } from '../../lib/passkey.ts'
import { Refused } from '../../lib/refused.ts'
import { line } from '../../ui/icons.ts'
import { KeyMark } from '../../ui/key-mark.tsx'
import { Or } from '../../ui/or.tsx'
import { challenge, goToProvider } from './api.ts'

type Props = {
  sso: { label: string } | null
  onPasskey: (passkey: Passkey) => Promise<void>
  onWrong: (text: string | null) => void
}

/** The ways in without a password: a passkey, and the firm's identity provider. */
export function OtherWays({ sso, onPasskey, onWrong }: Props) {
  const [under, setUnder] = useState<'passkey' | 'sso' | null>(null)
  const [refused, setRefused] = useState(false)
  const byPasskey = passkeysHere()

  const go = async (way: 'passkey' | 'sso', through: () => Promise<void>) => {
    onWrong(null)
    setRefused(false)
    setUnder(way)
    try {
      await through()
    } catch (fault) {
      setRefused(true)
      const unknown = way === 'passkey' && fault instanceof Refused && fault.code === 'session.refused'
      onWrong(unknown ? 'That passkey opens nothing here. Use another one, or your password.' : placeRefusal(fault, []).text)
    } finally {
      setUnder(null)
    }
  }
  useOffered(under === null && !refused, (passkey) => void go('passkey', () => onPasskey(passkey)))
  const showKey = () =>
    go('passkey', async () => {
      const passkey = await showPasskey(await challenge())
      if (passkey) await onPasskey(passkey)
      else onWrong('The browser gave no passkey. Try again, or use your password.')
    })

  if (!byPasskey && !sso) return null
  return (
    <>
      <div className="stack">
        {byPasskey && (
          <Button size="lg" fullWidth leftSection={<KeyMark />} loading={under === 'passkey'} onClick={() => void showKey()}>
            Sign in with a passkey
          </Button>
        )}
        {sso && (
          <Button
            size="lg"
            fullWidth
            leftSection={<IconBuilding {...line} />}
            loading={under === 'sso'}
            onClick={() => void go('sso', goToProvider)}
          >
            Sign in with {sso.label}
          </Button>
        )}
      </div>
      <Or />
    </>
  )
}

/**
 * Offers passkeys where the browser fills in the name. It is asked anew whenever the page comes back into view, because
 * the server's question does not stand for long, and not after a refusal: a browser that answers by itself would go on
 * for ever. A courtesy: without it the button is still there.
 */
function useOffered(free: boolean, use: (passkey: Passkey) => void): void {
  const latest = useRef(use)
  latest.current = use
  useEffect(() => {
    if (!free) return
    let here = true
    const offer = async () => {
      if (document.visibilityState !== 'visible' || !(await passkeysInFields()) || !here) return
      const options = await challenge()
      const passkey = here ? await showPasskey(options, true) : null
      if (here && passkey) latest.current(passkey)
    }
    const begin = () =>
      void offer().catch((fault: unknown) => {
        if (!(fault instanceof Refused)) throw fault
      })
    begin()
    document.addEventListener('visibilitychange', begin)
    return () => {
      here = false
      document.removeEventListener('visibilitychange', begin)
      void stopAsking()
    }
  }, [free])
}
