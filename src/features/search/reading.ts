import type { MatterId } from '../../contract/ids.ts'
import { BrokenSeal } from '../../core/bytes.ts'
import type { House } from '../../platform/house.ts'
import { ReadingFault } from '../../platform/reading/fault.ts'
import type { Source } from '../../platform/reading/reading.ts'
import { versionKey, type MatterKeys } from '../keys/matter-keys.ts'
import { assembled } from './assembled.ts'
import type { VersionRow } from './due.ts'
import type { About } from './making.ts'
import type { KeptText } from './texts.ts'

/** A text, or why there is none: a code that the contract's words stand for. */
export type Read = { text: Omit<KeptText, 'language'> } | { why: string }

export const sourceOf = (
  { blobs }: Pick<House, 'blobs'>,
  keys: MatterKeys,
  row: Pick<VersionRow, 'version_id' | 'wrapped_key' | 'size'>,
): Source => {
  const key = versionKey(keys, row.version_id, row.wrapped_key)
  return { size: row.size, read: (start, end) => blobs.read(row.version_id, key, start, end) }
}

/** Reads a stored file. `later`: it is not on the disk yet, or not any more. */
export async function readText(
  house: House,
  keys: MatterKeys,
  matter: MatterId,
  row: VersionRow,
  { name }: Pick<About, 'name'>,
): Promise<Read | 'later'> {
  try {
    const text = assembled(await house.texts.read(sourceOf(house, keys, row), matter, name))
    return text.parts.length === 0 && text.pictures.length === 0 && text.type === 'other' ? { why: 'kind' } : { text }
  } catch (fault) {
    if (fault instanceof ReadingFault) return { why: fault.code }
    // that the stored file is broken is found and told by the checks of stored files
    if (fault instanceof BrokenSeal) return { why: 'broken' }
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT' || (fault as { name?: string }).name === 'NoSuchKey') return 'later'
    throw fault
  }
}
