import { deflateSync } from 'node:zlib'

/** Objects by number, from 1; a stream is `[dictionary, content]`. */
export type Objects = Record<number, string | [dict: string, content: string | Buffer]>

function bodyOf(number: number, object: Objects[number]): Buffer {
  if (typeof object === 'string') return Buffer.from(`${number} 0 obj\n${object}\nendobj\n`, 'latin1')
  const [dict, content] = object
  const bytes = Buffer.from(content)
  return Buffer.concat([
    Buffer.from(`${number} 0 obj\n<<${dict}/Length ${bytes.length}>>\nstream\n`, 'latin1'),
    bytes,
    Buffer.from('\nendstream\nendobj\n'),
  ])
}

/** A PDF of these; `trailer` says the rest of its trailer, with `Root`. `before` is a file that this one changes. */
export function pdf(
  objects: Objects,
  trailer = '/Root 1 0 R',
  before: Buffer = Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1'),
): Buffer {
  const chunks = [before]
  let at = before.length
  const places: [number, number][] = []
  for (const [key, object] of Object.entries(objects)) {
    const chunk = bodyOf(Number(key), object)
    places.push([Number(key), at])
    chunks.push(chunk)
    at += chunk.length
  }
  const was = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(before.toString('latin1'))?.[1]
  const size = Math.max(...places.map(([number]) => number), 30) + 1
  const table = places.map(([number, place]) => `${number} 1\n${String(place).padStart(10, '0')} 00000 n \n`).join('')
  chunks.push(
    Buffer.from(
      `xref\n0 1\n0000000000 65535 f \n${table}trailer\n<</Size ${size}${trailer}${was ? `/Prev ${was}` : ''}>>\nstartxref\n${at}\n%%EOF\n`,
    ),
  )
  return Buffer.concat(chunks)
}

export type Extra = { page?: string; catalogue?: string; objects?: Objects; trailer?: string; resources?: string; isPacked?: boolean }

/** One page of 400 by 400 points with this content; F1 is Helvetica. Numbers from 10 on are free. */
export const page = (
  content: string,
  { page = '', catalogue = '', objects = {}, trailer = '', resources = '', isPacked = false }: Extra = {},
): Buffer =>
  pdf(
    {
      1: `<</Type/Catalog/Pages 2 0 R${catalogue}>>`,
      2: '<</Type/Pages/Kids[3 0 R]/Count 1>>',
      3: `<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>${resources}>>${page}>>`,
      4: isPacked ? ['/Filter/FlateDecode', deflateSync(content)] : ['', content],
      5: '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
      ...objects,
    },
    `/Root 1 0 R${trailer}`,
  )

export const words = (text: string, x: number, y: number, more = ''): string => `BT /F1 14 Tf ${more} ${x} ${y} Td (${text}) Tj ET\n`
export const box = (x: number, y: number, width: number, height: number, colour = '0 g'): string =>
  `q ${colour} ${x} ${y} ${width} ${height} re f Q\n`

/** A picture of one colour or of stripes, one byte for each point, 0 is black. */
export const grey = (width: number, height: number, shade: (x: number, y: number) => number): [string, Buffer] => {
  const bytes = Buffer.alloc(width * height)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) bytes[y * width + x] = shade(x, y)
  return [
    `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode`,
    deflateSync(bytes),
  ]
}

/** Everything that a PDF may hide; each place holds a canary of its own. */
export function tellingPdf(jpeg?: Buffer): Buffer {
  const first = page(words('CANARY-earlier', 50, 300), {
    catalogue:
      '/Metadata 10 0 R/Names<</EmbeddedFiles<</Names[(a) 11 0 R]>>/JavaScript<</Names[(s) 13 0 R]>>>>/OpenAction 13 0 R/PieceInfo<</X<</Private(CANARY-piece)>>>>/OCProperties<</OCGs[16 0 R]/D<</OFF[16 0 R]>>>>/AcroForm<</Fields[17 0 R]>>',
    page: `/Annots[14 0 R 15 0 R 17 0 R 18 0 R]/Thumb 19 0 R`,
    resources: jpeg ? '/XObject<</P 20 0 R>>' : '',
    trailer: '/Info 21 0 R',
    objects: {
      10: ['/Type/Metadata/Subtype/XML', '<x:xmpmeta><dc:creator>CANARY-xmp</dc:creator></x:xmpmeta>'],
      11: '<</Type/Filespec/F(CANARY-attachment-name)/EF<</F 12 0 R>>>>',
      12: ['/Type/EmbeddedFile/Filter/FlateDecode', deflateSync('CANARY-attached')],
      13: '<</S/JavaScript/JS(app.alert\\("CANARY-script"\\))>>',
      14: '<</Type/Annot/Subtype/Text/Rect[10 10 30 30]/T(CANARY-annotator)/Contents(CANARY-annotation)/Popup 18 0 R>>',
      15: '<</Type/Annot/Subtype/Link/Rect[40 10 60 30]/A<</S/URI/URI(https://wren.example/)>>>>',
      16: '<</Type/OCG/Name(CANARY-layer)>>',
      17: '<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(CANARY-value)/Rect[70 10 90 30]>>',
      18: '<</Type/Annot/Subtype/Popup/Rect[10 40 30 60]/Parent 14 0 R>>',
      19: grey(2, 2, () => 9),
      ...(jpeg
        ? { 20: [`/Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode`, jpeg] }
        : {}),
      21: '<</Author(CANARY-info)/Creator(CANARY-program)/CreationDate(D:20260102030405Z)>>',
      22: '<</Stray(CANARY-stray)>>',
    } as Objects,
  })
  return pdf(
    { 4: ['', words('The fee is due.', 50, 300) + (jpeg ? 'q 20 0 0 20 200 200 cm /P Do Q\n' : '')] },
    '/Root 1 0 R/Info 21 0 R',
    first,
  )
}

/** The same page with its objects in a pack and its table of contents as a stream (ISO 32000-2, 7.5.7 and 7.5.8). */
export function packedPage(content: string, more: Record<number, string> = {}): Buffer {
  const objects: Record<number, string> = {
    1: '<</Type/Catalog/Pages 2 0 R>>',
    2: '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    3: '<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    5: '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
    ...more,
  }
  const numbers = Object.keys(objects).map(Number)
  let index = ''
  let bodies = ''
  for (const number of numbers) {
    index += `${number} ${bodies.length} `
    bodies += `${objects[number]} `
  }
  const head = Buffer.from('%PDF-1.7\n')
  const page = bodyOf(4, ['', content])
  const pack = bodyOf(8, [`/Type/ObjStm/N ${numbers.length}/First ${index.length}/Filter/FlateDecode`, deflateSync(index + bodies)])
  const places: [number, number, number, number][] = [[4, 1, head.length, 0], [8, 1, head.length + page.length, 0]] // prettier-ignore
  for (const [n, number] of numbers.entries()) places.push([number, 2, 8, n])
  const rows = places.map(([, kind, second, third]) => Buffer.from([kind, second >> 8, second & 255, third]))
  const at = head.length + page.length + pack.length
  const ranges = places.map(([number]) => `${number} 1`).join(' ')
  // each row is told as its difference from the one above
  const told = rows.map((row, n) => Buffer.from([2, ...row.map((byte, k) => (byte - (rows[n - 1]?.[k] ?? 0)) & 255)]))
  const table = bodyOf(9, [
    `/Type/XRef/Size 40/W[1 2 1]/Index[${ranges}]/Root 1 0 R/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4>>`,
    deflateSync(Buffer.concat(told)),
  ])
  return Buffer.concat([head, page, pack, table, Buffer.from(`startxref\n${at}\n%%EOF\n`)])
}
