import type { SessionId } from '../../contract/ids.ts'
import type { TokenView } from '../../contract/person.ts'
import { permissionsOf, type Permission } from '../../contract/roles.ts'
import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Ask, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { firmText, sealFirmText } from './names.ts'
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
    const own = [...permissionsOf(me.roles)].filter((permission) => !IN_PERSON.includes(permission))
    const beyond = body.scope?.find((permission) => !own.includes(permission))
    if (beyond) throw new Refusal('scope.exceeded', { text: `An access token of yours cannot include ${beyond}.` })
    const id = uuidv7(now()) as SessionId
    const secret = newSecret()
    const endsAt = new Date(now() + body.days * 86_400_000)
    const scope = body.scope ?? own
    await db.run('insert into app.sessions (id, person_id, secret_hash, kind, sealed_label, scope, ends_at) values ($1, $2, $3, $4, $5, $6, $7)', [
      id, me.person, secretHash(secret), 'token', sealFirmText(house.keys, 'sessions', 'sealed_label', id, body.name), scope, endsAt,
    ])
    const view: TokenView = { id, name: body.name, scope, createdAt: iso(new Date(now())), lastUsedAt: null, endsAt: iso(endsAt) }
    return remembered({ object: id, details: { object: body.name, scope: scope.join(' '), days: body.days } }, { ...view, token: shown(secret) })
  })
}

/** What an access token never does: it makes no people, no tokens, and says nothing of the clock. */
const IN_PERSON: Permission[] = ['person.create', 'token.manage', 'clock.confirm']

export async function list({ house, db, me }: Here): Promise<Answer<'token.list'>> {
  const rows = await db.rows<TokenRow>(
    `select id, sealed_label, scope, created_at, used_at, ends_at from app.sessions
     where person_id = $1 and kind = 'token' and revoked_at is null and ends_at > now() order by id desc`,
    [me.person],
  )
  return { tokens: rows.map((row) => ({ id: row.id, name: firmText(house.keys, 'sessions', 'sealed_label', row.id, row.sealed_label), scope: row.scope, createdAt: iso(row.created_at), lastUsedAt: row.used_at > row.created_at ? iso(row.used_at) : null, endsAt: iso(row.ends_at) })) }
}

/** Revokes one of one's own tokens; it is nobody from the next statement on. */
export async function revoke({ house, db, me }: Here, { params }: Input<'token.revoke'>) {
  const row = await db.row<{ id: string; sealed_label: Buffer }>(`select id, sealed_label from app.sessions where id = $1 and person_id = $2 and kind = 'token' and revoked_at is null`, [params.token, me.person])
  if (!row) return null
  await db.run('update app.sessions set revoked_at = now() where id = $1', [row.id])
  return remembered({ object: row.id, details: { object: firmText(house.keys, 'sessions', 'sealed_label', row.id, row.sealed_label) } }, undefined)
}
