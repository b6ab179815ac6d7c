import { BuiltInRole, isGuarded, ROLES, type Permission, type Role } from '../../contract/roles.ts'
import type { Here } from '../../platform/route.ts'
import { Refusal } from '../../platform/refusal.ts'
import { firmText } from '../keys/firm-words.ts'
import { builtInName } from '../sign-in/me.ts'

export type KnownRole = {
  id: Role
  name: string
  words: string
  builtIn: boolean
  permissions: Permission[]
  /** Given by two people. */ guarded: boolean
  retiredAt: Date | null
}

/** Each built-in role in a sentence. */
const WORDS: Record<BuiltInRole, string> = {
  partner: 'Leads matters, takes clients on, reads the firm’s own ledger, and is the second person for acts that need two.',
  lawyer: 'Takes clients on, opens matters and leads their teams.',
  paralegal: 'Works on the matters whose team they are on.',
  staff: 'Works on the matters whose team they are on, as an assistant does.',
  compliance: 'Oversees the whole ledger without what is sealed in it, and is the second person for acts that need two.',
  records: 'Keeps the documents of the matters whose team they are on.',
  administrator: 'Runs people, roles, groups and settings, and reads nothing of a client.',
  auditor: 'Reads the whole ledger without what is sealed in it, and changes nothing.',
}

type Row = { role: Role; permissions: Permission[]; sealed_name: Buffer | null; sealed_words: Buffer | null; retired_at: Date | null }

/** Every role there is or was: the built-in ones in their order, then the firm's own by name. */
export async function allRoles({ house, db }: Pick<Here, 'house' | 'db'>): Promise<KnownRole[]> {
  const rows = await db.rows<Row>(
    'select role, permissions, sealed_name, sealed_words, retired_at from app.roles where sealed_name is not null',
  )
  const builtIn = BuiltInRole.options.map((id): KnownRole => {
    const permissions: Permission[] = [...ROLES[id]]
    return { id, name: builtInName(id), words: WORDS[id], builtIn: true, permissions, guarded: isGuarded(permissions), retiredAt: null }
  })
  const own = rows.map((row): KnownRole => ({
    id: row.role,
    name: firmText(house.keys, 'roles', 'sealed_name', row.role, row.sealed_name!),
    words: row.sealed_words ? firmText(house.keys, 'roles', 'sealed_words', row.role, row.sealed_words) : '',
    builtIn: false,
    permissions: row.permissions,
    guarded: isGuarded(row.permissions),
    retiredAt: row.retired_at,
  }))
  return [...builtIn, ...own.sort((a, b) => a.name.localeCompare(b.name))]
}

/** The roles that can be held now. */
export const liveRoles = async (here: Pick<Here, 'house' | 'db'>): Promise<KnownRole[]> =>
  (await allRoles(here)).filter((role) => role.retiredAt === null)

/** These of them, each once, in their order. @throws Refusal `role.unknown` */
export function pick(live: readonly KnownRole[], ids: readonly string[]): KnownRole[] {
  const unknown = ids.some((id) => !live.some((role) => role.id === id))
  if (unknown) throw new Refusal('role.unknown', { fields: { roles: 'One of these roles is not there any more. Choose again.' } })
  return live.filter((role) => ids.includes(role.id))
}

export const idsOf = (roles: readonly KnownRole[]): Role[] => roles.map((role) => role.id)
export const namesOf = (roles: readonly KnownRole[]): string[] => roles.map((role) => role.name)
/** `Partner`, `Partner and Compliance`: for sentences and entries. */
export const listed = (names: readonly string[]): string => new Intl.ListFormat('en-GB').format(names)
