import type { Preview } from '../../contract/preview.ts'
import { BrokenSeal } from '../../core/bytes.ts'
import { Refusal } from '../../platform/refusal.ts'
import { ReadingFault, type FaultCode } from '../../platform/reading/fault.ts'
import { kindOf, READABLE, type ReadableKind } from '../../platform/reading/kinds.ts'
import type { Reading, Source } from '../../platform/reading/reading.ts'
import type { Ask, Input } from '../../platform/route.ts'
import { versionKey } from '../keys/matter-keys.ts'
import { opened } from './documents.ts'
import { documentByVersion, liveOpening } from './queries.ts'
import { checkedOf, refusingBroken } from './soundness.ts'

/** Why a file was not read, for whoever asked. */
export const REFUSED: Record<FaultCode, string> = {
  'too-much': 'It is larger than what is read here. Take a copy to see it.',
  'broken': 'It is not what its kind must be, or it is damaged. It is kept as it came.',
  'took-too-long': 'Reading it took too long. It is kept as it came.',
  'hostile': 'It is made in a way that does harm to whoever unpacks it. It is kept as it came; open a copy with care.',
  'encrypted': 'It is under a password, which is not known here.',
}

/**
 * What an opened file says, read in a thread with limits and kept nowhere. The act was the opening; the wall is asked again.
 * @throws Refusal `preview.refused`, `document.broken`
 */
export async function preview(ask: Ask, { params }: Input<'document.preview'>): Promise<Preview | null> {
  const found = await ask.look(async (here) => {
    const opening = await liveOpening(here.db, params.opening, here.me.session)
    const row = opening && (await documentByVersion(here.db, opening.version_id))
    return row && (await opened(here, row))
  })
  if (!found) return null
  const { row, keys } = found
  const key = versionKey(keys, row.version_id, row.wrapped_key)
  const source: Source = { size: row.size, read: (start, end) => ask.house.blobs.read(row.version_id, key, start, end) }
  try {
    const kind = await kindOf(source)
    if (!kind || !isReadable(kind)) throw new Refusal('preview.refused')
    const shown = previewOf(await ask.house.readers.read(source, kind))
    // it took a while: what was shown meanwhile to nobody is not shown to whom the wall has come between
    return (await ask.look(({ db, me }) => liveOpening(db, params.opening, me.session))) ? shown : null
  } catch (fault) {
    if (fault instanceof ReadingFault) throw new Refusal('preview.refused', { text: REFUSED[fault.code], cause: fault })
    if (fault instanceof BrokenSeal) return refusingBroken(ask.house, checkedOf(row), () => Promise.reject(fault))
    throw fault
  }
}

const isReadable = (kind: string): kind is ReadableKind => (READABLE as readonly string[]).includes(kind)

/** Without the places by which parts are taken out. */
function previewOf(reading: Reading): Preview {
  switch (reading.kind) {
    case 'mail':
      return { ...reading, attachments: reading.attachments.map(({ name, mediaType, size }) => ({ name, mediaType, size })) }
    case 'mails':
      return { ...reading, mails: reading.mails.map(({ subject, from, date, size }) => ({ subject, from, date, size })) }
    case 'archive':
      return { ...reading, entries: reading.entries.map(({ index: _, ...entry }) => entry) }
    default:
      return reading
  }
}
