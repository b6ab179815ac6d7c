import fc from 'fast-check'
import { expect, test } from 'vitest'
import { termsIn } from './terms.ts'

const told = (text: string): string[] => termsIn(text).found.map(({ kind, at, length }) => `${kind} ${text.slice(at, at + length)}`)

test.each<[string, string[]]>([
  ['The wife says that the bank refused.', []],
  ['The bank statement is annexed.', ['bank bank statement']],
  ['PRIVILEGED & CONFIDENTIAL\nAttorney–Client Communication', ['privilege PRIVILEGED & CONFIDENTIAL', 'privilege Attorney–Client']],
  ['This letter is written without prejudice.', ['privilege without prejudice']],
  ['Attorney Work Product', ['privilege Attorney Work Product']],
  ['She was diagnosed with asthma.', ['health diagnosed with']],
  ['The patient left the hospital.', []],
  [
    'The patient left the hospital after surgery; medication continues.',
    ['health patient', 'health hospital', 'health surgery', 'health medication'],
  ],
  ['bank bank bank bank bank', []],
  ['Der Kontoauszug liegt bei, die Fingerabdrücke fehlen.', ['bank Kontoauszug', 'biometric Fingerabdrücke']],
  ['Le casier judiciaire et le dossier médical', ['criminal casier judiciaire', 'health dossier médical']],
  ['A DNA test was ordered for the minor child.', ['genetic DNA test', 'child minor child']],
])('%j: %j', (text, found) => expect(told(text)).toEqual(found))

test('weak words count in company only, and not across pages', () => {
  const words = ['patient', 'hospital', 'surgery', 'medication']
  expect(told(words.join(' '))).toHaveLength(4)
  expect(told(words.join(` ${'lorem ipsum '.repeat(60)}`))).toEqual([])
})

test('any text is read, up to the limits', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => void termsIn(text)))
  expect(termsIn('work product, work product', { found: 1 })).toMatchObject({ isCut: true, found: { length: 1 } })
  expect(termsIn('work product, work product', { characters: 14 })).toMatchObject({ isCut: true, found: { length: 1 } })
})
