import { Button, Select } from '@mantine/core'
import { useState } from 'react'
import type { AddressId } from '../../../src/contract/ids.ts'
import type { MatterPage } from '../../../src/contract/matter.ts'
import { timeOf } from '../../lib/format.ts'
import { placeRefusal } from '../../lib/form.ts'
import { Fact, Wrong } from '../../ui/fact.tsx'
import { type Address, type Recipient, useChallenge } from './api.ts'

type Props = { matter: MatterPage; recipient: Recipient; address: Address; others: Address[]; onClose: () => void }

/** The link goes to the address, the code another way: by e-mail, or said over the telephone. */
export function SendCode({ matter, recipient, address, others, onClose }: Props) {
  const challenge = useChallenge(matter.id, recipient.id, address.id)
  const [by, setBy] = useState<AddressId>(others[0]!.id)
  const [wrong, setWrong] = useState<string | null>(null)
  const other = others.find(({ id }) => id === by)!
  const send = async () => {
    setWrong(null)
    try {
      await challenge.mutateAsync(by)
    } catch (fault) {
      setWrong(placeRefusal(fault, []).text)
    }
  }
  if (challenge.data) {
    const { code, endsAt } = challenge.data
    return (
      <div className="stack sm" role="status">
        <Fact title={code ? `Ring ${other.address} and say the code` : `The code is on its way to ${other.address}`}>
          {code && <p className="saidcode">{code}</p>}
          <p>
            A link was sent to {address.address}. Once the code was given there, before {timeOf(endsAt)}, the address is confirmed and shows
            it here.
          </p>
        </Fact>
        <div>
          <Button size="xs" onClick={onClose}>
            Done
          </Button>
        </div>
      </div>
    )
  }
  return (
    <div className="stack lg">
      <Select
        openOnFocus={false}
        label="The code goes by"
        description={`The link goes to ${address.address}. Whoever gives the code there holds both.`}
        allowDeselect={false}
        autoFocus
        data={others.map(({ id, kind, address: text }) => ({
          value: id,
          label: kind === 'phone' ? `Telephone: you ring ${text}` : `E-mail: ${text}`,
        }))}
        value={by}
        onChange={(id) => id && setBy(id as AddressId)}
      />
      <Wrong>{wrong}</Wrong>
      <div className="row">
        <Button variant="filled" loading={challenge.isPending} onClick={() => void send()}>
          Send the link{other.kind === 'email' ? ' and the code' : ''}
        </Button>
        <Button variant="subtle" onClick={onClose}>
          Not now
        </Button>
      </div>
    </div>
  )
}
