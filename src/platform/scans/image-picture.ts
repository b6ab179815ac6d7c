import sharp from 'sharp'
import type { Picture } from './page-picture.ts'
import { LIMITS, NotRead } from './scan.ts'

// Only what scanners and cameras give is read, whatever else libvips knows; one thread, nothing kept for the next one.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp', 'VipsForeignLoadTiff'] })
sharp.concurrency(1)
sharp.cache(false)

/** A picture with a longest side of fewer pixels was made for a screen: its letters are drawn twice as large. */
const SMALL = 1600

/** A picture, or a page of a TIFF (from 1), upright, and how many pages the file has. @throws NotRead */
export async function imagePicture(bytes: Buffer, page: number): Promise<Picture & { pages: number }> {
  try {
    const opened = { limitInputPixels: LIMITS.declared, failOn: 'error', sequentialRead: true, page: page - 1, pages: 1 } as const
    const { autoOrient, pages = 1 } = await sharp(bytes, opened).metadata()
    const { width, height } = autoOrient
    const fit = Math.sqrt(LIMITS.pixels / (width * height))
    const scale = Math.min(fit, Math.max(width, height) < SMALL ? 2 : 1)
    const { data, info } = await sharp(bytes, opened)
      .autoOrient()
      .resize({ width: Math.max(1, Math.floor(width * scale)) })
      .flatten({ background: '#ffffff' })
      .toColourspace('b-w')
      .raw()
      .toBuffer({ resolveWithObject: true })
    if (info.channels !== 1) throw new NotRead('broken', 'the picture was decoded in another form')
    return { width: info.width, height: info.height, grey: data, pages }
  } catch (fault) {
    if (fault instanceof NotRead) throw fault
    const isLarge = /pixel limit|too large|memory/i.test((fault as Error).message)
    throw new NotRead(isLarge ? 'too-much' : 'broken', 'the picture cannot be decoded')
  }
}
