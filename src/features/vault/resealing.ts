import type { VersionId } from '../../contract/ids.ts'
import { BrokenSeal } from '../../core/bytes.ts'
import { uuidv7 } from '../../core/ids.ts'
import { newKey } from '../../core/keys.ts'
import { now } from '../../platform/clock.ts'
import { isDenied } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Ask } from '../../platform/route.ts'
import { refusingBroken, type Checked } from './soundness.ts'

/** A version whose content is to be sealed anew: by its key, with the size and the SHA-256 (hex) that it must have. */
export type Sealing = { version: VersionId; checked: Checked; key: Buffer; size: number; sha256: string }
export type Resealed = { version: VersionId; key: Buffer }

/**
 * Seals contents anew into `incoming/`, each under a new id and a new key, and hands them to the act that makes versions of them,
 * by the old id. Until that act commits there are none; once this resolves they are on the disk, with their entries. `null` from
 * `add`, and a refusal, leave nothing; a crash before the commit leaves files that the next start removes.
 * @throws Refusal `document.broken`, `disk.full`; as `add`
 */
export async function reseal<T>(
  { house }: Pick<Ask, 'house'>,
  wanted: readonly Sealing[],
  add: (resealed: ReadonlyMap<VersionId, Resealed>) => Promise<T | null>,
): Promise<T | null> {
  const { blobs } = house
  const resealed = new Map<VersionId, Resealed>()
  const discard = async () => {
    for (const { version } of resealed.values()) await blobs.discard(version)
  }
  try {
    for (const one of wanted) resealed.set(one.version, await refusingBroken(house, one.checked, () => sealAnew(house, one)))
  } catch (fault) {
    await discard()
    throw fault
  }
  try {
    const value = await add(resealed)
    if (value === null) await discard()
    else for (const { version } of resealed.values()) await blobs.keep(version)
    return value
  } catch (fault) {
    // a commit whose answer was lost may have happened: only a refusal is known to have left nothing
    if (fault instanceof Refusal || isDenied(fault)) await discard()
    throw fault
  }
}

async function sealAnew({ blobs }: Ask['house'], { version: was, key: its, size, sha256 }: Sealing): Promise<Resealed> {
  const version = uuidv7(now()) as VersionId
  const key = newKey()
  const sealed = await blobs.receive(version, key, blobs.read(was, its, 0, size))
  if (sealed.size === size && sealed.sha256 === sha256) return { version, key }
  await blobs.discard(version)
  throw new BrokenSeal('the content is not the one that was sealed')
}
