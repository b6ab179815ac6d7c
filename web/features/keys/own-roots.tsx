import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { Link } from 'react-router'
import { counted, dateOf, fullTime } from '../../lib/format.ts'
import { Cite } from '../../ui/cite.tsx'
import { Fact, Wrong } from '../../ui/fact.tsx'
import { Lines } from '../../ui/lines.tsx'
import { Panel } from '../../ui/panel.tsx'
import { State } from '../../ui/state.tsx'
import { useMatters } from '../matters/api.ts'
import { type OwnRoot, type OwnRoots as All, useAddOwnRoot, useOwnRoots, useTestOwnRoot } from './api.ts'

/** Keys under which clients have their matters put: whether each is given out, what stands under it, and those that can be added. */
export function OwnRoots() {
  const all = useOwnRoots()
  return (
    <Panel id="keys-own" title="Keys that clients bring">
      {all.isPending && <Lines count={2} />}
      {all.error && !all.data && (
        <div className="body stack">
          <Wrong>Which keys clients have brought could not be read.</Wrong>
          <div>
            <Button onClick={() => void all.refetch()}>Ask again</Button>
          </div>
        </div>
      )}
      {all.data && <Known all={all.data} />}
    </Panel>
  )
}

const Known = ({ all: { roots, offered, minutes } }: { all: All }) => (
  <>
    {roots.length > 0 && (
      <ul className="facts">
        {roots.map((root) => (
          <One key={root.id} root={root} />
        ))}
      </ul>
    )}
    <div className="body stack">
      {roots.length === 0 && <p>No client has brought a key.</p>}
      {offered.map((place) => (
        <Offered key={place.name} {...place} />
      ))}
      <p className="meta">
        A matter under such a key opens with it and the firm’s keys together, and with neither alone. Two people who are responsible for a
        matter put it under the key, on the matter’s page. A key that is given out is held in memory for {counted(minutes, 'minute')} at
        most.
      </p>
      <p className="meta">How the server comes to a key is written down on the server: subrosa key own-root add.</p>
    </div>
  </>
)

const KINDS: Record<OwnRoot['kind'], string> = { transit: 'OpenBao or Vault', kms: 'AWS KMS', file: 'a file on the server' }

function One({ root }: { root: OwnRoot }) {
  const { id, name, kind, by, addedAt, state, at, why, due } = root
  const test = useTestOwnRoot()
  const ask = () =>
    test.mutate(id, {
      onSuccess: (now) => now.state === 'held' && notifications.show({ message: `${name} is given out.` }),
    })
  return (
    <li className="stack sm">
      <div className="row spread wrap top">
        <div>
          <h3 className="name">{name}</h3>
          <p className="meta">
            In {KINDS[kind]}. {by} added it on {dateOf(addedAt)}.
          </p>
        </div>
        <span className="row wrap">
          {state === 'held' && <State kind="ok">Given out until {fullTime(at!)}</State>}
          {state === 'withheld' && <State kind="wait">Withheld since {fullTime(at!)}</State>}
          {state === 'resting' && <span className="state">Not in use now</span>}
          <Button size="xs" onClick={ask} loading={test.isPending} aria-label={`Ask for it now: ${name}`}>
            Ask for it now
          </Button>
        </span>
      </div>
      {state === 'withheld' && (
        <Fact>
          <p>
            {why} Until it is given out, nothing of the matters under it opens, and the rest of the firm goes on. It is asked for again as
            soon as someone needs it.
          </p>
        </Fact>
      )}
      <Under root={root} />
      {due > 0 && <p className="soft">{counted(due, 'matter is', 'matters are')} on the way to it.</p>}
      <Wrong>{test.error?.message}</Wrong>
    </li>
  )
}

/** By name those within reach; the others are a number. */
function Under({ root: { matters, within } }: { root: OwnRoot }) {
  const known = useMatters(within.length > 0).data
  if (matters === 0) return <p className="soft">No matter is under it yet.</p>
  const named = (known ?? []).filter(({ id }) => within.includes(id))
  const rest = matters - named.length
  return (
    <p>
      {counted(matters, 'matter')} under it
      {named.length === 0 ? (
        '. Which, their own people see.'
      ) : (
        <>
          :{' '}
          {named.map(({ id, title, isLocked, client }, at) => (
            <span key={id}>
              {at > 0 && ', '}
              <Link to={`/matters/${id}`}>{isLocked ? `one of ${client.name}, locked` : <Cite>{title}</Cite>}</Link>
            </span>
          ))}
          {rest > 0 && `, and ${counted(rest, 'other')} that you do not see`}.
        </>
      )}
    </p>
  )
}

function Offered({ name, kind }: All['offered'][number]) {
  const add = useAddOwnRoot()
  return (
    <div className="stack sm">
      <div className="row spread wrap">
        <p>
          <b>{name}</b> <span className="soft">stands on the server, in {KINDS[kind]}, and is not added yet.</span>
        </p>
        <Button
          loading={add.isPending}
          onClick={() => add.mutate(name, { onSuccess: () => notifications.show({ message: `${name} is added.` }) })}
        >
          Add {name}
        </Button>
      </div>
      <Wrong>{add.error?.message}</Wrong>
    </div>
  )
}
