import { useEffect, useRef } from 'react'
import { NavLink, Outlet, useLocation, useOutletContext } from 'react-router'
import type { SettingName, SettingView } from '../../../src/contract/access.ts'
import type { Answer } from '../../lib/ask.ts'
import { useSection } from '../../lib/section.ts'
import { Fault, Nothing } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { useMe } from '../session/api.ts'
import { useSettings } from './api.ts'

type Here = { settings: Answer<'setting.list'>; mayChange: boolean }
export const useSettingsHere = () => useOutletContext<Here>()

/** One setting of those that were read; one that the server does not keep yet stands as it comes. */
export const settingOf = ({ settings }: Answer<'setting.list'>, name: SettingName): SettingView =>
  settings.find((setting) => setting.name === name) ?? { name, value: {}, version: 0, setBy: null, setAt: null, reason: null }

const PARTS = [
  { to: '/settings', name: 'Passwords' },
  { to: '/settings/sessions', name: 'Sessions' },
  { to: '/settings/identity', name: 'Identity provider' },
  { to: '/settings/directory', name: 'Directory' },
  { to: '/settings/mail', name: 'Mail' },
  { to: '/settings/matters', name: 'Matters' },
  { to: '/settings/search', name: 'Search' },
  { to: '/settings/checkpoints', name: 'Checkpoints' },
  { to: '/settings/receivers', name: 'Receivers' },
]

export function SettingsPage() {
  const may = useMe().data?.may
  return may?.includes('setting.read') ? <Settings mayChange={may.includes('setting.change')} /> : <Nothing />
}

function Settings({ mayChange }: { mayChange: boolean }) {
  useSection('Settings')
  const settings = useSettings()
  const tabs = useRef<HTMLElement>(null)
  const at = useLocation().pathname
  // on a phone the row is wider than the page
  useEffect(() => tabs.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' }), [at])
  return (
    <div className="page personpage">
      <div className="stack xs">
        <h1 className="title">Settings</h1>
        <p className="soft">Each change is an act with a reason, and every version is kept.</p>
      </div>
      <nav ref={tabs} className="tabs underlined" aria-label="Parts of the settings">
        {PARTS.map((part) => (
          <NavLink key={part.to} to={part.to} end>
            {part.name}
          </NavLink>
        ))}
      </nav>
      {settings.isPending && <Lines />}
      {settings.error && !settings.data && <Fault fault={settings.error} retry={() => void settings.refetch()} />}
      {settings.data && <Outlet context={{ settings: settings.data, mayChange } satisfies Here} />}
    </div>
  )
}
