import { createPrivateKey, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { base64 } from './bytes.ts'
import { BrokenNote, newSigningSeed, openNote, parseVkey, signerOf } from './note.ts'

const { note: vector } = JSON.parse(readFileSync(new URL('../../test/vectors/subrosa/vectors.json', import.meta.url), 'utf8'))

// The example of c2sp.org/signed-note.
const VKEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'
const TEXT = 'This is an example message.\n'
const SIGNATURE = 'Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM='
const NOTE = `${TEXT}\n\u2014 example.com/foo ${SIGNATURE}\n`

const known = parseVkey(VKEY)
const ada = signerOf('wren-ames.example/ada', newSigningSeed())
const adaKey = parseVkey(ada.vkey)
const witness = signerOf('witness.example', newSigningSeed())
const witnessKey = parseVkey(witness.vkey)
const lineOf = (note: string) => note.slice(note.lastIndexOf('\n\n') + 2)

test('the example of the specification opens', () => {
  expect(known).toMatchObject({ name: 'example.com/foo', id: 0x530d903a })
  expect(known.publicKey.length).toBe(32)
  expect(openNote(NOTE, [known])).toEqual({ text: TEXT, signers: ['example.com/foo'] })
})

test('the example with any character of its text or signature changed does not open', () => {
  const signature = NOTE.indexOf(SIGNATURE)
  for (let at = 0; at < NOTE.length; at++) {
    const changed = NOTE.slice(0, at) + (NOTE[at] === 'x' ? 'y' : 'x') + NOTE.slice(at + 1)
    expect(() => openNote(changed, [known]), `at ${at}, signature from ${signature}`).toThrow(BrokenNote)
    expect(() => openNote(NOTE.slice(0, at), [known]), `cut at ${at}`).toThrow(BrokenNote)
  }
})

test('we sign as another library does', () => {
  const signer = signerOf(vector.name, Buffer.from(vector.seed, 'hex'))
  expect(signer.vkey).toBe(vector.vkey)
  expect(signer.sign(vector.text)).toBe(vector.note)
  expect(openNote(vector.note, [parseVkey(vector.vkey)]).text).toBe(vector.text)
})

test('a text may hold empty lines, also at its end', () => {
  for (const text of ['a\n\nb\n', '\n', 'a\n\n', '\u2014 not a signature AAAAAAAA\n\nb\n']) {
    expect(openNote(ada.sign(text), [adaKey]).text).toBe(text)
  }
})

test('signatures of unknown keys are ignored, known ones are named once', () => {
  const both = ada.sign(TEXT) + lineOf(witness.sign(TEXT))
  expect(openNote(both, [adaKey]).signers).toEqual(['wren-ames.example/ada'])
  expect(openNote(both, [witnessKey]).signers).toEqual(['witness.example'])
  expect(openNote(both, [witnessKey, adaKey]).signers.toSorted()).toEqual(['witness.example', 'wren-ames.example/ada'])
  expect(openNote(both + lineOf(both).split('\n')[0] + '\n', [adaKey]).signers).toEqual(['wren-ames.example/ada'])
})

test('a key with the same name and another id, or the same id and another name, is another key', () => {
  const namesake = signerOf(ada.name, newSigningSeed())
  expect(() => openNote(namesake.sign(TEXT), [adaKey])).toThrow('no known key')
  expect(openNote(namesake.sign(TEXT) + lineOf(ada.sign(TEXT)), [adaKey]).signers).toEqual([ada.name])
  const renamed = ada.sign(TEXT).replace(ada.name, 'eve.example')
  expect(() => openNote(renamed, [adaKey])).toThrow('no known key')
  expect(openNote(renamed + lineOf(witness.sign(TEXT)), [adaKey, witnessKey]).signers).toEqual(['witness.example'])
})

test('one bad signature of a known key rejects the note, whatever else is signed', () => {
  const bad = lineOf(witness.sign('Another text.\n'))
  expect(openNote(ada.sign(TEXT) + bad, [adaKey]).signers).toEqual([ada.name])
  expect(() => openNote(ada.sign(TEXT) + bad, [adaKey, witnessKey])).toThrow('does not verify')
  expect(() => openNote(ada.sign(TEXT) + lineOf(ada.sign('Another text.\n')), [adaKey])).toThrow('does not verify')
})

test('a known key with a signature of another length does not verify', () => {
  const bytes = Buffer.from(SIGNATURE, 'base64')
  for (const other of [bytes.subarray(0, 67), Buffer.concat([bytes, Buffer.of(0)]), bytes.subarray(0, 5)]) {
    expect(() => openNote(NOTE.replace(SIGNATURE, base64(other)), [known])).toThrow('does not verify')
  }
})

test('no known key, no note', () => {
  expect(() => openNote(NOTE, [])).toThrow('no known key')
  expect(() => openNote(NOTE, [adaKey])).toThrow('no known key')
})

test('malformed notes are refused though their good signature stands in them', () => {
  const line = lineOf(NOTE)
  const wrong = [
    '',
    '\n\n',
    TEXT,
    TEXT + line,
    `${TEXT}\n`,
    NOTE + '\n',
    NOTE.slice(0, -1),
    `${NOTE}x\n`,
    `${NOTE}\u2014 name AAAAAAAA`,
    `${NOTE}\u2014 name\n`,
    `${NOTE}\u2014 name AAAAAA==\n`,
    `${NOTE}\u2014 na+me AAAAAAAA\n`,
    `${NOTE}\u2014  AAAAAAAA\n`,
    `${NOTE}\u2014 na\u2003me AAAAAAAA\n`,
    `${NOTE}\u2014 name AAAAAAA\n`,
    `${NOTE}\u2014 name AA AAAAAA\n`,
    `${NOTE}- name AAAAAAAA\n`,
    NOTE.replace('\u2014', '-'),
    NOTE.replaceAll('\n', '\r\n'),
  ]
  for (const note of wrong) expect(() => openNote(note, [known]), JSON.stringify(note)).toThrow(BrokenNote)
  expect(openNote(`${NOTE}\u2014 name AAAAAAAA\n`, [known]).text).toBe(TEXT) // well-formed, unknown: ignored
})

test('a text that no note can carry does not open though a known key signed it', () => {
  const [seed, der] = [newSigningSeed(), Buffer.from('302e020100300506032b657004220420', 'hex')]
  const eve = signerOf('eve.example', seed)
  const signed = (text: string) => {
    const signature = sign(null, Buffer.from(text), createPrivateKey({ key: Buffer.concat([der, seed]), format: 'der', type: 'pkcs8' }))
    const id = Buffer.from(eve.vkey.split('+')[1]!, 'hex')
    return `${text}\n\u2014 eve.example ${base64(Buffer.concat([id, signature]))}\n`
  }
  expect(signed(TEXT)).toBe(eve.sign(TEXT))
  for (const text of ['tab\there\n', 'null\0\n', 'return\r\n', '\ud800\n']) {
    expect(() => openNote(signed(text), [parseVkey(eve.vkey)]), JSON.stringify(text)).toThrow('control characters')
  }
})

test('sixteen signatures open, and too many are refused', () => {
  const unknown = '\u2014 name AAAAAAAA\n'
  expect(openNote(NOTE + unknown.repeat(15), [known]).text).toBe(TEXT)
  expect(() => openNote(NOTE + unknown.repeat(100), [known])).toThrow('too many')
})

test('what no note can carry is not signed', () => {
  for (const text of ['', 'no newline', 'tab\t\n', 'return\r\n', 'null\0\n', '\ud800\n']) expect(() => ada.sign(text)).toThrow(BrokenNote)
  for (const name of ['', 'a b', 'a+b', 'a\u00a0b', 'a\u0085b', 'a\nb', 'a\0b'])
    expect(() => signerOf(name, newSigningSeed())).toThrow(BrokenNote)
  expect(() => signerOf('a', Buffer.alloc(31))).toThrow(RangeError)
  expect(newSigningSeed().equals(newSigningSeed())).toBe(false)
})

test('malformed verifier keys are refused', () => {
  const [name, id, key] = ['example.com/foo', '530d903a', 'AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k']
  const ecdsa = base64(Buffer.concat([Buffer.of(2), known.publicKey]))
  const wrong = [
    '',
    name,
    `${name}+${id}`,
    `${name}+${id}+`,
    `+${id}+${key}`,
    `${name}+530d903b+${key}`,
    `${name}x+${id}+${key}`,
    `${name}+530D903A+${key}`,
    `${name}+${id}+${key.slice(4)}`,
    `${name}+${id}+${key}AAAA`,
    `${name}+${id}+${key} `,
    `${name}+${id}+${ecdsa}`,
    `${VKEY}\n`,
  ]
  for (const vkey of wrong) expect(() => parseVkey(vkey), vkey).toThrow(BrokenNote)
})
