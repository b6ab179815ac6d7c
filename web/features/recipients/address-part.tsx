import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { MatterPage } from '../../../src/contract/matter.ts'
import { dateOf, fullTime } from '../../lib/format.ts'
import { Asks } from '../people/asks.tsx'
import { type Address, type Recipient, useEndAddress } from './api.ts'
import { ConfirmAddress } from './confirm-address.tsx'
import { DoubtAddress } from './doubt-address.tsx'
import { LevelState } from './level-state.tsx'
import { SendCode } from './send-code.tsx'
import { KIND_WORDS, METHOD_WORDS } from './words.ts'

type Props = { matter: MatterPage; recipient: Recipient; address: Address; may: { keep: boolean; verify: boolean } }
type Doing = 'code' | 'confirm' | 'doubt' | 'end'

/** An address with what confirmed it, newest first, and what can be done about it. */
export function AddressPart({ matter, recipient, address, may }: Props) {
  const [doing, setDoing] = useState<Doing | null>(null)
  const end = useEndAddress(matter.id, recipient.id)
  const done = () => setDoing(null)
  const others = recipient.addresses.filter(({ id, kind }) => id !== address.id && kind !== 'post')
  const forms = { matter, recipient, address, onClose: done }
  return (
    <section className="addresspart stack sm" aria-label={address.address}>
      <div className="row wrap spread">
        <div>
          <p className="meta">{KIND_WORDS[address.kind]}</p>
          <h3 className="address">{address.address}</h3>
        </div>
        <LevelState address={address} />
      </div>
      {address.verifications.length > 0 && (
        <ol className="proofs">
          {address.verifications.map((proof) => (
            <li key={proof.at + proof.method} className={proof.void || !proof.confirmed ? 'soft open' : undefined}>
              <span>
                {proof.confirmed ? 'Confirmed' : 'Not confirmed'} by {METHOD_WORDS[proof.method]}
                {proof.by && ` (${proof.by})`}
                {proof.confirmed && `, ${proof.level}`}
                {proof.void && `; fell on ${dateOf(proof.voidedAt!)}: ${VOID[proof.void]}`}
              </span>
              {proof.evidence && <span className="meta notetext">{proof.evidence}</span>}
              <span className="meta">
                {proof.verifiedBy}, {fullTime(proof.at)}
              </span>
            </li>
          ))}
        </ol>
      )}
      {doing === 'code' && <SendCode {...forms} others={others} />}
      {doing === 'confirm' && <ConfirmAddress {...forms} others={others} />}
      {doing === 'doubt' && <DoubtAddress {...forms} />}
      {doing === 'end' && (
        <Asks
          act="End it"
          keep="Keep it"
          run={async () => {
            await end.mutateAsync(address.id)
            notifications.show({ message: `${address.address} is ended.` })
          }}
          onKeep={done}
        >
          Nothing goes to {address.address} any more, and what confirmed it falls.
        </Asks>
      )}
      {doing === null && (
        <div className="row wrap">
          {may.verify && address.kind === 'email' && others.length > 0 && (
            <Button size="xs" onClick={() => setDoing('code')}>
              Send a code
            </Button>
          )}
          {may.verify && (
            <Button
              size="xs"
              variant={address.kind === 'email' && others.length > 0 ? 'subtle' : 'default'}
              onClick={() => setDoing('confirm')}
            >
              Record a confirmation
            </Button>
          )}
          {may.verify && address.level !== 'V0' && (
            <Button size="xs" variant="subtle" onClick={() => setDoing('doubt')}>
              Doubt it
            </Button>
          )}
          {may.keep && (
            <Button size="xs" variant="subtle" onClick={() => setDoing('end')}>
              End it
            </Button>
          )}
        </div>
      )}
    </section>
  )
}
const VOID = { changed: 'the address was ended', bounced: 'a letter came back', withdrawn: 'someone doubted it' } as const
