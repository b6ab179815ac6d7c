import type { MatterId, RecipientId } from '../../contract/ids.ts'
import type { AddressView, Level, RecipientView } from '../../contract/recipient.ts'
import { VERIFICATION } from '../../contract/matrix.ts'
import { iso } from '../../platform/clock.ts'
import type { FirmKeys } from '../../platform/firm-keys.ts'
import type { Here } from '../../platform/route.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { keysOfMatters, matterKeys, type MatterKeys } from '../keys/matter-keys.ts'
import { matterText } from '../keys/matter-words.ts'
import { cardOf } from '../matters/register.ts'

export type Called = { name: string; office: string }
type Row = {
  id: RecipientId
  standing: string
  kind: RecipientView['kind']
  sealed_details: Buffer
  version: number
  added_at: Date
  part: RecipientView['part']
  side: RecipientView['side']
  sealed_standing: Buffer
}
type Elsewhere = { recipient: string; matter_id: MatterId; part: RecipientView['part']; side: RecipientView['side']; sealed_card: Buffer }
type AddressRow = {
  id: AddressView['id']
  recipient: string
  kind: AddressView['kind']
  sealed_address: Buffer
  cools_until: Date | null
  bounced_at: Date | null
  added_at: Date
  level: number
  level_ends: Date | null
  fell: AddressView['fell']
}
type VerificationRow = {
  id: string
  address: string
  method: AddressView['verifications'][number]['method']
  is_confirmed: boolean
  level: number
  matter_id: MatterId
  /** null: by a code, which the program itself saw */ sealed_evidence: Buffer | null
  by_address: string | null
  by_sealed: Buffer | null
  verifier: string
  verifier_name: Buffer
  at: Date
  expires_at: Date
  void: AddressView['verifications'][number]['void']
  voided_at: Date | null
}

export const calledOf = (keys: FirmKeys, id: string, sealed: Buffer): Called =>
  JSON.parse(firmText(keys, 'recipients', 'sealed_details', id, sealed)) as Called
export const sealCalled = (keys: FirmKeys, id: string, { name, office }: Called) =>
  sealFirmText(keys, 'recipients', 'sealed_details', id, JSON.stringify({ name, office }))
export const addressOf = (keys: FirmKeys, id: string, sealed: Buffer): string =>
  firmText(keys, 'recipient_addresses', 'sealed_address', id, sealed)
const levelOf = (level: number): Level => VERIFICATION[level]!
const recent = (at: Date | null): string | null => at && iso(at)

/** Everyone who has a part in a matter, or those of them that are named, oldest first; null when the matter is not there. */
export async function viewsOf({ house, db }: Here, matter: MatterId, only: RecipientId | null = null): Promise<RecipientView[] | null> {
  const keys = await matterKeys(house, db, matter)
  if (!keys) return null
  const rows = await db.rows<Row>(
    `select r.id, s.id as standing, r.kind, r.sealed_details, r.version, r.added_at, s.part, s.side, s.sealed_details as sealed_standing
     from app.standings s join app.recipients r on r.id = s.recipient_id
     where s.matter_id = $1 and s.ended_at is null and ($2::uuid is null or r.id = $2) order by s.added_at, s.id`,
    [matter, only],
  )
  const ids = rows.map((row) => row.id)
  const [elsewhere, addresses] = await Promise.all([elsewhereOf({ house, db }, ids, matter), addressesOf({ house, db }, ids)])
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    ...calledOf(house.keys, row.id, row.sealed_details),
    part: row.part,
    side: row.side,
    actsFor: actsForOf(keys, row.standing, row.sealed_standing),
    addresses: addresses.get(row.id) ?? [],
    elsewhere: elsewhere.get(row.id) ?? [],
    version: row.version,
    addedAt: iso(row.added_at),
  }))
}
/** One of them. */
export const one = async (here: Here, { matter, recipient }: { matter: MatterId; recipient: RecipientId }): Promise<RecipientView | null> =>
  (await viewsOf(here, matter, recipient))?.[0] ?? null

const actsForOf = (keys: MatterKeys, standing: string, sealed: Buffer): string =>
  (JSON.parse(matterText(keys, 'standings', 'sealed_details', standing, sealed)) as { actsFor: string }).actsFor

type At = Pick<Here, 'house' | 'db'>
/** The parts of recipients in matters within reach, but `but`. */
export async function elsewhereOf({ house, db }: At, ids: string[], but: MatterId): Promise<Map<string, RecipientView['elsewhere']>> {
  const rows = await db.rows<Elsewhere>(
    `select s.recipient_id as recipient, s.matter_id, s.part, s.side, c.sealed_card from app.standings s join app.register c on c.matter_id = s.matter_id
     where s.recipient_id = any ($1) and s.matter_id <> $2 and s.ended_at is null order by s.matter_id desc limit 1000`,
    [ids, but],
  )
  return grouped(rows, (row) => ({
    matter: row.matter_id,
    ...cardOf(house.keys, row.matter_id, row.sealed_card),
    part: row.part,
    side: row.side,
  }))
}

async function addressesOf({ house, db }: At, ids: string[]): Promise<Map<string, AddressView[]>> {
  const rows = await db.rows<AddressRow>(
    `select a.id, a.recipient_id as recipient, a.kind, a.sealed_address, a.cools_until, a.bounced_at, a.added_at, l.level, l.ends_at as level_ends, l.fell
     from app.recipient_addresses a cross join lateral hidden.level_of(a.id) l where a.recipient_id = any ($1) and a.ended_at is null order by a.added_at, a.id`,
    [ids],
  )
  const proofs = await verificationsOf(
    { house, db },
    rows.map((row) => row.id),
  )
  return grouped(rows, (row) => ({
    id: row.id,
    kind: row.kind,
    address: addressOf(house.keys, row.id, row.sealed_address),
    level: levelOf(row.level),
    levelEnds: recent(row.level_ends),
    fell: row.fell,
    coolsUntil: recent(row.cools_until),
    bouncedAt: recent(row.bounced_at),
    addedAt: iso(row.added_at),
    verifications: proofs.get(row.id) ?? [],
  }))
}

async function verificationsOf({ house, db }: At, addresses: string[]): Promise<Map<string, AddressView['verifications']>> {
  const rows = await db.rows<VerificationRow>(
    `select v.id, v.address_id as address, v.matter_id, v.method, v.is_confirmed, v.level, v.sealed_evidence, v.by_address, b.sealed_address as by_sealed,
       v.verified_by as verifier, p.sealed_name as verifier_name, v.at, v.expires_at, v.void, v.voided_at
     from app.verifications v join app.people p on p.id = v.verified_by left join app.recipient_addresses b on b.id = v.by_address
     where v.address_id = any ($1) order by v.at desc, v.id desc`,
    [addresses],
  )
  const keys = await keysOfMatters(
    house,
    db,
    rows.map((row) => row.matter_id),
  )
  const evidenceOf = ({ id, matter_id, sealed_evidence }: VerificationRow): string => {
    const its = keys.get(matter_id)
    return its && sealed_evidence ? matterText(its, 'verifications', 'sealed_evidence', id, sealed_evidence) : ''
  }
  return grouped(
    rows.map((row) => ({ ...row, recipient: row.address })),
    (row) => ({
      method: row.method,
      confirmed: row.is_confirmed,
      level: levelOf(row.level),
      evidence: evidenceOf(row),
      by: row.by_address && row.by_sealed && addressOf(house.keys, row.by_address, row.by_sealed),
      verifiedBy: firmText(house.keys, 'people', 'sealed_name', row.verifier, row.verifier_name),
      at: iso(row.at),
      expiresAt: iso(row.expires_at),
      void: row.void,
      voidedAt: recent(row.voided_at),
    }),
  )
}

function grouped<Row extends { recipient: string }, View>(rows: Row[], viewOf: (row: Row) => View): Map<string, View[]> {
  const views = new Map<string, View[]>()
  for (const row of rows) views.set(row.recipient, [...(views.get(row.recipient) ?? []), viewOf(row)])
  return views
}
