import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { type MatterPage, PARTY_ROLES, type PartyView } from '../../../src/contract/matter.ts'
import { useAct } from '../../app/acts.ts'
import { naturally } from '../../lib/format.ts'
import { Fault } from '../../ui/fault.tsx'
import { line } from '../../ui/icons.ts'
import { Lines } from '../../ui/lines.tsx'
import { Asks } from '../people/asks.tsx'
import { useParties, useRemoveParty } from './api.ts'
import { KeepParty } from './keep-party.tsx'
import { PARTY } from './words.ts'

export function Parties({ matter }: { matter: MatterPage }) {
  const parties = useParties(matter.id, true)
  const mayKeep = matter.may.parties
  const [kept, setKept] = useState<PartyView | 'new' | null>(null)
  const add = () => setKept('new')
  useAct(mayKeep, 'Add a party', add)
  const sorted = (parties.data ?? []).toSorted(
    (a, b) => PARTY_ROLES.indexOf(a.role) - PARTY_ROLES.indexOf(b.role) || naturally(a.name, b.name),
  )
  return (
    <section className="panel clip" aria-labelledby="parties">
      <header>
        <h2 className="sub" id="parties">
          Parties
        </h2>
        {mayKeep && (
          <Button className="push" size="xs" leftSection={<IconPlus {...line} size={14} />} onClick={add}>
            Add a party
          </Button>
        )}
      </header>
      {parties.isPending && <Lines count={3} />}
      {parties.error && !parties.data && <Fault fault={parties.error} retry={() => void parties.refetch()} />}
      {parties.data?.length === 0 && (
        <p className="body soft">
          No party stands here yet beside {matter.client.name}.{' '}
          {mayKeep && 'Add who is adverse first: the conflicts check looks at every name.'}
        </p>
      )}
      {sorted.length > 0 && (
        <ul className="facts parties4">
          {sorted.map((party) => (
            <Party key={party.id} matter={matter} party={party} onChange={mayKeep ? () => setKept(party) : null} />
          ))}
        </ul>
      )}
      <KeepParty matter={matter} party={kept} onClose={() => setKept(null)} />
    </section>
  )
}

type Props = { matter: MatterPage; party: PartyView; onChange: (() => void) | null }

function Party({ matter, party, onChange }: Props) {
  const [asks, setAsks] = useState(false)
  const remove = useRemoveParty(matter.id)
  const more = [
    ['Formerly', party.formerNames],
    ['Also known as', party.aliases],
    ['E-mail', party.emails],
    ['Address', party.addresses],
  ] as const
  if (asks)
    return (
      <li>
        <Asks
          act="Take out"
          keep="Keep it"
          run={async () => {
            await remove.mutateAsync(party.id)
            notifications.show({ message: `${party.name} is taken out.` })
          }}
          onKeep={() => setAsks(false)}
        >
          {party.name} is no party of this matter any more. The conflicts register keeps its names.
        </Asks>
      </li>
    )
  return (
    <li>
      <span className="meta">{PARTY[party.role]}</span>
      <div>
        <b>{party.name}</b>
        {party.actsFor && <span className="soft">, for {party.actsFor}</span>}
        {more
          .filter(([, values]) => values.length > 0)
          .map(([name, values]) => (
            <p key={name} className="meta">
              {name} {values.join('; ')}
            </p>
          ))}
      </div>
      {onChange && (
        <span className="row">
          <Button size="xs" variant="subtle" onClick={onChange} aria-label={`Change ${party.name}`}>
            Change
          </Button>
          <Button size="xs" variant="subtle" onClick={() => setAsks(true)} aria-label={`Take out ${party.name}`}>
            Take out
          </Button>
        </span>
      )}
    </li>
  )
}
