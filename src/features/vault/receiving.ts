import type { VersionId } from '../../contract/ids.ts'
import { newKey } from '../../core/keys.ts'
import { uuidv7 } from '../../core/ids.ts'
import { exactToken } from '../../core/tokens.ts'
import { now } from '../../platform/clock.ts'
import { isDenied } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Source } from '../../platform/reading/reading.ts'
import type { Ask } from '../../platform/route.ts'
import type { MatterKeys } from '../keys/matter-keys.ts'
export { versionLabel } from '../keys/matter-keys.ts'
import { lookFor, type Looked } from '../matrix/looking.ts'
import type { Facts } from './documents.ts'
import { kindOf } from './kinds.ts'
import { lookAt, type Scan } from './scanning.ts'

/** A content that lies sealed in `incoming/`, and what was seen of it as it passed. */
export type Received = { version: VersionId; key: Buffer; size: number; facts: Facts; read: Looked['read']; scan: Scan }

/**
 * Seals a stream into `incoming/` outside any transaction, looks for kinds of data in it as it passes and for malware once it is
 * sealed, and hands it to the act that makes it a version. Until that act commits there is no version; once this resolves it is on the disk, with its entry.
 * `null` from `add`, and a refusal, leave nothing. @throws Refusal `document.empty`, `body.length`, `disk.full`; as `add`
 */
export async function receive<T>(
  { house }: Pick<Ask, 'house'>,
  name: string,
  bytes: AsyncIterable<Buffer>,
  add: (received: Received) => Promise<T | null>,
): Promise<T | null> {
  const version = uuidv7(now()) as VersionId
  const key = newKey()
  const looking = lookFor(bytes)
  const sealed = await house.blobs.receive(version, key, looking.bytes)
  try {
    if (sealed.size === 0) throw new Refusal('document.empty')
    const { found, read } = await looking.done()
    const content: Source = { size: sealed.size, read: (start, end) => house.blobs.read(version, key, start, end) }
    const kind = await kindOf(sealed.head, content)
    const scan = await lookAt(house, name, sealed.head, content)
    const value = await add({ version, key, size: sealed.size, facts: { sha256: sealed.sha256, ...kind, found }, read, scan })
    if (value === null) await house.blobs.discard(version)
    else await house.blobs.keep(version)
    return value
  } catch (fault) {
    // a commit whose answer was lost may have happened: only a refusal is known to have left nothing
    if (fault instanceof Refusal || isDenied(fault)) await house.blobs.discard(version)
    throw fault
  }
}

/** By which the same content is recognized within its matter. */
export const contentToken = (keys: MatterKeys, { sha256 }: Facts): Buffer => exactToken(keys.token, 'content', sha256)

/** What an entry says of the kinds of data that were found. */
export const foundDetails = (found: Facts['found'], raised: boolean): { found?: string; raised?: boolean } =>
  found.length > 0 ? { found: found.map(({ type, count }) => `${type} ${count}`).join(', '), raised } : {}
