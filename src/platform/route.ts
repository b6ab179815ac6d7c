import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Call } from '../contract/call.ts'
import type { calls, CallId } from '../contract/calls.ts'
import type { Deed } from '../contract/deeds.ts'
import { sentenceOf, type Permission } from '../contract/roles.ts'
import type { Browser } from './browser.ts'
import { now } from './clock.ts'
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
/** Before there is a session: where the visitor comes from, and in what. */
export type Visit = Origin & {
  house: House
  /** what a visit kept in this browser for its next step, sealed; null when nothing */ kept: string | null
}
/** Where a request comes from. */
export type Origin = {
  address: string
  /** a command over the private socket */ command: boolean
  browser: Browser
  /** the secret of the cookie by which this browser is known again, hex; null when it has none yet */ device: Secret | null
}
/** A session that an answer begins: the door makes a cookie of it, or sends it in the body. */
export type Begun = { secret: Secret; endsAt: Date; /** makes this browser known again */ device: Secret | null }
/** What a visit gives: the answer, the session it begins, and what the browser is to keep (null: to forget) for the next step. */
export type Visited<A> = { answer: A; begun?: Begun; keep?: string | null }
/** For what cannot be one transaction: a stream, or a proof before an act. Both ways stand behind the route's guard. */
/**
 * What this session was let through to a few seconds ago, so that whoever sends many small files is not asked twice for each. It
 * only spares the question that comes before any byte is taken: the act asks everything itself, and nothing is told from here.
 */
export type Lately = { was(what: string): boolean; note(what: string): void }

export type Ask = Origin & {
  house: House
  /** what an earlier step kept in this browser, sealed; and what the answer keeps (null: to forget) */ kept: string | null
  keep(text: string | null): void
  request: FastifyRequest
  reply: FastifyReply
  lately: Lately
  look<T>(fn: (here: Here) => Promise<T>): Promise<T>
  act<T>(deed: Deed, fn: (here: Here) => Promise<Remembered<T> | null>): Promise<T | null>
  /** An act whose first statements leave together with the question who asks; what they bring is used once that is answered. */
  actAhead<T, A>(
    deed: Deed,
    ahead: (here: Pick<Here, 'house' | 'db'>) => Promise<A>,
    fn: (here: Here, asked: Promise<A>) => Promise<Remembered<T> | null>,
  ): Promise<T | null>
}

export type Route =
  | { kind: 'look'; id: CallId; guard: Guard; run(here: Here, input: never): Promise<unknown> }
  | { kind: 'act'; id: CallId; guard: Guard; deed: Deed; run(here: Here, input: never): Promise<Remembered<unknown> | null> }
  | { kind: 'own'; id: CallId; guard: Guard; run(ask: Ask, input: never): Promise<unknown> }
  | { kind: 'visit'; id: CallId; run(visit: Visit, input: never): Promise<Visited<unknown>> }

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
export const visit = <C extends CallId>(id: C, run: (visit: Visit, input: Input<C>) => Promise<Visited<Answer<C>>>): Route => ({
  kind: 'visit',
  id,
  run,
})

/** Whether this person, in this session, may: roles, less what an access token's scope leaves out. */
export const isAllowed = (me: Me, permission: Permission): boolean =>
  me.permissions.includes(permission) && (me.scope === null || me.scope.includes(permission))

/** The courtesy before the law: PostgreSQL asks the same question (`hidden.may`), and a test holds them to one answer. */
export const may =
  (permission: Permission): Guard =>
  (me) => {
    if (isAllowed(me, permission)) return
    const code = me.permissions.includes(permission) ? 'scope.exceeded' : 'may.not'
    throw new Refusal(code, {
      text: `${code === 'may.not' ? 'Your roles do' : 'This access token does'} not include: ${sentenceOf(permission)}.`,
    })
  }

/** For what several duties have to look at; who may neither is told what the first one would be. */
export const mayEither =
  (first: Permission, second: Permission): Guard =>
  (me) => {
    if (!isAllowed(me, second)) may(first)(me)
  }

/** For what everyone who is signed in may do. */
export const signedIn: Guard = () => {}
/** For what a person does for themselves and no token does for them. */
export const inPerson: Guard = (me) => {
  if (me.kind === 'token') throw new Refusal('scope.exceeded', { text: 'An access token cannot do this. Sign in.' })
}

/** How long a proved factor serves for sensitive acts: five minutes (catalogue S1-26). PostgreSQL holds the same. */
export const FRESH_MS = 5 * 60_000
export const freshUntil = (me: Me): Date | null =>
  me.kind !== 'token' && me.factorAt && me.factorAt.getTime() + FRESH_MS > now() ? new Date(me.factorAt.getTime() + FRESH_MS) : null
/** For acts that are sensitive: a second factor proved in this session within five minutes. */
export const fresh: Guard = (me) => {
  inPerson(me)
  if (!freshUntil(me)) throw new Refusal('factor.stale')
}
/** Every one of these, in this order. */
export const all =
  (...guards: Guard[]): Guard =>
  (me) =>
    guards.forEach((guard) => guard(me))
/** Done by this person in this session: permitted, in person, with a fresh factor. */
export const sensitive = (permission: Permission): Guard => all(may(permission), fresh)
