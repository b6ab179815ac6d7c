import { Button } from '@mantine/core'
import { IconLogout } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { NavLink, Outlet, useLocation } from 'react-router'
import type { Me } from '../../../src/contract/session.ts'
import { count } from '../../lib/format.ts'
import { useSection } from '../../lib/section.ts'
import { line } from '../../ui/icons.ts'
import { useMe, useSignOut } from '../session/api.ts'

export function AccountPage() {
  useSection('My account')
  const me = useMe().data
  const signOut = useSignOut()
  if (!me) return null
  return (
    <div className="page accountpage">
      <div className="row spread wrap">
        <div className="stack xs">
          <h1 className="title">{me.name}</h1>
          <p className="soft">
            {me.roleNames.join(', ')} at {me.firm}
          </p>
        </div>
        <Button leftSection={<IconLogout {...line} />} loading={signOut.isPending} onClick={() => signOut.mutate()}>
          Sign out
        </Button>
      </div>
      <Tabs me={me} />
      <Outlet />
    </div>
  )
}

function Tabs({ me }: { me: Me }) {
  const { pathname } = useLocation()
  const tabs = useRef<HTMLElement>(null)
  useEffect(() => {
    tabs.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [pathname])
  return (
    <nav className="tabs" aria-label="Parts of my account" ref={tabs}>
      <NavLink to="/account" end>
        How I sign in
      </NavLink>
      <NavLink to="/account/sessions">Where I am signed in</NavLink>
      {me.may.includes('token.manage') && <NavLink to="/account/tokens">Access tokens</NavLink>}
      <NavLink to="/account/notices">
        Notices
        {me.unread > 0 && (
          <span className="n">
            {count(me.unread)}
            <span className="vh"> unread</span>
          </span>
        )}
      </NavLink>
      <NavLink to="/account/screen">Screen</NavLink>
    </nav>
  )
}
