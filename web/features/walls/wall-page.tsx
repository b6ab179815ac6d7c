import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronRight, IconFileDownload } from '@tabler/icons-react'
import { Link, NavLink, Outlet, useOutletContext, useParams } from 'react-router'
import { WallId } from '../../../src/contract/ids.ts'
import type { WallPage as Wall } from '../../../src/contract/wall.ts'
import { count, fullTime } from '../../lib/format.ts'
import { useSection } from '../../lib/section.ts'
import { Fault, Nothing } from '../../ui/fault.tsx'
import { line } from '../../ui/icons.ts'
import { Lines } from '../../ui/lines.tsx'
import { useMe } from '../session/api.ts'
import { useWall } from './api.ts'
import { Lift } from './lift.tsx'
import { Pack } from './pack.tsx'
import { WallState, WallTitle } from './wall-marks.tsx'
import { WallNotices } from './wall-notices.tsx'
import { ruleWords } from './words.ts'

type Here = { wall: Wall; /** When it was read, as the clock had it. */ readAt: number }
export const useWallHere = () => useOutletContext<Here>()

export function WallPage() {
  const may = useMe().data?.may
  const id = WallId.safeParse(useParams().wall)
  return may?.includes('wall.keep') && id.success ? <Reading id={id.data} key={id.data} /> : <Nothing />
}

function Reading({ id }: { id: WallId }) {
  const wall = useWall(id)
  if (wall.isPending) return <Lines count={3} />
  if (wall.data && !wall.error) return <Page wall={wall.data} readAt={wall.dataUpdatedAt} />
  return <Fault top fault={wall.error} retry={() => void wall.refetch()} />
}

function Page({ wall, readAt }: Here) {
  useSection('Walls')
  const [lifting, lift] = useDisclosure()
  const [packing, pack] = useDisclosure()
  return (
    <>
      <div className="mhead">
        <div className="row spread wrap">
          <nav className="crumbs" aria-label="Path">
            <Link to="/walls">Walls</Link>
            <IconChevronRight {...line} size={12} />
            <span>{wall.kind === 'two-sided' ? 'Two sides' : 'One side'}</span>
          </nav>
          <span className="meta">
            raised by {wall.raisedBy} on {fullTime(wall.raisedAt)}
          </span>
        </div>
        <div className="row spread wrap">
          <div className="row wrap titleline">
            <h1 className="title walltitle">
              <WallTitle of={wall} />
            </h1>
            <WallState of={wall.state} />
          </div>
          <div className="row acts">
            {wall.may.pack && (
              <Button leftSection={<IconFileDownload {...line} />} onClick={pack.open}>
                Screening pack
              </Button>
            )}
            {wall.may.lift && !wall.lifting && <Button onClick={lift.open}>Ask to lift it</Button>}
          </div>
        </div>
        <dl className="who">
          <div>
            <dt>Rule</dt>
            <dd>{ruleWords(wall.rule)}</dd>
          </div>
          <div>
            <dt>{SINCE[wall.state] ?? 'Stood from'}</dt>
            <dd>{fullTime(wall.startsAt)}</dd>
          </div>
          <div>
            <dt>{wall.liftedAt ? 'Lifted' : 'Until'}</dt>
            <dd>{wall.liftedAt ? fullTime(wall.liftedAt) : wall.endsAt ? fullTime(wall.endsAt) : 'it is lifted'}</dd>
          </div>
          <div>
            <dt>Told</dt>
            <dd>{toldWords(wall)}</dd>
          </div>
        </dl>
        <nav className="tabs" aria-label="Parts of the wall">
          <NavLink to={`/walls/${wall.id}`} end>
            Papers
          </NavLink>
          <NavLink to={`/walls/${wall.id}/seen`}>
            Seen before<span className="n">{count(wall.seen.length)}</span>
          </NavLink>
          <NavLink to={`/walls/${wall.id}/kept`}>How it is kept</NavLink>
        </nav>
      </div>
      <div className="page wallpage">
        <WallNotices wall={wall} />
        <Outlet context={{ wall, readAt } satisfies Here} />
      </div>
      <Lift wall={wall} opened={lifting} onClose={lift.close} />
      <Pack wall={wall} opened={packing} onClose={pack.close} />
    </>
  )
}

const SINCE: Partial<Record<Wall['state'], string>> = { coming: 'Will stand from', standing: 'Stands since' }

function toldWords(wall: Wall): string {
  if (!wall.announced) return 'nobody: silent'
  return wall.withholds ? 'those screened and the team; the team’s access waits for it' : 'those screened and the team'
}
