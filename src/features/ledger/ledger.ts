import { randomBytes } from 'node:crypto'
import { canonical } from '../../core/canonical.ts'
import { openField, sealField, type Sealed } from '../../core/field.ts'
import { uuidv7 } from '../../core/ids.ts'
import { detailsCommitment } from '../../core/leaf.ts'
import type { Deed } from '../../contract/deeds.ts'
import { now } from '../../platform/clock.ts'
import { FIRM_KEY_VERSION } from '../../platform/firm-keys.ts'
import type { House } from '../../platform/house.ts'
import type { Db } from '../../platform/postgres.ts'
import type { Remember, Subject } from '../../platform/ways.ts'
import { matterKeys } from '../keys/matter-keys.ts'

type Keeper = Pick<House, 'keys' | 'keystore'>
type Written = { id: string; salt: Buffer; commitment: string; sealed: Sealed }

/** Writes the entry of an act, in the act's own transaction: who, when and how are PostgreSQL's to fill in. */
export const rememberWith =
  (house: Keeper): Remember =>
  async (db, deed, subject) => {
    const entry = await write(house, db, subject)
    db.late(
      db.run(
        'insert into ledger.entries (id, deed, matter_id, object, salt, details_commitment, sealed_details) values ($1, $2, $3, $4, $5, $6, $7)',
        [entry.id, deed, subject.matter ?? null, subject.object ?? null, entry.salt, entry.commitment, entry.sealed],
      ),
    )
  }

/** The entry of something done before there was a session: a sign-in, a set-up, an invitation accepted. */
export async function rememberVisit(house: Keeper, db: Db, deed: Deed, actor: string | null, subject: Subject): Promise<void> {
  const entry = await write(house, db, subject)
  await db.run('select hidden.record_visit($1, $2, $3, $4, $5, $6, $7, $8)', [
    entry.id,
    deed,
    actor,
    'visitor',
    subject.object ?? null,
    entry.salt,
    entry.commitment,
    entry.sealed,
  ])
}

/** The clerk's entry about what someone's session did, such as the bytes that a stream delivered. */
export async function rememberAsClerk(
  house: Keeper,
  db: Db,
  deed: Deed,
  actor: string | null,
  session: string | null,
  subject: Subject,
): Promise<void> {
  const entry = await write(house, db, subject)
  db.late(
    db.run(
      'insert into ledger.entries (id, deed, actor, session, via, matter_id, object, salt, details_commitment, sealed_details) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
      [entry.id, deed, actor, session, 'clerk', subject.matter ?? null, subject.object ?? null, entry.salt, entry.commitment, entry.sealed],
    ),
  )
}

const place = (entry: string) => ({ table: 'ledger.entries', column: 'sealed_details', row: entry })

async function write(house: Keeper, db: Db, subject: Subject): Promise<Written> {
  const id = uuidv7(now())
  const keys = subject.matter ? await matterKeys(house, db, subject.matter) : { field: house.keys.field, fieldVersion: FIRM_KEY_VERSION }
  // an entry that cannot be sealed is not written, and so there is no act
  if (!keys) throw new Error('couldn’t seal an entry: its matter is out of reach')
  const details = canonical(subject.details)
  const detailsSalt = randomBytes(16)
  return {
    id,
    salt: randomBytes(16),
    commitment: detailsCommitment(detailsSalt, details),
    sealed: sealField(keys.field, keys.fieldVersion, place(id), Buffer.concat([detailsSalt, Buffer.from(details)])),
  }
}

/** Opens an entry's details. @throws BrokenSeal */
export function openDetails(key: Buffer, entry: string, sealed: Buffer): { salt: Buffer; json: string; details: Subject['details'] } {
  const plain = openField(key, place(entry), sealed)
  const json = plain.subarray(16).toString('utf8')
  return { salt: plain.subarray(0, 16), json, details: JSON.parse(json) as Subject['details'] }
}
