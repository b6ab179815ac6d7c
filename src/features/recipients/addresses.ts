import type { MatterId, RecipientId } from '../../contract/ids.ts'
import type { NewAddress } from '../../contract/recipient.ts'
import { uuidv7 } from '../../core/ids.ts'
import { token } from '../../core/tokens.ts'
import { readAddress, sameMailbox } from '../../outward/addresses/address.ts'
import { now } from '../../platform/clock.ts'
import type { FirmKeys } from '../../platform/firm-keys.ts'
import { sqlState } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { sealFirmText } from '../keys/firm-words.ts'
import { one } from './views.ts'

/** The same for every writing of a mailbox (a tag, case, an internationalized domain), of a number and of a street. @throws Refusal `input.invalid` */
export function addressToken(keys: FirmKeys, { kind, address }: NewAddress): Buffer {
  if (kind !== 'email') return token(keys.token, `recipient_addresses.${kind}`, kind === 'phone' ? address.replace(/\D/g, '') : address)
  return token(keys.token, 'recipient_addresses.email', sameMailbox(readMailbox(address)))
}
/** @throws Refusal `input.invalid` */
function readMailbox(address: string) {
  const read = readAddress(address)
  if (!read) throw new Refusal('input.invalid', { fields: { address: 'That is no e-mail address.' } })
  return read
}

type At = { matter: MatterId; recipient: RecipientId }
/** @throws Refusal `address.known`, where one that is seen here is the same */
export async function keepAddress({ house, db, me }: Here, { matter, recipient }: At, added: NewAddress): Promise<string> {
  const id = uuidv7(now())
  const known = addressToken(house.keys, added)
  const there = await db.row('select 1 from app.recipient_addresses where recipient_id = $1 and token = $2 and ended_at is null', [
    recipient,
    known,
  ])
  if (there) throw new Refusal('address.known')
  await db
    .run(
      'insert into app.recipient_addresses (id, recipient_id, matter_id, kind, sealed_address, token, added_by) values ($1, $2, $3, $4, $5, $6, $7)',
      [
        id,
        recipient,
        matter,
        added.kind,
        sealFirmText(house.keys, 'recipient_addresses', 'sealed_address', id, added.address),
        known,
        me.person,
      ],
    )
    .catch((fault: unknown) => {
      throw sqlState(fault) === '23505' ? new Refusal('address.known', { cause: fault }) : fault
    })
  return id
}

/** @throws Refusal `address.known` */
export async function add(here: Here, { params, body }: Input<'address.add'>) {
  if (!(await one(here, params))) return null
  const id = await keepAddress(here, params, body)
  const view = (await one(here, params))!
  const cools = view.addresses.find((address) => address.id === id)!.coolsUntil
  return remembered({ matter: params.matter, object: view.id, details: { object: view.name, contact: body.address, cools } }, view)
}

export async function end(here: Here, { params }: Input<'address.end'>) {
  const before = (await one(here, params))?.addresses.find(({ id }) => id === params.address)
  if (!before || !(await here.db.row<{ ok: boolean }>('select hidden.end_address($1) as ok', [params.address]))?.ok) return null
  const view = (await one(here, params))!
  return remembered({ matter: params.matter, object: view.id, details: { object: view.name, contact: before.address } }, view)
}
