import type { Call } from '../../src/contract/call.ts'
import { type CallId, calls } from '../../src/contract/calls.ts'
import { refusalOf, Refused, unreached } from './refused.ts'

type Calls = typeof calls
type Params<I extends CallId> = Calls[I] extends Call<infer P, infer _Q, infer _B, infer _A> ? P : never
type Query<I extends CallId> = Calls[I] extends Call<infer _P, infer Q, infer _B, infer _A> ? Q : never
type Body<I extends CallId> = Calls[I] extends Call<infer _P, infer _Q, infer B, infer _A> ? B : never
export type Answer<I extends CallId> = Calls[I] extends Call<infer _P, infer _Q, infer _B, infer A> ? A : never

type Part<K extends string, T> = [T] extends [undefined] ? { [key in K]?: undefined } : { [key in K]: T }
type Needed<I extends CallId> = Part<'params', Params<I>> & Part<'body', Body<I>> & { query?: Partial<Query<I>>; signal?: AbortSignal }
type Rest<I extends CallId> = [Params<I>, Body<I>] extends [undefined, undefined] ? [given?: Needed<I>] : [given: Needed<I>]

/** One call of the API by its contract id. Throws `Refused`, and `AbortError` when the signal says so. */
export async function ask<I extends CallId>(id: I, ...[given]: Rest<I>): Promise<Answer<I>> {
  const { method } = calls[id]
  const { params, query, body, signal } = (given ?? {}) as {
    params?: Record<string, string>
    query?: Record<string, unknown>
    body?: unknown
    signal?: AbortSignal
  }
  const answer = await fetch(address(id, params, query), {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
    credentials: 'same-origin',
    cache: 'no-store',
    signal,
  }).catch((fault: unknown) => {
    throw fault instanceof DOMException ? fault : unreached()
  })
  if (!answer.ok) throw heard(refusalOf(await answer.text()))
  return (answer.status === 204 ? undefined : await answer.json()) as Answer<I>
}

/** The address of a call, `/api/matters/…/documents?folder=…`. */
export function address(id: CallId, params: Record<string, string> = {}, query: Record<string, unknown> = {}): string {
  const path = calls[id].path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams(
    Object.entries(query)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  )
  return `/api${path}${search.size ? `?${search}` : ''}`
}

let atSessionEnd: () => void = () => {}
/** What happens when the server no longer knows the session. */
export function onSessionEnd(then: () => void): void {
  atSessionEnd = then
}

let atClockFault: () => void = () => {}
/** What happens when the server trusts its clock no longer and changes nothing. */
export function onClockFault(then: () => void): () => void {
  atClockFault = then
  return () => (atClockFault = () => {})
}

/** Every refusal passes here, whichever way it came. */
export function heard(refused: Refused): Refused {
  if (refused.code === 'session.none') atSessionEnd()
  if (refused.code === 'clock.untrusted') atClockFault()
  return refused
}
