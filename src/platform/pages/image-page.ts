import sharp from 'sharp'
import { LIMITS, NotShown, sizeWithin, type Pixels } from './page.ts'

// Only what browsers show and scanners give is read, whatever else libvips knows; one thread, nothing kept for the next one.
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

const OPENED = { limitInputPixels: LIMITS.declared, failOn: 'error', sequentialRead: true, pages: 1 } as const

/** Pages of a TIFF; of what moves the first picture is the only page. @throws NotShown */
export async function imagePages(bytes: Buffer): Promise<number> {
  return decoding(async () => {
    const { format, pages = 1 } = await sharp(bytes, OPENED).metadata()
    if (format === 'tiff' && pages > LIMITS.pages) throw new NotShown('too-much', 'it has more pages than are shown')
    return format === 'tiff' ? Math.max(1, pages) : 1
  })
}

/** A picture, or a page of a TIFF (from 1), upright and on white. @throws NotShown */
export async function drawImagePage(bytes: Buffer, page: number, wide: number): Promise<Pixels> {
  if (page > (await imagePages(bytes))) throw new NotShown('no-page', 'it has no such page')
  return decoding(async () => {
    const opened = page === 1 ? OPENED : { ...OPENED, page: page - 1 }
    const { autoOrient } = await sharp(bytes, opened).metadata()
    const { width, height } = sizeWithin(autoOrient.width, autoOrient.height, wide)
    const { data, info } = await sharp(bytes, opened)
      .autoOrient()
      .resize({ width, height, fit: 'fill' })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    if (info.channels !== 4 || info.width !== width || info.height !== height)
      throw new NotShown('broken', 'the picture was decoded in another form')
    return { width, height, rgba: data }
  })
}

async function decoding<T>(decode: () => Promise<T>): Promise<T> {
  try {
    return await decode()
  } catch (fault) {
    if (fault instanceof NotShown) throw fault
    const isLarge = /pixel limit|too large|memory/i.test((fault as Error).message)
    throw new NotShown(isLarge ? 'too-much' : 'broken', 'the picture cannot be decoded')
  }
}

/** As WebP, and nothing beside the pixels. @throws NotShown */
export async function webpOf({ width, height, rgba }: Pixels): Promise<Buffer> {
  for (const quality of [80, 50, 20]) {
    const picture = sharp(rgba, { raw: { width, height, channels: 4 } }).removeAlpha()
    const webp = await picture.webp({ quality, effort: 1 }).toBuffer()
    if (webp.length <= LIMITS.drawn) return webp
  }
  throw new NotShown('too-much', 'the picture is still too large')
}
