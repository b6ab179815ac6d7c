import type { Call } from '../../src/contract/call.ts'
import { type CallId, calls } from '../../src/contract/calls.ts'
import { afresh } from './afresh.ts'
import { refusalOf, Refused, unreached } from './refused.ts'
import { save } from './save.ts'

type Calls = typeof calls
type Params<I extends CallId> = Calls[I] extends Call<infer P, infer _Q, infer _B, infer _A> ? P : never
type Query<I extends CallId> = Calls[I] extends Call<infer _P, infer Q, infer _B, infer _A> ? Q : never
type Body<I extends CallId> = Calls[I] extends Call<infer _P, infer _Q, infer B, infer _A> ? B : never
export type Answer<I extends CallId> = Calls[I] extends Call<infer _P, infer _Q, infer _B, infer A> ? A : never

type Part<K extends string, T> = [T] extends [undefined] ? { [key in K]?: undefined } : { [key in K]: T }
type Needed<I extends CallId> = Part<'params', Params<I>> & Part<'body', Body<I>> & { query?: Partial<Query<I>>; signal?: AbortSignal }
type Rest<I extends CallId> = [Params<I>, Body<I>] extends [undefined, undefined] ? [given?: Needed<I>] : [given: Needed<I>]

/**
 * One call of the API by its contract id. Where the server wants a fresh second factor, the person is asked for it and
 * the call is made again, once. Throws `Refused`, and `AbortError` when the signal says so.
 */
export const ask = <I extends CallId>(id: I, ...given: Rest<I>): Promise<Answer<I>> => withFreshFactor(() => send(id, ...given))

async function send<I extends CallId>(id: I, ...given: Rest<I>): Promise<Answer<I>> {
  const answer = await reach(id, ...given)
  return (answer.status === 204 ? undefined : await answer.json()) as Answer<I>
}

/** What a call answers, its body still to be read. Throws `Refused`, and `AbortError` when the signal says so. */
async function reach<I extends CallId>(id: I, ...[given]: Rest<I>): Promise<Response> {
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
  return answer
}

/**
 * Has a call whose answer is a file give it to the browser to keep, under this name. As the page's own request, so that a fresh
 * factor can be asked for. Throws as `ask` does, also where the file breaks off: none is left that looks whole.
 */
export async function take<I extends CallId>(name: string, id: I, ...given: Rest<I>): Promise<void> {
  const answer = await withFreshFactor(() => reach(id, ...given))
  const file = await answer.blob().catch((fault: unknown) => {
    throw fault instanceof DOMException ? fault : unreached()
  })
  save(file, name)
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

/** The same for a request that is no call by id, such as one whose answer is bytes. */
export const freshly = <T>(run: () => Promise<T>): Promise<T> => withFreshFactor(run)

const atSessionEnd = new Set<(why: string | null) => void>()
/** What happens when the server no longer knows the session; `why` when there is more to say than that. */
export function onSessionEnd(then: (why: string | null) => void): () => void {
  atSessionEnd.add(then)
  return () => void atSessionEnd.delete(then)
}
const sessionEnded = (why: string | null) => atSessionEnd.forEach((then) => then(why))

let prove: () => Promise<boolean> = () => Promise.resolve(false)
/** Who asks the person for a second factor when the server wants a fresh one; false when they turned away. */
export function onStaleFactor(then: () => Promise<boolean>): void {
  prove = then
}
/** Asks for it where no call was refused, but an answer says what it would open; whether it was given. */
export const proveNow = (): Promise<boolean> => prove()
const withFreshFactor = afresh(
  (fault) => fault instanceof Refused && fault.code === 'factor.stale',
  () => prove(),
)

let atClockFault: () => void = () => {}
/** What happens when the server trusts its clock no longer and changes nothing. */
export function onClockFault(then: () => void): () => void {
  atClockFault = then
  return () => (atClockFault = () => {})
}

/** Every refusal passes here, whichever way it came. */
export function heard(refused: Refused): Refused {
  if (refused.code === 'session.none') sessionEnded(null)
  if (refused.code === 'session.moved') sessionEnded(refused.text)
  if (refused.code === 'clock.untrusted') atClockFault()
  return refused
}
