import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Call } from '../contract/call.ts'
import type { calls, CallId } from '../contract/calls.ts'
import type { Deed } from '../contract/deeds.ts'
import { PERMISSIONS, permissionsOf, type Permission } from '../contract/roles.ts'
import type { House } from './house.ts'
import type { Db } from './postgres.ts'
import { Refusal } from './refusal.ts'
import type { Guard, Me, Remembered, Secret } from './ways.ts'

type Of<C extends CallId> = (typeof calls)[C]
/** What a handler is given: parsed by the call's schemas. */
export type Input<C extends CallId> = Of<C> extends Call<infer P, infer Q, infer B, infer _A> ? { params: P; query: Q; body: B } : never
/** What a handler gives: the declared answer before its schema strips what is not declared. */
export type Answer<C extends CallId> = Of<C> extends Call<infer _P, infer _Q, infer _B, infer A> ? A : never

/** Inside a look or an act. */
export type Here = { house: House; db: Db; me: Me }
/** Before there is a session: where the visitor comes from. */
export type Visit = { house: House; address: string; /** a command over the private socket */ command: boolean }
/** A session that an answer begins: the door makes a cookie of it, or sends it in the body. */
export type Begun = { secret: Secret; endsAt: Date }
/** For what cannot be one transaction: a stream, or a proof before an act. Both ways stand behind the route's guard. */
export type Ask = {
  house: House
  address: string
  request: FastifyRequest
  reply: FastifyReply
  look<T>(fn: (here: Here) => Promise<T>): Promise<T>
  act<T>(deed: Deed, fn: (here: Here) => Promise<Remembered<T> | null>): Promise<T | null>
}

export type Route =
  | { kind: 'look'; id: CallId; guard: Guard; run(here: Here, input: never): Promise<unknown> }
  | { kind: 'act'; id: CallId; guard: Guard; deed: Deed; run(here: Here, input: never): Promise<Remembered<unknown> | null> }
  | { kind: 'own'; id: CallId; guard: Guard; run(ask: Ask, input: never): Promise<unknown> }
  | { kind: 'visit'; id: CallId; run(visit: Visit, input: never): Promise<{ answer: unknown; begun?: Begun }> }

export const look = <C extends CallId>(id: C, guard: Guard, run: (here: Here, input: Input<C>) => Promise<Answer<C> | null>): Route => ({
  kind: 'look',
  id,
  guard,
  run,
})
export const act = <C extends CallId>(
  id: C,
  guard: Guard,
  deed: Deed,
  run: (here: Here, input: Input<C>) => Promise<Remembered<Answer<C>> | null>,
): Route => ({ kind: 'act', id, guard, deed, run })
export const own = <C extends CallId>(
  id: C,
  guard: Guard,
  run: (ask: Ask, input: Input<C>) => Promise<Answer<C> | FastifyReply | null>,
): Route => ({ kind: 'own', id, guard, run })
export const visit = <C extends CallId>(
  id: C,
  run: (visit: Visit, input: Input<C>) => Promise<{ answer: Answer<C>; begun?: Begun }>,
): Route => ({ kind: 'visit', id, run })

/** Whether this person, in this session, may: roles, less what an access token's scope leaves out. */
export const isAllowed = (me: Me, permission: Permission): boolean =>
  permissionsOf(me.roles).has(permission) && (me.scope === null || me.scope.includes(permission))

/** The courtesy before the law: PostgreSQL asks the same question (`hidden.may`), and a test holds them to one answer. */
export const may =
  (permission: Permission): Guard =>
  (me) => {
    if (isAllowed(me, permission)) return
    const code = permissionsOf(me.roles).has(permission) ? 'scope.exceeded' : 'may.not'
    throw new Refusal(code, {
      text: `${code === 'may.not' ? 'Your roles do' : 'This access token does'} not include: ${PERMISSIONS[permission]}.`,
    })
  }

/** For what everyone who is signed in may do. */
export const signedIn: Guard = () => {}
/** For what a person does for themselves and no token does for them. */
export const inPerson: Guard = (me) => {
  if (me.kind === 'token') throw new Refusal('scope.exceeded', { text: 'An access token cannot do this. Sign in.' })
}
