import type { PersonId } from '../../contract/ids.ts'
import type { PersonView } from '../../contract/person.ts'
import { permissionsOf, type Role } from '../../contract/roles.ts'
import { uuidv7 } from '../../core/ids.ts'
import { normalEmail } from '../../core/tokens.ts'
import { iso, now } from '../../platform/clock.ts'
import { brokenConstraint } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { newSecret, secretHash, shown } from './secrets.ts'
import { emailToken } from './sign-in.ts'

type PersonRow = { id: PersonId; sealed_name: Buffer; sealed_email: Buffer; roles: Role[]; created_at: Date; joined_at: Date | null }
const INVITATION_DAYS = 7

export async function me({ house, db, me }: Here): Promise<Answer<'person.me'>> {
  const firm = await db.row<{ id: string; sealed_name: Buffer }>('select id, sealed_name from app.firm')
  const all = [...permissionsOf(me.roles)]
  return {
    id: me.person,
    name: firmText(house.keys, 'people', 'sealed_name', me.person, me.sealedName),
    email: firmText(house.keys, 'people', 'sealed_email', me.person, me.sealedEmail),
    roles: me.roles,
    may: me.scope ? all.filter((permission) => me.scope!.includes(permission)) : all,
    firm: firmText(house.keys, 'firm', 'sealed_name', firm!.id, firm!.sealed_name),
    session: { id: me.session, kind: me.kind, endsAt: iso(me.endsAt) },
  }
}

export async function list({ house, db }: Here): Promise<Answer<'person.list'>> {
  const rows = await db.rows<PersonRow>('select id, sealed_name, sealed_email, roles, created_at, joined_at from app.people order by id')
  return { people: rows.map((row) => viewOf(house.keys, row)) }
}

const viewOf = (keys: Here['house']['keys'], row: PersonRow): PersonView => ({
  id: row.id,
  name: firmText(keys, 'people', 'sealed_name', row.id, row.sealed_name),
  email: firmText(keys, 'people', 'sealed_email', row.id, row.sealed_email),
  roles: row.roles,
  state: row.joined_at ? 'active' : 'invited',
  createdAt: iso(row.created_at),
})

/**
 * Invites a person: no password and no factor is known to anyone but them. The link is shown this once; its secret
 * stands in the fragment, which is never sent to a server by itself.
 * @throws Refusal `email.taken`
 */
export async function create({ house, db, me }: Here, { body }: Input<'person.create'>) {
  const id = uuidv7(now()) as PersonId
  const secret = newSecret()
  const endsAt = new Date(now() + INVITATION_DAYS * 86_400_000)
  const email = normalEmail(body.email)
  const again = await db.row<{ who: PersonId | null }>('select hidden.invite_again($1, $2, $3) as who', [
    emailToken(house, email),
    secretHash(secret),
    endsAt,
  ])
  const invitation = { secret: shown(secret), url: `${house.origin()}/invitation#s=${shown(secret)}`, endsAt: iso(endsAt) }
  if (again?.who) {
    const view = (await list({ house, db, me })).people.find((person) => person.id === again.who)!
    return remembered(
      { object: view.id, details: { object: view.name, roles: view.roles.join(', '), again: true } },
      { ...view, invitation },
    )
  }
  try {
    await db.run(
      'insert into app.people (id, sealed_name, sealed_email, email_token, roles, invitation_hash, invitation_ends_at, created_by) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [
        id,
        sealFirmText(house.keys, 'people', 'sealed_name', id, body.name),
        sealFirmText(house.keys, 'people', 'sealed_email', id, email),
        emailToken(house, email),
        [...new Set(body.roles)],
        secretHash(secret),
        endsAt,
        me.person,
      ],
    )
  } catch (fault) {
    if (brokenConstraint(fault) === 'people_email_token_key') throw new Refusal('email.taken', { cause: fault })
    throw fault
  }
  const view: PersonView = {
    id,
    name: body.name,
    email,
    roles: [...new Set(body.roles)],
    state: 'invited',
    createdAt: iso(new Date(now())),
  }
  return remembered({ object: id, details: { object: body.name, roles: view.roles.join(', ') } }, { ...view, invitation })
}
