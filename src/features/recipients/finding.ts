import type { RecipientId } from '../../contract/ids.ts'
import type { RecipientView } from '../../contract/recipient.ts'
import { readAddress } from '../../outward/addresses/address.ts'
import type { Answer, Here, Input } from '../../platform/route.ts'
import { addressToken } from './addresses.ts'
import { calledOf, elsewhereOf } from './views.ts'

const MOST = 20

/** Recipients within reach who have no part in this matter: by an address as it is written, or by what their name or office holds. */
export async function find(here: Here, { params, body }: Input<'recipient.find'>): Promise<Answer<'recipient.find'> | null> {
  const { house, db } = here
  if (!(await db.row('select 1 from app.matters where id = $1', [params.matter]))) return null
  const mailbox = readAddress(body.text)
  const tokens = mailbox ? [addressToken(house.keys, { kind: 'email', address: body.text })] : []
  if (/^[+\d\s().\-/]+$/.test(body.text) && /(\d\D*){5}/.test(body.text))
    tokens.push(addressToken(house.keys, { kind: 'phone', address: body.text }))
  const rows = await db.rows<{ id: RecipientId; kind: RecipientView['kind']; sealed_details: Buffer }>(
    `select r.id, r.kind, r.sealed_details from app.recipients r
     where r.id = any (array(select s.recipient_id from app.standings s where s.matter_id <> $1 and s.ended_at is null order by s.added_at desc limit 5000))
       and not exists (select from app.standings s where s.recipient_id = r.id and s.matter_id = $1 and s.ended_at is null)
       and (cardinality($2::bytea[]) = 0 or exists (select from app.recipient_addresses a where a.recipient_id = r.id and a.token = any ($2) and a.ended_at is null))`,
    [params.matter, tokens],
  )
  const wanted = plain(body.text)
  const found = rows
    .map((row) => ({ id: row.id, kind: row.kind, ...calledOf(house.keys, row.id, row.sealed_details) }))
    .filter(({ name, office }) => tokens.length > 0 || plain(name).includes(wanted) || plain(office).includes(wanted))
    .slice(0, MOST)
  const elsewhere = await elsewhereOf(
    here,
    found.map(({ id }) => id),
    params.matter,
  )
  return { recipients: found.map((one) => ({ ...one, elsewhere: elsewhere.get(one.id) ?? [] })) }
}
const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
