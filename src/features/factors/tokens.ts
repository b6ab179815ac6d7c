import type { SessionId } from '../../contract/ids.ts'
import type { TokenView } from '../../contract/person.ts'
import { IN_PERSON, permissionsOf, type Permission, type Role } from '../../contract/roles.ts'
import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import type { FirmKeys } from '../../platform/firm-keys.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Ask, Here, Input, Visit } from '../../platform/route.ts'
import { remembered, type Subject } from '../../platform/ways.ts'
import { rememberVisit } from '../ledger/ledger.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { newSecret, secretHash, shown } from './secrets.ts'
import { prove } from './sign-in.ts'

type TokenRow = { id: SessionId; sealed_label: Buffer; scope: Permission[]; created_at: Date; used_at: Date; ends_at: Date }

/**
 * Makes an access token: the password and a fresh code first, then the act. Its scope is at most what its maker may
 * do, and leaves out what is done in person.
 */
export async function create(ask: Ask, { body }: Input<'token.create'>): Promise<Answer<'token.create'> | null> {
  const { house } = ask
  const email = await ask.look(async ({ me }) => firmText(house.keys, 'people', 'sealed_email', me.person, me.sealedEmail))
  await prove({ house, address: ask.address, command: false }, { email, ...body })
  return ask.act('token.created', async ({ db, me }) => {
    const made = newToken(house.keys, me.roles, body)
    await db.run(
      'insert into app.sessions (id, person_id, secret_hash, kind, sealed_label, scope, ends_at) values ($1, $2, $3, $4, $5, $6, $7)',
      [made.view.id, me.person, made.hash, 'token', made.label, made.view.scope, made.view.endsAt],
    )
    return remembered(made.subject, { ...made.view, token: made.token })
  })
}

/**
 * Makes an access token for someone without a session, in one go with the proof that a sign-in asks for: a code serves
 * once, so that signing in first would take two.
 * @throws Refusal `session.refused`, `session.too_many`, `may.not`, `scope.exceeded`; each leaves an entry.
 */
export async function issue(visit: Visit, { body }: Input<'token.issue'>): Promise<{ answer: Answer<'token.issue'> }> {
  const { house } = visit
  const { person, roles } = await prove(visit, body)
  try {
    if (!permissionsOf(roles).has('token.manage')) throw new Refusal('may.not')
    const made = newToken(house.keys, roles, body)
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

type Wish = { name: string; scope?: Permission[]; days: number }

/** A token that is not written yet. @throws Refusal `scope.exceeded` */
function newToken(keys: FirmKeys, roles: readonly Role[], { name, scope: wished, days }: Wish) {
  const own = [...permissionsOf(roles)].filter((permission) => !IN_PERSON.includes(permission))
  const beyond = wished?.find((permission) => !own.includes(permission))
  if (beyond) throw new Refusal('scope.exceeded', { text: `An access token of yours cannot include ${beyond}.` })
  const id = uuidv7(now()) as SessionId
  const secret = newSecret()
  const scope = wished ?? own
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
