import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { RecipientId } from '../../../src/contract/ids.ts'
import { PARTS } from '../../../src/contract/recipient.ts'
import { useAct } from '../../app/acts.ts'
import { naturally } from '../../lib/format.ts'
import { Empty } from '../../ui/empty.tsx'
import { Fault } from '../../ui/fault.tsx'
import { line } from '../../ui/icons.ts'
import { Lines } from '../../ui/lines.tsx'
import { useHere } from '../matters/matter-page.tsx'
import { type Recipient, useRecipients } from './api.ts'
import { BringRecipient } from './bring-recipient.tsx'
import { KeepRecipient } from './keep-recipient.tsx'
import { LevelState } from './level-state.tsx'
import { RecipientCard } from './recipient-card.tsx'
import { PART_WORDS, SIDE_WORDS } from './words.ts'

/** Whom something may be sent to out of this matter, and how sure the firm is of each address. */
export function RecipientsTab() {
  const { matter } = useHere()
  const list = useRecipients(matter.id)
  const [adding, setAdding] = useState<'new' | 'known' | null>(null)
  const [open, setOpen] = useState<RecipientId | null>(null)
  const mayKeep = list.data?.may.keep ?? false
  useAct(mayKeep, 'Add a recipient', () => setAdding('new'))
  const sorted = (list.data?.recipients ?? []).toSorted(
    (a, b) => PARTS.indexOf(a.part) - PARTS.indexOf(b.part) || naturally(a.name, b.name),
  )
  const acts = mayKeep && (
    <div className="row wrap push">
      <Button size="xs" variant="subtle" onClick={() => setAdding('known')}>
        Bring one from another matter
      </Button>
      <Button size="xs" leftSection={<IconPlus {...line} size={14} />} onClick={() => setAdding('new')}>
        Add a recipient
      </Button>
    </div>
  )
  return (
    <div className="page teampage">
      <section className="panel clip" aria-labelledby="recipients">
        <header>
          <h2 className="sub" id="recipients">
            Recipients
          </h2>
          {acts}
        </header>
        {list.isPending && <Lines count={3} />}
        {list.error && !list.data && <Fault fault={list.error} retry={() => void list.refetch()} />}
        {list.data?.recipients.length === 0 && (
          <Empty title="Nobody stands here yet">
            Add whom files of this matter may go to: the client, counsel, experts, the court. What is sent goes to an address that was
            confirmed.
          </Empty>
        )}
        {sorted.length > 0 && (
          <ul className="facts recipients">
            {sorted.map((recipient) => (
              <Row key={recipient.id} recipient={recipient} onOpen={() => setOpen(recipient.id)} />
            ))}
          </ul>
        )}
      </section>
      <KeepRecipient matter={matter} recipient={adding === 'new' ? 'new' : null} onClose={() => setAdding(null)} onKept={setOpen} />
      <BringRecipient matter={matter} opened={adding === 'known'} onClose={() => setAdding(null)} onBrought={setOpen} />
      <RecipientCard
        matter={matter}
        recipient={sorted.find(({ id }) => id === open) ?? null}
        may={list.data?.may ?? { keep: false, verify: false }}
        onClose={() => setOpen(null)}
      />
    </div>
  )
}

function Row({ recipient, onOpen }: { recipient: Recipient; onOpen: () => void }) {
  const { name, office, part, side, actsFor, addresses } = recipient
  return (
    <li>
      <div className="who">
        <button type="button" className="plainlink" onClick={onOpen}>
          <b>{name}</b>
        </button>
        <p className="meta">
          {[office, `${PART_WORDS[part]}${actsFor ? ` for ${actsFor}` : ''}, ${SIDE_WORDS[side]}`].filter(Boolean).join(' · ')}
        </p>
      </div>
      <ul className="addresses" aria-label={`Addresses of ${name}`}>
        {addresses.length === 0 && <li className="soft">No address yet</li>}
        {addresses.map((address) => (
          <li key={address.id}>
            <span className="address">{address.address}</span>
            <LevelState address={address} />
          </li>
        ))}
      </ul>
    </li>
  )
}
