import type { z } from 'zod'
import type { DifferenceView } from '../../contract/probe.ts'
import type { Answer } from './asking.ts'

export type Difference = z.infer<typeof DifferenceView>

/**
 * An answer without what is in it by chance: the date, the request's id (its length stays), a page's nonce, ids and times that
 * were made while the probe runs, and `own`, what the question itself held or what belongs to whoever asked.
 */
export function plainOf(
  answer: Answer,
  own: readonly string[],
  since: number,
): { status: number; headers: [string, string][]; body: string } {
  const request = answer.headers.find(([name]) => name === 'x-request-id')?.[1]
  const nonce = answer.headers.map(([, value]) => /'nonce-([\w+/=]+)'/.exec(value)?.[1]).find(Boolean)
  const chance: [string, string][] = [
    ...(request ? [[request, '<request>'] as [string, string]] : []),
    ...(nonce ? [[nonce, '<nonce>'] as [string, string]] : []),
    ...own.flatMap((text): [string, string][] =>
      [...new Set([text, encodeURIComponent(text), JSON.stringify(text).slice(1, -1), text.toUpperCase()])].map((form) => [form, '<own>']),
    ),
  ]
  const plain = (text: string): string =>
    chance
      .reduce((rest, [from, to]) => (from === '' ? rest : rest.replaceAll(from, to)), text)
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, (time) => (Date.parse(time) >= since ? '<time>' : time))
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g, (id) => (millisOf(id) >= since ? '<fresh>' : id))
      // what a probe says of itself while it runs
      .replace(/"progress":[\d.e-]+/g, '"progress":0')
      .replace(/"asked":\d+/g, '"asked":0')
  return {
    status: answer.status,
    headers: answer.headers.map(([name, value]) => [
      name,
      name === 'date' ? '<date>' : name === 'x-request-id' ? `<${value.length}>` : plain(value),
    ]),
    body: plain(answer.bytes.toString('latin1')),
  }
}
const millisOf = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)

type Plain = ReturnType<typeof plainOf>
/** What two answers differ in; no word of what they hold. */
export function differencesOf(route: string, one: Plain, other: Plain): Difference[] {
  const found: Difference[] = []
  if (one.status !== other.status) found.push({ route, what: 'status', text: `${one.status} and ${other.status}` })
  const names = [...new Set([...one.headers, ...other.headers].map(([name]) => name))]
  const valuesOf = (plain: Plain, name: string) => JSON.stringify(plain.headers.filter(([own]) => own === name).map(([, value]) => value))
  for (const name of names) if (valuesOf(one, name) !== valuesOf(other, name)) found.push({ route, what: 'header', text: name })
  const order = (plain: Plain) => plain.headers.map(([name]) => name).join()
  if (found.every((one) => one.what !== 'header') && order(one) !== order(other))
    found.push({ route, what: 'header', text: 'the order of the headers' })
  if (one.body !== other.body) found.push({ route, what: 'bytes', text: placeOf(one.body, other.body) })
  return found
}

function placeOf(one: string, other: string): string {
  let at = 0
  while (at < one.length && one[at] === other[at]) at += 1
  return `${one.length} and ${other.length} bytes; they part at byte ${at}`
}

/** Which of these stand in an answer: raw, percent-encoded, in JSON, in base64. What was sent may be sent back. */
export function heldIn(answer: Answer, marks: readonly string[], sent: readonly string[]): boolean {
  const text = `${answer.headers.map(([, value]) => value).join('\n')}\n${answer.bytes.toString('latin1')}`.toLowerCase()
  return marks.some(
    (mark) => !sent.some((one) => one.toLowerCase().includes(mark.toLowerCase())) && formsOf(mark).some((form) => text.includes(form)),
  )
}
const formsOf = (mark: string): string[] => {
  const base64 = [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), Buffer.from(mark)])
      .toString('base64')
      .replace(/=+$/, '')
      .slice(offset === 0 ? 0 : 2, -1),
  )
  return [mark, encodeURIComponent(mark), ...base64].map((form) => form.toLowerCase())
}
