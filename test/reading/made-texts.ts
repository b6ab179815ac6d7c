import { cfb, zip, type Storage } from './made.ts'

/** A piece of a Word file's text; `wide`: two bytes a letter; `at`: where it says it stands, instead of standing somewhere. */
export type DocPiece = { text: string; wide?: boolean; at?: number }

const FIRST = 0x600
/** A Word file of before 2007 with its pieces in this order; `deleted`: letters of the first piece, from and to. */
export function doc(
  pieces: DocPiece[],
  { flags = 0, deleted = null, others = {} }: { flags?: number; deleted?: [number, number] | null; others?: Storage } = {},
): Buffer {
  const bodies = pieces.map(({ text, wide, at }) => (at === undefined ? Buffer.from(text, wide ? 'utf16le' : 'latin1') : Buffer.alloc(0)))
  const places = bodies.map((_, n) => FIRST + bodies.slice(0, n).reduce((sum, { length }) => sum + length, 0))
  const end = FIRST + bodies.reduce((sum, { length }) => sum + length, 0)
  const properties = Math.ceil(end / 512) * 512
  const text = Buffer.alloc(properties + 512)
  text.writeUInt16LE(0xa5ec, 0)
  text.writeUInt16LE(0xc1, 2)
  text.writeUInt16LE(0x0200 | flags, 0x0a)
  for (const [n, body] of bodies.entries()) body.copy(text, places[n])
  const list = Buffer.alloc((pieces.length + 1) * 4 + pieces.length * 8)
  let letters = 0
  for (const [n, piece] of pieces.entries()) {
    letters += piece.text.length
    list.writeUInt32LE(letters, (n + 1) * 4)
    const place = piece.at ?? places[n]!
    list.writeUInt32LE(piece.wide ? place : ((place * 2) | 0x40000000) >>> 0, (pieces.length + 1) * 4 + n * 8 + 2)
  }
  const clx = Buffer.concat([Buffer.from([2, 0, 0, 0, 0]), list])
  clx.writeUInt32LE(list.length, 1)
  const runs = Buffer.alloc(12)
  runs.writeUInt32LE(properties / 512, 8)
  if (deleted) deletedRun(text.subarray(properties), places[0]! + deleted[0], places[0]! + deleted[1])
  text.writeUInt32LE(clx.length, 0x1a6)
  text.writeUInt32LE(clx.length, 0xfa)
  text.writeUInt32LE(deleted ? runs.length : 0, 0xfe)
  return cfb({ 'WordDocument': text, '1Table': Buffer.concat([clx, runs]), ...others })
}

/** One run of letters that tracked changes have deleted. */
function deletedRun(page: Buffer, from: number, to: number): void {
  page[511] = 1
  page.writeUInt32LE(from, 0)
  page.writeUInt32LE(to, 4)
  page[8] = 100
  Buffer.from([7, 0x35, 0x08, 0, 0x00, 0x08, 1, 0]).copy(page, 200)
}

/** `\x05SummaryInformation`: title and author in a code page. */
export function summary(page: number, title: Buffer, author: Buffer): Buffer {
  const texts = [title, author].map((text) => {
    const property = Buffer.alloc(8 + Math.ceil((text.length + 1) / 4) * 4)
    property.writeUInt32LE(30, 0)
    property.writeUInt32LE(text.length + 1, 4)
    text.copy(property, 8)
    return property
  })
  const head = Buffer.alloc(8 + 3 * 8 + 8)
  head.writeUInt32LE(head.length + texts[0]!.length + texts[1]!.length, 0)
  head.writeUInt32LE(3, 4)
  const places = [32, 40, 40 + texts[0]!.length]
  for (const [n, id] of [1, 2, 4].entries()) {
    head.writeUInt32LE(id, 8 + n * 8)
    head.writeUInt32LE(places[n]!, 12 + n * 8)
  }
  head.writeUInt32LE(2, 32)
  head.writeUInt16LE(page, 36)
  const first = Buffer.alloc(48)
  first.writeUInt32LE(1, 24)
  first.writeUInt32LE(48, 44)
  return Buffer.concat([first, head, ...texts])
}

export const odf = (media: string, content: string, parts: Record<string, string> = {}): Buffer =>
  zip([
    { path: 'mimetype', data: `application/vnd.oasis.opendocument.${media}`, stored: true },
    {
      path: 'content.xml',
      data: `<?xml version="1.0"?><office:document-content><office:body>${content}</office:body></office:document-content>`,
    },
    ...Object.entries(parts).map(([path, data]) => ({ path, data })),
  ])

/** A letter with files attached, each in base64. */
export const letter = (fields: string, text: string, attached: [name: string, bytes: Buffer | string][] = []): Buffer =>
  Buffer.from(
    `${fields}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n` +
      attached
        .map(
          ([name, bytes]) =>
            `--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(bytes).toString('base64')}\r\n`,
        )
        .join('') +
      '--b--\r\n',
  )

/** A WordPerfect document of codes and letters, with one note in its prefix. */
export function wordPerfect(codes: (number | string)[], note: (number | string)[] = []): Buffer {
  const bytesOf = (list: (number | string)[]) => Buffer.from(list.map((one) => (typeof one === 'string' ? one.charCodeAt(0) : one)))
  const head = Buffer.alloc(16)
  Buffer.from('ff57504300000000010a0201', 'hex').copy(head)
  const index = Buffer.alloc(28)
  const packet = Buffer.concat([Buffer.from([1, 0, 10, 0, 0, 0, 0, 0, 0, 0]), bytesOf(note)])
  index.writeUInt16LE(2, 2)
  index[15] = 8
  index.writeUInt32LE(packet.length, 20)
  index.writeUInt32LE(head.length + index.length, 24)
  head.writeUInt16LE(head.length, 14)
  head.writeUInt32LE(head.length + index.length + packet.length, 4)
  return Buffer.concat([head, index, packet, bytesOf(codes)])
}
