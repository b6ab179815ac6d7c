import { readSync, writeSync } from 'node:fs'
import { HEADER, KINDS, NotDrawn, OUTCOMES, type Drawable, type Outcome } from './drawing.ts'

// The other process of drawer.ts: draws what strangers made, one file after the other, and opens none. What comes and goes are
// pipes: files on 0, pictures on 3. It ends with the first one.

const IN = 0
const OUT = 3

for (;;) {
  const header = take(HEADER)
  const kind = KINDS[header[0]!]!
  const bytes = take(header.readUInt32BE(1))
  const [outcome, picture] = await draw(kind, bytes)
  const answer = Buffer.alloc(HEADER)
  answer[0] = OUTCOMES.indexOf(outcome)
  answer.writeUInt32BE(picture.length, 1)
  give(Buffer.concat([answer, picture]))
}

async function draw(kind: Drawable, bytes: Buffer): Promise<[Outcome, Buffer]> {
  const made = await (kind === 'pdf' ? import('./draw-pdf.ts') : import('./draw-image.ts')).catch(() => null)
  if (made === null) return ['missing', Buffer.alloc(0)]
  try {
    return ['picture', 'drawPdf' in made ? await made.drawPdf(bytes) : await made.drawImage(bytes)]
  } catch (fault) {
    if (fault instanceof NotDrawn) return [fault.why, Buffer.alloc(0)]
    throw fault
  }
}

function take(length: number): Buffer {
  const bytes = Buffer.alloc(length)
  for (let at = 0; at < length;) {
    const read = readSync(IN, bytes, at, length - at, null)
    if (read === 0) process.exit(0)
    at += read
  }
  return bytes
}

function give(bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(OUT, bytes, at)
}
