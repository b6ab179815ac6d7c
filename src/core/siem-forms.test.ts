import { expect, test } from 'vitest'
import { cefHead, cefLine, cefValue } from './cef.ts'
import { octetCounted, paramValue, syslogLine, type SyslogMessage } from './syslog.ts'
import { isSignedBy, webhookSignature } from './webhook.ts'

const message = (parts: Partial<SyslogMessage> = {}): SyslogMessage => ({
  facility: 13,
  severity: 6,
  at: '2026-11-23T07:00:00.000Z',
  host: 'files.wren.example',
  app: 'subrosa',
  id: 'document.opened',
  data: { id: 'subrosa@32473', params: [['n', '7']] },
  text: 'opened',
  ...parts,
})

/** Text of every kind that could end something early, made from a seed so that a failure can be made again. */
function* nasty(count: number): Generator<string> {
  const signs = [
    '"',
    '\\',
    ']',
    '[',
    '=',
    '|',
    '\n',
    '\r',
    '\t',
    '\0',
    ' ',
    'a',
    'é',
    '😀',
    '\ud800',
    '\u2028',
    '\u0085',
    '\x7f',
    '\\n',
    '%',
    '<13>1 ',
  ]
  let seed = 7
  const next = (below: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below
  for (let made = 0; made < count; made++) yield Array.from({ length: next(20) }, () => signs[next(signs.length)]!).join('')
}
/** What a text is once no control and no broken letter is in it. */
const plain = (text: string) => text.toWellFormed().replaceAll(/[\p{Cc}\u2028\u2029\ufffd]/gu, ' ')

/** A reader of RFC 5424's own grammar, section 6. */
function read(line: string) {
  const [, pri, head, rest] = /^<(\d{1,3})>1 ((?:[\x21-\x7e]+ ){5})(.*)$/s.exec(line)!
  const params = new Map<string, string>()
  let at = rest!.indexOf(' ')
  const id = rest!.slice(1, at)
  while (rest![at] === ' ' && rest![at - 1] !== ']') {
    const eq = rest!.indexOf('="', at)
    const name = rest!.slice(at + 1, eq)
    let value = ''
    for (at = eq + 2; rest![at] !== '"'; at++) value += rest![at] === '\\' ? rest![++at] : rest![at]
    params.set(name, value)
    at += 1
    if (rest![at] === ']') break
  }
  return { pri: Number(pri), head: head!.trim().split(' '), id, params, text: rest!.slice(at + 2) }
}

test('a syslog line has the fields of RFC 5424 in their order', () => {
  expect(syslogLine(message())).toBe(
    '<110>1 2026-11-23T07:00:00.000Z files.wren.example subrosa - document.opened [subrosa@32473 n="7"] opened',
  )
  expect(syslogLine(message({ data: null, host: '', id: 'a b' }))).toBe('<110>1 2026-11-23T07:00:00.000Z - subrosa - ab - opened')
})

test('the examples of RFC 5424, 6.3.3, are escaped as it says', () => {
  expect(paramValue('a "b" \\ c] [d')).toBe(String.raw`a \"b\" \\ c\] [d`)
})

test('whatever a value holds, a reader of the grammar gets it back, in one line', () => {
  let seen = 0
  for (const value of nasty(5000)) {
    const line = syslogLine(
      message({
        data: {
          id: 'subrosa@32473',
          params: [
            ['name', value],
            ['after', 'x'],
          ],
        },
        text: `t ${value}`,
      }),
    )
    expect(line).not.toMatch(/[\0-\x1f\x7f\u0085\u2028\u2029]/)
    const { pri, head, id, params, text } = read(line)
    expect([pri, head.length, id, params.get('name'), params.get('after'), text]).toEqual([
      110,
      5,
      'subrosa@32473',
      plain(value),
      'x',
      `t ${plain(value)}`,
    ])
    seen += 1
  }
  expect(seen).toBe(5000)
})

test('names of parameters hold nothing that could end them', () => {
  expect(syslogLine(message({ data: { id: 'a]b="c', params: [['x y="]', '1']] } }))).toContain(' [abc xy="1"] ')
})

test('messages are counted in bytes and not in letters', () => {
  expect(octetCounted(['aé', 'b']).toString()).toBe('3 aé1 b')
})

/** A reader of CEF: seven fields, then keys up to the next key. */
function readCef(line: string) {
  const fields = line.split(/(?<!\\)(?:\\\\)*\|/)
  const head = [...line.matchAll(/((?:\\.|[^|\\])*)\|/gs)].slice(0, 7).map((match) => match[1]!.replaceAll(/\\(.)/gs, '$1'))
  const at = [...line.matchAll(/((?:\\.|[^|\\])*)\|/gs)].slice(0, 7).reduce((sum, match) => sum + match[0].length, 0)
  const values = new Map(
    [...line.slice(at).matchAll(/(?:^| )([A-Za-z0-9]+)=((?:\\.|[^=\\])*?)(?=(?: [A-Za-z0-9]+=)|$)/gs)].map((match) => [
      match[1]!,
      match[2]!.replaceAll(/\\(.)/gs, (_, sign: string) => ({ n: '\n', r: '\r' })[sign] ?? sign),
    ]),
  )
  return { fields: fields.length, head, values }
}

test('a CEF line is escaped as ArcSight says', () => {
  expect([cefHead('a|b\\c\nd'), cefValue('a=b\\c\nd|e')]).toEqual([String.raw`a\|b\\c d`, String.raw`a\=b\\c\nd|e`])
  const line = cefLine({
    vendor: 'Subrosa',
    product: 'Subrosa',
    version: '1',
    id: 'x.y',
    name: 'n',
    severity: 3,
    fields: [
      ['act', 'x.y'],
      ['src', null],
    ],
  })
  expect(line).toBe('CEF:0|Subrosa|Subrosa|1|x.y|n|3|act=x.y')
})

test('whatever a CEF value holds, its reader gets it back, in one line', () => {
  for (const value of nasty(5000)) {
    const line = cefLine({
      vendor: 'v',
      product: 'p',
      version: '1',
      id: 'i',
      name: value,
      severity: 3,
      fields: [
        ['suser', value],
        ['act', 'last'],
      ],
    })
    expect(line).not.toMatch(/[\0-\x1f\x7f\u0085\u2028\u2029]/)
    const clean = value.toWellFormed().replaceAll(/\ufffd|(?![\r\n])[\p{Cc}\u2028\u2029]/gu, ' ')
    const { head, values } = readCef(line)
    expect([head[5], values.get('suser'), values.get('act')]).toEqual([clean.replaceAll(/[\r\n]+/g, ' '), clean, 'last'])
  }
})

test('a signature is of its body, its secret and its time, and of no other', () => {
  const body = Buffer.from('{"a":1}\n')
  const header = webhookSignature('a secret word of both', 1_700_000_000, body)
  // openssl: printf '1700000000.{"a":1}\n' | openssl dgst -sha256 -hmac 'a secret word of both'
  expect(header).toMatch(/^t=1700000000,v1=[0-9a-f]{64}$/)
  expect(isSignedBy('a secret word of both', header, body, 1_700_000_100)).toBe(true)
  expect(isSignedBy('another secret word', header, body, 1_700_000_100)).toBe(false)
  expect(isSignedBy('a secret word of both', header, Buffer.from('{"a":2}\n'), 1_700_000_100)).toBe(false)
  expect(isSignedBy('a secret word of both', header, body, 1_700_000_301)).toBe(false)
  expect(isSignedBy('a secret word of both', header.replace('t=17', 't=16'), body, 1_600_000_100)).toBe(false)
  for (const cut of ['', 't=1', header.slice(0, -1), `${header}0`])
    expect(isSignedBy('a secret word of both', cut, body, 1_700_000_000)).toBe(false)
})
