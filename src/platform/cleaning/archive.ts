import { ReadingFault } from '../reading/fault.ts'
import type { Bytes } from '../reading/bytes.ts'
import { refusedPath } from '../reading/paths.ts'
import { zipEntries } from '../reading/zip.ts'
import { unpack } from '../reading/zip-unpack.ts'
import { LIMITS, type Found } from './findings.ts'
import type { Inside } from './ooxml-clean.ts'
import { partsOf } from './package.ts'
import { NotCleaned } from './wish.ts'
import { zipOf, type Member } from './zip-write.ts'

/** What each member of an archive tells. @throws ReadingFault when the archive itself cannot be read */
export async function inspectZip(bytes: Bytes, found: Found): Promise<void> {
  for (const entry of await zipEntries(bytes, LIMITS)) {
    if (entry.isDirectory) continue
    const path = entry.path.toWellFormed().slice(0, 500)
    try {
      if (entry.isLink) throw new ReadingFault('hostile', 'it is a link to elsewhere and no file')
      await found.inside(Buffer.concat(await Array.fromAsync(unpack(bytes, entry, LIMITS))), path)
    } catch (fault) {
      if (!(fault instanceof ReadingFault)) throw fault
      found.unread(fault.code, path)
    }
  }
}

/** The archive with each member cleaned. @throws NotCleaned `member` when one cannot be, or has a name that is none; ReadingFault */
export async function cleanZip(bytes: Bytes, inside: Inside): Promise<Buffer> {
  const members: Member[] = []
  if ((await zipEntries(bytes, LIMITS)).some(({ isLink }) => isLink)) throw new NotCleaned('member')
  for (const member of (await partsOf(bytes)).values()) {
    if (refusedPath(member.path)) throw new NotCleaned('member')
    const made = await inside(member.bytes, member.path)
    if (!made) throw new NotCleaned('member')
    members.push({ ...member, bytes: made })
  }
  return zipOf(members)
}
