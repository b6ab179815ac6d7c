import { Drawer } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconMenu2, IconSearch } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { NavLink, Outlet, ScrollRestoration, useLocation, useMatch } from 'react-router'
import type { Me } from '../../src/contract/session.ts'
import { MemorandaNotice } from '../features/walls/memoranda-notice.tsx'
import { Tray } from '../features/vault/tray.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { line } from '../ui/icons.ts'
import { Brand } from '../ui/mark.tsx'
import { useFirstFault } from '../lib/first-fault.ts'
import { useFocusKept } from '../lib/focus-kept.ts'
import { ThemeSwitch } from '../ui/theme-switch.tsx'
import { ClockNotice } from './clock-notice.tsx'
import { KeysHelp } from './keys-help.tsx'
import { openPalette, Palette } from './palette.tsx'
import { pagesFor } from './pages.ts'
import { Standing } from './standing.tsx'

export function Shell({ me }: { me: Me }) {
  const [menuOpen, menu] = useDisclosure()
  const onFiles = [useMatch('/matters/:matter'), useMatch('/matters/:matter/documents/:document')].some(Boolean)
  return (
    <>
      <a className="skip" href="#main">
        To the content
      </a>
      <div className="app">
        <nav className="rail" aria-label="Subrosa">
          <button className="icon menu" type="button" aria-label="Menu" onClick={menu.open}>
            <IconMenu2 {...line} />
          </button>
          <NavLink className="brand" to="/" aria-label="Subrosa">
            <Brand />
          </NavLink>
          <button className="find" type="button" onClick={openPalette}>
            <IconSearch {...line} />
            <span>Find or do</span>
            <kbd>Ctrl K</kbd>
          </button>
          <Sections me={me} />
          <div className="me">
            <NavLink to="/account">
              <span className="vh">My account</span>
              <Avatar name={me.name} />
              <span>
                <span>{me.name}</span>
                <span className="meta">{me.roleNames.join(', ')}</span>
              </span>
            </NavLink>
            <Unread count={me.unread} />
            <ThemeSwitch />
          </div>
        </nav>
        <Main>
          <Standing me={me} />
          <MemorandaNotice />
          <ClockNotice me={me} />
          <Outlet />
          {!onFiles && <Tray />}
        </Main>
      </div>
      <Drawer opened={menuOpen} onClose={menu.close} position="left" size="17rem" title="Subrosa">
        <nav aria-label="Sections">
          <Sections me={me} onGo={menu.close} />
        </nav>
      </Drawer>
      <Palette me={me} />
      <KeysHelp me={me} />
      <ScrollRestoration />
    </>
  )
}

function Sections({ me, onGo }: { me: Me; onGo?: () => void }) {
  return (
    <div className="sections">
      {[...Map.groupBy(pagesFor(me), (page) => page.group)].map(([group, pages]) => (
        <div key={group}>
          {group && <h2>{group}</h2>}
          {pages.map((page) => (
            <NavLink key={page.to} to={page.to} onClick={onGo}>
              <page.icon {...line} />
              {page.name}
              <Waiting count={page.waiting} />
            </NavLink>
          ))}
        </div>
      ))}
    </div>
  )
}

/** How many acts wait on that page for this person. */
function Waiting({ count }: { count: number }) {
  if (count === 0) return null
  return (
    <span className="n push">
      {count}
      <span className="vh"> waiting for you</span>
    </span>
  )
}

/** Beside one's name: what one has not read yet. */
function Unread({ count }: { count: number }) {
  if (count === 0) return null
  return (
    <NavLink className="unread" to="/account/notices" title="Notices">
      {count > 99 ? '99+' : count}
      <span className="vh"> unread {count === 1 ? 'notice' : 'notices'}</span>
    </NavLink>
  )
}

/** Their parts are tabs: a change of tab leaves the focus where it is. A matter and a person are told apart by their ids. */
const TABBED = ['account', 'requests', 'roles', 'settings']

/** The page. A change of page moves the focus here, so that a screen reader starts at its top. */
function Main({ children }: { children: React.ReactNode }) {
  const [section, part] = useLocation().pathname.split('/').slice(1)
  const place = TABBED.includes(section ?? '') ? section : `${section}/${part}`
  const main = useRef<HTMLElement>(null)
  useFocusKept()
  useFirstFault()
  const before = useRef(place)
  useEffect(() => {
    if (before.current !== place) main.current?.focus({ preventScroll: true })
    before.current = place
  }, [place])
  return (
    <main className="main" id="main" tabIndex={-1} ref={main}>
      {children}
    </main>
  )
}
