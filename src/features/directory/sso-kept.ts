import { BrokenSeal } from '../../core/bytes.ts'
import { openText, sealField } from '../../core/field.ts'
import { now } from '../../platform/clock.ts'
import { FIRM_KEY_VERSION } from '../../platform/firm-keys.ts'
import type { House } from '../../platform/house.ts'
import { finish, type Callback, type Claims, type Kept, type Provider } from '../../platform/oidc.ts'
import { clientOf } from '../../platform/oidc-provider.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { SettingValue } from '../../contract/access.ts'
import { settingOf } from '../settings/settings.ts'
import { spentHash } from '../sign-in/secrets.ts'

/** What the browser keeps while it is away: for which step, in which session, at which provider. */
type Step = { for: 'sign-in' } | { for: 'link'; session: string }
type Away = Kept & { step: Step; issuer: string; clientId: string; at: number }

/** How long a browser may be away: as long as its cookie lasts. */
const LASTS_MS = 10 * 60_000
const PLACE = { table: 'sign-in', column: 'sealed_step', row: 'browser' }

export type Sso = { setting: SettingValue<'sso'>; provider: Provider }

/** The firm's identity provider. @throws Refusal `sso.off`, `sso.provider` */
export async function ssoOf(house: House): Promise<Sso> {
  const setting = await settingOf(house, 'sso')
  if (!setting.on) throw new Refusal('sso.off')
  const { issuer, clientId, clientSecret = '', groupsClaim } = setting
  const provider = { issuer, clientId, clientSecret, redirectUri: `${house.origin()}/sso` }
  if (setting.joining !== 'groups') return { setting, provider }
  // some give groups only to who asks for a scope of that name; others refuse a scope that they do not know
  const { metadata } = await clientOf(provider)
  const isScope = metadata.scopes_supported?.includes(groupsClaim) ?? false
  return { setting, provider: isScope ? { ...provider, scopes: ['profile', 'email', groupsClaim] } : provider }
}

/** Sealed for the browser's cookie, base64url. */
export function keep({ keys }: House, { provider }: Sso, kept: Kept, step: Step): string {
  const away: Away = { ...kept, step, issuer: provider.issuer, clientId: provider.clientId, at: now() }
  return sealField(keys.field, FIRM_KEY_VERSION, PLACE, JSON.stringify(away)).toString('base64url')
}

function open({ keys }: House, { provider }: Sso, text: string | null, step: Step): Away {
  if (text === null) throw new Refusal('sso.state')
  const away = unsealed(keys.field, text)
  const isOurs =
    JSON.stringify(away.step) === JSON.stringify(step) && away.issuer === provider.issuer && away.clientId === provider.clientId
  if (!isOurs) throw new Refusal('sso.state')
  if (away.at + LASTS_MS < now()) throw new Refusal('sso.expired')
  return away
}

function unsealed(key: Buffer, text: string): Away {
  try {
    return JSON.parse(openText(key, PLACE, Buffer.from(text, 'base64url'))) as Away
  } catch (fault) {
    if (fault instanceof BrokenSeal) throw new Refusal('sso.state', { cause: fault })
    throw fault
  }
}

/**
 * Who came back from the provider, for the step that this browser went away for. What it kept serves once, whatever comes.
 * @throws Refusal `sso.state`, `sso.expired`, and what `finish` of platform/oidc.ts throws
 */
export async function cameBack(house: House, sso: Sso, text: string | null, step: Step, callback: Callback): Promise<Claims> {
  const away = open(house, sso, text, step)
  if (callback.state !== away.state) throw new Refusal('sso.state')
  const spent = await house.ways.visit((db) =>
    db.row<{ ok: boolean }>('select hidden.spend($1, $2) as ok', [
      spentHash(Buffer.from(`sso ${away.state}`)),
      new Date(away.at + LASTS_MS),
    ]),
  )
  if (!spent!.ok) throw new Refusal('sso.code')
  return finish(sso.provider, away, callback, { groupsClaim: sso.setting.joining === 'groups' ? sso.setting.groupsClaim : null })
}
