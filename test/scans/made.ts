import sharp, { type Sharp } from 'sharp'
import { pagePicture } from '../../src/platform/scans/page-picture.ts'
import { withPdf } from '../../src/platform/scans/pdfium.ts'

/** Bytes as a document's are given. */
export const source = (bytes: Buffer, size = bytes.length) => ({
  size,
  read: async function* (start: number, end: number) {
    for (let at = start; at < end; at += 50_000) yield bytes.subarray(at, Math.min(at + 50_000, end))
  },
})

const stream = (content: string) => `<</Length ${Buffer.byteLength(content, 'latin1')}>>stream\n${content}\nendstream`
const FONT = '<</Font<</F 5 0 R>>>>'
const file = (objects: Record<number, string>, trailer = '') =>
  Buffer.from(
    `%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\n` +
      Object.entries(objects)
        .map(([number, object]) => `${number} 0 obj${object} endobj\n`)
        .join('') +
      `trailer<</Root 1 0 R${trailer}>>\n`,
    'latin1',
  )
const page = (content: number, more = '') =>
  `<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents ${content} 0 R/Resources${FONT}${more}>>`
/** Lines as one writes them: from the top, each below the last. */
export const lines = (text: string, size = 12) =>
  `BT /F ${size} Tf ${size * 1.5} TL 60 720 Td ${text
    .split('\n')
    .map((line) => `(${line.replace(/[()\\]/g, '\\$&')}) Tj T*`)
    .join(' ')} ET`

/** A PDF with a page for each text. */
export function textPdf(texts: string[], size?: number): Buffer {
  const objects: Record<number, string> = {}
  texts.forEach((text, index) => {
    objects[10 + index * 2] = page(11 + index * 2)
    objects[11 + index * 2] = stream(lines(text, size))
  })
  objects[2] = `<</Type/Pages/Kids[${texts.map((_, index) => `${10 + index * 2} 0 R`).join(' ')}]/Count ${texts.length}>>`
  return file(objects)
}

/** So many pages of one letter, all of them the same one. */
export const letterPages = (count: number): Buffer =>
  file({ 2: `<</Type/Pages/Kids[${'3 0 R '.repeat(count)}]/Count ${count}>>`, 3: page(4), 4: stream(lines('x')) })

/** Under a password that nobody knows. */
export const lockedPdf = (): Buffer =>
  file(
    { 2: '<</Type/Pages/Kids[3 0 R]/Count 1>>', 3: page(4), 4: stream(lines('CANARY')) },
    `/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]` +
      `/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<${'5a'.repeat(32)}>/U<${'a5'.repeat(32)}>>>`,
  )

/** A form that was filled in, with a note beside it. */
export const filledPdf = (filled: string, note: string): Buffer =>
  file({
    2: '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    3: page(4, '/Annots[6 0 R 8 0 R]'),
    4: stream(lines('Name of the appellant')),
    6: `<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(${filled})/F 4/Rect[60 500 400 530]/AP<</N 7 0 R>>>>`,
    7: stream(`BT /F 12 Tf 2 8 Td (${filled}) Tj ET`).replace('<<', `<</Type/XObject/Subtype/Form/BBox[0 0 340 30]/Resources${FONT}`),
    8: `<</Type/Annot/Subtype/Text/Rect[500 500 520 520]/Contents(${note})>>`,
  })

/** What a scanner makes of a text: grey, 300 dots an inch. */
export async function scanned(text: string, size = 24): Promise<Sharp> {
  const bytes = textPdf([text], size)
  const { grey, width, height } = await withPdf(
    { size: bytes.length, at: (start, end) => bytes.subarray(start, end) },
    (pdfium, document) => pagePicture(pdfium, document, 1),
  )
  return sharp(Buffer.from(grey), { raw: { width, height, channels: 1 } })
}

/** A page that is a picture, and what a court has stamped on it. */
export async function scanPdf(text: string, stamp = '', share = 1): Promise<Buffer> {
  const { data, info } = await (await scanned(text)).toColourspace('b-w').jpeg().toBuffer({ resolveWithObject: true })
  const image = `<</Type/XObject/Subtype/Image/Width ${info.width}/Height ${info.height}/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode/Length ${data.length}>>`
  return file({
    2: '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    3: page(4).replace(FONT, '<</Font<</F 5 0 R>>/XObject<</I 6 0 R>>>>'),
    4: stream(`q ${612 * share} 0 0 ${792 * share} 0 0 cm /I Do Q ${lines(stamp)}`),
    6: `${image}stream\n${data.toString('latin1')}\nendstream`,
  })
}
