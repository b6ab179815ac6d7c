import { Link } from 'react-router'
import { useMe } from '../session/api.ts'

/** Carried in memory beside the address and never in it: the page of requests opens with the form. */
export type ToAsk = { ask: true }
export const TO_ASK: ToAsk = { ask: true }

/** To the form that asks for access; the same words wherever it stands, so that it tells nothing of the place. */
export function AskLink() {
  const may = useMe().data?.may
  if (!may?.includes('grant.request')) return null
  return (
    <Link to="/requests" state={TO_ASK}>
      Ask for access
    </Link>
  )
}
