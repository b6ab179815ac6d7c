import { expect, test } from 'vitest'
import { canaries, codesIn, copyOf, membersOf, told } from '../../../test/cleaning/asking.ts'
import { tellingWord, word, p, r } from '../../../test/cleaning/made-office.ts'
import { cfb, message, properties, zip } from '../../../test/reading/made.ts'
import { doc, summary } from '../../../test/reading/made-texts.ts'
import { cleaned, inspect } from './cleaning.ts'
import { STRICTEST } from './wish.ts'

const head = 'From: a@b\r\nTo: c@d\r\nSubject: x\r\n'
const telling = `Received: from CANARY-host\r\n\tby CANARY-second\r\nX-Mailer: CANARY-program\r\nBcc: CANARY-blind@x\r\n${head}`
const attached = (bytes: Buffer) =>
  `MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhello\r\n--b\r\nContent-Disposition: attachment; filename="a.docx"\r\nContent-Transfer-Encoding: base64\r\n\r\n${bytes.toString('base64')}\r\n--b--\r\n`

test('a message: its way, its programs and blind recipients are told and go; all else keeps its bytes', async () => {
  expect(await codesIn(Buffer.from(`${head}\r\nhello`))).toEqual([])
  const bytes = Buffer.from(`${telling}\r\nhello X-Mailer: quoted\r\n`)
  const found = await told(bytes)
  expect(Object.keys(found).sort()).toEqual(['blind-recipients', 'mail-programs', 'mail-routing'])
  expect(found['blind-recipients']!.examples).toEqual(['Bcc: CANARY-blind@x'])
  expect((await copyOf(bytes)).toString()).toBe(`${head}\r\nhello X-Mailer: quoted\r\n`)
})

test('what is attached is inspected too, and told of the copy', async () => {
  const bytes = Buffer.from(head + attached(tellingWord()))
  expect((await told(bytes, true)).comments!.within).toBe('a.docx')
  const made = await cleaned(bytes, '', STRICTEST)
  expect(made.isCleaned && made.left.findings.some(({ within, code }) => within === 'a.docx' && code === 'comments')).toBe(true)
})

test('an Outlook message: blind recipients, the header it came with; it is not cleaned', async () => {
  const bytes = cfb({
    ...properties(32, {}, { 0x37: 'x', 0x1000: 'text', 0x7d: 'Received: from CANARY\r\nSubject: x\r\n' }),
    '__recip_version1.0_#00000000': properties(8, { 0x0c15: 3 }, { 0x3001: 'Ben', 0x39fe: 'ben@blind.example' }),
    '__recip_version1.0_#00000001': properties(8, { 0x0c15: 1 }, { 0x3001: 'Cora', 0x39fe: 'cora@open.example' }),
  })
  const found = await told(bytes)
  expect(found['blind-recipients']).toMatchObject({ count: 1, examples: ['ben@blind.example'] })
  expect(found['mail-routing']!.count).toBe(1)
  expect(await told(message())).not.toHaveProperty('blind-recipients')
  expect(await cleaned(bytes, '', STRICTEST)).toMatchObject({ isCleaned: false, reason: 'not-cleaned' })
})

test('an old Office file: its properties and macros; the rest is said to be unread', async () => {
  const bytes = doc([{ text: 'word\r' }], {
    others: {
      '\x05SummaryInformation': summary(1252, Buffer.from('CANARY-title'), Buffer.from('CANARY-author')),
      'Macros': { VBA: Buffer.alloc(1) },
    },
  } as never)
  const inspection = await inspect(bytes, 'a.doc')
  expect(inspection).toMatchObject({ isKnown: true, unread: [{ reason: 'unknown-format' }] })
  expect((await told(bytes))['document-properties']!.examples).toEqual(['title: CANARY-title', 'author: CANARY-author'])
  expect(await told(bytes)).toHaveProperty('macros')
  expect(await told(doc([{ text: 'word\r' }]))).toEqual({})
})

test('RTF: information, remarks, hidden and changed text, marks of editing', async () => {
  expect(await codesIn(Buffer.from('{\\rtf1 Dear {\\b Ben}\\par}'))).toEqual([])
  const bytes = Buffer.from(
    '{\\rtf1{\\info{\\author CANARY-author}{\\creatim\\yr2026}}{\\*\\rsidtbl \\rsid77}{\\*\\template CANARY-t.dot} seen {\\v CANARY-hidden} {\\deleted CANARY-deleted}{\\revised CANARY-new}{\\*\\annotation {\\b CANARY-remark}} \\v0 seen\\par}',
  )
  const found = await told(bytes)
  expect(Object.keys(found).sort()).toEqual(
    ['comments', 'document-properties', 'hidden-text', 'revision-marks', 'template', 'tracked-deletions', 'tracked-insertions'].sort(),
  )
  expect(found['hidden-text']!.examples).toEqual(['CANARY-hidden'])
  expect(await cleaned(bytes, '', STRICTEST)).toMatchObject({ isCleaned: false, reason: 'not-cleaned' })
})

test('an archive: each member is inspected; it is cleaned whole or not at all', async () => {
  const good = zip([{ path: 'letters/a.docx', data: tellingWord() }, { path: 'b.txt', data: 'hello' }]) // prettier-ignore
  expect((await told(good, true)).macros!.within).toBe('letters/a.docx')
  const copy = await copyOf(good)
  expect(await canaries(copy)).toEqual(['CANARY-inserted'])
  expect([...(await membersOf(copy)).keys()]).toEqual(['letters/a.docx', 'b.txt'])
  for (const bad of [
    { path: 'x.bin', data: '\x01\x02\x00\xff' },
    { path: '../x.txt', data: 'x' },
    { path: 'l', data: '/etc', attributes: 0xa1ff0000 },
  ])
    expect(await cleaned(zip([{ path: 'a.docx', data: word(p(r('x'))) }, bad]), '', STRICTEST)).toMatchObject({ reason: 'member' })
  const inspection = await inspect(zip([{ path: 'x', data: 'y', flags: 0x801 }]), '')
  expect(inspection).toMatchObject({ isKnown: true, unread: [{ within: 'x', reason: 'encrypted' }] })
})

test('archives in archives end somewhere', async () => {
  let bytes = zip([{ path: 'a.txt', data: 'x' }])
  for (let n = 0; n < 8; n++) bytes = zip([{ path: 'z', data: bytes, stored: true }])
  expect(await inspect(bytes, '')).toMatchObject({ unread: [{ reason: 'too-much' }] })
})
