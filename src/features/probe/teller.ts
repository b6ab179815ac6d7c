import type { Call } from '../../contract/call.ts'
import { calls, type CallId } from '../../contract/calls.ts'
import type { Answer, Input } from '../../platform/route.ts'
import type { Line } from './asking.ts'
import { questionOf } from './questions.ts'

type Sent<C extends CallId> = {
  params?: Partial<Record<keyof NonNullable<Input<C>['params']>, string>>
  query?: Record<string, string>
  body?: unknown
}

/** What a probe could not make, and so cannot try. */
export class Unplanted extends Error {}

/** A call that must succeed, by someone who may. @throws Unplanted */
export async function tell<C extends CallId>(
  line: Line,
  id: C,
  { params = {}, query, body }: Sent<C> = {},
): Promise<NonNullable<Answer<C>>> {
  const call = calls[id] as Call
  const question = questionOf(call, { params: params as Record<string, string>, query, body }, [])
  const answer = await line.ask(question)
  if (answer.status >= 300) throw new Unplanted(`${id} answered ${answer.status}${codeIn(answer.bytes)}`)
  return (answer.bytes.length > 0 ? JSON.parse(answer.bytes.toString()) : undefined) as NonNullable<Answer<C>>
}

/** The code alone: the text may name something. */
const codeIn = (bytes: Buffer): string => {
  const code = /"code":"([\w.]+)"/.exec(bytes.toString())
  return code ? ` ${code[1]}` : ''
}
