import sharp from 'sharp'
import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { canaries, codesIn, copyOf, told } from '../../../test/cleaning/asking.ts'
import { chunk, exif, insertedJpeg, segment, tellingJpeg, tellingTiff } from '../../../test/cleaning/made-pictures.ts'
import { tellingPdf } from '../../../test/cleaning/made-pdf.ts'
import { word } from '../../../test/cleaning/made-office.ts'
import { inspect } from './cleaning.ts'

const plain = (): ReturnType<typeof sharp> => sharp({ create: { width: 16, height: 12, channels: 3, background: '#a04020' } })
const pixels = (bytes: Buffer): Promise<Buffer> => sharp(bytes).raw().toBuffer()

test('a plain picture of each kind tells nothing and leaves as it is', async () => {
  for (const make of [plain().jpeg(), plain().png(), plain().webp(), plain().gif()]) {
    const bytes = await make.toBuffer()
    expect(await codesIn(bytes)).toEqual([])
    expect(await copyOf(bytes)).toEqual(bytes)
  }
})

test('a JPEG: camera, place, notes, thumbnail, IPTC, XMP, remark, what stands behind its end', async () => {
  const bytes = tellingJpeg(await plain().jpeg().toBuffer())
  const found = await told(bytes)
  expect(Object.keys(found).sort()).toEqual(
    ['exif', 'iptc', 'location', 'maker-notes', 'picture-texts', 'private-data', 'thumbnails', 'trailing-data', 'xmp'].sort(),
  )
  expect(found.exif!.examples).toContain('make: CANARY-make')
  expect(found.location!.examples).toEqual(['48.20000 N, 16.36667 E'])
  expect(found.iptc!.examples).toEqual(['CANARY-iptc'])
  const copy = await copyOf(bytes)
  expect(await canaries(copy)).toEqual([])
  expect(await pixels(copy)).toEqual(await pixels(bytes))
  // it still lies on its side
  expect((await sharp(copy).metadata()).orientation).toBe(6)
  expect(await codesIn(copy)).toEqual([])
})

test('the colour profile and the colours of a JPEG stay', async () => {
  const bytes = await plain().withIccProfile('p3').jpeg({ progressive: true }).toBuffer()
  const copy = await copyOf(insertedJpeg(bytes, segment(0xfe, 'CANARY-remark')))
  expect((await sharp(copy).metadata()).icc).toEqual((await sharp(bytes).metadata()).icc)
  expect(await pixels(copy)).toEqual(await pixels(bytes))
  const cmyk = await plain().toColourspace('cmyk').jpeg().toBuffer()
  expect(await pixels(await copyOf(cmyk))).toEqual(await pixels(cmyk))
})

test('a PNG: words, times, camera data and private parts go, pixels and profile stay', async () => {
  const bytes = await plain().withIccProfile('p3').png().toBuffer()
  const end = bytes.length - 12
  const packed = Buffer.concat([Buffer.from('Comment\0\0'), deflateSync('CANARY-packed')])
  const telling = Buffer.concat([
    bytes.subarray(0, end),
    chunk('tEXt', Buffer.from('Author\0CANARY-author')),
    chunk('zTXt', packed),
    chunk('iTXt', Buffer.from('XML:com.adobe.xmp\0\0\0\0\0CANARY-xmp')),
    chunk('eXIf', exif()),
    chunk('tIME', Buffer.from([7, 234, 1, 2, 3, 4, 5])),
    chunk('prVt', Buffer.from('CANARY-private')),
    bytes.subarray(end),
    Buffer.from('CANARY-behind'),
  ])
  const found = await told(telling)
  expect(Object.keys(found).sort()).toEqual(
    ['exif', 'location', 'maker-notes', 'picture-texts', 'private-data', 'thumbnails', 'trailing-data', 'xmp'].sort(),
  )
  expect(found['picture-texts']!.examples).toContain('Comment: CANARY-packed')
  const copy = await copyOf(telling)
  expect(await canaries(copy)).toEqual([])
  expect(await pixels(copy)).toEqual(await pixels(bytes))
  expect((await sharp(copy).metadata()).icc).toEqual((await sharp(bytes).metadata()).icc)
})

test('a WebP and a GIF', async () => {
  const webp = await plain()
    .withExif({ IFD0: { Artist: 'CANARY-artist' } })
    .webp()
    .toBuffer()
  expect((await told(webp)).exif!.examples).toContain('artist: CANARY-artist')
  expect(await canaries(await copyOf(webp))).toEqual([])
  expect(await pixels(await copyOf(webp))).toEqual(await pixels(webp))
  const gif = await plain().gif().toBuffer()
  const remark = Buffer.concat([gif.subarray(0, -1), Buffer.from('!\xfe\x0dCANARY-remark\0;', 'latin1')])
  expect(await codesIn(remark)).toEqual(['picture-texts'])
  expect(await copyOf(remark)).toEqual(gif)
})

test('a TIFF keeps its strips where they are and loses all that no tag of the picture leads to', async () => {
  const bytes = tellingTiff()
  expect(await codesIn(bytes)).toEqual(['exif', 'iptc', 'location', 'xmp'])
  const copy = await copyOf(bytes)
  expect(copy).toHaveLength(bytes.length)
  expect(await canaries(copy)).toEqual([])
  expect(await pixels(copy)).toEqual(await pixels(bytes))
})

test('pictures in a document and in a PDF are cleaned as pictures are', async () => {
  const jpeg = tellingJpeg(await plain().jpeg().toBuffer())
  const letter = word('', { 'word/media/image1.jpeg': jpeg }, [['rId2', 'image', 'media/image1.jpeg']])
  expect((await told(letter, true)).location!.within).toBe('word/media/image1.jpeg')
  expect(await canaries(await copyOf(letter))).toEqual([])
  const scan = tellingPdf(jpeg)
  expect((await told(scan)).location!.count).toBe(1)
  expect(await canaries(await copyOf(scan))).toEqual(['CANARY-layer', 'CANARY-value'])
})

test('a picture that nothing here reads is not called clean', async () => {
  expect(await inspect(Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), 'a.heic')).toEqual({
    isKnown: false,
    format: 'heic',
    reason: 'unknown-format',
  })
  const cut = (await plain().jpeg().toBuffer()).subarray(0, 100)
  expect(await inspect(cut, 'a.jpg')).toMatchObject({ isKnown: false, reason: 'broken' })
})
