import type { Deed } from '../contract/deeds.ts'
import type { Permission, Role } from '../contract/roles.ts'
import type { DeviceId, MatterId, PersonId, SessionId } from '../contract/ids.ts'
import { openActs } from './acts.ts'
import { enter, refuseClock } from './entering.ts'
import { withKeys } from './own-keys.ts'
import { transaction, type Db, type Pool } from './postgres.ts'

/** The raw session secret (32 bytes, hex) from the cookie or the bearer header. Never logged, never stored. */
export type Secret = string & { readonly secret: true }

/** Who asks, as PostgreSQL knows them from the session. */
export type Me = {
  person: PersonId
  session: SessionId
  /** `errand`: something that they left to be done for them */ kind: 'browser' | 'command' | 'token' | 'errand'
  /** Their own, and those that their groups bring. */
  roles: Role[]
  /** What the roles allow, as PostgreSQL says; a token's scope cuts it further. */
  permissions: Permission[]
  scope: Permission[] | null
  sealedName: Buffer
  sealedEmail: Buffer
  endsAt: Date
  usedAt: Date
  /** When a second factor was last proved in this session. */
  factorAt: Date | null
  device: DeviceId | null
  /** Keyed token of the kind of browser in which the session was begun. */
  deviceToken: Buffer | null
}

/** What was done and to what; the ledger's entry is made of it. `details` are sealed under the matter's key or the firm's. */
export type Subject = { matter?: MatterId; object?: string; details: Record<string, string | number | boolean | null> }

declare const kept: unique symbol
/** What an act gives: only `remembered` makes one, so that an act without its subject does not compile. */
export type Remembered<T> = { readonly subject: Subject; readonly value: T; readonly also: readonly Also[]; readonly [kept]: true }
/** A second deed in the same act, such as asking for approval; it has an entry of its own. */
export type Also = { deed: Deed; subject: Subject }
/** From where it was done: an address or `this host`, the browser in words, and the known browser's id. */
export type Place = { address: string; browser: string; device: DeviceId | null }
export type Done = Also & { place: Place | null }
export const remembered = <T>(subject: Subject, value: T, also: readonly Also[] = []): Remembered<T> =>
  ({ subject, value, also }) as unknown as Remembered<T>

export type Guard = (me: Me) => void
/** Writes the entries of deeds inside their act's transaction; when it cannot, there is no commit, and there was no act. */
export type Remember = (db: Db, deeds: readonly Done[]) => Promise<void>

/**
 * The only ways to the firm's data for a request.
 * - `look`: a read-only transaction as this person.
 * - `act`: a transaction that commits only together with its ledger entry. `null` from `fn` means nothing is there
 *   (or nothing of theirs to know of) and rolls back.
 * - `actAhead`: what `ahead` says leaves together with the question who asks, and is PostgreSQL's to refuse as anything is; where
 *   the guard then refuses, it is rolled back unheard. Those of one session that wait at the same time share a transaction, while
 *   none of them finds nothing or is refused; `fn` may be run again.
 * - `visit`: before there is a session; named definer functions only.
 * @throws Refusal `session.none` when the secret belongs to no live session.
 */
export type Ways = {
  look<T>(secret: Secret, guard: Guard, fn: (db: Db, me: Me) => Promise<T>): Promise<T>
  act<T>(secret: Secret, guard: Guard, deed: Deed, fn: (db: Db, me: Me) => Promise<Remembered<T> | null>): Promise<T | null>
  actAhead<T, A>(
    secret: Secret,
    guard: Guard,
    deed: Deed,
    ahead: (db: Db) => Promise<A>,
    fn: (db: Db, me: Me, asked: Promise<A>) => Promise<Remembered<T> | null>,
  ): Promise<T | null>
  visit<T>(fn: (db: Db) => Promise<T>): Promise<T>
  /** Keeps a session from its idle limit. */
  touch(secret: Secret): Promise<void>
}

/** `visitors` logs in for itself: what runs as a person, even SQL that it was made to run, cannot become the visitor. */
export function openWays(pool: Pool, visitors: Pool, remember: Remember, afterAct: () => void): Ways {
  return {
    look: (secret, guard, fn) =>
      withKeys(() =>
        transaction(pool, { readOnly: true, role: 'subrosa_person' }, async (db) => {
          const me = await enter(db, secret)
          guard(me)
          return fn(db, me)
        }),
      ),
    ...openActs(pool, remember, afterAct),
    visit: async (fn) => {
      const value = await withKeys(() => transaction(visitors, {}, fn)).catch(refuseClock)
      afterAct()
      return value
    },
    touch: (secret) =>
      transaction(pool, { role: 'subrosa_person' }, async (db) => {
        await enter(db, secret)
        await db.run('select hidden.touch()')
      }),
  }
}

/** `clerk(job, fn)`: housekeeping under its own login, within the one matter that the job names, if any. */
export type Clerk = <T>(job: { name: string; matter?: string }, fn: (db: Db) => Promise<T>) => Promise<T>
export const openClerk =
  (pool: Pool): Clerk =>
  (job, fn) =>
    withKeys(() => transaction(pool, { settings: { 'subrosa.matter': job.matter ?? '' } }, fn))
