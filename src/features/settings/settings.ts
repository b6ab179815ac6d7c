import { SETTING_VALUES, type SettingName, type SettingValue } from '../../contract/access.ts'
import { openText, sealField } from '../../core/field.ts'
import { FIRM_KEY_VERSION } from '../../platform/firm-keys.ts'
import type { House } from '../../platform/house.ts'

/** The firm's settings as they come. Catalogue section 8; NIST SP 800-63B-4 (AAL2: at most 1 h idle, 24 h in all). */
export const DEFAULTS: { [N in SettingName]: SettingValue<N> } = {
  password: { rotationDays: null, history: 0, composition: false },
  sessions: { limits: {}, standard: { idleMinutes: 30, hours: 12 }, passkeyRoles: [] },
  sso: {
    on: false,
    label: 'single sign-on',
    issuer: 'https://login.example',
    clientId: '',
    secondFactor: { acr: [], amr: [] },
    joining: 'invited',
    groupsClaim: 'groups',
  },
  matters: {
    numberPattern: '{year}-{random:6}',
    types: ['Litigation', 'Arbitration', 'Transaction', 'Advice', 'Family', 'Employment', 'Property', 'Criminal defence'],
    breakGlassHours: 4,
    reviewHours: 24,
    urgentMinutes: 30,
    widenHours: 24,
    grantDays: 90,
    warnDays: 3,
  },
  checkpoints: { mailTo: [], mailDays: 7, stampUrl: '', stampHours: 24 },
  search: { languages: ['en'] },
  leaving: { successor: null },
}

const place = (name: SettingName, version: number) => ({ table: 'app.settings', column: 'sealed_value', row: `${name} ${version}` })
export const sealSetting = (house: Pick<House, 'keys'>, name: SettingName, version: number, value: unknown) =>
  sealField(house.keys.field, FIRM_KEY_VERSION, place(name, version), JSON.stringify(value))
export function openSetting<N extends SettingName>(house: Pick<House, 'keys'>, name: N, version: number, sealed: Buffer): SettingValue<N> {
  // what an earlier version did not have yet comes as it comes
  const value = { ...DEFAULTS[name], ...(JSON.parse(openText(house.keys.field, place(name, version), sealed)) as object) }
  return SETTING_VALUES[name].parse(value) as SettingValue<N>
}

/** What holds now, whoever asks. */
export async function settingOf<N extends SettingName>(house: House, name: N): Promise<SettingValue<N>> {
  const row = await house.ways.visit((db) =>
    db.row<{ version: number; sealed_value: Buffer }>('select version, sealed_value from hidden.setting($1)', [name]),
  )
  return row ? openSetting(house, name, row.version, row.sealed_value) : DEFAULTS[name]
}

/** The limits of a session for these roles: the strictest of each holds. Minutes and hours. */
export function limitsOf(sessions: SettingValue<'sessions'>, roles: readonly string[]): { idleMinutes: number; hours: number } {
  const own = roles.flatMap((role) => sessions.limits[role] ?? [])
  const all = own.length > 0 ? own : [sessions.standard]
  return { idleMinutes: Math.min(...all.map((one) => one.idleMinutes)), hours: Math.min(...all.map((one) => one.hours)) }
}
