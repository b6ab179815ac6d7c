import { readdir } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openRescan } from '../src/features/vault/rescan.ts'
import { openScanner } from '../src/platform/scanner.ts'
import { EICAR } from './world/clamd.ts'
import { Filed } from './world/filed.ts'
import { hasClamd, MOST, RealClamd } from './world/real-clamd.ts'
import { useWorld } from './world/world.ts'

async function* inParts(bytes: Buffer, size = 65_536) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

describe.skipIf(!hasClamd)('Debian’s clamd (package clamav-daemon; skipped where it is not installed)', () => {
  const clamd = new RealClamd()
  const world = useWorld(async (world) => {
    await clamd.open()
    world.env = { SUBROSA_CLAMD: `unix:${clamd.path}` }
  })
  afterAll(() => clamd.close())
  const firm = new Filed(world)
  beforeEach(() => firm.beginAnew())
  const scanner = () => openScanner({ at: { path: clamd.path }, away: 'hold' })
  const rescan = () => openRescan(world.firm.house).run()
  const { at, file } = firm

  test('it says what it says of each content, however it is cut, also of many at once', async () => {
    expect(await scanner().version()).toMatch(/^ClamAV \d/)
    for (const size of [3, 4095, 65_537]) {
      expect(await scanner().scan(inParts(Buffer.from('some words'), size))).toEqual({ is: 'clean' })
      expect(await scanner().scan(inParts(Buffer.from(EICAR), size))).toEqual({ is: 'found', signature: 'Own.Eicar.UNOFFICIAL' })
    }
    // at the very end of what it takes
    const long = Buffer.concat([Buffer.alloc(MOST - 200, 'a '), Buffer.from(EICAR)])
    expect(await scanner().scan(inParts(long))).toMatchObject({ is: 'found' })
    const one = scanner()
    const many = Array.from({ length: 20 }, (_, n) => one.scan(inParts(Buffer.from(n % 2 ? `clean ${n}` : `${n} ${EICAR}`), 7)))
    expect((await Promise.all(many)).map((verdict) => verdict.is)).toEqual(many.map((_, n) => (n % 2 ? 'clean' : 'found')))
  })

  test('what is one byte more than it takes, and much more, is never clean, wherever the malware is in it', async () => {
    expect(await scanner().scan(inParts(Buffer.alloc(MOST, 'a ')))).toEqual({ is: 'clean' })
    for (const size of [MOST + 1, 3 * MOST, 30 * MOST]) {
      const verdict = await scanner().scan(inParts(Buffer.concat([Buffer.alloc(size - EICAR.length, 'a '), Buffer.from(EICAR)])))
      expect([size, verdict.is]).toEqual([size, 'unscanned'])
      expect(verdict).not.toMatchObject({ why: 'away' })
    }
    const large = await file('large.bin', '', Buffer.alloc(2 * MOST, 'a '))
    expect(large.scan.state).toBe('waiting')
    await rescan()
    expect(await world.ada.refused('document.open', at(large))).toBe('document.held')
  })

  test('it is killed while a content goes to it, and after its last byte: that is no verdict', async () => {
    async function* slow() {
      for (let n = 0; n < 6; n += 1) {
        // docs/settings.md: its temporary folder belongs in memory
        if (n === 3) await clamd.kill().then(async () => expect(await readdir(clamd.streams)).toHaveLength(1))
        yield Buffer.alloc(10_000, 'a ')
        await pause(5)
      }
    }
    expect(await scanner().scan(slow())).toEqual({ is: 'unscanned', why: 'away' })
    await clamd.start()
    clamd.signal('SIGSTOP')
    const verdict = scanner().scan(inParts(Buffer.from(EICAR)))
    await pause(100)
    await clamd.kill()
    expect(await verdict).toEqual({ is: 'unscanned', why: 'away' })
    await clamd.start()
    expect(await scanner().scan(inParts(Buffer.from(EICAR)))).toMatchObject({ is: 'found' })
  })

  test('a firm beside it: found is quarantined, and while it is dead all is held, until it is back', async () => {
    const clean = await file('letter.txt', '', 'some words')
    expect(clean.scan.state).toBe('clean')
    expect((await file('invoice.pdf', '', `%PDF-1.4 ${EICAR}`)).scan).toMatchObject({
      state: 'quarantined',
      signature: 'Own.Eicar.UNOFFICIAL',
    })
    await clamd.kill()
    const [good, bad] = [await file('good.txt', '', 'other words'), await file('bad.txt', '', EICAR)]
    expect([good.scan, bad.scan]).toEqual(Array(2).fill({ state: 'waiting', why: 'away', signature: null }))
    for (const one of [good, bad]) expect(await world.ada.refused('document.open', at(one))).toBe('document.held')
    await world.ada.ok('document.open', at(clean))
    await clamd.start()
    expect((await world.deedsOf(rescan)).sort()).toEqual(['document.cleared', 'document.quarantined'])
    await world.ada.ok('document.open', at(good))
    expect(await world.ada.refused('document.open', at(bad))).toBe('document.quarantined')
  })
})
