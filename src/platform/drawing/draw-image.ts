import sharp, { type Sharp } from 'sharp'
import { LIMITS, NotDrawn } from './drawing.ts'

// Only what `drawableOf` names is read, whatever else libvips knows; one thread, nothing kept for the next one.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: [
    'VipsForeignLoadJpeg',
    'VipsForeignLoadPng',
    'VipsForeignLoadWebp',
    'VipsForeignLoadNsgif',
    'VipsForeignLoadTiff',
    'VipsForeignLoadHeif',
  ],
})
sharp.concurrency(1)
sharp.cache(false)

/** The first picture of a file, upright. @throws NotDrawn */
export async function drawImage(bytes: Buffer): Promise<Buffer> {
  try {
    return await smallWebp(sharp(bytes, { limitInputPixels: LIMITS.pixels, failOn: 'error', sequentialRead: true, pages: 1 }).autoOrient())
  } catch (fault) {
    if (fault instanceof NotDrawn) throw fault
    const isLarge = /pixel limit|too large|memory/i.test((fault as Error).message)
    throw new NotDrawn(isLarge ? 'too-much' : 'broken', 'the picture cannot be decoded')
  }
}

/** Pixels in RGBA. @throws NotDrawn */
export const drawPixels = (rgba: Buffer, width: number, height: number): Promise<Buffer> =>
  smallWebp(sharp(rgba, { raw: { width, height, channels: 4 } }))

/** On white, without any of the file's metadata. */
async function smallWebp(picture: Sharp): Promise<Buffer> {
  const small = await picture
    .resize({ width: LIMITS.side, height: LIMITS.side, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .png({ compressionLevel: 0 })
    .toBuffer()
  for (const quality of [75, 45, 15]) {
    const webp = await sharp(small).webp({ quality, effort: 2 }).toBuffer()
    if (webp.length <= LIMITS.picture) return webp
  }
  throw new NotDrawn('too-much', 'the picture is still too large')
}
