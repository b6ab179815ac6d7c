import { Spotlight, spotlight } from '@mantine/spotlight'
import { IconArrowRight, IconBell, IconDeviceDesktop, IconFolder, IconSearch, IconUser } from '@tabler/icons-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { Me } from '../../src/contract/session.ts'
import { useSignOut } from '../features/session/api.ts'
import { useMatters } from '../features/matters/api.ts'
import { TO_ASK } from '../features/requests/ask-link.tsx'
import { usePeople } from '../features/people/api.ts'
import { line } from '../ui/icons.ts'
import { useActs } from './acts.ts'
import { PaletteFound } from './palette-found.tsx'
import { pagesFor } from './pages.ts'

const MAY_SEARCH = ['document.list', 'document.read'] as const
export const openPalette = () => spotlight.open()

/** Ctrl K: go somewhere or do something. Matters come from the same list in memory that the matters page shows. */
export function Palette({ me }: { me: Me }) {
  const [query, setQuery] = useState('')
  const go = useNavigate()
  const acts = useActs()
  const signOut = useSignOut()
  const [opened, setOpened] = useState(false)
  const matters = useMatters(opened && me.may.includes('matter.list')).data ?? []
  const said = (text: string) => text.toLowerCase().includes(query.trim().toLowerCase())
  const foundMatters = query.trim()
    ? matters.filter((m) => said(`${m.title} ${m.number} ${m.client.name}`)).slice(0, 8)
    : matters.slice(0, 5)
  const people = usePeople(opened && me.may.includes('person.list')).data ?? []
  const foundPeople = query.trim() ? people.filter((person) => said(`${person.name} ${person.email}`)).slice(0, 5) : []
  const places = [
    ...pagesFor(me).map(({ to, name, icon, key }) => ({ to, name, icon, key })),
    { to: '/account', name: 'My account', icon: IconUser, key: '' },
    { to: '/account/sessions', name: 'Where I am signed in', icon: IconDeviceDesktop, key: '' },
    { to: '/account/notices', name: 'My notices', icon: IconBell, key: '' },
  ].filter((page) => said(page.name))
  const asks = me.may.includes('grant.request')
    ? [{ name: 'Ask for access', run: () => void go('/requests', { state: TO_ASK }), key: undefined }]
    : []
  const doings = [...acts, ...asks, { name: 'Sign out', run: () => signOut.mutate(), key: undefined }].filter((act) => said(act.name))
  const maySearch = MAY_SEARCH.every((permission) => me.may.includes(permission))
  const above = new Set<string>([...foundMatters, ...foundPeople].map(({ id }) => id))
  const nothing = foundMatters.length + foundPeople.length + places.length + doings.length === 0

  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      onSpotlightOpen={() => setOpened(true)}
      onSpotlightClose={() => setOpened(false)}
      tagsToIgnore={[]}
      title="Find or do"
      size="36rem"
      yOffset="12vh"
      overlayProps={{ blur: 0 }}
    >
      <Spotlight.Search placeholder="Find or do" aria-label="Find or do" leftSection={<IconSearch {...line} />} />
      <Spotlight.ActionsList aria-label="Found">
        {foundMatters.length > 0 && (
          <Spotlight.ActionsGroup label="Matters">
            {foundMatters.map((matter) => (
              <Spotlight.Action key={matter.id} onClick={() => void go(`/matters/${matter.id}`)}>
                <IconFolder {...line} />
                <span className="cite">{matter.title}</span>
                <span className="meta push">{matter.number}</span>
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        )}
        {foundPeople.length > 0 && (
          <Spotlight.ActionsGroup label="People">
            {foundPeople.map((person) => (
              <Spotlight.Action key={person.id} onClick={() => void go(`/people/${person.id}`)}>
                <IconUser {...line} />
                {person.name}
                <span className="meta push">{person.roleNames.join(', ')}</span>
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        )}
        {places.length > 0 && (
          <Spotlight.ActionsGroup label="Go to">
            {places.map((page) => (
              <Spotlight.Action key={page.to} onClick={() => void go(page.to)}>
                <page.icon {...line} />
                {page.name}
                {page.key && <kbd className="push">{page.key}</kbd>}
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        )}
        {doings.length > 0 && (
          <Spotlight.ActionsGroup label="Do">
            {doings.map((act) => (
              <Spotlight.Action key={act.name} onClick={act.run}>
                <IconArrowRight {...line} />
                {act.name}
                {act.key && <kbd className="push">{act.key}</kbd>}
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        )}
        {maySearch && opened && <PaletteFound query={query} above={above} />}
        {nothing && !(maySearch && query.trim()) && <Spotlight.Empty>Nothing here goes by that name.</Spotlight.Empty>}
      </Spotlight.ActionsList>
      <Spotlight.Footer>
        <span>↑ ↓ to move</span>
        <span>Enter to open</span>
        <span>Names here are never stored in the browser</span>
      </Spotlight.Footer>
    </Spotlight.Root>
  )
}
