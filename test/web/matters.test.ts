import { expect, test } from 'vitest'
import { patternFault as serverFault } from '../../src/features/settings/number-pattern.ts'
import { DATA_TYPES, Handling, type Matrix } from '../../src/contract/matrix.ts'
import { CLASSES } from '../../src/contract/words.ts'
import { examplesOf, hasSerial, patternFault } from '../../web/features/access/number-pattern.ts'
import { daysFault, fromDay, untilDay } from '../../web/features/matters/days.ts'
import { onLists, NOBODY } from '../../web/features/matters/who.ts'
import { FIELDS, GROUPS, retentionWords, ruleWords, waitWords } from '../../web/features/matrix/cells.ts'
import { changesOf, isChanged, withField } from '../../web/features/matrix/draft.ts'

const PATTERNS = [
  '{year}-{random:6}',
  '{yy}/{month}-{serial:4}',
  '{serial}',
  '{random}',
  '{random:4}',
  '{random:4}{random:1}',
  '{random:0}',
  '{random:13}',
  '{random:99}',
  '{serial:0}',
  '{year:4}-{random:6}',
  '{month:2}{serial}',
  '{day}-{random:6}',
  '{year',
  'year}-{random}',
  '{year}',
  '',
  'M {random:6}',
  'M_{random:6}',
  'Ö.{random:6}',
  '<b>{random:6}',
  '{random:6}\n',
  '{{random:6}}',
  '{random:6}{serial:2}',
]

test.each(PATTERNS)('the page and the server judge the pattern %j alike', (pattern) => {
  expect(patternFault(pattern)).toBe(serverFault(pattern))
})

test('an example has the year, the length that is asked for, and a serial that runs on', () => {
  const [year] = examplesOf('{year}') as [string]
  expect(year).toMatch(/^20\d\d$/)
  const numbers = examplesOf('{yy}-{random:7}-{serial:5}')
  expect(new Set(numbers).size).toBe(3)
  for (const number of numbers) expect(number).toMatch(new RegExp(`^${year.slice(2)}-[A-Z0-9]{7}-\\d{5}$`))
  const serials = numbers.map((number) => Number(number.slice(-5)))
  expect([serials[1]! - serials[0]!, serials[2]! - serials[1]!]).toEqual([1, 1])
  expect(hasSerial('{year}-{random:6}')).toBe(false)
  expect(hasSerial('{serial}')).toBe(true)
})

test('every cell of the matrix can be read in one row, and changed', () => {
  const inRows = GROUPS.flatMap((group) => group.rows.flatMap((row) => row.fields))
  expect(inRows.toSorted()).toEqual(Object.keys(Handling.shape).toSorted())
  expect(Object.keys(FIELDS).toSorted()).toEqual(Object.keys(Handling.shape).toSorted())
})

test('what a cell may hold is what the contract takes', () => {
  for (const [field, { control }] of Object.entries(FIELDS)) {
    const schema = Handling.shape[field as keyof typeof Handling.shape]
    const takes = (value: unknown) => schema.safeParse(value).success
    const offered =
      control.kind === 'yes'
        ? [true, false]
        : control.kind === 'number'
          ? [control.least, control.most, ...(control.none ? [null] : [])]
          : control.kind === 'one'
            ? Object.keys(control.values)
            : [[], Object.keys(control.values)]
    for (const value of offered) expect([field, value, takes(value)]).toEqual([field, value, true])
    if (control.kind !== 'number') continue
    for (const value of [control.least - 1, control.most + 1, ...(control.none ? [] : [null])])
      expect([field, value, takes(value)]).toEqual([field, value, false])
  }
})

test('every rule has words, and an unknown one is shown as it is', () => {
  for (const its of CLASSES)
    for (const field of Object.keys(Handling.shape))
      expect(ruleWords(`${its}.${field}`)).toMatch(new RegExp(`^${its[0]!.toUpperCase()}${its.slice(1)}: .`))
  for (const type of DATA_TYPES) expect(ruleWords(`dataTypes.${type}`)).not.toContain('.')
  expect(ruleWords('restricted.teleport')).toBe('restricted.teleport')
})

const handling: Handling = {
  storage: 'matter key',
  groups: true,
  maxGroup: null,
  open: 'session',
  download: true,
  downloadAsks: 'session',
  print: true,
  watermark: false,
  channels: ['portal'],
  recipientLevel: 'V2',
  recipientFirst: 'V2',
  sendDelay: 120,
  secondPerson: false,
  shareDays: 90,
  notify: 'nothing',
  ai: 'forbidden',
  reviewDays: null,
  retention: 'matter',
  retentionYears: 7,
}
const matrix: Matrix = {
  classes: { public: handling, internal: handling, confidential: handling, privileged: handling, restricted: handling },
  dataTypes: Object.fromEntries(DATA_TYPES.map((type) => [type, { minimum: 'confidential', does: 'raise' }])) as Matrix['dataTypes'],
}

test('a change touches one cell of one class, is named by its rule, and can be taken back', () => {
  const changed = withField(matrix, 'restricted', 'download', false)
  expect(changesOf(matrix, changed)).toEqual(['restricted.download'])
  expect(matrix.classes.restricted.download).toBe(true)
  expect(isChanged(matrix.classes.restricted, changed.classes.restricted, ['print'])).toBe(false)
  expect(changesOf(matrix, withField(changed, 'restricted', 'download', true))).toEqual([])
  const types = { ...matrix, dataTypes: { ...matrix.dataTypes, iban: { minimum: 'restricted', does: 'refuse' } as const } }
  expect(changesOf(matrix, types)).toEqual(['dataTypes.iban'])
})

test('times and years read as a person says them', () => {
  expect([0, 1, 30, 60, 120, 90, 3600, 86_400].map(waitWords)).toEqual([
    'none',
    '1 second',
    '30 seconds',
    '1 minute',
    '2 minutes',
    '90 seconds',
    '1 hour',
    '24 hours',
  ])
  expect(retentionWords(handling)).toBe('7 years after the matter is closed')
  expect(retentionWords({ retention: 'firm', retentionYears: 1 })).toBe('1 year, by the firm’s rule')
  expect(retentionWords({ retention: 'none', retentionYears: 7 })).not.toContain('7')
})

test('a membership for a time ends after it begins, and on the whole of its last day', () => {
  expect(daysFault('', '')).toBeNull()
  expect(daysFault('2999-01-02', '2999-01-02')).toBeNull()
  expect(daysFault('2999-01-03', '2999-01-02')).toBe('It ends before it begins.')
  expect(daysFault('', '2020-01-01')).toBe('That day has passed. Choose a later one.')
  expect([fromDay(''), fromDay('2020-01-01'), untilDay('')]).toEqual([undefined, undefined, undefined])
  expect(new Date(untilDay('2999-01-02')!).getTime() - new Date(fromDay('2999-01-02')!).getTime()).toBe(86_399_000)
})

test('a fault in a list names the entry that it is about', () => {
  const values = { ...NOBODY, emails: ['a@b.example', 'no address'] }
  expect(onLists({ 'emails.1': 'Not one.', 'name': 'Needed.' }, values)).toEqual({ emails: 'no address: Not one.', name: 'Needed.' })
})
