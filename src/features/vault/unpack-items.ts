import { kindOf } from '../../platform/reading/kinds.ts'
import type { ArchiveEntry, Attachment, Mail, Source } from '../../platform/reading/reading.ts'
import type { Readers } from '../../platform/reading/readers.ts'
import { safeName, safePath } from './unpack-names.ts'

/** Something inside of a file: where, as the file says it, and under which folders and name it may stand; or why it is left. */
export type Item = {
  index: number
  place: string
  folders: string[]
  name: string
  left: string | null
  bytes: () => AsyncIterable<Buffer>
}

const BY_MAIL = ['eml', 'msg'] as const

/**
 * What a file holds as files of their own, in its order: attachments of a message, messages of a mailbox, entries of an archive
 * (`room`: how many folders deep). Null: it is nothing that is unpacked. @throws ReadingFault
 */
export async function itemsOf(readers: Readers, source: Source, room: number): Promise<Item[] | null> {
  const kind = await kindOf(source)
  const mail = BY_MAIL.find((one) => one === kind)
  if (mail) {
    const reading = await readers.read(source, mail)
    const { attachments } = reading as Extract<typeof reading, { kind: 'mail' }>
    return attachments.map((one, at) => attached(one, at, (index) => readers.attachment(source, mail, index)))
  }
  if (kind === 'mbox') {
    const reading = await readers.read(source, 'mbox')
    return (reading as Extract<typeof reading, { kind: 'mails' }>).mails.map((one) => message(one, source))
  }
  if (kind !== 'zip') return null
  const reading = await readers.read(source, 'zip')
  const { entries } = reading as Extract<typeof reading, { kind: 'archive' }>
  return entries.filter(({ isDirectory }) => !isDirectory).map((one) => packed(one, room, () => readers.archiveEntry(source, one.index)))
}

function attached({ name, mediaType, index }: Attachment, at: number, bytes: (index: number) => AsyncIterable<Buffer>): Item {
  const isMail = mediaType === 'message/rfc822'
  // the last name of a path: an attachment stands in no folder
  const named = safePath(name)?.name ?? (isMail ? `Message ${at + 1}.eml` : `Attachment ${at + 1}`)
  const left = index === null ? 'It is kept in the message in a form that is not taken out here.' : null
  return { index: index ?? -1 - at, place: name || named, folders: [], name: named, left, bytes: () => bytes(index!) }
}

function message({ index, subject, start, size }: Mail, source: Source): Item {
  const name = safeName(`${subject.trim() || 'Message'}.eml`) ?? `Message ${index + 1}.eml`
  return { index, place: `${index + 1}`, folders: [], name, left: null, bytes: () => source.read(start, start + size) }
}

function packed({ index, path, isEncrypted, refused }: ArchiveEntry, room: number, bytes: () => AsyncIterable<Buffer>): Item {
  const safe = safePath(path, room)
  const left = isEncrypted
    ? 'It is under a password.'
    : refused === 'link'
      ? 'It is a link to elsewhere and no file.'
      : safe
        ? null
        : 'No name is left of it, or its folders are too deep.'
  return { index, place: path, folders: safe?.folders ?? [], name: safe?.name ?? '', left, bytes }
}
