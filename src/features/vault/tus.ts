import type { FastifyRequest } from 'fastify'
import { IntoVersion } from '../../contract/upload.ts'
import { Class } from '../../contract/words.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Ask } from '../../platform/route.ts'
import { readFolder, readName } from './upload.ts'

/** What an upload in parts is to become, in its sender's words. */
export type Wish = {
  name: string
  folder: string
  class: Class | null
  modified: number | null
  /** The next version of which document; null: a document of its own. */ into: IntoVersion | null
}

const TUS = '1.0.0'

/** tus asks for it on every request, and on every answer; it is asked behind the guard. */
export function speakTus({ request, reply }: Ask): void {
  void reply.header('tus-resumable', TUS).header('tus-version', TUS).header('tus-extension', 'creation,termination,expiration')
  if (request.headers['tus-resumable'] !== TUS) throw new Refusal('upload.version')
}

/** What an upload is to become, from the headers that begin it. @throws Refusal `input.invalid`, `name.refused`, `document.empty` */
export function readBegin({ headers }: FastifyRequest): { size: number; wish: Wish } {
  const length = String(headers['upload-length'] ?? '')
  const size = Number(length)
  if (!/^\d{1,16}$/.test(length) || !Number.isSafeInteger(size))
    throw new Refusal('input.invalid', { fields: { 'Upload-Length': 'How many bytes it has.' } })
  if (size === 0) throw new Refusal('document.empty')
  const said = readMetadata(String(headers['upload-metadata'] ?? ''))
  const its = Class.safeParse(said.get('class'))
  if (said.get('class') !== undefined && !its.success) throw new Refusal('input.invalid', { fields: { class: 'There is no such class.' } })
  const modified = /^\d{1,15}$/.test(said.get('modified') ?? '') ? Number(said.get('modified')) : null
  const wish = {
    name: readName(said.get('filename') ?? null),
    folder: readFolder(said.get('folder') ?? ''),
    class: its.data ?? null,
    modified,
    into: readInto(said),
  }
  return { size, wish }
}

/** What it is to be a version of. @throws Refusal `input.invalid` */
function readInto(said: Map<string, string>): IntoVersion | null {
  if (!said.has('document')) return null
  const [from, keep] = [said.get('from') ?? '', said.get('keep') ?? 'false']
  const read = IntoVersion.safeParse({
    document: said.get('document'),
    from: /^\d{1,9}$/.test(from) ? Number(from) : null,
    reason: said.get('reason') ?? '',
    keep: keep === 'true' ? true : keep === 'false' ? false : null,
  })
  if (read.success) return read.data
  const field = String(read.error.issues[0]!.path[0])
  throw new Refusal('input.invalid', { fields: { [field]: WRONG[field]! } })
}
const WRONG: Record<string, string> = {
  document: 'The id of the document that it is a version of.',
  from: 'The number of the version that it was made from.',
  reason: 'Say in a few words what has changed.',
  keep: 'true or false.',
}

/** Pairs with commas between them; after the key a space and its value in Base64. */
function readMetadata(text: string): Map<string, string> {
  const wrong = () =>
    new Refusal('input.invalid', { fields: { 'Upload-Metadata': 'Keys, each with its value in Base64, with commas between.' } })
  const said = new Map<string, string>()
  for (const pair of text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)) {
    const [key, value = '', more] = pair.split(' ')
    if (more !== undefined || said.has(key!) || !/^[A-Za-z0-9+/]*={0,2}$/.test(value)) throw wrong()
    try {
      said.set(key!, new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'base64')))
    } catch {
      throw wrong()
    }
  }
  return said
}
