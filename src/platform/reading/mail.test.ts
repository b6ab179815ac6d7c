import { expect, test } from 'vitest'
import { all, bytesIn, codeOf } from '../../../test/reading/made.ts'
import { partAs, readAs } from './formats.ts'
import { LIMITS, type MailReading, type MailsReading } from './reading.ts'

const read = async (text: string | Buffer, limits = {}) => (await readAs('eml', bytesIn(text), { ...LIMITS, ...limits })) as MailReading
const take = (text: string | Buffer, index: number) => all(partAs('eml', bytesIn(text), index, LIMITS))
const crlf = (...lines: string[]) => lines.join('\r\n')

const LETTER = crlf(
  'Received: from a by b',
  'From: =?utf-8?Q?Ada_W=C3?= =?utf-8?Q?=A9?= (partner) <ada@wren.example>',
  'To: "Ames, Ben" <ben@wren.example>, Team: cora@wren.example, dan@x.example;',
  'Cc: =?iso-8859-1?B?SvxyZ2Vu?= <j@x.example>',
  'Subject: Orchard v. Mill:',
  ' =?windows-1252?Q?the_=84draft=93?=',
  'Date: Tue, 3 Mar 2026 09:05:07 +0200 (CET)',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary="out er"',
  '',
  'This is a multi-part message.',
  '--out er',
  'Content-Type: multipart/alternative; boundary=in',
  '',
  '--in',
  'Content-Type: text/plain; charset=iso-8859-1',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'Gr=FC=DFe, see =',
  '=A7 4',
  '--in',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p>Another text</p>',
  '--in--',
  'epilogue',
  '--out er  ',
  'Content-Type: application/pdf',
  "Content-Disposition: attachment; filename*0*=utf-8''Vertrag%20%E2%80; filename*1*=%93%20alt; filename*2=.pdf",
  'Content-Transfer-Encoding: base64',
  '',
  'AAEC',
  'AwQ=',
  '--out er',
  'Content-Type: message/rfc822',
  '',
  'From: x@y.example',
  'Subject: inner',
  '',
  'inner text',
  '--out er--',
)

test('a letter with a choice of texts, an attachment and a message inside', async () => {
  expect(await read(LETTER)).toEqual({
    kind: 'mail',
    subject: 'Orchard v. Mill: the „draft“',
    from: { name: 'Ada Wé', address: 'ada@wren.example' },
    to: [
      { name: 'Ames, Ben', address: 'ben@wren.example' },
      { name: '', address: 'cora@wren.example' },
      { name: '', address: 'dan@x.example' },
    ],
    cc: [{ name: 'Jürgen', address: 'j@x.example' }],
    date: '2026-03-03T07:05:07.000Z',
    text: 'Grüße, see § 4',
    textFrom: 'plain',
    attachments: [
      { name: 'Vertrag – alt.pdf', mediaType: 'application/pdf', size: 5, index: 4 },
      { name: '', mediaType: 'message/rfc822', size: 47, index: 5 },
    ],
    cut: false,
  })
  expect([...(await take(LETTER, 4))]).toEqual([0, 1, 2, 3, 4])
  expect((await take(LETTER, 5)).toString()).toBe(crlf('From: x@y.example', 'Subject: inner', '', 'inner text'))
  for (const index of [0, 1, 2, 6, -1]) expect(await codeOf(take(LETTER, index))).toBe('broken')
})

test('with bare line feeds it is the same letter', async () => {
  const { attachments, ...rest } = await read(LETTER.replaceAll('\r\n', '\n'))
  const { attachments: was, ...same } = await read(LETTER)
  expect(rest).toEqual(same)
  expect(attachments[0]).toEqual(was[0])
})

test.each([
  ['utf-8', Buffer.from([0x4d, 0xfc, 0x6c, 0x6c]), 'Müll'],
  ['us-ascii', Buffer.from('Müll'), 'Müll'],
  ['iso-8859-1', Buffer.from([0x4d, 0xfc]), 'Mü'],
  ['x-nobody-knows', Buffer.from('Müll'), 'Müll'],
  ['utf-7', Buffer.from('+ADw-script'), '+ADw-script'],
  ['shift_jis', Buffer.from([0x93, 0xfa]), '日'],
])('what claims %s', async (charset, bytes, text) => {
  const letter = Buffer.concat([Buffer.from(`From: a@b\r\nTo: c@d\r\nContent-Type: text/plain; charset="${charset}"\r\n\r\n`), bytes])
  expect((await read(letter)).text).toBe(text)
})

test('markup becomes text, and nothing of a script or a style', async () => {
  const html =
    '<style>p{}</style><p>Dear&nbsp;Ben &lt;b&gt;<br>a<b>b</b><script>alert("</p>")</script><!-- no --><table><tr><td>1</td><td>2</table>&#x202e;'
  const { text, textFrom } = await read(`From: a@b\nContent-Type: text/html\n\n${html}`)
  expect([text, textFrom]).toEqual(['Dear Ben <b>\nab\n\n1\t2\n\u202e', 'html'])
})

test('limits: depth, number of parts, header, text', async () => {
  const nested = Array.from({ length: 40 }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\n\n--b${n}\n`).join('')
  expect(await codeOf(read(`From: a@b\n${nested}`))).toBe('hostile')
  const many = `From: a@b\nContent-Type: multipart/mixed; boundary=b\n\n${'--b\n\nx\n'.repeat(LIMITS.parts + 1)}`
  expect(await codeOf(read(many))).toBe('too-much')
  expect(await codeOf(read(`From: a@b\nX-Long: ${'x'.repeat(300_000)}\n\n`))).toBe('too-much')
  expect(await codeOf(read(`From: a@b\n${'X: y\n'.repeat(100_000)}\n`))).toBe('too-much')
  expect(await read('From: a@b\nSubject: s\n\n' + 'word '.repeat(100), { text: 50 })).toMatchObject({ text: 'word '.repeat(10), cut: true })
  expect(await codeOf(read('no header at all'))).toBe('broken')
})

test('base64 that never ends is counted and streamed, not gathered', async () => {
  const letters = Buffer.alloc(48 * 1024 * 1024, 'A')
  const letter = Buffer.concat([
    Buffer.from('From: a@b\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n'),
    letters,
  ])
  expect((await read(letter)).attachments).toEqual([{ name: '', mediaType: 'application/octet-stream', size: 36 * 1024 * 1024, index: 0 }])
  let largest = 0
  let size = 0
  for await (const part of partAs('eml', bytesIn(letter), 0, LIMITS)) {
    largest = Math.max(largest, part.length)
    size += part.length
  }
  expect([size, largest <= 256 * 1024]).toEqual([36 * 1024 * 1024, true])
})

test('quoted-printable cut anywhere is what it was', async () => {
  const body = 'Größe = 1\r\n'.repeat(60_000)
  const coded = [...Buffer.from(body)]
    .map((byte) => (byte > 126 || byte === 61 ? `=${byte.toString(16).toUpperCase()}` : String.fromCharCode(byte)))
    .join('')
  const soft = coded.replace(/(.{60}[^=]{3})(?=[^\r\n])/g, '$1=\r\n')
  const letter = `From: a@b\nContent-Type: application/x\nContent-Transfer-Encoding: quoted-printable\n\n${soft}`
  expect((await take(letter, 0)).toString()).toBe(body)
  expect((await read(letter)).attachments[0]!.size).toBe(Buffer.byteLength(body))
})

test('an mbox is split where a message starts, and nowhere else', async () => {
  const mbox = Buffer.from(
    'From a@b Tue Mar  3 09:05:07 2026\nFrom: a@b\nSubject: one\n\nHello\n>From here 2026\nFrom there 2026\n\n\nFrom c@d Tue Mar  3 09:05:08 2026\nFrom: c@d\nSubject: two\n\nBye\n',
  )
  const reading = (await readAs('mbox', bytesIn(mbox), LIMITS)) as MailsReading
  expect(reading.mails.map(({ subject, from }) => [subject, from?.address])).toEqual([
    ['one', 'a@b'],
    ['two', 'c@d'],
  ])
  const [first, second] = reading.mails
  expect(mbox.toString('utf8', second!.start, second!.start + second!.size)).toBe('From: c@d\nSubject: two\n\nBye\n')
  const taken = await all(partAs('mbox', bytesIn(mbox), 0, LIMITS))
  expect(taken.toString()).toBe('From: a@b\nSubject: one\n\nHello\n>From here 2026\nFrom there 2026\n\n')
  expect(taken.length).toBe(first!.size)
  expect(await codeOf(all(partAs('mbox', bytesIn(mbox), 2, LIMITS)))).toBe('broken')
  expect(await readAs('mbox', bytesIn(mbox), { ...LIMITS, entries: 1 })).toMatchObject({ mails: [{ subject: 'one' }], cut: true })
  expect(await codeOf(readAs('mbox', bytesIn('Hello\n'), LIMITS))).toBe('broken')
})
