import { ReadingFault } from './reading/fault.ts'

const LONGEST_NAME = 200
/** Controls, and marks that turn or hide what is read (Unicode TR 9). */
const UNSEEN = /[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** All bytes of a stream. @throws ReadingFault `too-much` over `most`, as soon as that is known */
export async function bytesIn(stream: AsyncIterable<Buffer>, most: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of stream) {
    size += piece.length
    if (size > most) throw new ReadingFault('too-much', 'a file inside of it is larger than is read')
    pieces.push(piece)
  }
  return Buffer.concat(pieces, size)
}

/** Where a file stands inside: a path for a reader's eyes, which nothing is opened by. */
export function pathOf(within: string, name: string): string {
  const plain = name.replace(UNSEEN, '').slice(0, LONGEST_NAME).toWellFormed().trim() || 'a file without a name'
  return within ? `${within}/${plain}` : plain
}
