import { Navigate, useLocation } from 'react-router'
import { useMe } from '../features/session/api.ts'
import type { Sent } from '../features/session/use-entry.ts'
import { Refused } from '../lib/refused.ts'
import { Fault } from '../ui/fault.tsx'
import { Lines } from '../ui/lines.tsx'
import { Shell } from './shell.tsx'
import { pagesFor } from './pages.ts'

/** Nothing of the inside is drawn before the server has said who asks. */
export function SessionGate() {
  const { pathname } = useLocation()
  const me = useMe()
  if (me.data) return <Shell me={me.data} />
  if (me.error instanceof Refused && ['session.none', 'session.moved'].includes(me.error.code)) {
    const why = me.error.code === 'session.moved' ? me.error.text : null
    return <Navigate to="/sign-in" replace state={{ from: pathname, why } satisfies Sent} />
  }
  if (me.error) return <Fault top fault={me.error} retry={() => void me.refetch()} />
  return <Lines count={3} />
}

/** The first page that this person may use; asking for access is nobody's work. */
export function Home() {
  const me = useMe()
  if (!me.data) return null
  const first = pagesFor(me.data).find((page) => page.to !== '/requests')
  return <Navigate to={first?.to ?? '/account'} replace />
}
