import type { DocumentView } from '../../contract/document.ts'
import type { House } from '../../platform/house.ts'
import type { Db } from '../../platform/postgres.ts'
import type { FirmKeys } from '../../platform/firm-keys.ts'
import type { Source } from '../../platform/reading/reading.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Scanner } from '../../platform/scanner.ts'
import type { Also, Subject } from '../../platform/ways.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { disguised } from './disguise.ts'

/** What was said of a content when it was looked at for malware. */
export type Scan = DocumentView['scan']
export const NOT_SCANNED: Scan = { state: 'none', why: null, signature: null }

/** Looks at a sealed content, outside of any transaction: whether its name hides what it is, then with the scanner where one is set. */
export async function lookAt({ scanner }: Pick<House, 'scanner'>, name: string, head: Buffer, content: Source): Promise<Scan> {
  const hidden = await disguised(name, head, content)
  if (hidden) return { state: 'quarantined', why: null, signature: hidden }
  return scanner ? scanned(scanner, content) : NOT_SCANNED
}

/** What the scanner says; what it cannot look at waits, or is taken with a mark, as the firm has set. */
export async function scanned(scanner: Scanner, content: Source): Promise<Scan> {
  const verdict = await scanner.scan(content.read(0, content.size))
  if (verdict.is === 'clean') return { state: 'clean', why: null, signature: null }
  if (verdict.is === 'found') return { state: 'quarantined', why: null, signature: verdict.signature }
  return { state: scanner.away === 'hold' ? 'waiting' : 'none', why: verdict.why, signature: null }
}

/** Writes it beside a version that this transaction has made. */
export async function markScan(keys: FirmKeys, db: Db, version: string, { state, why, signature }: Scan): Promise<void> {
  const sealed = signature === null ? null : sealSignature(keys, version, signature)
  const marked = await db.row<{ ok: boolean }>('select hidden.mark_scan($1, $2, $3, $4) as ok', [version, state, why, sealed])
  if (!marked?.ok) throw new Error('couldn’t write down what the scanner said')
}

export const sealSignature = (keys: FirmKeys, version: string, signature: string) =>
  sealFirmText(keys, 'versions', 'sealed_signature', version, signature)
export const signatureOf = (keys: FirmKeys, version: string, sealed: Buffer | null): string | null =>
  sealed && firmText(keys, 'versions', 'sealed_signature', version, sealed)

/** What an entry says of it, and the entry of a quarantine. */
export const scanDetails = ({ state, why }: Scan): { scan?: string; scanWhy?: string } => ({
  ...(state !== 'none' && { scan: state }),
  ...(why && { scanWhy: why }),
})
export const alsoQuarantined = ({ state, signature }: Scan, { matter, object, details }: Subject): Also[] =>
  state === 'quarantined'
    ? [
        {
          deed: 'document.quarantined',
          subject: { matter, object, details: { object: details.object!, version: details.version!, signature } },
        },
      ]
    : []

/** Asks PostgreSQL whether a version is held; it asks the same when it is opened. @throws Refusal `document.held`, `document.quarantined` */
export async function checkScan(db: Db, view: Pick<DocumentView, 'id' | 'version'>): Promise<void> {
  const held = await db.row<{ scan: 'waiting' | 'quarantined' | null }>('select hidden.scan_hold($1, $2) as scan', [view.id, view.version])
  if (held?.scan) refuseHeld(held.scan)
}
/** @throws Refusal `document.held`, `document.quarantined` */
export function refuseHeld(scan: Scan['state']): void {
  const refusal = heldBack(scan)
  if (refusal) throw refusal
}
/** Why a version in this state is opened by nobody; null where it is. */
export function heldBack(scan: Scan['state']): Refusal | null {
  if (scan === 'waiting') return new Refusal('document.held')
  return scan === 'quarantined' ? new Refusal('document.quarantined') : null
}
