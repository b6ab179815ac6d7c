import { Button } from '@mantine/core'
import { useRef } from 'react'
import { Link, useNavigate } from 'react-router'
import type { PersonView } from '../../../src/contract/person.ts'
import { useKeys } from '../../lib/keys.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { State } from '../../ui/state.tsx'
import { When } from '../../ui/values.tsx'
import { OverdueMarks, Standing } from './standing.tsx'
import { factorWords } from './words.ts'

type Props = { people: PersonView[]; seesSignIn: boolean; /** For those who may invite. */ onAgain: ((person: PersonView) => void) | null }

/** People by name; on a phone each is a card. */
export function PeopleTable({ people, seesSignIn, onAgain }: Props) {
  const body = useRef<HTMLTableSectionElement>(null)
  const move = useMover(body)
  useKeys({ j: () => move(1), k: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1) })
  const again = people.some((person) => person.state === 'invited') ? onAgain : null
  return (
    <section className="panel clip" aria-label="People">
      <table className="table folk">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Roles</th>
            {seesSignIn && <th scope="col">Second factor</th>}
            {seesSignIn && <th scope="col">Last here</th>}
            <th scope="col">State</th>
            {again && (
              <th scope="col">
                <span className="vh">Do</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody ref={body}>
          {people.map((person) => (
            <Row key={person.id} person={person} seesSignIn={seesSignIn} onAgain={again} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Moves the focus by one person, from the one that has it or had it last. */
function useMover(body: React.RefObject<HTMLTableSectionElement | null>) {
  const at = useRef(-1)
  return (by: number) => {
    const rows = [...(body.current?.querySelectorAll<HTMLElement>('[data-go]') ?? [])]
    const focused = rows.indexOf(document.activeElement as HTMLElement)
    at.current = Math.min(Math.max((focused < 0 ? at.current : focused) + by, 0), rows.length - 1)
    rows[at.current]?.focus()
  }
}

const works = ({ state }: PersonView) => state === 'active' || state === 'leaving'

function Row({ person, seesSignIn, onAgain }: Omit<Props, 'people'> & { person: PersonView }) {
  const go = useNavigate()
  const factors = factorWords(person.signIn?.factors ?? [])
  return (
    <tr className="goes" onClick={() => void go(`/people/${person.id}`)}>
      <th scope="row">
        <span className="name">
          <Avatar name={person.name} />
          <span>
            <Link to={`/people/${person.id}`} data-go onClick={(event) => event.stopPropagation()}>
              {person.name}
            </Link>{' '}
            <span className="meta">{person.email}</span>
          </span>
        </span>
      </th>
      <td className="roles">{person.roleNames.join(', ')}</td>
      {seesSignIn && (
        <td className="factors">
          {factors ? <State kind="ok">{factors}</State> : <span className="dim nothing">{works(person) && 'None'}</span>}
        </td>
      )}
      {seesSignIn && <td className="dim seen">{person.signIn?.seenAt ? <When at={person.signIn.seenAt} /> : null}</td>}
      <td className="stand">
        <span className="marks">
          <Standing of={person} />
          <OverdueMarks of={person} />
        </span>
      </td>
      {onAgain && (
        <td className="num end">
          {person.state === 'invited' && (
            <Button
              size="xs"
              aria-label={`Send again: the invitation of ${person.name}`}
              onClick={(event) => (event.stopPropagation(), onAgain(person))}
            >
              Send again
            </Button>
          )}
        </td>
      )}
    </tr>
  )
}
