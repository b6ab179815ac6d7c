import fc from 'fast-check'
import { domainToASCII, domainToUnicode } from 'node:url'
import { expect, test } from 'vitest'
import { exactKey, readAddress, type Address } from './address.ts'
import { KnownAddresses } from './alike.ts'
import { CONFUSABLES } from './confusables.ts'
import { layoutsOf } from './keyboards.ts'
import { areTwoApart, isSeries, slipBetween } from './slips.ts'

const read = (raw: string): Address => readAddress(raw)!
function knowing(...all: string[]): KnownAddresses {
  const index = new KnownAddresses()
  for (const raw of all) index.add(read(raw), `holder of ${read(raw).shown}`)
  return index
}
const said = (index: KnownAddresses, raw: string): string[] => index.alikes(read(raw)).map(({ known, why }) => `${why.how} ${known.shown}`)

test('the same mailbox written otherwise, and in what', () => {
  const index = knowing('Fay.Moore+mill@gmail.com')
  expect(index.alikes(read('faymoore@googlemail.com'))).toMatchObject([
    { holders: ['holder of Fay.Moore+mill@gmail.com'], why: { how: 'same-mailbox', by: ['case', 'tag', 'dots', 'host'] } },
  ])
  expect(index.alikes(read('fay.moore+mill@gmail.com'))).toMatchObject([{ why: { by: ['case'] } }])
  expect(index.alikes(read('Fay.Moore+pond@gmail.com'))).toMatchObject([{ why: { by: ['tag'] } }])
})

test('the two strings and the place where they differ', () => {
  const index = knowing('fay@corvinlaw.com')
  const differs = (raw: string) => index.alikes(read(raw))[0]?.differs
  expect(differs('fay@corvinlavv.com')).toEqual({
    of: 'domain',
    asked: 'corvinlavv.com',
    known: 'corvinlaw.com',
    at: 8,
    here: 'vv',
    there: 'w',
  })
  expect(differs('fay@corvinlawn.com')).toMatchObject({ at: 9, here: 'n', there: '' })
  expect(differs('fay@covrinlaw.com')).toMatchObject({ at: 2, here: 'vr', there: 'rv' })
  expect(differs('fay@cоrvinlaw.com')).toMatchObject({ asked: 'cоrvinlaw.com', at: 1, here: 'о', there: 'o' })
})

test('a slip says what it is, and on which keyboards', () => {
  const index = knowing('ada@steinmetz.com')
  const why = (raw: string) => index.alikes(read(raw))[0]?.why
  expect(why('ada@steinmtez.com')).toMatchObject({ slip: 'transposed' })
  expect(why('ada@steinmettz.com')).toMatchObject({ slip: 'doubled' })
  expect(why('ada@steinmez.com')).toMatchObject({ slip: 'dropped' })
  expect(why('ada@stteinmetz.com')).toMatchObject({ slip: 'doubled' })
  expect(why('ada@steinnetz.com')).toMatchObject({ slip: 'neighbour-key', layouts: ['QWERTY', 'QWERTZ'] })
  expect(why('ada@steinmutz.com')).toMatchObject({ slip: 'changed', layouts: [] })
})

test('of a domain that looks alike the one is named whom it may be meant for', () => {
  const index = knowing('aaron@corvinlaw.com', 'fay.moore@corvinlaw.com', 'ben@corvinlaw.com')
  expect(said(index, 'fay.moore@corvinlavv.com')).toEqual(['homoglyph fay.moore@corvinlaw.com'])
  expect(said(index, 'f.moore@corvinlavv.com')).toEqual(['homoglyph fay.moore@corvinlaw.com'])
  expect(said(index, 'stranger@corvinlavv.com')).toEqual(['homoglyph aaron@corvinlaw.com'])
})

test('a domain that is known is like no other; an address that is known is like its name elsewhere alone', () => {
  const index = knowing('fay.moore@corvinlaw.com', 'ben@corvinlavv.com', 'fay.moore@delta.example')
  expect(said(index, 'ben@corvinlavv.com')).toEqual([])
  expect(said(index, 'new@corvinlavv.com')).toEqual([])
  expect(said(index, 'fay.moore@delta.example')).toEqual(['same-name fay.moore@corvinlaw.com'])
})

test('a display name that says another address, or a person who is known at another', () => {
  const index = knowing('Fay Moore <fay.moore@corvin.example>', 'Ben Ode <ben.ode@pearl.example>')
  expect(said(index, '"fay.moore@corvin.example" <x@collect.test>')).toEqual(['display-address fay.moore@corvin.example'])
  expect(said(index, '"nobody@nowhere.test" <x@collect.test>')).toEqual(['display-address nobody@nowhere.test'])
  expect(index.alikes(read('"nobody@nowhere.test" <x@collect.test>'))[0]?.holders).toEqual([])
  expect(said(index, 'Fay Moore <ben.ode@pearl.example>')).toEqual(['display-name fay.moore@corvin.example'])
  expect(said(index, 'Ben Ode <ben.ode@pearl.example>')).toEqual([])
})

test('a name that many have says nothing by its initial, and what many begin with nothing at all', () => {
  const many = Array.from({ length: 12 }, (_, at) => `john.smith@firm${String.fromCharCode(97 + at)}.example`)
  expect(said(knowing(...many), 'j.smith@newplace.test')).toEqual([])
  expect(said(knowing(...many), 'john.smith@newplace.test')).toHaveLength(5)
  expect(said(knowing(...many.slice(0, 2)), 'j.smith@newplace.test')).toHaveLength(2)
  expect(said(knowing(...many), 'jsmuth@newplace.test')).toEqual([])
  expect(said(knowing(many[0]!), 'jsmuth@newplace.test')).toEqual([`begins-alike ${many[0]!}`])
})

test('what is new: the address, its mailbox, its domain, whose domain it is', () => {
  const index = knowing('fay@mail.corvin.example', 'ben@gmail.com')
  const known = { isKnownAddress: true, isKnownMailbox: true, isKnownDomain: true, isKnownRegistrable: true, isFreeMail: false }
  expect(index.newness(read('fay@mail.corvin.example'))).toEqual(known)
  expect(index.newness(read('Fay@mail.corvin.example'))).toEqual({ ...known, isKnownAddress: false })
  expect(index.newness(read('new@mail.corvin.example'))).toEqual({ ...known, isKnownAddress: false, isKnownMailbox: false })
  const other = { ...known, isKnownAddress: false, isKnownMailbox: false, isKnownDomain: false }
  expect(index.newness(read('new@corvin.example'))).toEqual(other)
  expect(index.newness(read('new@corvin.test'))).toEqual({ ...other, isKnownRegistrable: false })
  expect(index.newness(read('new@googlemail.com'))).toEqual({ ...other, isKnownDomain: true, isFreeMail: true })
})

test('each holder counts once, and one that goes leaves the others', () => {
  const index = new KnownAddresses()
  const fay = read('fay.moore@corvin.example')
  expect([index.add(fay, 'b'), index.add(fay, 'a'), index.add(fay, 'a'), index.size]).toEqual([true, true, false, 2])
  expect(index.alikes(read('fay.moore@corvim.example'))[0]?.holders).toEqual(['a', 'b'])
  expect([index.remove(fay, 'a'), index.remove(fay, 'a'), index.remove(read('x@corvin.example'), 'b')]).toEqual([true, false, false])
  expect(index.alikes(read('fay.moore@corvim.example'))[0]?.holders).toEqual(['b'])
  expect([index.remove(fay, 'b'), index.size]).toEqual([true, 0])
  expect(index.newness(fay).isKnownRegistrable).toBe(false)
})

// few names and domains, near to each other, so that much is alike
const near = fc
  .record({
    display: fc.constantFrom('', 'Fay Moore', 'Moore, Fay', 'fay@corvin.example', 'Ben Ode'),
    local: fc.constantFrom('fay.moore', 'Fay.Moore', 'fay.moore+x', 'f.moore', 'fmoore', 'fay.noore', 'info', 'ben.ode', 'fmoss', '"a b"'),
    domain: fc.constantFrom('corvin.example', 'corvln.example', 'corvin.test', 'cor-vin.example', 'corvin-law.example', 'gmail.com', 'googlemail.com', 'ab.com', 'mail.corvin.example', 'соrvin.example'), // prettier-ignore
  })
  .map(({ display, local, domain }) => read(display === '' ? `${local}@${domain}` : `"${display}" <${local}@${domain}>`))
const holder = fc.constantFrom('ada', 'ben')
const writings = fc.uniqueArray(fc.tuple(near, holder), { maxLength: 12, selector: ([address, by]) => JSON.stringify([address, by]) })

test('it never names the address itself, names each once, and does not depend on the order', () => {
  fc.assert(
    fc.property(writings, near, (all, asked) => {
      const [index, other] = [new KnownAddresses(), new KnownAddresses()]
      for (const [address, by] of all) index.add(address, by)
      for (const [address, by] of all.toReversed()) other.add(address, by)
      const alikes = index.alikes(asked)
      const keys = alikes.map(({ known }) => exactKey(known))
      expect(keys).not.toContain(exactKey(asked))
      expect(new Set(keys).size).toBe(keys.length)
      expect(alikes.length).toBeLessThanOrEqual(5)
      expect(other.alikes(asked)).toEqual(alikes)
    }),
    { numRuns: 300 },
  )
})

test('what was added and removed was never there', () => {
  fc.assert(
    fc.property(writings, fc.nat(), near, (all, cut, asked) => {
      const [index, plain] = [new KnownAddresses(), new KnownAddresses()]
      const gone = all.slice(0, cut % (all.length + 1))
      for (const [address, by] of all) index.add(address, by)
      for (const [address, by] of gone) expect(index.remove(address, by)).toBe(true)
      for (const [address, by] of all.slice(gone.length)) plain.add(address, by)
      expect(index.size).toBe(plain.size)
      expect(index.alikes(asked)).toEqual(plain.alikes(asked))
      expect(index.newness(asked)).toEqual(plain.newness(asked))
      for (const [address, by] of all.slice(gone.length)) index.remove(address, by)
      expect(index.alikes(asked)).toEqual(new KnownAddresses().alikes(asked))
      expect(index.newness(asked)).toEqual(new KnownAddresses().newness(asked))
      expect(index.size).toBe(0)
    }),
    { numRuns: 300 },
  )
})

test('no address makes it throw', () => {
  const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.stringMatching(/^[a-z0-9.\-+é用]{1,40}$/))
  const index = knowing('fay.moore@corvin.example', 'ben@gmail.com')
  fc.assert(
    fc.property(text, text, text, (display, local, domain) => {
      const address = readAddress(`"${display.replace(/["\\]/g, '')}" <${local}@${domain}.example>`)
      if (!address) return
      index.alikes(address)
      index.newness(address)
      index.add(address, 'x')
      index.alikes(address)
      expect(index.remove(address, 'x')).toBe(true)
      expect(index.size).toBe(2)
    }),
    { numRuns: 500 },
  )
})

test('every letter that looks like a plain one is allowed in a domain', () => {
  expect(CONFUSABLES.size).toBeGreaterThan(220)
  for (const [letter, plain] of CONFUSABLES) {
    expect(plain).toMatch(/^[a-z0-9]{1,3}$/)
    expect(domainToUnicode(domainToASCII(`a${letter}a.example`))).toBe(`a${letter}a.example`)
  }
})

test('two edits are told by the table as by trying every edit', () => {
  const word = fc.stringMatching(/^[abc]{0,5}$/)
  fc.assert(
    fc.property(word, word, (one, other) => {
      const near = new Set(edits(one))
      const isOne = one !== other && near.has(other)
      expect(slipBetween(one, other) !== null).toBe(isOne)
      if (areTwoApart(one, other)) expect([...near].some((text) => new Set(edits(text)).has(other))).toBe(true)
      else if (one !== other && !isOne) expect(Math.abs(one.length - other.length) > 2 || !substituted(one, other)).toBe(true)
    }),
  )
})

function edits(text: string): string[] {
  const found: string[] = []
  for (let at = 0; at <= text.length; at += 1) {
    for (const sign of 'abc') found.push(text.slice(0, at) + sign + text.slice(at), text.slice(0, at) + sign + text.slice(at + 1))
    found.push(text.slice(0, at) + text.slice(at + 1))
    if (at + 1 < text.length) found.push(text.slice(0, at) + text[at + 1]! + text[at]! + text.slice(at + 2))
  }
  return found
}
/** Whether the two are as long and differ in two letters. */
const substituted = (one: string, other: string): boolean =>
  one.length === other.length && [...one].filter((sign, at) => sign !== other[at]).length === 2

test('numbers of a series', () => {
  expect(isSeries('info1', 'info2')).toBe(true)
  expect(isSeries('unit9', 'unit10')).toBe(true)
  expect(isSeries('info', 'info2')).toBe(false)
  expect(isSeries('a1pha', 'alpha')).toBe(false)
})

test('neighbouring keys', () => {
  expect(layoutsOf('z', 'u')).toEqual(['QWERTZ'])
  expect(layoutsOf('q', 's')).toEqual(['AZERTY'])
  expect(layoutsOf('n', 'm')).toEqual(['QWERTY', 'QWERTZ'])
  expect(layoutsOf('a', 'p')).toEqual([])
})
