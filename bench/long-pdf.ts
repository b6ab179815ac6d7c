import { open } from 'node:fs/promises'

/**
 * `tree`: pages in tens, as writers of long files make them. `flat`: all pages in one array. `linearized`: flat, the first page and its
 * table in front (ISO 32000-1, Annex F; without hints, which pdf.js does not read). `streams`: flat, cross-reference stream and pages
 * in object streams of a hundred (7.5.7, 7.5.8).
 */
export const SHAPES = ['tree', 'flat', 'linearized', 'streams'] as const
export type Shape = (typeof SHAPES)[number]

/** A PDF with a line of text and an image of about `bytes` on each of its pages, a page beside its content (ISO 32000-1, 7.5). */
export async function writePdf(path: string, pages: number, bytes: number, shape: Shape): Promise<void> {
  const file = await open(path, 'w')
  let at = 0
  const places: number[] = []
  const put = async (content: Buffer | string) => {
    const part = Buffer.from(content as string)
    await file.write(part, 0, part.length, at)
    at += part.length
  }
  const packed: { number: number; body: string }[] = []
  const packs: { number: number; holds: number[] }[] = []
  const object = async (number: number, body: string, stream?: Buffer) => {
    if (!stream && shape === 'streams') return void packed.push({ number, body })
    places[number] = at
    await put(`${number} 0 obj\n${body}\n`)
    if (stream) {
      await put('stream\n')
      await put(stream)
      await put('\nendstream\n')
    }
    await put('endobj\n')
  }
  const pack = async (number: number) => {
    const some = packed.splice(0)
    if (some.length === 0) return
    let offset = 0
    const heads = some.map(({ number: one, body }) => `${one} ${(offset += body.length + 1) - body.length - 1}`).join(' ')
    const content = Buffer.from(`${heads}\n${some.map(({ body }) => body).join('\n')}\n`)
    packs.push({ number, holds: some.map((one) => one.number) })
    await object(number, `<< /Type /ObjStm /N ${some.length} /First ${heads.length + 1} /Length ${content.length} >>`, content)
  }
  const side = Math.floor(Math.sqrt(bytes))
  const picture = Buffer.alloc(side * side, 0xdd)
  const tens = shape === 'tree' ? pages / 10 : 0
  const first = (page: number) => 4 + tens + (page - 1) * 3
  const end = first(pages + 1)
  await put('%PDF-1.7\n')
  // parameter dictionary and first table, filled in when the offsets are known
  const front = { dict: at, table: 0, to: 0 }
  if (shape === 'linearized') {
    await put(' '.repeat(160) + '\n')
    front.table = at
    await put(' '.repeat(400) + '\n')
    front.to = at
  }
  await object(1, '<< /Type /Catalog /Pages 2 0 R >>')
  await object(3, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>')
  let nextPack = end
  for (let page = 1; page <= pages; page += 1) {
    const [leaf, content, image] = [first(page), first(page) + 1, first(page) + 2]
    const parent = tens > 0 ? 4 + Math.floor((page - 1) / 10) : 2
    const resources = `/Resources << /Font << /F 3 0 R >> /XObject << /I ${image} 0 R >> >>`
    await object(leaf, `<< /Type /Page /Parent ${parent} 0 R /MediaBox [0 0 595 842] ${resources} /Contents ${content} 0 R >>`)
    const text = Buffer.from(`q 400 0 0 400 90 90 cm /I Do Q BT /F 24 Tf 90 700 Td (This is page ${page}.) Tj ET`)
    await object(content, `<< /Length ${text.length} >>`, text)
    const its = `/Width ${side} /Height ${side} /ColorSpace /DeviceGray /BitsPerComponent 8`
    await object(image, `<< /Type /XObject /Subtype /Image ${its} /Length ${picture.length} >>`, picture)
    if (packed.length >= 100) await pack(nextPack++)
  }
  const kids = (count: number, of: (n: number) => number) => Array.from({ length: count }, (_, n) => `${of(n)} 0 R`).join(' ')
  for (let ten = 0; ten < tens; ten += 1)
    await object(4 + ten, `<< /Type /Pages /Parent 2 0 R /Count 10 /Kids [${kids(10, (n) => first(ten * 10 + n + 1))}] >>`)
  const top = tens > 0 ? kids(tens, (n) => 4 + n) : kids(pages, (n) => first(n + 1))
  await object(2, `<< /Type /Pages /Count ${pages} /Kids [${top}] >>`)
  await pack(nextPack++)
  const table = at
  if (shape === 'streams') {
    const size = nextPack + 1
    const entries = Buffer.alloc(size * 8)
    const entry = (number: number, type: number, one: number, two: number) => {
      entries.writeUInt8(type, number * 8)
      entries.writeUIntBE(one, number * 8 + 1, 5)
      entries.writeUInt16BE(two, number * 8 + 6)
    }
    for (const [number, place] of places.entries()) if (place !== undefined) entry(number, 1, place, 0)
    for (const { number, holds } of packs) for (const [index, one] of holds.entries()) entry(one, 2, number, index)
    entry(nextPack, 1, table, 0)
    await object(nextPack, `<< /Type /XRef /Size ${size} /W [1 5 2] /Root 1 0 R /Length ${entries.length} >>`, entries)
    await put(`startxref\n${table}\n%%EOF\n`)
  } else {
    const lines = places.slice(1).map((place) => `${String(place).padStart(10, '0')} 00000 n \n`)
    await put(`xref\n0 ${end}\n0000000000 65535 f \n${lines.join('')}trailer\n<< /Size ${end} /Root 1 0 R >>\n`)
    await put(`startxref\n${shape === 'linearized' ? front.table : table}\n%%EOF\n`)
  }
  if (shape === 'linearized') {
    const length = at
    const entry = (number: number) => `${String(places[number]).padStart(10, '0')} 00000 n \n`
    const own = `xref\n1 1\n${entry(1)}3 4\n${[3, 4, 5, 6].map(entry).join('')}`
    const trailer = `trailer\n<< /Size ${end + 1} /Root 1 0 R /Prev ${table} >>\nstartxref\n0\n%%EOF`
    const dict = `${end} 0 obj\n<< /Linearized 1 /L ${length} /H [${front.to} 1] /O ${first(1)} /E ${places[first(2)]} /N ${pages} /T ${table} >>\nendobj`
    await file.write(Buffer.from(dict.padEnd(160)), 0, 160, front.dict)
    await file.write(Buffer.from(`${own}${trailer}`.padEnd(400)), 0, 400, front.table)
  }
  await file.close()
}
