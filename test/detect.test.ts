import { expect, test } from 'vitest'
import { DATA_TYPES } from '../src/contract/matrix.ts'
import { detect } from '../src/features/matrix/detect.ts'
import { decoded } from '../src/features/matrix/text.ts'
import { lookFor } from '../src/features/matrix/looking.ts'
import { CARDS, CHILDREN, HEALTH, IBANS, NINOS, PRIVILEGE, SSNS } from './vectors/data-types.ts'
import { AGAIN } from './vectors/data-types-again.ts'

const all = [...SSNS, ...NINOS, ...IBANS, ...CARDS, ...HEALTH, ...CHILDREN, ...PRIVILEGE, ...AGAIN]
const typesIn = (text: string) => detect(text).map(({ type }) => type)

// over every specimen, those of other kinds too
test.each(DATA_TYPES)('%s: of what is there at least 95 in 100 is found, and of what is found 95 in 100 is there', (type) => {
  const there = all.filter(([, ...types]) => types.includes(type))
  const found = all.filter(([text]) => typesIn(text).includes(type))
  const right = found.filter(([, ...types]) => types.includes(type))
  expect(there.length).toBeGreaterThan(10)
  expect(right.length / there.length, `missed: ${there.filter((one) => !found.includes(one)).join(' | ')}`).toBeGreaterThanOrEqual(0.95)
  expect(right.length / found.length, `wrong: ${found.filter((one) => !right.includes(one)).join(' | ')}`).toBeGreaterThanOrEqual(0.95)
})

test('the same number twice counts once, and its way of writing does not matter', () => {
  expect(detect('IBAN GB29 NWBK 6016 1331 9268 19, again GB29NWBK60161331926819')).toEqual([{ type: 'iban', count: 1 }])
  expect(detect('SSN 123-45-6789, SSN 123 45 6789, SSN 123456789, SSN 123-45-6780')).toEqual([{ type: 'us-ssn', count: 2 }])
})

test('what lies anywhere in a long text is found, across its pieces too, and nothing is found twice for that', () => {
  const words = 'the parties agree on nothing else and so '.repeat(4000)
  for (let place = 65_536 - 30; place <= 65_536 + 4; place += 1)
    expect(detect(`${words.slice(0, place)} GB29 NWBK 6016 1331 9268 19 ${words.slice(0, 70_000)}`), String(place)).toEqual([
      { type: 'iban', count: 1 },
    ])
  expect(detect(words)).toEqual([])
  const marked = `${words.slice(0, 65_530)}\nWithout prejudice\n${words}`
  expect(detect(marked)).toEqual([{ type: 'privileged-marker', count: 1 }])
})

const TEXT = 'Überweisung an GB29 NWBK 6016 1331 9268 19, Café Zoë'
const latin = Buffer.from(TEXT, 'latin1')
const wide = Buffer.from(TEXT, 'utf16le')
const FORMS: [string, Buffer][] = [
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with its mark', Buffer.from(`\ufeff${TEXT}`)],
  ['UTF-16LE', wide],
  ['UTF-16LE with its mark', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
  ['UTF-16BE', Buffer.from(wide).swap16()],
  ['UTF-16BE with its mark', Buffer.from(`\ufeff${TEXT}`, 'utf16le').swap16()],
  ['Latin-1', latin],
]
test.each(FORMS)('%s is read', (_, bytes) => {
  expect(decoded(bytes)?.replace('\ufeff', '')).toBe(TEXT)
  expect(detect(decoded(bytes)!)).toEqual([{ type: 'iban', count: 1 }])
})

test('what is no text is not read: a picture, a program, a PDF’s streams', () => {
  expect(decoded(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))).toBeNull()
  expect(decoded(Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200), Buffer.from(TEXT)]))).toBeNull()
  expect(decoded(Buffer.from(Array.from({ length: 4096 }, (_, at) => at % 256)))).toBeNull()
  expect(decoded(Buffer.alloc(0))).toBe('')
})

async function looked(parts: Buffer[]) {
  const looking = lookFor(
    (async function* () {
      yield* parts
    })(),
  )
  const passed: Buffer[] = []
  for await (const part of looking.bytes) {
    passed.push(Buffer.from(part))
    // who reads it may take the bytes over
    part.fill(0)
  }
  return { ...(await looking.done()), same: Buffer.concat(passed) }
}
test('a stream is passed on as it was, cut wherever it is cut, and read to four million letters', async () => {
  for (const at of [1, 5, 20, 30, 41]) {
    const bytes = Buffer.from(TEXT)
    const { same, ...rest } = await looked([bytes.subarray(0, at), bytes.subarray(at)].map((part) => Buffer.from(part)))
    expect(same.toString()).toBe(TEXT)
    expect(rest).toEqual({ found: [{ type: 'iban', count: 1 }], read: 'whole' })
  }
  const filler = () => Buffer.from('nothing of note stands here at all. '.repeat(30_000))
  const before = await looked([Buffer.from(TEXT), ...Array.from({ length: 9 }, filler)])
  expect([before.found, before.read]).toEqual([[{ type: 'iban', count: 1 }], 'start'])
  const behind = await looked([...Array.from({ length: 9 }, filler), Buffer.from(TEXT)])
  expect([behind.found, behind.read]).toEqual([[], 'start'])
  const program = await looked([Buffer.alloc(100_000), Buffer.from(TEXT)])
  expect([program.found, program.read]).toEqual([[], 'no'])
})
