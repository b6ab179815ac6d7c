import { describe, expect, test } from 'vitest'
import { beginEpoch, keyAt, newestKey, openEpochs, originOf, vouches, type Epochs } from './epoch.ts'
import { EMPTY_ROOT, leafHash } from './merkle.ts'
import { BrokenNote, signerOf } from './note.ts'

const seeds = [1, 2, 3, 4].map((n) => Buffer.alloc(32, n))
const origin = originOf(seeds[0]!)
const signers = seeds.map((seed) => signerOf(origin, seed))
const [first, second, third, stranger] = signers as [(typeof signers)[0], (typeof signers)[0], (typeof signers)[0], (typeof signers)[0]]

function chain(): Epochs {
  let epochs: Epochs = { origin, first: first.vkey, later: [] }
  const begin = (before: typeof first, next: typeof first, size: number, why: string) => {
    const root = size === 0 ? EMPTY_ROOT : leafHash(Buffer.from(`${size}`))
    const epoch = beginEpoch(epochs, before, next, { size, root, at: '2026-03-02T09:15:00.123Z', why })
    epochs = { ...epochs, later: [...epochs.later, epoch] }
  }
  begin(first, second, 7, 'the key was replaced')
  begin(second, third, 7, 'restored from the backup of 2026-03-01T02:00:00.000Z')
  return epochs
}
const notes = () => chain().later.map((one) => one.note)

describe('epochs of a log', () => {
  test('read back as they were begun, and each size has its key', () => {
    const epochs = chain()
    expect(openEpochs(origin, first.vkey, notes())).toEqual(epochs)
    expect([0, 6, 7, 8, 1e9].map((size) => keyAt(epochs, size))).toEqual([first, first, first, third, third].map((one) => one.vkey))
    expect(newestKey(epochs)).toBe(third.vkey)
    expect([first, second, third, stranger].map((one) => vouches(epochs, one.vkey))).toEqual([true, true, true, false])
    expect(newestKey({ ...epochs, later: [] })).toBe(first.vkey)
  })

  test('one left out, exchanged, under another first key or another name is refused', () => {
    const [one, two] = notes() as [string, string]
    for (const wrong of [[two], [two, one], [one, one], [one, two, two]])
      expect(() => openEpochs(origin, first.vkey, wrong)).toThrow(BrokenNote)
    expect(() => openEpochs(origin, stranger.vkey, [one, two])).toThrow(BrokenNote)
    expect(() => openEpochs('other.example', first.vkey, [one])).toThrow(BrokenNote)
  })

  test('a new key without the word of the one before it is refused, and so is one that signs twice', () => {
    const epochs: Epochs = { origin, first: first.vkey, later: [] }
    const said = { size: 3, root: EMPTY_ROOT, at: '2026-03-02T09:15:00.123Z', why: 'the key was replaced' }
    expect(() => beginEpoch(epochs, stranger, second, said)).toThrow(BrokenNote)
    expect(() => beginEpoch(epochs, first, first, said)).toThrow(BrokenNote)
    expect(() => beginEpoch(epochs, first, second, { ...said, why: 'two\nlines' })).toThrow(BrokenNote)
    expect(() => beginEpoch(epochs, first, second, { ...said, at: 'today' })).toThrow(BrokenNote)
  })

  test('each byte of a statement is bound: whichever is changed, it is refused', () => {
    const [one, two] = notes() as [string, string]
    for (let at = 0; at < one.length; at += 1) {
      const changed = one.slice(0, at) + (one[at] === 'A' ? 'B' : 'A') + one.slice(at + 1)
      expect(() => openEpochs(origin, first.vkey, [changed, two]), `byte ${at}`).toThrow(BrokenNote)
      expect(() => openEpochs(origin, first.vkey, [one.slice(0, at)]), `cut at ${at}`).toThrow(BrokenNote)
    }
    for (const more of ['x', '\n', `${one.split('\n').at(-2)}\n`])
      expect(() => openEpochs(origin, first.vkey, [one + more])).toThrow(BrokenNote)
    expect(() =>
      openEpochs(origin, first.vkey, [stranger.sign(one.slice(0, one.lastIndexOf('\n\n') + 1)) + one.split('\n\n')[1]!]),
    ).toThrow(BrokenNote)
  })
})
