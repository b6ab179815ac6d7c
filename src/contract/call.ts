import type { z } from 'zod'

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** One operation of the HTTP API, as data: what goes in, what comes out. Paths stand below `/api`. */
export type Call<P = unknown, Q = unknown, B = unknown, A = unknown> = {
  readonly method: Method
  readonly path: string
  readonly summary: string
  readonly status: 200 | 201 | 204
  readonly params?: z.ZodType<P>
  readonly query?: z.ZodType<Q>
  readonly body?: z.ZodType<B>
  readonly answer?: z.ZodType<A>
  /** `bytes`: the body or the answer is a stream of a document's bytes and not JSON. */
  readonly takes?: 'json' | 'bytes'
  readonly gives?: 'json' | 'bytes'
  /** `scim`: `application/scim+json`, and errors in SCIM's form (RFC 7644, 3.12). */
  readonly speaks?: 'scim'
  /** The last parameter of the path takes what follows, slashes and all. */
  readonly deep?: boolean
}

type Parts<P, Q, B, A> = Partial<
  Pick<Call<P, Q, B, A>, 'status' | 'params' | 'query' | 'body' | 'answer' | 'takes' | 'gives' | 'speaks' | 'deep'>
>

/** `call('GET /matters/:matter', 'One matter', {…})`. */
export function call<P = undefined, Q = undefined, B = undefined, A = undefined>(
  line: `${Method} /${string}`,
  summary: string,
  parts: Parts<P, Q, B, A> = {},
): Call<P, Q, B, A> {
  const [method, path] = line.split(/\s+/) as [Method, string]
  return { method, path, summary, status: 200, ...parts }
}
