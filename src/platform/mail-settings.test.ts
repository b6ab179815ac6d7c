import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { caFile } from '../../test/fixtures/mail-server.ts'
import { readConfig } from './config.ts'
import { isLoopback } from './network.ts'
import { readMail, serverOf } from './mail-settings.ts'
import { Stop } from './refusal.ts'

const FROM = 'it@wren.example'
const read = (url: string, from = FROM) => readMail({ SUBROSA_SMTP_URL: url, SUBROSA_MAIL_FROM: from })!
const stopOf = (env: Record<string, string>): Stop => {
  try {
    readConfig({}, env)
  } catch (fault) {
    if (fault instanceof Stop) return fault
    throw fault
  }
  throw new Error(`taken: ${JSON.stringify(env)}`)
}

test('without settings there is no mail, and one of them alone is refused by name', () => {
  expect(readConfig({}, {}).mail).toBeNull()
  expect(readConfig({}, { SUBROSA_SMTP_URL: '', SUBROSA_MAIL_FROM: '' }).mail).toBeNull()
  expect(readConfig({}, { SUBROSA_SMTP_URL: 'smtps://mail.example', SUBROSA_MAIL_FROM: FROM }).mail).toMatchObject({ ca: null })
  const each = { SUBROSA_SMTP_URL: 'smtps://mail.example', SUBROSA_MAIL_FROM: FROM, SUBROSA_SMTP_CA: caFile }
  for (const [name, value] of Object.entries(each)) {
    const stop = stopOf({ [name]: value })
    expect([stop.code, stop.message]).toEqual(['setting.malformed', expect.stringContaining(name)])
  }
})

test('an address is read whole: scheme, host, port, and a login in which every sign can stand', () => {
  expect(serverOf(read('smtps://wren:p%40ss%3Aword%2F%C3%BC@mail.example').url)).toEqual({
    ...{ secure: true, host: 'mail.example', port: 465, login: { user: 'wren', pass: 'p@ss:word/ü' } },
  })
  expect(serverOf(read('smtp://mail.example').url)).toEqual({ secure: false, host: 'mail.example', port: 587, login: null })
  expect(serverOf(read('smtp://[::1]:2525/').url)).toMatchObject({ host: '::1', port: 2525 })
  expect(serverOf(read('smtps://MAIL.Müller.example').url)).toMatchObject({ host: 'mail.xn--mller-kva.example' })
})

test('what is no mail server is refused, and the password is never said', () => {
  const wrong = [
    ...['mail.example', 'https://mail.example', 'smtp:mail.example', 'smtp://', 'smtp:///x', 'smtp://h:0', 'smtp://h:70000'],
    ...[
      'smtp://wren@mail.example',
      'smtp://:secret@mail.example',
      'smtp://wren:%zzsecret@mail.example',
      'smtp://wren:%ffsecret@mail.example',
    ],
    ...['smtps://wren:secret@mail.example?tls.rejectUnauthorized=false', 'smtps://wren:secret@mail.example/?requireTLS=false'],
    ...['smtps://wren:secret@mail.example#x', 'smtps://wren:secret@mail.example/path', 'smtp://wren:sec/ret@mail.example'],
    ...['smtp://wren:secret@a%20b', 'smtp://wren:secret@a%00b', 'smtp+insecure://wren:secret@mail.example'],
  ]
  for (const url of wrong) {
    const stop = stopOf({ SUBROSA_SMTP_URL: url, SUBROSA_MAIL_FROM: FROM })
    expect([url, stop.code]).toEqual([url, 'setting.malformed'])
    expect(stop.message).toContain('SUBROSA_SMTP_URL')
    expect(stop.message).not.toContain('secret')
  }
})

test('loopback is a name of this machine, and nothing that only looks like one', () => {
  const hostOf = (url: string) => serverOf(read(url).url)!.host
  for (const url of [
    'smtp://localhost',
    'smtp://LOCALHOST',
    'smtp://127.0.0.1',
    'smtp://127.9.9.9',
    'smtp://127.1',
    'smtp://[::1]',
    'smtp://[0:0::1]',
  ])
    expect([url, isLoopback(hostOf(url))]).toEqual([url, true])
  for (const url of [
    ...['smtp://127.evil.example', 'smtp://127.0.0.1.evil.example', 'smtp://localhost.evil.example', 'smtp://localhost.'],
    ...['smtp://0.0.0.0', 'smtp://[::]', 'smtp://[::ffff:127.0.0.1]', 'smtp://10.0.0.1', 'smtp://mail.localhost'],
  ])
    expect([url, isLoopback(hostOf(url))]).toEqual([url, false])
})

test('a sender is one address, with a name or without, and never more than one header field', () => {
  const from = (text: string) => read('smtps://mail.example', text).from
  expect(from(FROM)).toEqual({ name: '', address: FROM, domain: 'wren.example' })
  expect(from('Wren & Ames <it@wren.example>')).toEqual({ name: 'Wren & Ames', address: FROM, domain: 'wren.example' })
  expect(from('"Wren, Ames & Łęcki" <it@wren.example>').name).toBe('Wren, Ames & Łęcki')
  expect(from('<it@wren.example>').name).toBe('')
  const wrong = [
    ...['wren', 'it@', 'it@localhost', 'a@wren.example, b@wren.example', 'A <a@wren.example>, B <b@wren.example>', 'A <a@wren.example> B'],
    ...[
      'Wren\r\nBcc: eve@evil.example <it@wren.example>',
      'Wren <it@wren.example\r\nBcc: eve@evil.example>',
      'Wren\u202e <it@wren.example>',
    ],
    ...[
      '=?UTF-8?B?DQpCY2M6IGV2ZQ==?= <it@wren.example>',
      `${'w'.repeat(201)} <it@wren.example>`,
      'Wren <it@wren.example',
      'Wren it@wren.example',
    ],
  ]
  for (const text of wrong) {
    const stop = stopOf({ SUBROSA_SMTP_URL: 'smtps://mail.example', SUBROSA_MAIL_FROM: text })
    expect([text, stop.code, stop.message]).toEqual([text, 'setting.malformed', expect.stringContaining('SUBROSA_MAIL_FROM')])
  }
})

test('a CA that cannot be read, or is none, is refused rather than left out', () => {
  const dir = mkdtempSync(join(tmpdir(), 'subrosa-ca-'))
  try {
    writeFileSync(join(dir, 'none.pem'), 'no certificate')
    for (const file of ['none.pem', 'missing.pem', '.']) {
      const stop = stopOf({ SUBROSA_SMTP_URL: 'smtps://mail.example', SUBROSA_MAIL_FROM: FROM, SUBROSA_SMTP_CA: join(dir, file) })
      expect([file, stop.code, stop.message]).toEqual([file, 'setting.malformed', expect.stringContaining('SUBROSA_SMTP_CA')])
    }
  } finally {
    rmSync(dir, { recursive: true })
  }
})
