import { readdir, readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { afterAll, afterEach, expect, test } from 'vitest'
import { endless, pdf, png } from '../../../test/drawing/made.ts'
import { drawableOf, LIMITS, type Drawable } from './drawing.ts'
import { openDrawer, type Drawer } from './drawer.ts'

const drawer = openDrawer()
const others: Drawer[] = []
afterEach(async () => void (await Promise.all(others.splice(0).map((one) => one.close()))))
afterAll(() => drawer.close())

const source = (bytes: Buffer, pieces = 50_000) => ({
  size: bytes.length,
  read: async function* (start: number, end: number) {
    for (let at = start; at < end; at += pieces) yield bytes.subarray(at, Math.min(at + pieces, end))
  },
})
const draw = (bytes: Buffer, by = drawer, of = 'a matter') => by.draw(source(bytes), drawableOf(bytes)!, of)
async function sizeOf(drawn: Awaited<ReturnType<typeof draw>>): Promise<[number | undefined, number | undefined, string | undefined]> {
  if (drawn === null || drawn === 'missing' || !('picture' in drawn)) throw new Error(`no picture: ${JSON.stringify(drawn)}`)
  expect(drawn.picture.length).toBeLessThanOrEqual(LIMITS.picture)
  const { width, height, format } = await sharp(drawn.picture).metadata()
  return [width, height, format]
}
/** The processes of ours that draw. */
async function artists(): Promise<number[]> {
  const found: number[] = []
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    if (line.includes('draw-process.ts') && stat.split(') ')[1]?.split(' ')[1] === String(process.pid)) found.push(Number(pid))
  }
  return found
}
const next = async () => expect(await sizeOf(await draw(png(20, 10)))).toEqual([20, 10, 'webp'])

test('the first page of a PDF is drawn, with its letters, 320 pixels at its longest side', async () => {
  const drawn = await draw(pdf({ words: 'CANARY' }))
  expect(await sizeOf(drawn)).toEqual([248, 320, 'webp'])
  const { data } = await sharp((drawn as { picture: Buffer }).picture)
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const dark = data.filter((pixel) => pixel < 100).length
  expect(dark).toBeGreaterThan(300)
  expect(data.filter((pixel) => pixel > 240).length).toBeGreaterThan(60_000)
})

test('pictures of every kind are drawn upright and without what else stood in them', async () => {
  const plain = sharp({ create: { width: 900, height: 300, channels: 3, background: '#336699' } })
  for (const kind of ['png', 'jpeg', 'webp', 'gif', 'tiff', 'avif'] as const) {
    const bytes = await plain
      .clone()
      .withExif({ IFD0: { Copyright: 'CANARY-EXIF' } })
      .toFormat(kind)
      .toBuffer()
    expect([kind, drawableOf(bytes)]).toEqual([kind, 'image'])
    const drawn = await draw(bytes)
    expect([kind, ...(await sizeOf(drawn))]).toEqual([kind, 320, 107, 'webp'])
    expect((drawn as { picture: Buffer }).picture.includes('CANARY')).toBe(false)
  }
  const turned = await plain.clone().jpeg().withMetadata({ orientation: 6 }).toBuffer()
  expect(await sizeOf(await draw(turned))).toEqual([107, 320, 'webp'])
})

test('what cannot be drawn says why and costs only itself', async () => {
  expect(await draw(png(30_000, 30_000))).toEqual({ none: 'too-much' })
  await next()
  expect(await draw(pdf({ width: 1_000_000_000, height: 1_000_000_000 }))).toEqual({ none: 'too-much' })
  await next()
  expect(await draw(Buffer.from('%PDF-1.7\nnothing of it'))).toEqual({ none: 'broken' })
  expect(await draw(Buffer.from('89504e470d0a1a0a00112233', 'hex'))).toEqual({ none: 'broken' })
  expect(await draw(Buffer.concat([Buffer.from('GIF89a'), Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')]))).toEqual({
    none: 'broken',
  })
  expect(await drawer.draw({ size: LIMITS.source + 1, read: source(pdf()).read }, 'pdf', 'a matter')).toEqual({ none: 'too-much' })
  await next()
})

test('what other libvips readers would take is not read, whatever it is called', async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>')
  expect(drawableOf(svg)).toBeNull()
  expect(await drawer.draw(source(svg), 'image', 'a matter')).toEqual({ none: 'broken' })
})

test('what does not end is ended', { timeout: 60_000 }, async () => {
  const sleeper = openDrawer({ ms: 1000, program: new URL('../../../test/drawing/sleeper.ts', import.meta.url) })
  others.push(sleeper)
  for (let twice = 0; twice < 2; twice += 1) expect(await draw(png(9, 9), sleeper)).toEqual({ none: 'took-too-long' })
  // by its time or by its memory, whichever is over first
  const drawn = await draw(endless())
  expect([{ none: 'took-too-long' }, { none: 'crashed' }]).toContainEqual(drawn)
  await next()
})

test('a process that is killed in the middle gives no picture, and the next one works', async () => {
  await next()
  const slow = {
    size: 10_000_000,
    read: async function* () {
      yield Buffer.from('%PDF-')
      for (const pid of await artists()) process.kill(pid, 'SIGKILL')
      for (let n = 0; n < 100; n += 1) yield Buffer.alloc(100_000)
    },
  }
  expect(await drawer.draw(slow, 'pdf', 'a matter')).toEqual({ none: 'crashed' })
  await next()
})

test('one process is there, for one matter; the next matter has another one', async () => {
  await next()
  const [first, ...more] = await artists()
  expect(more).toEqual([])
  await next()
  expect(await artists()).toEqual([first])
  await draw(png(20, 10), drawer, 'another matter')
  const after = await artists()
  expect(after).toHaveLength(1)
  expect(after).not.toEqual([first])
})

test('what is not wanted any more when its turn comes is not drawn; what a source throws comes through, and costs only its own', async () => {
  expect(await drawer.draw(source(pdf()), 'pdf', 'a matter', () => false)).toBeNull()
  const fails = {
    size: 1000,
    read: async function* () {
      yield Buffer.from('%PDF-')
      throw new Error('the seal is broken')
    },
  }
  await expect(drawer.draw(fails, 'pdf', 'a matter')).rejects.toThrow('the seal is broken')
  await next()
})

test('the process has no environment, reads nothing outside of the program, writes to no file, starts nothing', async () => {
  const stranger = openDrawer({ program: new URL('../../../test/drawing/stranger.ts', import.meta.url) })
  others.push(stranger)
  const drawn = (await draw(pdf(), stranger)) as { picture: Buffer }
  expect(drawn.picture.toString('latin1', 12)).toBe('111111')
  await next()
  const limits = await readFile(`/proc/${(await artists())[0]}/limits`, 'utf8')
  // native code asks nobody: the system refuses it a file with a byte in it, and a core dump
  expect(limits).toMatch(/Max file size +0 +0 /)
  expect(limits).toMatch(/Max core file size +0 +0 /)
  expect(limits).toMatch(/Max cpu time +300 +300 /)
  expect(limits).toMatch(/Max data size +1536000000 +1536000000 /)
})

test('a drawer that was closed draws nothing, and leaves no process', async () => {
  const own = openDrawer()
  const kind: Drawable = 'pdf'
  const under = own.draw(source(pdf()), kind, 'a matter')
  under.catch(() => {})
  await own.close()
  await expect(own.draw(source(pdf()), kind, 'a matter')).rejects.toThrow('closed')
})
