import type { SessionId } from '../../contract/ids.ts'
import type { TokenView } from '../../contract/factor.ts'
import { IN_PERSON, kindOf, type Permission } from '../../contract/roles.ts'
import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import type { Db } from '../../platform/postgres.ts'
import type { FirmKeys } from '../../platform/firm-keys.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Here, Input, Visit } from '../../platform/route.ts'
import { remembered, type Subject } from '../../platform/ways.ts'
import { rememberVisit } from '../ledger/ledger.ts'
import { notify } from '../notices/notices.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { newSecret, secretHash, shown } from '../sign-in/secrets.ts'
import { proveByPassword, refuseWithoutPasskey } from '../sign-in/sign-in.ts'

type TokenRow = { id: SessionId; sealed_label: Buffer; scope: Permission[]; created_at: Date; used_at: Date; ends_at: Date }

/** Makes an access token. Its scope is at most what its maker may do, and leaves out what is done in person. */
export async function create({ house, db, me }: Here, { body }: Input<'token.create'>) {
  const made = newToken(house.keys, me.permissions, body)
  await db.run(
    'insert into app.sessions (id, person_id, secret_hash, kind, sealed_label, scope, ends_at, device_id) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [made.view.id, me.person, made.hash, 'token', made.label, made.view.scope, made.view.endsAt, me.device],
  )
  await tell(house, db, me.person, made.view)
  return remembered(made.subject, { ...made.view, token: made.token })
}

/** The same without a session, for the command line: the password and a code first, then the token. */
export async function issue(visit: Visit, { body }: Input<'token.issue'>): Promise<{ answer: Answer<'token.issue'> }> {
  const { house } = visit
  const { account, factor, due } = await proveByPassword(visit, body)
  const { person, permissions } = account
  try {
    if (due !== null) throw new Refusal('password.due')
    await refuseWithoutPasskey(house, account.roles, factor)
    if (!permissions.includes('token.manage')) throw new Refusal('may.not')
    const made = newToken(house.keys, permissions, body)
    await house.ways.visit(async (db) => {
      const issued = await db.row<{ ok: boolean }>('select hidden.issue_token($1, $2, $3, $4, $5, $6) as ok', [
        made.view.id,
        person,
        made.hash,
        made.label,
        made.view.scope,
        made.view.endsAt,
      ])
      if (!issued!.ok) throw new Refusal('may.not')
      await rememberVisit(house, db, 'token.created', person, made.subject)
      await tell(house, db, person, made.view)
    })
    return { answer: { ...made.view, token: made.token } }
  } catch (fault) {
    if (fault instanceof Refusal)
      await house.ways.visit((db) =>
        rememberVisit(house, db, 'act.refused', person, { details: { call: 'token.issue', tried: '{}', code: fault.code } }),
      )
    throw fault
  }
}

const tell = (house: House, db: Db, person: string, view: TokenView): Promise<void> =>
  notify(house, db, [person], {
    text: `The access token “${view.name}” was made for your account; it lasts until ${view.endsAt.slice(0, 10)}.`,
    todo: 'If it was not you, revoke it on your account page, change your password and tell your administrator.',
  })

type Wish = { name: string; scope?: Permission[]; days: number }

/** A token that is not written yet. @throws Refusal `scope.exceeded` */
function newToken(keys: FirmKeys, held: readonly Permission[], { name, scope: wished, days }: Wish) {
  const own = held.filter((permission) => !IN_PERSON.includes(permission))
  const beyond = wished?.find((permission) => !own.includes(permission))
  if (beyond) throw new Refusal('scope.exceeded', { text: `An access token of yours cannot include ${beyond}.` })
  const id = uuidv7(now()) as SessionId
  const secret = newSecret()
  // what runs the system is in a token's scope only when it was asked for by name
  const scope = wished ?? own.filter((permission) => kindOf(permission) !== 'system')
  const view: TokenView = {
    id,
    name,
    scope,
    createdAt: iso(new Date(now())),
    lastUsedAt: null,
    endsAt: iso(new Date(now() + days * 86_400_000)),
  }
  const subject: Subject = { object: id, details: { object: name, scope: scope.join(' '), days } }
  return { view, subject, token: shown(secret), hash: secretHash(secret), label: sealFirmText(keys, 'sessions', 'sealed_label', id, name) }
}

export async function list({ house, db, me }: Here): Promise<Answer<'token.list'>> {
  const rows = await db.rows<TokenRow>(
    `select id, sealed_label, scope, created_at, used_at, ends_at from app.sessions
     where person_id = $1 and kind = 'token' and revoked_at is null and ends_at > now() order by id desc`,
    [me.person],
  )
  return {
    tokens: rows.map((row) => ({
      id: row.id,
      name: firmText(house.keys, 'sessions', 'sealed_label', row.id, row.sealed_label),
      scope: row.scope,
      createdAt: iso(row.created_at),
      lastUsedAt: row.used_at > row.created_at ? iso(row.used_at) : null,
      endsAt: iso(row.ends_at),
    })),
  }
}

/** Revokes one of one's own tokens; it is nobody from the next statement on. */
export async function revoke({ house, db, me }: Here, { params }: Input<'token.revoke'>) {
  const row = await db.row<{ id: string; sealed_label: Buffer }>(
    `select id, sealed_label from app.sessions where id = $1 and person_id = $2 and kind = 'token' and revoked_at is null`,
    [params.token, me.person],
  )
  if (!row) return null
  await db.run('update app.sessions set revoked_at = now() where id = $1', [row.id])
  return remembered(
    { object: row.id, details: { object: firmText(house.keys, 'sessions', 'sealed_label', row.id, row.sealed_label) } },
    undefined,
  )
}
