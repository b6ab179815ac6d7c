import { Drawer } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconMenu2, IconSearch } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { NavLink, Outlet, ScrollRestoration, useLocation, useMatch } from 'react-router'
import type { Me } from '../../src/contract/person.ts'
import { roleName } from '../features/people/roles.ts'
import { Tray } from '../features/vault/tray.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { line } from '../ui/icons.ts'
import { Brand } from '../ui/mark.tsx'
import { ThemeSwitch } from '../ui/theme-switch.tsx'
import { ClockNotice } from './clock-notice.tsx'
import { KeysHelp } from './keys-help.tsx'
import { openPalette, Palette } from './palette.tsx'
import { pagesFor } from './pages.ts'

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
                <span className="meta">{me.roles.map(roleName).join(', ')}</span>
              </span>
            </NavLink>
            <ThemeSwitch />
          </div>
        </nav>
        <Main>
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
      {pagesFor(me).map((page) => (
        <div key={page.to}>
          {page.group && <h2>{page.group}</h2>}
          <NavLink to={page.to} onClick={onGo}>
            <page.icon {...line} />
            {page.name}
          </NavLink>
        </div>
      ))}
    </div>
  )
}

/** The page. A change of page moves the focus here, so that a screen reader starts at its top. */
function Main({ children }: { children: React.ReactNode }) {
  const place = useLocation().pathname.split('/').slice(1, 3).join('/')
  const main = useRef<HTMLElement>(null)
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
