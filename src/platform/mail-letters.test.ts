import fc from 'fast-check'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { caFile, cleanUp, cleanups, LOGIN, mailServer, mailTo } from '../../test/fixtures/mail-server.ts'
import { MailFault } from './mail.ts'

const letter = { to: 'dan@client.example', subject: 'Choose a new password', text: 'Dear Dan,\n\nhttps://files.wren.example/#secret\n' }

afterEach(cleanUp)

const FIELDS = 'Auto-Submitted Content-Transfer-Encoding Content-Type Date From MIME-Version Message-ID Subject To'.split(' ')
/** Header fields, unfolded, in order; and the body as it stands. */
function parts(raw: string): { fields: [string, string][]; body: string } {
  const cut = raw.indexOf('\r\n\r\n')
  const lines = raw
    .slice(0, cut)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  return { fields: lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]), body: raw.slice(cut + 4) }
}
const namesOf = (raw: string): string[] =>
  parts(raw)
    .fields.map(([name]) => name)
    .sort()
const field = (raw: string, name: string): string[] => parts(raw).fields.flatMap(([key, value]) => (key === name ? [value] : []))
const unquoted = (text: string): string =>
  Buffer.from(
    text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')
/** Encoded words (RFC 2047) in words again. */
const decoded = (value: string): string =>
  value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?([QB])\?([^?]*)\?=/gi, (_, form: string, word: string) =>
      form.toUpperCase() === 'B' ? Buffer.from(word, 'base64').toString('utf8') : unquoted(word.replaceAll('_', ' ')),
    )

test('one letter, by STARTTLS, plain text, with a login, and nothing of this machine in it', async () => {
  const server = await mailServer()
  await mailTo(`smtp://${LOGIN}localhost:${server.port}`, { ca: caFile, from: 'Wren & Ames <it@wren.example>' }).send(letter)
  const [got] = server.arrived
  expect(server.arrived).toHaveLength(1)
  expect(got).toMatchObject({ secure: true, user: 'wren', from: 'it@wren.example', to: ['dan@client.example'], greeted: 'wren.example' })
  const { fields, body } = parts(got!.raw)
  expect(namesOf(got!.raw)).toEqual(FIELDS)
  expect(Object.fromEntries(fields)).toMatchObject({
    'Auto-Submitted': 'auto-generated',
    'Content-Type': 'text/plain; charset=utf-8',
    'Date': expect.stringMatching(/ \+0000$/),
    'From': expect.stringMatching(/^"?Wren & Ames"? <it@wren\.example>$/),
    'Message-ID': expect.stringMatching(/^<[\w-]+@wren\.example>$/),
    'To': 'dan@client.example',
    'Subject': 'Choose a new password',
  })
  expect(unquoted(body)).toBe(letter.text.replaceAll('\n', '\r\n'))
  expect(got!.raw.toLowerCase()).not.toContain('nodemailer')
})

test('letters beyond ASCII arrive as they were, in subject, sender and text', async () => {
  const server = await mailServer()
  const [firm, subject] = ['Müller & Łęcki, 弁護士', 'Müller & Łęcki: Zurücksetzen, よろしく 🔑 '.repeat(6).trim()]
  const text = `Liebe Zoë, 🔑\n\n${'ein langer Satz – '.repeat(80)}\n`
  await mailTo(`smtp://${LOGIN}localhost:${server.port}`, { ca: caFile, from: `"${firm}" <it@wren.example>` }).send({
    ...letter,
    subject,
    text,
  })
  const { raw } = server.arrived[0]!
  expect(raw).toMatch(/^[\x00-\x7f]*$/)
  expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78)
  expect(field(raw, 'Subject').map(decoded)).toEqual([subject])
  expect(field(raw, 'From').map(decoded)[0]!.replaceAll('"', '')).toBe(`${firm} <it@wren.example>`)
  expect(unquoted(parts(raw).body)).toBe(text.replaceAll('\n', '\r\n'))
})

test('a subject is one header field or no letter, whatever is in it', async () => {
  const server = await mailServer()
  const mail = mailTo(`smtp://${LOGIN}localhost:${server.port}`, { ca: caFile })
  for (const subject of [
    'x\r\nBcc: eve@evil.example',
    'x\nBcc: eve@evil.example',
    'x\r\n\r\nhttps://evil.example',
    'x\u2028y',
    'x\u0000',
    '=?UTF-8?B?DQpCY2M6IGV2ZQ==?=',
    '\ud800',
    '',
  ])
    await expect(mail.send({ ...letter, subject })).rejects.toThrow('cannot be a subject')
  expect(server.arrived).toEqual([])
  const pieces = fc.constantFrom(
    '\r\n',
    '\r',
    '\n',
    ' ',
    '\t',
    'Bcc: eve@evil.example',
    '=?UTF-8?B?DQpCY2M6?=',
    '=0D=0A',
    '🔑',
    'é',
    ':',
    'x'.repeat(90),
    '\u0085',
  )
  const subjects = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(pieces, { maxLength: 8 }).map((all) => all.join('')),
  )
  let taken = 0
  await fc.assert(
    fc.asyncProperty(subjects, async (subject) => {
      server.arrived.length = 0
      const refused = await mail.send({ ...letter, subject }).catch((fault: Error) => fault.message)
      if (refused) expect(refused).toContain('cannot be a subject')
      expect(server.arrived).toHaveLength(refused ? 0 : 1)
      for (const { raw, to } of server.arrived) {
        taken++
        expect(to).toEqual(['dan@client.example'])
        expect(namesOf(raw)).toEqual(FIELDS)
        expect(decoded(field(raw, 'Subject')[0]!).replace(/\s+/g, ' ').trim()).toBe(subject.replace(/\s+/g, ' ').trim())
      }
    }),
    { numRuns: 200 },
  )
  expect(taken).toBeGreaterThan(20)
})

test('an address is exactly one', async () => {
  const server = await mailServer()
  const mail = mailTo(`smtp://${LOGIN}localhost:${server.port}`, { ca: caFile })
  const wrong: unknown[] = [
    ...['', 'dan', 'dan@', '@client.example', 'dan@client.example, eve@evil.example', 'dan@client.example;eve@evil.example'],
    ...['dan@client.example\r\nBcc: eve@evil.example', 'dan@client.example\n', 'dan@client.example>\r\nRCPT TO:<eve@evil.example'],
    ...['Dan <dan@client.example>', '<dan@client.example>', 'dan @client.example', 'dan@client.example ', 'all: dan@client.example;'],
    ...[`${'d'.repeat(250)}@client.example`, 'dan@[127.0.0.1]', '"a@evil.example"@client.example', 'dan\u0000@client.example'],
    ...[['dan@client.example', 'eve@evil.example'], { address: 'dan@client.example' }, null, undefined],
  ]
  for (const to of wrong) {
    const fault = await mail.send({ ...letter, to: to as string }).catch((thrown: unknown) => thrown)
    expect([to, fault instanceof MailFault && fault.kind]).toEqual([to, 'recipient'])
  }
  expect(server.arrived).toEqual([])
  await mail.send(letter)
  expect(server.arrived).toMatchObject([{ to: ['dan@client.example'] }])
})

test('a text cannot end itself and begin another letter', async () => {
  const server = await mailServer()
  const mail = mailTo(`smtp://${LOGIN}localhost:${server.port}`, { ca: caFile })
  const next = 'MAIL FROM:<it@wren.example>\r\nRCPT TO:<eve@evil.example>\r\nDATA\r\nSubject: x\r\n\r\nforged\r\n.\r\n'
  const ends = ['\r\n.\r\n', '\n.\n', '\n.\r\n', '\r.\r', '\r\n.\n', '\r\n\u0000.\r\n']
  for (const end of ends) await mail.send({ ...letter, text: `one${end}${next}` })
  expect(server.arrived).toHaveLength(ends.length)
  for (const { to, raw } of server.arrived) {
    expect(to).toEqual(['dan@client.example'])
    expect(unquoted(parts(raw).body)).toContain('forged')
  }
})

test('a text is text: no file of this machine and no page is read in its place', async () => {
  const server = await mailServer()
  const page = createServer((_, answer) => answer.end('page'))
  await new Promise<void>((done) => page.listen(0, '127.0.0.1', done))
  cleanups.push(() => page.close())
  const mail = mailTo(`smtp://${LOGIN}localhost:${server.port}`, { ca: caFile })
  for (const text of [{ path: caFile }, { href: `http://127.0.0.1:${(page.address() as AddressInfo).port}/` }])
    await expect(mail.send({ ...letter, text: text as unknown as string })).rejects.toThrow(MailFault)
  expect(server.arrived).toEqual([])
})
