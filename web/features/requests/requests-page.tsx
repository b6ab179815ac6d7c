import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useEffect } from 'react'
import { NavLink, Outlet, useLocation, useNavigate } from 'react-router'
import type { Me } from '../../../src/contract/session.ts'
import { useAct } from '../../app/acts.ts'
import { count } from '../../lib/format.ts'
import { useSection } from '../../lib/section.ts'
import { Nothing } from '../../ui/fault.tsx'
import { useMe } from '../session/api.ts'
import { useRequests, useReviews } from './api.ts'
import { AskAccess } from './ask-access.tsx'
import type { ToAsk } from './ask-link.tsx'
import { BreakGlass } from './break-glass.tsx'
import { DecideTab } from './decide-tab.tsx'
import { YoursTab } from './yours-tab.tsx'

const decides = (me: Me) => me.may.includes('grant.approve') || me.may.includes('grant.oversee')
const reviews = (me: Me) => me.may.includes('grant.oversee')

export function RequestsPage() {
  const me = useMe().data
  if (!me) return null
  const uses = decides(me) || me.may.includes('grant.request') || me.may.includes('grant.break-glass')
  return uses ? <Requests me={me} /> : <Nothing />
}

/** The first tab: what waits for one's word, and for everyone else what they asked for themselves. */
export function RequestsFirst() {
  const me = useMe().data
  return me && decides(me) ? <DecideTab /> : <YoursTab />
}

function Requests({ me }: { me: Me }) {
  useSection('Requests')
  const go = useNavigate()
  const location = useLocation()
  const [asking, ask] = useDisclosure()
  const [goesIn, emergency] = useDisclosure()
  const mayAsk = me.may.includes('grant.request')
  const mayGoIn = me.may.includes('grant.break-glass')
  const comesToAsk = mayAsk && (location.state as ToAsk | null)?.ask
  useEffect(() => {
    if (!comesToAsk) return
    ask.open()
    void go(location.pathname, { replace: true, state: null })
  }, [comesToAsk, ask, go, location.pathname])
  useAct(mayGoIn, 'Go in by emergency', emergency.open)
  const toYours = () => void (decides(me) && go('/requests/yours', { replace: true, preventScrollReset: true }))
  return (
    <div className="page personpage">
      <div className="row spread wrap">
        <div className="stack xs">
          <h1 className="title">Requests</h1>
          <p className="soft">Access to a matter for a time, with a reason. It ends by itself.</p>
        </div>
        <div className="row wrap acts">
          {mayGoIn && <Button onClick={emergency.open}>Go in by emergency</Button>}
          {mayAsk && (
            <Button variant={decides(me) ? 'default' : 'filled'} onClick={ask.open}>
              Ask for access
            </Button>
          )}
        </div>
      </div>
      {decides(me) && <Tabs me={me} />}
      <Outlet />
      <AskAccess opened={asking} onClose={ask.close} onSent={toYours} />
      <BreakGlass opened={goesIn} onClose={emergency.close} onSent={toYours} />
    </div>
  )
}

function Tabs({ me }: { me: Me }) {
  const waiting = useRequests(true).data?.filter((request) => request.mayDecide || request.mayRoute).length
  const open = useReviews(reviews(me)).data?.filter((review) => !review.closedAt).length
  return (
    <nav className="tabs underlined" aria-label="Parts of the requests">
      <NavLink to="/requests" end>
        To decide
        <Some n={waiting} />
      </NavLink>
      {reviews(me) && (
        <NavLink to="/requests/emergencies">
          Emergencies
          <Some n={open} />
        </NavLink>
      )}
      {me.may.includes('grant.request') && <NavLink to="/requests/yours">Yours</NavLink>}
    </nav>
  )
}

const Some = ({ n }: { n: number | undefined }) => (n ? <span className="n">{count(n)}</span> : null)
