import { Button, Drawer } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { Link } from 'react-router'
import type { MatterPage } from '../../../src/contract/matter.ts'
import { Asks } from '../people/asks.tsx'
import { type Recipient, useRemove } from './api.ts'
import { AddAddress } from './add-address.tsx'
import { AddressPart } from './address-part.tsx'
import { KeepRecipient } from './keep-recipient.tsx'
import { PART_WORDS, SIDE_WORDS } from './words.ts'

type May = { keep: boolean; verify: boolean }
type Props = { matter: MatterPage; /** Null while closed. */ recipient: Recipient | null; may: May; onClose: () => void }

/** A recipient: their part here and elsewhere, their addresses, and what confirmed each. */
export function RecipientCard({ matter, recipient, may, onClose }: Props) {
  return (
    <Drawer opened={recipient !== null} onClose={onClose} title={recipient?.name} size="lg">
      {recipient && <Card key={recipient.id} matter={matter} recipient={recipient} may={may} onClose={onClose} />}
    </Drawer>
  )
}

function Card({ matter, recipient, may, onClose }: Props & { recipient: Recipient }) {
  const [doing, setDoing] = useState<'change' | 'remove' | 'add' | null>(null)
  const remove = useRemove(matter.id)
  const { name, office, part, side, actsFor, addresses, elsewhere } = recipient
  return (
    <div className="stack lg">
      <div className="stack xs">
        {office && <p>{office}</p>}
        <p className="soft">
          {PART_WORDS[part]}
          {actsFor && ` for ${actsFor}`}, {SIDE_WORDS[side]}
        </p>
        {elsewhere.map((its) => (
          <p key={its.matter} className="meta">
            {PART_WORDS[its.part]}, {SIDE_WORDS[its.side]}, in <Link to={`/matters/${its.matter}/recipients`}>{its.title}</Link>
          </p>
        ))}
      </div>
      {addresses.map((address) => (
        <AddressPart key={address.id} matter={matter} recipient={recipient} address={address} may={may} />
      ))}
      {doing === 'add' && <AddAddress matter={matter} recipient={recipient} onClose={() => setDoing(null)} />}
      {doing === 'remove' && (
        <Asks
          act="Take out"
          keep="Keep"
          run={async () => {
            await remove.mutateAsync(recipient.id)
            notifications.show({ message: `${name} is taken out.` })
            onClose()
          }}
          onKeep={() => setDoing(null)}
        >
          Nothing goes to {name} out of this matter any more. What was sent stays recorded.
        </Asks>
      )}
      {may.keep && doing !== 'add' && doing !== 'remove' && (
        <div className="row wrap">
          <Button size="xs" onClick={() => setDoing('add')}>
            Add an address
          </Button>
          <Button size="xs" variant="subtle" onClick={() => setDoing('change')}>
            Change
          </Button>
          <Button size="xs" variant="subtle" onClick={() => setDoing('remove')}>
            Take out of the matter
          </Button>
        </div>
      )}
      <KeepRecipient
        matter={matter}
        recipient={doing === 'change' ? recipient : null}
        onClose={() => setDoing(null)}
        onKept={() => setDoing(null)}
      />
    </div>
  )
}
