import { withMemory, type Pdfium } from '../scans/pdfium.ts'
import type { Box } from './pdf-page-things.ts'

/** A page as it is shown, annotations and all; four bytes for each point. `of` finds a place of the page on it; null beyond its edge. */
export type Picture = { width: number; height: number; pixels: Buffer; of(box: Box): Area | null }
export type Area = { left: number; top: number; right: number; bottom: number }

const SCALE = 2
const MOST_SIDE = 4000
const MOST_POINTS = 9_000_000
const ANNOTATIONS = 0x01
const BGRX = 4

/** null where there is no memory for it, or the page has no size. */
export function pictureOf(pdfium: Pdfium, page: number): Picture | null {
  const [across, down] = [pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)]
  if (!(across > 0 && down > 0)) return null
  const scale = Math.min(SCALE, MOST_SIDE / Math.max(across, down), Math.sqrt(MOST_POINTS / (across * down)))
  const [width, height] = [Math.max(1, Math.round(across * scale)), Math.max(1, Math.round(down * scale))]
  const bitmap = pdfium.FPDFBitmap_CreateEx(width, height, BGRX, 0, 0)
  if (bitmap === 0) return null
  try {
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff)
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, ANNOTATIONS)
    const start = pdfium.FPDFBitmap_GetBuffer(bitmap)
    if (pdfium.FPDFBitmap_GetStride(bitmap) !== width * 4) return null
    const pixels = Buffer.from(pdfium.pdfium.HEAPU8.slice(start, start + width * height * 4))
    return { width, height, pixels, of: (box) => areaOf(pdfium, page, box, width, height) }
  } finally {
    pdfium.FPDFBitmap_Destroy(bitmap)
  }
}

/** A little within the place, so that its neighbours do not count. */
function areaOf(pdfium: Pdfium, page: number, box: Box, width: number, height: number): Area | null {
  const inset = (box.right - box.left) * 0.15
  const [a, b] = [
    deviceOf(pdfium, page, box.left + inset, box.bottom, width, height),
    deviceOf(pdfium, page, box.right - inset, box.top, width, height),
  ]
  const [left, right] = [Math.min(a.x, b.x), Math.max(a.x, b.x)]
  const [top, bottom] = [Math.min(a.y, b.y), Math.max(a.y, b.y)]
  if (right < 0 || bottom < 0 || left >= width || top >= height) return null
  return { left: Math.max(0, left), top: Math.max(0, top), right: Math.min(width - 1, right), bottom: Math.min(height - 1, bottom) }
}

const deviceOf = (pdfium: Pdfium, page: number, x: number, y: number, width: number, height: number): { x: number; y: number } =>
  withMemory(pdfium, 8, (at) => {
    pdfium.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, at, at + 4)
    const [dx, dy] = new Int32Array(pdfium.pdfium.HEAPU8.slice(at, at + 8).buffer) as unknown as [number, number]
    return { x: dx, y: dy }
  })

/** A difference that no eye sees. */
const UNSEEN = 10

/** Whether the two show the same there. */
export function isSame(one: Picture, other: Picture, { left, top, right, bottom }: Area): boolean {
  for (let y = top; y <= bottom; y++) {
    const [start, end] = [(y * one.width + left) * 4, (y * one.width + right + 1) * 4]
    if (one.pixels.compare(other.pixels, start, end, start, end) === 0) continue
    for (let at = start; at < end; at++) if (Math.abs(one.pixels[at]! - other.pixels[at]!) > UNSEEN) return false
  }
  return true
}

type Tone = 'dark' | 'page-coloured' | 'coloured'

/** What is shown there: one colour or several, and which tone most of it has. */
export function toneOf({ pixels, width }: Picture, { left, top, right, bottom }: Area): { isEven: boolean; tone: Tone } {
  const least = [255, 255, 255]
  const most = [0, 0, 0]
  const counts: Record<Tone, number> = { 'dark': 0, 'page-coloured': 0, 'coloured': 0 }
  for (let y = top; y <= bottom; y++)
    for (let x = left; x <= right; x++) {
      const at = (y * width + x) * 4
      const [blue, green, red] = [pixels[at]!, pixels[at + 1]!, pixels[at + 2]!]
      for (const [n, value] of [blue, green, red].entries()) {
        if (value < least[n]!) least[n] = value
        if (value > most[n]!) most[n] = value
      }
      const light = 0.299 * red + 0.587 * green + 0.114 * blue
      counts[light < 90 ? 'dark' : Math.min(blue, green, red) >= 244 ? 'page-coloured' : 'coloured'] += 1
    }
  const tones = Object.entries(counts) as [Tone, number][]
  return {
    isEven: least.every((value, n) => most[n]! - value <= 24),
    tone: tones.reduce((one, other) => (other[1] > one[1] ? other : one))[0],
  }
}
