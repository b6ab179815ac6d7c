import { SETTING_VALUES, SettingName, type SettingValue, type SettingView } from '../../contract/access.ts'
import { isBuiltIn } from '../../contract/roles.ts'
import { iso } from '../../platform/clock.ts'
import { isSafe } from '../../platform/network.ts'
import { brokenConstraint } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Ask, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { notify } from '../notices/notices.ts'
import { patternFault } from './number-pattern.ts'
import { DEFAULTS, openSetting, sealSetting } from './settings.ts'

type Row = { name: SettingName; version: number; sealed_value: Buffer; sealed_reason: Buffer; set_by: string; setter: Buffer; set_at: Date }
const NEWEST = `select distinct on (s.name) s.name, s.version, s.sealed_value, s.sealed_reason, s.set_by, p.sealed_name as setter, s.set_at
  from app.settings s join app.people p on p.id = s.set_by`

/** The settings as they hold, what new passwords are held against, and the addresses that others are told. */
export async function list({ house, look }: Ask): Promise<Answer<'setting.list'>> {
  const settings = await look(async (here) => {
    const rows = await here.db.rows<Row>(`${NEWEST} order by s.name, s.version desc`)
    return SettingName.options.map((name) => viewOf(here, name, rows.find((row) => row.name === name) ?? null))
  })
  return {
    settings,
    passwordLists: await passwordLists(house),
    mail: house.mail !== null,
    ssoRedirect: `${house.origin()}/sso`,
    scimBase: `${house.origin()}/api/scim/v2`,
  }
}

function viewOf({ house }: Pick<Here, 'house'>, name: SettingName, row: Row | null): SettingView {
  if (!row) return { name, value: shown(DEFAULTS[name]), version: 0, setBy: null, setAt: null, reason: null }
  return {
    name,
    value: shown(openSetting(house, name, row.version, row.sealed_value)),
    version: row.version,
    setBy: firmText(house.keys, 'people', 'sealed_name', row.set_by, row.setter),
    setAt: iso(row.set_at),
    reason: firmText(house.keys, 'settings', 'sealed_reason', `${name} ${row.version}`, row.sealed_reason),
  }
}

/** A secret is written and never read back; that there is one is told. */
function shown(value: SettingValue<SettingName>): Record<string, unknown> {
  if (!('issuer' in value)) return value
  const { clientSecret, ...rest } = value
  return { ...rest, clientSecretSet: clientSecret !== undefined }
}

async function passwordLists({ judge }: Ask['house']): Promise<Answer<'setting.list'>['passwordLists']> {
  const { lists, breached } = await judge.loadedLists()
  return [
    ...lists.map((list) => ({ ...list, loaded: true, detail: 'Part of Subrosa. Also found when letters stand as digits or signs.' })),
    breached
      ? {
          name: breached.name,
          entries: null,
          loaded: true,
          detail: `The operator’s list of breached passwords, of ${breached.modified.slice(0, 10)}.`,
        }
      : {
          name: 'Breached passwords',
          entries: null,
          loaded: false,
          detail: 'None is given. Whoever runs the server names one with SUBROSA_BREACHED_PASSWORDS.',
        },
  ]
}

/**
 * Sets a setting anew; every version is kept, with who and why. Limits of sessions hold for those begun afterwards: one
 * that runs keeps the limits it was begun with.
 * @throws Refusal `setting.refused`, with what does not fit; also when someone changed it in between
 */
export async function change(here: Here, { params, body }: Input<'setting.change'>) {
  const { house, db, me } = here
  const { setting: name } = params
  const before = await db.row<Row>(`${NEWEST} where s.name = $1 order by s.name, s.version desc limit 1`, [name])
  const old = before ? openSetting(house, name, before.version, before.sealed_value) : DEFAULTS[name]
  const value = await CHECKS[name](here, read(name, body.value) as never, old as never)
  const version = (before?.version ?? 0) + 1
  await db
    .run('insert into app.settings (name, version, sealed_value, sealed_reason, set_by) values ($1, $2, $3, $4, $5)', [
      name,
      version,
      sealSetting(house, name, version, value),
      sealFirmText(house.keys, 'settings', 'sealed_reason', `${name} ${version}`, body.reason),
      me.person,
    ])
    .catch((fault: unknown) => {
      if (brokenConstraint(fault) !== 'settings_pkey') throw fault
      throw new Refusal('setting.refused', { text: 'Someone else changed this just now. Look at it again.', cause: fault })
    })
  const after = (await db.row<Row>(`${NEWEST} where s.name = $1 order by s.name, s.version desc limit 1`, [name]))!
  await tellOthers(here, name)
  const changed = Object.keys({ ...old, ...value }).filter(
    (key) => JSON.stringify(old[key as never]) !== JSON.stringify(value[key as never]),
  )
  return remembered({ details: { object: name, version, changed: changed.join(', '), reason: body.reason } }, viewOf(here, name, after))
}

const TITLES: Record<SettingName, string> = {
  password: 'Passwords',
  sessions: 'Sessions',
  sso: 'Single sign-on',
  matters: 'Matters',
  checkpoints: 'Checkpoints',
  search: 'Search',
  leaving: 'Leaving',
}
/** One person changes a setting; the others who could be a second person hear of it. */
async function tellOthers({ house, db, me }: Here, name: SettingName): Promise<void> {
  const rows = await db.rows<{ id: string }>('select a as id from hidden.approvers() a where a <> $1', [me.person])
  const by = firmText(house.keys, 'people', 'sealed_name', me.person, me.sealedName)
  const words = {
    text: `${by} changed the firm’s setting “${TITLES[name]}”.`,
    todo: 'Look at it under Settings. If you did not expect it, speak to them.',
  }
  await notify(
    house,
    db,
    rows.map((row) => row.id),
    words,
  )
}

function read<N extends SettingName>(name: N, value: unknown): SettingValue<N> {
  const given = SETTING_VALUES[name].safeParse(value)
  if (given.success) return given.data as SettingValue<N>
  const fields = Object.fromEntries(given.error.issues.map((issue) => [issue.path.join('.') || 'value', issue.message]))
  throw new Refusal('setting.refused', { fields })
}

const refused = (field: string, text: string) => new Refusal('setting.refused', { text, fields: { [field]: text } })

/** What a setting must be beyond its shape; gives what is kept. */
const CHECKS: { [N in SettingName]: (here: Here, value: SettingValue<N>, old: SettingValue<N>) => Promise<SettingValue<N>> } = {
  password: async (_, value) => value,
  search: async (_, value) => ({ languages: [...new Set(value.languages)] }),
  sessions: async ({ house, db }, value) => {
    const roles = [...Object.keys(value.limits), ...value.passkeyRoles]
    const own = roles.filter((role) => !isBuiltIn(role))
    const live = await db.rows<{ role: string }>('select role from app.roles where role = any ($1) and retired_at is null', [own])
    if (own.some((role) => !live.some((row) => row.role === role))) throw refused('limits', 'One of these roles is not there any more.')
    // whoever would be shut out is named, so that they can be asked to add a passkey first
    const without = await db.rows<{ id: string; sealed_name: Buffer }>(
      'select p.id, p.sealed_name from app.people p where p.id in (select hidden.without_passkey($1)) order by p.id',
      [value.passkeyRoles],
    )
    if (without.length === 0) return { ...value, passkeyRoles: [...new Set(value.passkeyRoles)] }
    const names = without.map((row) => firmText(house.keys, 'people', 'sealed_name', row.id, row.sealed_name))
    const text = `${new Intl.ListFormat('en-GB').format(names)} ${names.length === 1 ? 'has' : 'have'} no passkey yet and would be shut out. Let them add one first.`
    throw refused('passkeyRoles', text)
  },
  sso: async (_, { clientSecret, ...value }, old) => {
    if (value.on && value.clientId.trim() === '') throw refused('clientId', 'The identity provider gives a client id; type it here.')
    // a secret belongs to the provider that gave it, and is not sent to another
    const kept = clientSecret || (value.issuer === old.issuer ? old.clientSecret : undefined)
    return kept === undefined ? value : { ...value, clientSecret: kept }
  },
  matters: async (_, value) => {
    const fault = patternFault(value.numberPattern)
    if (fault) throw refused('numberPattern', fault)
    return value
  },
  checkpoints: async (_, value) => {
    if (value.stampUrl !== '' && !isSafe(value.stampUrl)) throw refused('stampUrl', 'It is asked over https, or on this machine.')
    return { ...value, mailTo: [...new Set(value.mailTo)] }
  },
  leaving: async ({ db }, value) => {
    if (value.successor === null) return value
    const fit = await db.row<{ fit: boolean }>('select hidden.may_succeed($1) as fit', [value.successor])
    if (!fit!.fit) throw refused('successor', UNFIT)
    return value
  },
}
const UNFIT =
  'The successor must be a partner or a lawyer who stays. A lawyer whom you invited yourself can be named by a partner only: through them you would come to matters.'
