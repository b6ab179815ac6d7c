import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link, Navigate, NavLink, Outlet, useLocation, useNavigate } from 'react-router'
import type { Permission } from '../../../src/contract/roles.ts'
import { useAct } from '../../app/acts.ts'
import { useSection } from '../../lib/section.ts'
import { Nothing } from '../../ui/fault.tsx'
import { line } from '../../ui/icons.ts'
import { useMe } from '../session/api.ts'

const PARTS: { to: string; name: string; needs: Permission }[] = [
  { to: '/walls', name: 'Walls', needs: 'wall.keep' },
  { to: '/walls/wide', name: 'Open beyond their teams', needs: 'access.oversee' },
  { to: '/walls/probe', name: 'Probe', needs: 'probe.run' },
]

/** Walls, what stands open, and whether the walls hold; only the parts that the reader may use. */
export function WallsFrame() {
  const may = useMe().data?.may ?? []
  const { pathname } = useLocation()
  const parts = PARTS.filter((part) => may.includes(part.needs))
  const [first] = parts
  if (first && parts.some((part) => part.to === pathname)) return <Frame parts={parts} mayRaise={may.includes('wall.keep')} />
  return first && pathname === '/walls' ? <Navigate to={first.to} replace /> : <Nothing />
}

function Frame({ parts, mayRaise }: { parts: typeof PARTS; mayRaise: boolean }) {
  useSection('Walls')
  const go = useNavigate()
  useAct(mayRaise, 'Raise a wall', () => void go('/walls/new'))
  return (
    <div className="page wallspage">
      <div className="row spread wrap">
        <div className="stack xs">
          <h1 className="title">Walls</h1>
          <p className="soft">A wall keeps people from matters, whatever else they were granted. Those kept out find nothing there.</p>
        </div>
        {mayRaise && (
          <div className="row acts">
            <Button component={Link} to="/walls/new" variant="filled" leftSection={<IconPlus {...line} />}>
              Raise a wall
            </Button>
          </div>
        )}
      </div>
      {parts.length > 1 && (
        <nav className="tabs underlined" aria-label="Parts of the walls">
          {parts.map((part) => (
            <NavLink key={part.to} to={part.to} end>
              {part.name}
            </NavLink>
          ))}
        </nav>
      )}
      <Outlet />
    </div>
  )
}
