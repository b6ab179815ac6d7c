import { expect, test } from 'vitest'
import { formsOf, phoneticsOf } from './name-forms.ts'
import { foldWord, skeletonOf } from './name-letters.ts'

const shape = (name: string, kind?: 'person' | 'organization') =>
  formsOf(name, kind).map((form) => [form.kind, form.words.map(({ text }) => text).join(' '), form.legalForm])

test.each([
  ['Щербаков', 'shcherbakov'],
  ['Юрий', 'iurii'],
  ['Ёлкин', 'elkin'],
  ['Гриценко', 'gritsenko'],
  ['Їжак', 'izhak'],
  ['Георгіївна', 'heorhiivna'],
  ['Đorđević', 'dordevic'],
  ['Παπαδόπουλος', 'papadopoulos'],
  ['Ευάγγελος', 'evangelos'],
  ['Μπάμπης', 'bampis'],
  ['Großmann', 'grossmann'],
  ['Łódź', 'lodz'],
  ['İSTANBUL', 'istanbul'],
  ['Yıldız', 'yildiz'],
  ['Þórður', 'thordur'],
  ['Ærø', 'aero'],
  ['Nguyễn', 'nguyen'],
  ['Ｓｍｉｔｈ', 'smith'],
  ['محمد', 'muhammad'],
])('%s is written %s', (word, folded) => {
  expect(foldWord(word).text).toBe(folded)
})

test.each([
  ['mueller', 'muller'],
  ['zhukov', 'zhukow'],
  ['yevgeny', 'evgenii'],
  ['khrushchev', 'khrushchew'],
  ['romanova', 'romanoff'],
  ['kowalska', 'kowalski'],
  ['mcdonald', 'macdonald'],
  ['smyth', 'smith'],
])('%s and %s meet in one skeleton', (a, b) => {
  expect(skeletonOf(a)).toBe(skeletonOf(b))
})

test('what is told apart by more than its romanization has two skeletons', () => {
  for (const [a, b] of [
    ['muller', 'moller'],
    ['muller', 'miller'],
    ['ivanov', 'ivashov'],
    ['novo', 'nova'],
  ] as const)
    expect(skeletonOf(a)).not.toBe(skeletonOf(b))
})

test.each([
  ['Dr. John R. R. Tolkien, KC', 'john r r tolkien'],
  ['Smith, John', 'john smith'],
  ['Ludwig van der Berg', 'ludwig berg'],
  ['O’Brien, Pat', 'pat obrien'],
  ['Pat O Brien', 'pat obrien'],
  ['Mac Donald, Ronald', 'ronald macdonald'],
  ['Abd al-Rahman ibn Khalid', 'abdrahman khalid'],
  ['Abdurrahman Khalid', 'abdrahman khalid'],
  ['John Smith Jr.', 'john smith'],
  ['J.R.R. Tolkien', 'j r r tolkien'],
  ['Sir', 'sir'],
])('the person %s has the words %s', (name, words) => {
  expect(shape(name, 'person')).toEqual([['person', words, null]])
})

test.each([
  ['Müller GmbH & Co. KG', 'muller', 'gmbh co kg'],
  ['ООО «Ромашка»', 'romashka', 'ooo'],
  ['I.B.M. Corp', 'ibm', 'inc'],
  ['Ferrari S.p.A.', 'ferrari', 'spa'],
  ['Novo Nordisk A/S', 'novo nordisk', 'as'],
  ['Kowalski Sp. z o.o.', 'kowalski', 'sp z oo'],
  ['Huawei Technologies Co., Ltd.', 'huawei technologies', 'ltd'],
  ['Kestrel Mining (Zambia) Ltd', 'kestrel mining zambia', 'ltd'],
  ['Bank of Ireland', 'bank ireland', null],
  ['Limited', 'limited', null],
])('%s is the company %s, %s', (name, words, legalForm) => {
  expect(shape(name)).toEqual([['organization', words, legalForm]].map((one) => (name === 'Limited' ? ['unknown', words, null] : one)))
})

test('a former name is a name of its own; a surname of birth takes the given names along', () => {
  expect(shape('Anna Schmidt née Keller')).toEqual([
    ['person', 'anna schmidt', null],
    ['person', 'anna keller', null],
  ])
  expect(shape('Acme Ltd (formerly Widget Inc)')).toEqual([
    ['organization', 'acme', 'ltd'],
    ['organization', 'widget', 'inc'],
  ])
  expect(shape('Max Born', 'person')).toEqual([['person', 'max born', null]])
  expect(formsOf('A B née C née D née E née F née G née H')).toHaveLength(4)
})

test('nothing in, nothing out, and no name is too long', () => {
  for (const name of ['', '   ', '!!!', '—', '\u0000\u200b', '‮']) expect(formsOf(name)).toEqual([])
  for (const name of [
    'a'.repeat(100_000),
    'a '.repeat(50_000),
    '('.repeat(10_000),
    'née '.repeat(5000),
    '🦉'.repeat(5000),
    'S.'.repeat(9000),
  ])
    for (const form of formsOf(name)) expect(form.words.length).toBeLessThanOrEqual(12)
})

test('initials, words without vowels and other scripts have no sound', () => {
  const sounds = (name: string) => formsOf(name)[0]!.words.map((word) => phoneticsOf(word).metaphone)
  expect(sounds('J. Smith')).toEqual([[], ['SM0', 'XMT']])
  expect(sounds('القذافي')).toEqual([[]])
  expect(sounds('王小明')).toEqual([[]])
})
