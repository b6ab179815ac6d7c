import type { Call } from '../../contract/call.ts'
import { calls } from '../../contract/calls.ts'
import { isWalled, type Planted } from './nouns.ts'
import type { Pair } from './plan.ts'
import type { Question } from './questions.ts'

type Shape = { name: string; method?: string; path?(path: string): string; headers?: Record<string, string>; body?: string }
/** The same addresses asked for in every way that HTTP has, and in ways that it has not. */
const SHAPES: Shape[] = [
  { name: 'HEAD', method: 'HEAD' },
  { name: 'OPTIONS', method: 'OPTIONS' },
  { name: 'PUT', method: 'PUT', body: '{}' },
  { name: 'PATCH', method: 'PATCH', body: '{}' },
  { name: 'TRACE', method: 'TRACE' },
  { name: 'a malformed body', method: 'POST', body: '{' },
  { name: 'a body of another kind', method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' },
  { name: 'a range', headers: { range: 'bytes=0-0' } },
  { name: 'a range beyond the end', headers: { range: 'bytes=999999999-' } },
  { name: 'If-None-Match', headers: { 'if-none-match': '*' } },
  { name: 'If-Modified-Since', headers: { 'if-modified-since': 'Sun, 01 Jan 2040 00:00:00 GMT' } },
  { name: 'another language and encoding', headers: { 'accept-encoding': 'gzip, br', 'accept-language': 'de' } },
  { name: 'from another site', headers: { 'sec-fetch-site': 'cross-site', 'origin': 'https://elsewhere.invalid' } },
  { name: 'capital letters', path: (path) => path.replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => id.toUpperCase()) },
  { name: 'a slash at the end', path: (path) => `${path}/` },
  { name: 'two slashes', path: (path) => path.replace('/api/', '/api//') },
  { name: 'a malformed id', path: (path) => path.replace(/([0-9a-f]{12})(?=\/|$)/, '$1x') },
  { name: 'a percent-encoded id', path: (path) => path.replace(/-/g, '%2d') },
  { name: 'a zero byte', path: (path) => `${path}%00` },
  { name: 'a very long path', path: (path) => `${path}/${'a'.repeat(4000)}` },
  { name: 'an unknown query', path: (path) => `${path}?${'q='.repeat(20)}` },
  { name: 'a dot at the end', path: (path) => `${path}.json` },
  { name: 'the page', path: (path) => path.replace(/^\/api/, '') },
  { name: 'a static file', path: (path) => path.replace(/^\/api/, '/assets') },
]

/** Each shape of each address below which something walled stands, about what is walled and about nothing. */
export function shapesOf(planted: Planted, nothing: (id: string) => string): Pair[] {
  const addresses = new Set(
    (Object.values(calls) as Call[])
      .map((call) => call.path)
      .filter((path) => [...path.matchAll(/:(\w+)/g)].some((match) => isWalled(match[1]!))),
  )
  return [...addresses].flatMap((address) => SHAPES.map((shape) => pairOf(address, shape, planted, nothing)))
}

function pairOf(address: string, shape: Shape, planted: Planted, nothing: (id: string) => string): Pair {
  const question = (walled: boolean): Question => {
    const sent: string[] = []
    const plain = `/api${address.replace(/:(\w+)/g, (_, name: string) => {
      if (!isWalled(name)) return planted.common[name]?.[0] ?? 'none'
      const id = planted.ids[name]![0]!
      sent.push(walled ? id : nothing(id))
      return sent.at(-1)!
    })}`
    const body = shape.body === undefined ? null : Buffer.from(shape.body)
    return {
      method: shape.method ?? 'GET',
      path: shape.path ? shape.path(plain) : plain,
      headers: { ...(body && { 'content-type': 'application/json' }), ...shape.headers },
      body,
      sent: [...new Set(sent)],
    }
  }
  return {
    route: `${shape.name}: /api${address}`,
    about: 'the same address',
    walled: question(true),
    nothing: question(false),
    timed: false,
  }
}
