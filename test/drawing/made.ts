import { deflateSync, crc32 } from 'node:zlib'

type Page = { width?: number; height?: number; words?: string; content?: string }
/** A PDF of one page, with a word in large letters. */
export const pdf = ({
  width = 612,
  height = 792,
  words = 'CANARY',
  content = `BT /F 90 Tf 60 500 Td (${words}) Tj ET`,
}: Page = {}): Buffer =>
  Buffer.from(`%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${width} ${height}]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length ${content.length}>>stream
${content}
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
`)

/** A page whose drawing does not come to an end in any time that someone waits: forms that draw one another, ten each, twelve deep. */
export function endless(): Buffer {
  const deep = 12
  const form = (at: number) => {
    const draws = at === deep ? '0 0 9 9 re f' : '/X Do '.repeat(10)
    const next = at === deep ? '' : `/XObject<</X ${at + 11} 0 R>>`
    return `${at + 10} 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<<${next}>>/Length ${draws.length}>>stream\n${draws}\nendstream endobj`
  }
  return Buffer.from(`%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</XObject<</X 10 0 R>>>>>>endobj
4 0 obj<</Length 5>>stream
/X Do
endstream endobj
${Array.from({ length: deep + 1 }, (_, at) => form(at)).join('\n')}
trailer<</Root 1 0 R>>
`)
}

/** A PNG in grey of so many pixels, each row the same: small to send, large to open. */
export function png(width: number, height: number, row = Buffer.alloc(width, 120)): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width)
  head.writeUInt32BE(height, 4)
  head[8] = 8
  const line = Buffer.concat([Buffer.of(0), row])
  const lines = deflateSync(Buffer.concat(Array.from({ length: Math.min(height, 4000) }, () => line)))
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', lines), chunk('IEND', Buffer.alloc(0))])
}
