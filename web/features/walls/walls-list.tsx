import { Button } from '@mantine/core'
import { useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import type { WallView } from '../../../src/contract/wall.ts'
import { count, dateOf } from '../../lib/format.ts'
import { Empty } from '../../ui/empty.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Filter } from '../../ui/filter.tsx'
import { Lines } from '../../ui/lines.tsx'
import { useWalls } from './api.ts'
import { needsDoing, WallState, WallTitle, WallTodo } from './wall-marks.tsx'
import { isOver, RULES } from './words.ts'

const VIEWS = {
  standing: { name: 'Standing', holds: (wall: WallView) => !isOver(wall), empty: 'No wall stands.' },
  todo: { name: 'To do', holds: needsDoing, empty: 'Nothing is to be done: all is acknowledged and certified, and no lifting waits.' },
  over: { name: 'Over', holds: isOver, empty: 'No wall has ended or was lifted.' },
}
type View = keyof typeof VIEWS

export function WallsList() {
  const walls = useWalls()
  if (walls.isPending) return <Lines />
  if (!walls.data) return <Fault fault={walls.error} retry={() => void walls.refetch()} />
  if (walls.data.length === 0)
    return (
      <section className="panel">
        <Empty
          title="No wall was raised yet"
          act={
            <Button component={Link} to="/walls/new" variant="filled">
              Raise the first wall
            </Button>
          }
        >
          Before anything is done you see who would lose what, and what they saw before.
        </Empty>
      </section>
    )
  return <List walls={walls.data} />
}

function List({ walls }: { walls: WallView[] }) {
  const [at] = useSearchParams()
  const [typed, setTyped] = useState('')
  const view = (Object.keys(VIEWS) as View[]).find((name) => name === at.get('view')) ?? 'standing'
  const inView = walls.filter(VIEWS[view].holds)
  const found = inView.filter((wall) => answers(wall, typed))
  return (
    <>
      <div className="row spread wrap listbar">
        <nav className="tabs" aria-label="Which walls">
          {(Object.keys(VIEWS) as View[]).map((name) => (
            <Link key={name} to={`?view=${name}`} replace preventScrollReset aria-current={name === view ? 'page' : undefined}>
              {VIEWS[name].name}
              <span className="n">{count(walls.filter(VIEWS[name].holds).length)}</span>
            </Link>
          ))}
        </nav>
        <Filter label="Filter the walls" placeholder="Person, matter or rule" value={typed} onChange={setTyped} />
      </div>
      {found.length > 0 && <Table walls={found.toSorted((one, other) => other.startsAt.localeCompare(one.startsAt))} />}
      {found.length === 0 && (
        <p className="soft none" role="status">
          {inView.length === 0 ? VIEWS[view].empty : `No wall here answers to “${typed.trim()}”.`}
        </p>
      )}
    </>
  )
}

const answers = (wall: WallView, typed: string) =>
  [
    wall.title,
    ...wall.targets.map(({ name }) => name),
    ...wall.screened.map(({ name }) => name),
    RULES[wall.rule].name,
    RULES[wall.rule].cite,
  ]
    .join(' ')
    .toLowerCase()
    .includes(typed.trim().toLowerCase())

function Table({ walls }: { walls: WallView[] }) {
  const go = useNavigate()
  return (
    <section className="panel clip" aria-label="Walls">
      <table className="table walltable">
        <thead>
          <tr>
            <th scope="col">Who from what</th>
            <th scope="col">State</th>
            <th scope="col">Rule</th>
            <th scope="col">Since</th>
            <th scope="col">To do</th>
          </tr>
        </thead>
        <tbody>
          {walls.map((wall) => (
            <tr key={wall.id} className="goes" onClick={() => void go(`/walls/${wall.id}`)}>
              <th scope="row">
                <Link to={`/walls/${wall.id}`} onClick={(event) => event.stopPropagation()}>
                  <WallTitle of={wall} />
                </Link>
              </th>
              <td>
                <WallState of={wall.state} />
              </td>
              <td className="rule">
                {RULES[wall.rule].name} <span className="meta">{RULES[wall.rule].cite}</span>
              </td>
              <td className="dim nowrap">{dateOf(wall.startsAt)}</td>
              <td className="due">
                <WallTodo of={wall} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
