import { signerOf } from '../../core/note.ts'
import type { DocumentId } from '../../contract/ids.ts'
import type { FirmKeys } from '../../platform/firm-keys.ts'
import type { House } from '../../platform/house.ts'
import { firmText } from '../keys/firm-words.ts'

export type Item = { id: DocumentId; versions: number; bytes: number }
/** What ended, sealed under the firm's key; `key`: a commitment to a whole matter's key, null for documents. */
export type Ended = { items: Item[]; digest: string; /** ids of the sealed files */ blobs: string[]; key: string | null; begunAt: string }
export const openEnded = ({ keys }: Pick<House, 'keys'>, id: string, sealed: Buffer): Ended =>
  JSON.parse(firmText(keys, 'destructions', 'sealed_items', id, sealed)) as Ended

/** Times in UTC, RFC 3339. */
export type Facts = {
  number: number
  firm: string
  destruction: string
  isWhole: boolean
  matter: { id: string; number: string; title: string; client: string }
  /** Of an emptied trash; null for another destruction. */ stayed: number | null
  reason: string
  basis: string
  askedBy: string
  askedAt: string
  approvedBy: string
  approvedAt: string
  holdCheckedAt: string
  endedAt: string
  erasedAt: string
  certifiedAt: string
  ended: Ended
  /** Position in the ledger, from 1. */ entry: number
}

/**
 * [Note: What a certificate says and does not] Clear, never purge: NIST SP 800-88r2 takes cryptographic erase for a purge only
 * where every copy of the key is proven gone, and no program can see copies that others made (catalogue 6.7).
 */
export const METHOD = 'clear (NIST SP 800-88r2)'
export const techniqueOf = (isWhole: boolean): string =>
  isWhole
    ? 'cryptographic erase: the half of the matter’s key in the database was deleted and the half in the key store erased; then the sealed files were unlinked'
    : 'the wrapped key of every version was deleted with its row; then the sealed files were unlinked'
export const reachOf = (isWhole: boolean): string[] =>
  isWhole
    ? [
        'Backups of the data made before hold sealed rows and files; without the key store’s half they do not open.',
        'A backup of the keys made before holds that half until the next one replaces it. Copies that someone put elsewhere, and images of disks or of memory, cannot be reached by the program.',
        'The matter’s name in the register and the names in the conflicts register stay, so that conflicts are found; so do this certificate and the records of holds and walls.',
      ]
    : [
        'Backups of the data made before hold the sealed files with their wrapped keys, and open with the firm’s keys until they rotate out or the matter is destroyed.',
        'Entries of the ledger from before name the documents to those who can open the matter’s key; pages show them no more.',
        'Copies that someone took, and images of disks or of memory, cannot be reached by the program.',
      ]

/**
 * A certificate as a signed note (c2sp.org/signed-note), under a name of its own, so that it cannot stand in for a checkpoint.
 * The ledger's key signs it. It holds ids, sizes and digests, and no name of a document.
 */
export function signedCertificate({ ledgerSeed, ledgerOrigin }: Pick<FirmKeys, 'ledgerSeed' | 'ledgerOrigin'>, facts: Facts): string {
  const signer = signerOf(`${ledgerOrigin}/destruction`, ledgerSeed)
  return signer.sign(textOf(signer.name, facts))
}

export function textOf(origin: string, facts: Facts): string {
  const { ended, isWhole, matter } = facts
  const sum = (of: (item: Item) => number) => ended.items.reduce((all, item) => all + of(item), 0)
  const lines = [
    origin,
    'Subrosa certificate of destruction, version 1',
    '',
    `certificate: ${facts.number}`,
    `firm: ${facts.firm}`,
    `destruction: ${facts.destruction}`,
    `what: ${isWhole ? 'a matter with all its documents' : 'documents of a matter'}`,
    `matter: ${matter.number} ${matter.id}`,
    `documents: ${ended.items.length}, versions: ${sum((item) => item.versions)}, bytes: ${sum((item) => item.bytes)}`,
    ...(facts.stayed === null ? [] : [`emptied: the trash of the matter; ${facts.stayed} stayed, held or taken out`]),
    `digest: ${ended.digest}`,
    `basis: ${facts.basis || 'none given'}`,
    `reason: ${facts.reason}`,
    `method: ${METHOD}`,
    `technique: ${techniqueOf(isWhole)}`,
    `key destroyed: ${ended.key ?? 'none; the matter’s key lives'}`,
    `verification: rows, key halves and files were looked for after they were erased, and not found`,
    `asked by: ${facts.askedBy}, ${facts.askedAt}`,
    `approved by: ${facts.approvedBy}, ${facts.approvedAt}`,
    `holds checked: ${facts.holdCheckedAt}, none stood`,
    `begun: ${ended.begunAt}`,
    `rows ended: ${facts.endedAt}`,
    `files erased: ${facts.erasedAt}`,
    `issued: ${facts.certifiedAt}`,
    `ledger entry: ${facts.entry}`,
    '',
    'not reached:',
    ...reachOf(isWhole).map((line) => `  ${line}`),
    '',
    'items:',
    ...ended.items.map((item) => `  ${item.id} ${item.versions} ${item.bytes}`),
  ]
  // a note holds no control character but its line ends
  return `${lines.map((line) => line.replace(/\p{Cc}/gu, ' ')).join('\n')}\n`
}
