import { expect, test } from 'vitest'
import { base64 } from './bytes.ts'
import { answeredCosignatures, cosignaturesOn, cosignerOf, parseCosignerKey, withCosignatures } from './cosignature.ts'
import { BrokenNote, cosignatureTime, newSigningSeed, openNote, parseVkey, signerOf, splitNote } from './note.ts'

// The example of c2sp.org/tlog-cosignature. Its keys are not published: what can be read of it is.
const EXAMPLE = `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
`
const TEXT = splitNote(EXAMPLE).text

const log = signerOf('log.example', newSigningSeed())
const seed = Buffer.from('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 'hex')
const notary = cosignerOf('witness.example/w1', seed)
const key = parseCosignerKey(notary.vkey)
const note = log.sign(TEXT)
const line = notary.cosign(TEXT, 1679315147)

test('the example of the specification is read: its time is the one it names', () => {
  const [, cosigned] = splitNote(EXAMPLE).lines
  expect(cosigned!.name).toBe('witness.example.com/w1')
  expect(cosigned!.id).toBe(0x8d66cf3f)
  expect(cosigned!.signature.length).toBe(72)
  expect(cosignatureTime(cosigned!.signature)).toBe(1679315147)
})

test('a witness’s key of the public network reads as one, a log’s does not', () => {
  const remora = parseCosignerKey('remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2')
  expect(remora).toMatchObject({ name: 'remora.n621.de', id: 0xda77ade7, type: 4 })
  expect(() => parseVkey('remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2')).toThrow(BrokenNote)
  expect(() => parseCosignerKey(log.vkey)).toThrow('of a witness')
  expect([notary.vkey].map(parseCosignerKey)).toEqual([key])
})

test('the same key has another id as a witness than as a log', () => {
  const asLog = signerOf('witness.example/w1', seed)
  expect(parseVkey(asLog.vkey).publicKey).toEqual(key.publicKey)
  expect(parseVkey(asLog.vkey).id).not.toBe(key.id)
  // so a plain signature is never taken for a cosignature, nor the other way round
  expect(() => openNote(asLog.sign(TEXT), [key])).toThrow('no known key')
  expect(() => openNote(note + line, [parseVkey(asLog.vkey)])).toThrow('no known key')
})

test('a cosignature verifies, states its time, and stands beside the log’s signature', () => {
  const both = withCosignatures(note, [line.trimEnd()])
  expect(both).toBe(note + line)
  expect(withCosignatures(both, [line.trimEnd()])).toBe(both)
  expect(cosignaturesOn(both, [key])).toEqual([{ name: 'witness.example/w1', id: key.id, time: 1679315147, line: line.trimEnd() }])
  expect(openNote(both, [parseVkey(log.vkey), key]).signers).toEqual(['log.example', 'witness.example/w1'])
  expect(openNote(both, [key]).text).toBe(TEXT)
  expect(cosignaturesOn(note, [key])).toEqual([])
  expect(answeredCosignatures(note, line, [key])).toHaveLength(1)
})

test('extension lines are cosigned', () => {
  const extended = `${TEXT}extension 1\nextension 2\n`
  const signed = log.sign(extended) + notary.cosign(extended, 5)
  expect(cosignaturesOn(signed, [key])).toHaveLength(1)
  expect(() => cosignaturesOn(signed.replace('extension 2', 'extension X'), [key])).toThrow('does not verify')
})

test('a changed time, text or signature does not verify', () => {
  const bytes = Buffer.from(line.trimEnd().split(' ')[2]!, 'base64')
  for (let at = 4; at < bytes.length; at++) {
    const changed = Buffer.from(bytes)
    changed[at]! ^= 1
    expect(() => answeredCosignatures(note, `\u2014 witness.example/w1 ${base64(changed)}\n`, [key]), `byte ${at}`).toThrow(
      'does not verify',
    )
  }
  expect(() => answeredCosignatures(log.sign(TEXT.replace('20852163', '20852164')), line, [key])).toThrow('does not verify')
  for (const other of [
    bytes.subarray(0, 75),
    Buffer.concat([bytes, Buffer.of(0)]),
    Buffer.concat([bytes.subarray(0, 4), bytes.subarray(12)]),
  ])
    expect(() => answeredCosignatures(note, `\u2014 witness.example/w1 ${base64(other)}\n`, [key])).toThrow('does not verify')
})

test('a time above 2^63 - 1 is none, and none is signed', () => {
  const signature = Buffer.alloc(72, 255)
  expect(cosignatureTime(signature)).toBeNull()
  expect(cosignatureTime(Buffer.alloc(64))).toBeNull()
  for (const time of [0, -1, 1.5, 2 ** 53, Number.NaN]) expect(() => notary.cosign(TEXT, time)).toThrow(RangeError)
})

test('cosignatures of unknown witnesses are passed over, a malformed answer is refused', () => {
  const stranger = cosignerOf('stranger.example', newSigningSeed())
  expect(answeredCosignatures(note, stranger.cosign(TEXT, 7) + line, [key]).map((one) => one.name)).toEqual(['witness.example/w1'])
  for (const answer of ['x', line.trimEnd(), `${line}\n`, line.replace('\u2014', '-'), `${line}<html>`])
    expect(() => answeredCosignatures(note, answer, [key])).toThrow(BrokenNote)
  expect(() => cosignaturesOn(note, [parseVkey(log.vkey)])).toThrow('no witness')
  expect(() => withCosignatures(note, ['\u2014 a AAAAAAAA\nmore'])).toThrow(BrokenNote)
})
