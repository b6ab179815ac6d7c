import { expect, test } from 'vitest'
import { parse } from './parse.ts'

const TODAY = '2026-11-23'
test.each<[string, string | null, string | null, string]>([
  ['date:2024', '2024-01-01', '2024-12-31', 'dated in 2024'],
  ['date=2024', '2024-01-01', '2024-12-31', 'dated in 2024'],
  ['date:2024-02', '2024-02-01', '2024-02-29', 'dated in February 2024'],
  ['date:2024-03-05', '2024-03-05', '2024-03-05', 'dated 5 March 2024'],
  ['date:2024/3/5', '2024-03-05', '2024-03-05', 'dated 5 March 2024'],
  ['date:"5 March 2024"', '2024-03-05', '2024-03-05', 'dated 5 March 2024'],
  ['date:"Mar. 5, 2024"', '2024-03-05', '2024-03-05', 'dated 5 March 2024'],
  ['date>2025-03-01', '2025-03-02', null, 'dated after 1 March 2025'],
  ['date > 2025-03-01', '2025-03-02', null, 'dated after 1 March 2025'],
  ['date>=2025-03-01', '2025-03-01', null, 'dated from 1 March 2025'],
  ['date≥2025-03', '2025-03-01', null, 'dated from 1 March 2025'],
  ['date>2025', '2026-01-01', null, 'dated from 1 January 2026'],
  ['date<2025-03-01', null, '2025-02-28', 'dated up to 28 February 2025'],
  ['date<2025-03-05', null, '2025-03-04', 'dated before 5 March 2025'],
  ['date<=2025', null, '2025-12-31', 'dated up to 31 December 2025'],
  ['before:2025-03-05', null, '2025-03-04', 'dated before 5 March 2025'],
  ['after:2025', '2026-01-01', null, 'dated from 1 January 2026'],
  ['date:2023..2024-06', '2023-01-01', '2024-06-30', 'dated 1 January 2023 to 30 June 2024'],
  ['date:2023..', '2023-01-01', null, 'dated from 1 January 2023'],
  ['date:..2023', null, '2023-12-31', 'dated up to 31 December 2023'],
  ['date:today', '2026-11-23', '2026-11-23', 'dated 23 November 2026'],
  ['date:yesterday', '2026-11-22', '2026-11-22', 'dated 22 November 2026'],
  ['date:"this week"', '2026-11-23', '2026-11-29', 'dated 23 November 2026 to 29 November 2026'],
  ['date:last week', '2026-11-16', '2026-11-22', 'dated 16 November 2026 to 22 November 2026'],
  ['date:"last month"', '2026-10-01', '2026-10-31', 'dated in October 2026'],
  ['date:this-year', '2026-01-01', '2026-12-31', 'dated in 2026'],
  ['date:last 30 days', '2026-10-24', '2026-11-23', 'dated 24 October 2026 to 23 November 2026'],
])('%s', (text, from, to, said) => {
  const { node, understood, notes } = parse(text, TODAY)
  expect(node).toEqual({ kind: 'date', from, to })
  expect(understood.map((piece) => piece.text).join('')).toBe(`anything ${said}.`)
  expect(notes).toEqual([])
})

test.each(['2024-13', '2024-02-30', '2023-02-29', '0000', '01/03/2025', 'soon', '..', '2023..2024..2025', 'last aeon', '9999-12-31..x'])(
  'there is no day %s, and the rest of the search is read',
  (value) => {
    const { node, notes } = parse(`breach date:"${value}"`, TODAY)
    expect(node).toEqual({ kind: 'word', word: 'breach' })
    expect(notes.join()).toContain('was left out')
  },
)

test('nothing is after the last day of the calendar', () => expect(parse('date>9999', TODAY).node).toBeNull())
test('in January last month was in the year before', () =>
  expect(parse('date:"last month"', '2026-01-05').node).toEqual({ kind: 'date', from: '2025-12-01', to: '2025-12-31' }))
