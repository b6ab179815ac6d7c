import { Email, Name } from '../../contract/words.ts'
import { exactToken, normalEmail } from '../../core/tokens.ts'
import { iso } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import type { Db } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import { firmText } from '../keys/firm-words.ts'
import { emailToken } from '../sign-in/proofs.ts'
import type { Fields } from './scim-attributes.ts'
import type { Resource } from './scim-answers.ts'

/** The keyed token by which a directory's own id is found; an identity provider's subject may be the same. */
export const externalToken = (house: Pick<House, 'keys'>, externalId: string): Buffer =>
  exactToken(house.keys.token, 'external id', externalId)

/** What is kept of a directory's words beside name and address. */
export type Told = { externalId?: string; displayName?: string; name?: Fields }
/** A person as a directory wants them. */
export type Wish = { email: string; name: string; active: boolean; told: Told }

type Row = {
  id: string
  sealed_name: Buffer
  sealed_email: Buffer
  sealed_directory: Buffer | null
  active: boolean
  created_at: Date
  changed_at: Date
}
export type Person = { resource: Resource; name: string; email: string; told: Told }

/** Who is asked for; with none of these, everyone. */
export type Who = { id?: string; email?: string; externalId?: string }
/** People as the directory knows them. */
export async function peopleFor(house: House, db: Db, { id, email, externalId }: Who): Promise<Person[]> {
  const rows = await db.rows<Row>('select * from hidden.directory_people($1, $2, $3)', [
    id ?? null,
    email === undefined ? null : emailToken(house, email),
    externalId === undefined ? null : externalToken(house, externalId),
  ])
  return rows.map((row) => personOf(house, row))
}

function personOf({ keys }: House, row: Row): Person {
  const name = firmText(keys, 'people', 'sealed_name', row.id, row.sealed_name)
  const email = firmText(keys, 'people', 'sealed_email', row.id, row.sealed_email)
  const words = row.sealed_directory ? (JSON.parse(firmText(keys, 'people', 'sealed_directory', row.id, row.sealed_directory)) as Told) : {}
  // what the firm has changed since holds
  const told =
    nameIn(words) === name
      ? words
      : { ...(words.externalId && { externalId: words.externalId }), displayName: name, name: { formatted: name } }
  const resource: Resource = {
    id: row.id,
    externalId: told.externalId,
    userName: email,
    displayName: told.displayName,
    name: told.name,
    emails: [{ value: email, type: 'work', primary: true }],
    active: row.active,
    meta: { resourceType: 'User', created: iso(row.created_at), lastModified: iso(row.changed_at) },
  }
  return { resource, name, email, told }
}

const textIn = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null)
/** The name in a directory's words: as it is shown, as a whole, or of its parts. */
function nameIn({ displayName, name }: Told | Fields): string | null {
  const parts = (name ?? {}) as Fields
  const joined = [parts.givenName, parts.familyName].map(textIn).filter(Boolean).join(' ')
  return textIn(displayName) ?? textIn(parts.formatted) ?? textIn(joined)
}

/**
 * What a resource says. Of someone who has left, or is to, nothing else is taken: nobody stays because of what else is
 * said of them, and a directory that deletes someone may rename them first.
 * @throws Refusal `scim.value` when `userName` is no e-mail address, or `emails` do not hold it
 */
export function wishOf(fields: Fields, before: Person | null): Wish {
  const active = (fields.active as boolean | undefined) ?? (before ? (before.resource.active as boolean) : true)
  if (before && !active) return { email: before.email, name: before.name, active, told: before.told }
  const email = Email.safeParse(normalEmail(fields.userName as string))
  if (!email.success) throw new Refusal('scim.value', { text: 'userName must be the person’s e-mail address.' })
  const emails = (fields.emails ?? []) as Fields[]
  // what stood there before is the old userName told again
  const isSaid = JSON.stringify(emails) !== JSON.stringify(before?.resource.emails ?? [])
  // an invitation sent to another address than the one meant lets a stranger in
  if (isSaid && emails.length > 0 && !emails.some((one) => typeof one.value === 'string' && normalEmail(one.value) === email.data))
    throw new Refusal('scim.value', { text: 'emails must hold the same address as userName. Map userName to the person’s e-mail address.' })
  const name = Name.safeParse(nameIn(fields) ?? email.data)
  if (!name.success) throw new Refusal('scim.value', { text: name.error.issues[0]?.message ?? 'That name cannot be used.' })
  const { externalId, displayName } = fields as { externalId?: string; displayName?: string }
  return {
    email: email.data,
    name: name.data,
    active,
    told: { ...(externalId && { externalId }), ...(displayName && { displayName }), ...(fields.name && { name: fields.name as Fields }) },
  }
}
