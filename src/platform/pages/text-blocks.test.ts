import { expect, test } from 'vitest'
import type { Reading } from '../reading/reading.ts'
import { LIMITS } from './page.ts'
import { lengthOf } from '../pdf-layout.ts'
import { documentOf } from './text-blocks.ts'

const said = (reading: Reading, name = 'plan.docx') => JSON.stringify(documentOf(reading, name))
const text = (...blocks: (Reading & { kind: 'text' })['blocks']): Reading => ({ kind: 'text', blocks, cut: false })
const paragraph = (words: string) => ({ type: 'paragraph' as const, text: words })

test('each page says that it is the text of the file only, under the name of the file', () => {
  const document = documentOf(text(paragraph('Words')), 'plan.docx')
  expect(document.foot).toBe('Text of the file; its layout is not shown.')
  expect(document.blocks).toEqual([
    { kind: 'title', above: 'Text of the file; its layout is not shown.', text: 'plan.docx' },
    { kind: 'paragraph', text: 'Words' },
  ])
  expect(said(text())).toContain('There is no text in it.')
})

test('headings, lists and rows stand in their order', () => {
  const { blocks } = documentOf(
    text(
      { type: 'heading', level: 1, text: 'Terms' },
      paragraph('One'),
      paragraph('Two\nlines'),
      { type: 'list', text: 'a' },
      { type: 'list', text: 'b' },
      { type: 'table-row', cells: ['Fee', 'EUR\n10', ''] },
      { type: 'table-row', cells: ['Tax', ''] },
    ),
    '',
  )
  expect(blocks.slice(1)).toEqual([
    { kind: 'heading', level: 2, text: 'Terms' },
    { kind: 'paragraph', text: 'One' },
    { kind: 'paragraph', text: 'Two\nlines' },
    { kind: 'paragraph', text: '– a\n– b' },
    { kind: 'paragraph', text: 'Fee | EUR 10\nTax' },
  ])
})

test('a hidden sheet is not shown, nor what is attached or packed, but that it is there', () => {
  const sheet = (name: string, isHidden: boolean) => ({ name, isHidden, rows: [[`CELL-${name}`, '1'], ['']], cut: false })
  const sheets = said({ kind: 'sheets', sheets: [sheet('Fees', false), sheet('CANARY', true)], cut: false })
  expect(sheets).toContain('CELL-Fees | 1')
  expect(sheets).not.toContain('CANARY')
  const ann = { name: 'Ann', address: 'ann@example.com' }
  const mail = said({
    kind: 'mail',
    subject: 'Terms',
    from: ann,
    to: [ann],
    cc: [],
    date: '2026-11-24T00:00:00.000Z',
    text: 'See below',
    textFrom: 'plain',
    attachments: [{ name: 'plan.pdf', mediaType: 'application/pdf', size: 12, index: 0 }],
    cut: false,
  })
  for (const part of ['From: Ann <ann@example.com>', 'Subject: Terms', 'See below', 'plan.pdf | 12 bytes', 'not shown here'])
    expect(mail).toContain(part)
  expect(mail).not.toContain('Cc')
  const entry = { index: 0, path: 'a/plan.pdf', size: 12, isDirectory: false, isEncrypted: false, refused: null }
  expect(said({ kind: 'archive', entries: [entry], cut: false })).toContain('a/plan.pdf | 12 bytes')
})

test('what is too long is cut, and says so; no paragraph is as long as to stop what lays out', () => {
  const more = 'There is more in the file than is shown here.'
  expect(said(text(paragraph('short')))).not.toContain(more)
  expect(said({ ...(text(paragraph('short')) as Reading & { kind: 'text' }), cut: true })).toContain(more)
  for (const words of ['word '.repeat(400_000), 'x'.repeat(2_000_000), 'a\n'.repeat(1_000_000), '汉字'.repeat(500_000)]) {
    const { blocks } = documentOf(text(paragraph(words)), 'n'.repeat(5_000))
    expect(JSON.stringify(blocks.at(-1))).toContain(more)
    expect(lengthOf(blocks)).toBeLessThan(LIMITS.length + 3_000)
    expect(Math.max(...blocks.map((block) => ('text' in block && typeof block.text === 'string' ? block.text.length : 0)))).toBeLessThan(
      2_100,
    )
  }
})

test('a long line is taken apart between its words, and nothing of it is lost', () => {
  const words = Array.from({ length: 2_000 }, (_, n) => `word${n}`).join(' ')
  const { blocks } = documentOf(text(paragraph(words)), '')
  const back = blocks.slice(1).map((block) => (block.kind === 'paragraph' ? (block.text as string) : ''))
  expect(back.join('')).toBe(words)
  expect(back.length).toBeGreaterThan(5)
  expect(back.every((one) => /^word\d+/.test(one))).toBe(true)
})
