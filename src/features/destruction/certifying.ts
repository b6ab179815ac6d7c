import type { MatterId, PersonId } from '../../contract/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { rememberAsClerk } from '../ledger/ledger.ts'
import { firmNameOf } from '../sign-in/links.ts'
import { openEnded, signedCertificate } from './certificate.ts'

type Row = {
  matter_id: MatterId
  kind: 'document.destroy' | 'matter.destroy'
  sealed_words: Buffer
  asked_by: PersonId
  asked_at: Date
  approved_by: PersonId
  approved_at: Date
  hold_checked_at: Date
  ended_at: Date
  erased_at: Date
  sealed_items: Buffer
  n: number | null
  emptying: boolean
  stayed: number
}

/** Issues the certificate of what was erased, once the ledger has numbered its entry; until then a later round does. */
export async function certify(house: House, id: string): Promise<void> {
  const firm = await firmNameOf(house)
  await house.clerk({ name: 'destroy' }, async (db) => {
    // first: of two rounds the second then sees what the first has done
    const { number } = (await db.row<{ number: number }>('select hidden.next_certificate() as number'))!
    const row = await db.row<Row>(
      `select d.*, l.n from app.destructions d left join ledger.leaves l on l.entry_id = d.entry_id where d.id = $1 and d.state = 'erased'`,
      [id],
    )
    if (!row || row.n === null) return
    const names = await db.rows<{ person: PersonId; sealed_name: Buffer }>('select * from hidden.names_of_destruction($1)', [id])
    const nameOf = (person: PersonId) => {
      const found = names.find((one) => one.person === person)
      return found ? firmText(house.keys, 'people', 'sealed_name', person, found.sealed_name) : person
    }
    const place = (await db.row<{ sealed_card: Buffer; client: string; client_name: Buffer }>(
      'select * from hidden.card_of_destruction($1)',
      [id],
    ))!
    const card = JSON.parse(firmText(house.keys, 'register', 'sealed_card', row.matter_id, place.sealed_card)) as {
      number: string
      title: string
    }
    const note = signedCertificate(house.keys, {
      number,
      firm,
      destruction: id,
      isWhole: row.kind === 'matter.destroy',
      matter: { id: row.matter_id, ...card, client: firmText(house.keys, 'clients', 'sealed_name', place.client, place.client_name) },
      ...(JSON.parse(firmText(house.keys, 'destructions', 'sealed_words', id, row.sealed_words)) as { reason: string; basis: string }),
      stayed: row.emptying ? row.stayed : null,
      askedBy: nameOf(row.asked_by),
      askedAt: iso(row.asked_at),
      approvedBy: nameOf(row.approved_by),
      approvedAt: iso(row.approved_at),
      holdCheckedAt: iso(row.hold_checked_at),
      endedAt: iso(row.ended_at),
      erasedAt: iso(row.erased_at),
      certifiedAt: iso(new Date(now())),
      ended: openEnded(house, id, row.sealed_items),
      entry: row.n + 1,
    })
    await rememberAsClerk(house, db, 'certificate.issued', null, null, { object: id, details: { object: `certificate ${number}` } })
    await db.run('select hidden.certify_destruction($1, $2, $3)', [
      id,
      number,
      sealFirmText(house.keys, 'destructions', 'sealed_note', id, note),
    ])
  })
}
