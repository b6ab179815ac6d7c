import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { Pixels } from './page.ts'
import { marked } from './watermark.ts'

const LINES = ['Zoë Müller', 'zoe@example.com', '24 November 2026, 03:54 UTC', 'Share 1042']
const plain = (width: number, height: number, grey: number): Pixels => {
  const rgba = Buffer.alloc(width * height * 4, grey)
  for (let at = 3; at < rgba.length; at += 4) rgba[at] = 255
  return { width, height, rgba }
}
/** How many pixels of each tile of a grid differ, in the order of reading. */
function changed(before: Pixels, after: Pixels, across: number, down: number): number[] {
  const counts = new Array<number>(across * down).fill(0)
  for (let y = 0; y < before.height; y += 1)
    for (let x = 0; x < before.width; x += 1) {
      const at = (y * before.width + x) * 4
      const differs = [0, 1, 2].some((n) => Math.abs(before.rgba[at + n]! - after.rgba[at + n]!) > 12)
      if (differs) counts[Math.floor((y / before.height) * down) * across + Math.floor((x / before.width) * across)]! += 1
    }
  return counts
}

test.each([
  ['white', 255],
  ['black', 0],
  ['grey', 128],
])('on %s every part of a page is marked, and most of it is left as it was', async (_, grey) => {
  for (const [width, height] of [
    [1200, 1697],
    [2000, 1414],
    [200, 283],
    [600, 4000],
    [1200, 90],
  ] as const) {
    const page = plain(width, height, grey)
    const after = await marked(page, LINES)
    const tiles = changed(page, after, 6, 8)
    expect([width, height, Math.min(...tiles) > 0]).toEqual([width, height, true])
    const share = tiles.reduce((sum, count) => sum + count, 0) / (width * height)
    expect(share).toBeGreaterThan(0.02)
    expect(share).toBeLessThan(0.3)
  }
})

test('dark letters stay dark under it and light ground light: what is beneath can be read', async () => {
  for (const [grey, least, most] of [
    [0, 0, 130],
    [255, 125, 255],
  ] as const) {
    const { rgba } = await marked(plain(800, 800, grey), LINES)
    const greys = rgba.filter((_, at) => at % 4 === 1)
    expect(greys.every((value) => value >= least && value <= most)).toBe(true)
  }
})

test('every line is on the page several times over, and each changes the picture', async () => {
  const page = plain(1200, 1697, 255)
  const whole = await marked(page, LINES)
  expect((await marked(page, LINES)).rgba.equals(whole.rgba)).toBe(true)
  for (let at = 0; at < LINES.length; at += 1) {
    const other = await marked(page, LINES.with(at, `${LINES[at]!.slice(0, -1)}#`))
    const places = changed(whole, other, 3, 4)
    expect(Math.min(...places)).toBeGreaterThan(0)
  }
})

test('names that differ in what cannot be seen make different pictures', async () => {
  const page = plain(800, 1000, 255)
  const seen = new Set<string>()
  const names = [
    'Ann Bob',
    'Ann\u202eBob',
    'Ann\u2066Bob',
    'Ann<b>Bob',
    'שרה',
    'שרי',
    'محمد',
    '王',
    '李',
    'x'.repeat(500),
    'y'.repeat(500),
    '\ud800',
  ]
  for (const name of names) {
    const after = await marked(page, [name])
    expect([name, changed(page, after, 6, 8).every((count) => count > 0)]).toEqual([name, true])
    seen.add(after.rgba.toString('base64'))
  }
  expect(seen.size).toBe(names.length)
})

test('a name that names an address loads nothing, and is its letters', async () => {
  let asked = 0
  const server = createServer((_, answer) => void ((asked += 1), answer.end()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x.png`
  try {
    const page = plain(800, 1000, 255)
    const pictures = await Promise.all(
      [`<image href="${address}"/>`, `<image href="${address}"></image>`, `]]></text><image href='${address}'/>`, `url(${address})`].map(
        (name) => marked(page, [name]),
      ),
    )
    for (const one of pictures) expect(Math.min(...changed(page, one, 6, 8))).toBeGreaterThan(0)
    expect(new Set(pictures.map(({ rgba }) => rgba.toString('base64'))).size).toBe(4)
    expect(asked).toBe(0)
  } finally {
    server.close()
  }
})

test('nothing leaves without a mark', async () => {
  for (const lines of [[], [''], [' \n\t ']]) await expect(marked(plain(300, 300, 255), lines)).rejects.toThrow('no watermark')
})

test('a thousand pages are marked in the same memory', async () => {
  const page = plain(200, 200, 255)
  const { opened } = await import('../scans/pdfium.ts')
  await marked(page, LINES)
  const before = (await opened()).pdfium.HEAPU8.length
  for (let n = 0; n < 1000; n += 1) await marked(page, [`Name ${n}`])
  expect((await opened()).pdfium.HEAPU8.length - before).toBeLessThan(4 * 1024 * 1024)
  expect((await sharp((await marked(page, LINES)).rgba, { raw: { width: 200, height: 200, channels: 4 } }).metadata()).width).toBe(200)
})
