import { randomBytes } from 'node:crypto'
import { BrokenSeal } from '../../core/bytes.ts'
import { canonical } from '../../core/canonical.ts'
import { openField, sealField, type Sealed } from '../../core/field.ts'
import { uuidv7 } from '../../core/ids.ts'
import { detailsCommitment } from '../../core/leaf.ts'
import type { Deed } from '../../contract/deeds.ts'
import { now } from '../../platform/clock.ts'
import { FIRM_KEY_VERSION } from '../../platform/firm-keys.ts'
import type { House } from '../../platform/house.ts'
import type { Db } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import { originNow } from '../../platform/origin.ts'
import type { Remember, Subject } from '../../platform/ways.ts'
import { isWithheld, KeysAsked } from '../../platform/own-keys.ts'
import { matterKeys, type MatterKeys } from '../keys/matter-keys.ts'
import { placeOf, type SealedPlace } from './origins.ts'

type Keeper = Pick<House, 'keys' | 'keystore'>
type Written = { id: string; salt: Buffer; commitment: string; sealed: Sealed }

/** Writes the entries of an act, in the act's own transaction: who, when and how are PostgreSQL's to fill in. */
export const rememberWith =
  (house: Keeper): Remember =>
  async (db, deeds) => {
    const entries: Written[] = []
    for (const { deed, subject } of deeds) entries.push(await write(house, db, subject, withoutKey(deed)))
    const places = deeds.map(({ place }) => placeOf(house.keys, place))
    const own = rows([...columnsOf(deeds, entries), ['bytea', places.map((place) => place?.id ?? null)]])
    const whence = rows(columnsOfPlaces(places), own.values.length)
    // the places that are not known yet, each once, in the statement of their entries
    const noted = `with places as (insert into ledger.origins (id, address_token, sealed_origin) ${whence.source} on conflict do nothing)`
    db.late(db.run(`${noted} insert into ledger.entries (${COMMON}, origin) ${own.source}`, [...own.values, ...whence.values]))
  }

/** The entry of something done before there was a session: a sign-in, a set-up, an invitation accepted. */
export async function rememberVisit(house: Keeper, db: Db, deed: Deed, actor: string | null, subject: Subject): Promise<void> {
  const entry = await write(house, db, subject, 'never')
  const whence = originNow()
  const place = placeOf(house.keys, whence && { ...whence, device: null })
  await db.run('select hidden.record_visit($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)', [
    entry.id,
    deed,
    actor,
    'visitor',
    subject.object ?? null,
    entry.salt,
    entry.commitment,
    entry.sealed,
    place?.id,
    place?.token,
    place?.sealed,
  ])
}

type ByClerk = { deed: Deed; actor: string | null; session: string | null; subject: Subject }
/** The clerk's entries about what someone's session did, such as the bytes that a stream delivered. */
export async function rememberAllAsClerk(house: Keeper, db: Db, deeds: readonly ByClerk[]): Promise<void> {
  if (deeds.length === 0) return
  const entries: Written[] = []
  for (const { deed, subject } of deeds) entries.push(await write(house, db, subject, deed === 'evidence.made' ? 'ended' : 'withheld'))
  const { source, values } = rows([
    ['text', deeds.map(() => 'clerk')],
    ...columnsOf(deeds, entries),
    ['uuid', deeds.map((one) => one.actor)],
    ['uuid', deeds.map((one) => one.session)],
  ])
  db.late(db.run(`insert into ledger.entries (via, ${COMMON}, actor, session) ${source}`, values))
}
/** One of them. */
export const rememberAsClerk = (
  house: Keeper,
  db: Db,
  deed: Deed,
  actor: string | null,
  session: string | null,
  subject: Subject,
): Promise<void> => rememberAllAsClerk(house, db, [{ deed, actor, session, subject }])

/** Of what type, and of each row what. */
type Column = readonly [type: 'uuid' | 'text' | 'bytea', values: readonly unknown[]]
/** Rows for an insert, with parameters from the one after `after` on. One row is said as it is: PostgreSQL takes half as long again to unnest it. */
function rows(columns: readonly Column[], after = 0): { source: string; values: unknown[] } {
  const isOne = columns[0]![1].length === 1
  const places = columns.map(([type], at) => `$${after + at + 1}::${type}${isOne ? '' : '[]'}`).join(', ')
  return {
    source: isOne ? `values (${places})` : `select * from unnest(${places})`,
    values: columns.map(([, values]) => (isOne ? values[0] : values)),
  }
}

const columnsOfPlaces = (places: readonly (SealedPlace | null)[]): Column[] => {
  const each = [...new Map(places.flatMap((place) => (place ? [[place.id.toString('hex'), place] as const] : []))).values()]
  return [
    ['bytea', each.map((place) => place.id)],
    ['bytea', each.map((place) => place.token)],
    ['bytea', each.map((place) => place.sealed)],
  ]
}

const COMMON = 'id, deed, matter_id, object, salt, details_commitment, sealed_details'
/** What every entry has. */
const columnsOf = (deeds: readonly { deed: Deed; subject: Subject }[], entries: readonly Written[]): Column[] => [
  ['uuid', entries.map((entry) => entry.id)],
  ['text', deeds.map(({ deed }) => deed)],
  ['uuid', deeds.map(({ subject }) => subject.matter ?? null)],
  ['uuid', deeds.map(({ subject }) => subject.object ?? null)],
  ['bytea', entries.map((entry) => entry.salt)],
  ['text', entries.map((entry) => entry.commitment)],
  ['bytea', entries.map((entry) => entry.sealed)],
]

const place = (entry: string) => ({ table: 'ledger.entries', column: 'sealed_details', row: entry })

/** What two people or the law ask for is done and written down whether a client gives its key or not; so is what the clerk does. */
const WITHOUT_KEY: Deed[] = [
  'matter.closed',
  'destruction.asked',
  'destruction.approved',
  'destruction.refused',
  'hold.placed',
  'hold.lifted',
]

/** `unasked`: the client's key is not even waited for. `ended`: the clerk's, of a matter that may be destroyed. */
type Without = 'never' | 'withheld' | 'unasked' | 'ended'
/** Whoever breaks the glass is answered the same, and as soon, whether there is such a matter or not. */
const withoutKey = (deed: Deed): Without => (deed === 'glass.broken' ? 'unasked' : WITHOUT_KEY.includes(deed) ? 'withheld' : 'never')

type Sealing = Pick<MatterKeys, 'field' | 'fieldVersion'>
async function sealingOf({ keys, keystore }: Keeper, db: Db, { matter }: Subject, without: Without): Promise<Sealing | 'bare' | null> {
  if (!matter) return { field: keys.field, fieldVersion: FIRM_KEY_VERSION }
  const found = await matterKeys({ keys, keystore }, db, matter).catch((fault: unknown) => {
    if (without === 'ended' && fault instanceof Refusal && fault.code === 'matter.keyless') return null
    if (without !== 'never' && isWithheld(fault)) return 'bare' as const
    if (without === 'unasked' && fault instanceof KeysAsked) return 'bare' as const
    throw fault
  })
  return found ?? (without === 'ended' ? 'bare' : null)
}

/**
 * Numbers, yes and no, and ids, and no word: while a client withholds its key the details stand under the firm's, and the firm
 * alone reads nothing that was to be read with the client's only.
 */
const bare = (details: Subject['details']): Subject['details'] => ({
  ...Object.fromEntries(Object.entries(details).filter(([, value]) => typeof value !== 'string' || /^[0-9a-f-]{36}$/.test(value))),
  withheld: true,
})

async function write(house: Keeper, db: Db, subject: Subject, without: Without): Promise<Written> {
  const id = uuidv7(now())
  const sealing = await sealingOf(house, db, subject, without)
  // an entry that cannot be sealed is not written, and so there is no act
  if (!sealing) throw new Error('couldn’t seal an entry: its matter is out of reach')
  const keys = sealing === 'bare' ? { field: house.keys.field, fieldVersion: FIRM_KEY_VERSION } : sealing
  const details = canonical(sealing === 'bare' ? bare(subject.details) : subject.details)
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

/** The same under any of several keys: an entry of a matter whose client withheld its key is under the firm's. @throws BrokenSeal */
export function openDetailsWithAny(keys: readonly Buffer[], entry: string, sealed: Buffer): ReturnType<typeof openDetails> {
  for (const [at, key] of keys.entries()) {
    try {
      return openDetails(key, entry, sealed)
    } catch (fault) {
      if (!(fault instanceof BrokenSeal) || at === keys.length - 1) throw fault
    }
  }
  throw new BrokenSeal('there is no key to open details with')
}
