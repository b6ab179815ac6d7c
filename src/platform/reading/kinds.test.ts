import { expect, test } from 'vitest'
import { corpus, docx, message, office, sourceOf, zip } from '../../../test/reading/made.ts'
import { kindOf, kindOfContent } from './kinds.ts'

const hex = (text: string) => Buffer.from(text, 'hex')

test.each([
  ['MZ\x90\0\x03\0', 'executable'],
  ['MZ is how this sentence starts, and it is long enough to tell that it is one.', null],
  // nothing below nine stands in the first 64 bytes of either
  [hex('4d5a' + 'c3f0a9'.repeat(40)), 'executable'],
  [hex('4d5a' + '204df66c6c657220756e6420536f686e2c20'.repeat(5)), null],
  ['MZ это письмо начинается двумя латинскими буквами, и в нём нет ничего, кроме слов.', null],
  [hex('7f454c46020101'), 'executable'],
  [hex('cffaedfe07000001'), 'executable'],
  [hex('cafebabe00000034'), 'executable'],
  ['#!/bin/sh\nrm -rf /', 'executable'],
  [hex('efbbbf23212f62696e'), 'executable'],
  ['{\\rtf1 hello}', 'rtf'],
  ['From: a@b\r\nTo: c@d\r\n\r\nhi', 'eml'],
  ['\ufeffReceived: from x\n by y\nSubject: s\n\n', 'eml'],
  ['From: a\nTo: b\nno field here\n\n', null],
  ['Note: only\nTwo: fields nobody knows\n\n', null],
  ['From a@b Tue Mar  3 09:05:07 2026\nFrom: a@b\n\n', 'mbox'],
  ['From here on it is a letter of 2026\nDear Ben', null],
  ['<!-- x --> <!DOCTYPE html><title>', 'html'],
  ['<?xml version="1.0"?>\n<html xmlns="x">', 'html'],
  ['<htmlish>', null],
  ['<!--'.repeat(900), null],
  ['%PDF-1.7', null],
  ['', null],
])('%j is %s', (content, kind) => expect(kindOfContent(Buffer.from(content))).toBe(kind))

test('of one packing, by what is inside', async () => {
  const xlsx = office('xl/workbook.xml', [], { 'xl/workbook.xml': '<a/>' })
  for (const [bytes, kind] of [
    [docx(''), 'docx'],
    [xlsx, 'xlsx'],
    [office('ppt/presentation.xml', [], { 'ppt/presentation.xml': '' }), 'pptx'],
    [zip([{ path: 'a.docx', data: docx(''), stored: true }, { path: 'word/document.xml.txt' }]), 'zip'],
    [zip([]), 'zip'],
    // the parts that tell stand far behind the head
    [
      zip([
        { path: 'media', data: Buffer.alloc(500_000, 7), stored: true },
        { path: '[Content_Types].xml' },
        { path: 'word/document.xml' },
      ]),
      'docx',
    ],
    [message(), 'msg'],
  ] as const)
    expect(await kindOf(sourceOf(bytes))).toBe(kind)
})

test.each([
  ['word-docx.docx', 'docx'],
  ['word-doc.doc', 'doc'],
  ['word-perfect.wpd', 'wpd'],
  ['missouri.pdf', null],
  ['empty.pdf', null],
] as const)('%s is %s', async (name, kind) => {
  const bytes = corpus(name)
  if (bytes) expect(await kindOf(sourceOf(bytes))).toBe(kind)
})
