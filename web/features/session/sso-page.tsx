import { notifications } from '@mantine/notifications'
import { useEffect, useState } from 'react'
import { Link, Navigate, useNavigate } from 'react-router'
import { queries } from '../../app/queries.ts'
import { ask } from '../../lib/ask.ts'
import { sentence } from '../../lib/form.ts'
import { Refused } from '../../lib/refused.ts'
import { useSection } from '../../lib/section.ts'
import { Wrong } from '../../ui/fact.tsx'
import { Lines } from '../../ui/lines.tsx'
import type { SignedIn } from './api.ts'
import { Front } from './front.tsx'
import { NextStep } from './next-step.tsx'
import { type Returned, returned } from './returned.ts'
import { useEntry } from './use-entry.ts'

/** Where the identity provider sends people back to, to sign in or to link an account there. */
export function SsoPage() {
  useSection('Sign in')
  const back = returned()
  return back ? <Back back={back} /> : <Navigate to="/sign-in" replace />
}

let underWay: Promise<SignedIn | 'linked'> | null = null
/** What came back serves once, however often the page is drawn. */
const finishOnce = (back: Returned) => (underWay ??= finish(back))

/**
 * Only the server knows what this browser went away for, from the sealed cookie that it gave along: it refuses the wrong
 * one of the two before anything is spent.
 */
async function finish(back: Returned): Promise<SignedIn | 'linked'> {
  try {
    return await ask('sso.finish', { body: { ...back, as: 'cookie' } })
  } catch (fault) {
    if (!(fault instanceof Refused) || fault.code !== 'sso.state') throw fault
    try {
      await ask('sso.link', { body: back })
      return 'linked'
    } catch (unlinked) {
      throw unlinked instanceof Refused && unlinked.code === 'session.none' ? fault : unlinked
    }
  }
}

function Back({ back }: { back: Returned }) {
  const go = useNavigate()
  const { next, enter } = useEntry()
  const [wrong, setWrong] = useState<string | null>(null)
  useEffect(() => {
    finishOnce(back).then(
      async (end) => {
        if (end !== 'linked') return enter(end)
        queries.clear()
        await go('/account', { replace: true })
        notifications.show({ message: 'Your account at the identity provider is linked.' })
      },
      (fault: unknown) => {
        if (!(fault instanceof Refused)) throw fault
        setWrong(sentence(fault))
      },
    )
    // once: what came back serves once
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [])

  if (next)
    return (
      <Front>
        <NextStep next={next} enter={enter} onBack={() => void go('/sign-in', { replace: true })} />
      </Front>
    )
  return (
    <Front>
      <div className="panel signinform stack lg">
        <h2 className="head">{wrong ? 'That did not let you in' : 'Your identity provider has answered'}</h2>
        {wrong ? <Wrong>{wrong}</Wrong> : <Lines count={2} />}
        {wrong && (
          <Link className="meta" to="/" replace>
            Go on to the firm
          </Link>
        )}
      </div>
    </Front>
  )
}
