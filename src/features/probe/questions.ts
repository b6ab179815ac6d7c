import type { Call } from '../../contract/call.ts'

/** One request as it goes out. `sent`: what in it stands for the thing that it is about. */
export type Question = { method: string; path: string; headers: Record<string, string>; body: Buffer | null; sent: string[] }

type Parts = { params?: Record<string, string>; query?: unknown; body?: unknown }

/** A call's request, as the page would send it. */
export function questionOf(call: Call, { params = {}, query, body }: Parts, sent: string[]): Question {
  const path = call.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name]!))
  const search = new URLSearchParams(Object.entries(query ?? {}).map(([name, value]): [string, string] => [name, String(value)])).toString()
  const bytes = call.takes === 'bytes' ? Buffer.from('What a probe adds.') : body === undefined ? null : Buffer.from(JSON.stringify(body))
  const type = call.takes === 'bytes' ? 'application/octet-stream' : call.speaks === 'scim' ? 'application/scim+json' : 'application/json'
  return {
    method: call.method,
    path: `/api${path}${search && `?${search}`}`,
    headers: { ...(bytes && { 'content-type': type }), ...(call.takes === 'bytes' && { 'x-file-name': 'leak%20probe.txt' }) },
    body: bytes,
    sent: [...new Set(sent)],
  }
}
