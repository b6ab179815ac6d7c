import { useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { queries } from '../../app/queries.ts'
import { keepSecret } from '../setup/fragment.ts'
import type { Next, SignedIn } from './api.ts'

/** What a page that sends someone to the sign-in gives along: where they came from, and a sentence to show. */
export type Sent = { from?: string; why?: string | null } | null

/**
 * The way from a sign-in's answer into the firm: in at once, to the link page where a first factor is enrolled, or
 * `next` when this page asks for more. Whatever an earlier session had read is dropped first.
 */
export function useEntry() {
  const go = useNavigate()
  const { state } = useLocation() as { state: Sent }
  const [next, setNext] = useState<Next | null>(null)
  const enter = async (signedIn: SignedIn): Promise<void> => {
    if (signedIn.next === null) {
      queries.clear()
      return go(state?.from ?? '/', { replace: true })
    }
    if (signedIn.next.step !== 'factor') return setNext(signedIn.next)
    keepSecret(signedIn.next.secret)
    return go('/invitation', { replace: true })
  }
  return { next, enter, startAgain: () => setNext(null) }
}
