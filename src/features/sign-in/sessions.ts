import type { DeviceId, SessionId } from '../../contract/ids.ts'
import type { DeviceView, SessionView } from '../../contract/session.ts'
import { openText, sealField } from '../../core/field.ts'
import { uuidv7 } from '../../core/ids.ts'
import { token } from '../../core/tokens.ts'
import { browserOf, type Browser } from '../../platform/browser.ts'
import { iso, now } from '../../platform/clock.ts'
import { FIRM_KEY_VERSION } from '../../platform/firm-keys.ts'
import type { House } from '../../platform/house.ts'
import type { Db } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Begun, Here, Input, Origin, Visit } from '../../platform/route.ts'
import { remembered, type Me } from '../../platform/ways.ts'
import { rememberVisit } from '../ledger/ledger.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { notify } from '../notices/notices.ts'
import { limitsOf, settingOf } from '../settings/settings.ts'
import type { FactorKind } from './links.ts'
import { newSecret, secretHash } from './secrets.ts'

/** Someone who has proved who they are. */
export type Proven = {
  person: string
  roles: readonly string[]
  factor: FactorKind
  /** when the proof began, as the database wrote it; null: in this very transaction */ at: string | null
}
export type Limits = { idleMinutes: number; hours: number }
export const sessionLimits = async (house: House, roles: readonly string[]): Promise<Limits> =>
  limitsOf(await settingOf(house, 'sessions'), roles)

/** The keyed token of a kind of browser: a cookie that turns up in another kind was taken. */
export const browserToken = (house: Pick<House, 'keys'>, browser: Browser): Buffer => token(house.keys.token, 'browser kind', browser.kind)

const placeOf = (session: string) => ({ table: 'app.sessions', column: 'sealed_place', row: session })

/**
 * Begins a session inside a visit, with its entry; someone who was never seen on this device is told of it. `bearer`: the
 * secret is answered and no browser keeps it.
 * @throws Refusal `session.refused` when password or factors changed since the proof, or they have left
 */
export async function beginSession(visit: Visit, db: Db, who: Proven, limits: Limits, bearer = false): Promise<Begun> {
  const { house, browser, address, command } = visit
  const secret = newSecret()
  const id = uuidv7(now())
  const kind = command ? 'command' : 'browser'
  const words = command ? 'The command line' : browser.words
  const cookie = !command && !bearer
  const fresh = cookie ? newSecret() : null
  const deviceId = uuidv7(now())
  const row = await db.row<{ ends_at: Date; is_new: boolean; is_fresh: boolean }>(
    'select * from hidden.begin_session($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)',
    [
      id,
      who.person,
      secretHash(secret),
      kind,
      `${limits.idleMinutes} minutes`,
      `${limits.hours} hours`,
      who.factor,
      who.at,
      sealField(house.keys.field, FIRM_KEY_VERSION, placeOf(id), JSON.stringify({ description: words, address })),
      cookie ? browserToken(house, browser) : null,
      fresh && deviceId,
      fresh && visit.device && secretHash(visit.device),
      fresh && secretHash(fresh),
      fresh && sealFirmText(house.keys, 'devices', 'sealed_description', deviceId, words),
    ],
  )
  if (!row) throw new Refusal('session.refused')
  await rememberVisit(house, db, 'session.created', who.person, {
    object: id,
    details: { kind, factor: who.factor, address, device: words, ...(row.is_new && { newDevice: true }) },
  })
  if (row.is_new)
    await notify(house, db, [who.person], {
      text: `You signed in on a new device: ${words}, from ${address}.`,
      todo: 'If that was not you, report the device as lost on your account page and change your password.',
    })
  return { secret, endsAt: row.ends_at, device: row.is_fresh ? fresh : visit.device }
}

/** @throws Refusal `session.moved` when a browser's session turns up in another kind of browser */
export function checkBrowser(house: Pick<House, 'keys'>, me: Me, userAgent: string | undefined): void {
  if (me.deviceToken && !me.deviceToken.equals(browserToken(house, browserOf(userAgent)))) throw new Refusal('session.moved')
}

/** Ends a session that turned up elsewhere, and says so to its owner. */
export async function shutOut(house: House, me: Me, from: Origin): Promise<void> {
  await house.ways.visit(async (db) => {
    const ended = await db.row<{ person: string | null }>('select hidden.end_session($1) as person', [me.session])
    // another request of the same moment was first
    if (!ended?.person) return
    await rememberVisit(house, db, 'session.moved', me.person, {
      object: me.session,
      details: { address: from.address, device: from.browser.words },
    })
    await notify(house, db, [me.person], {
      text: `A session of yours turned up in another browser (${from.browser.words}, from ${from.address}) and was ended.`,
      todo: 'Someone may have copied it. Sign in again, end all other sessions, and tell your administrator.',
    })
  })
}

type Row = {
  id: SessionId
  kind: SessionView['kind']
  sealed_label: Buffer | null
  sealed_place: Buffer | null
  device_id: DeviceId | null
  created_at: Date
  used_at: Date
  ends_at: Date
}
type DeviceRow = { id: DeviceId; sealed_description: Buffer; first_seen_at: Date; seen_at: Date; lost_at: Date | null }

/** A person's sessions, access tokens and devices, for them or for whoever may see how people sign in. */
export async function sessionsOf({ house, db, me }: Here, person: string): Promise<{ sessions: SessionView[]; devices: DeviceView[] }> {
  const rows = await db.rows<Row>(
    `select id, kind, sealed_label, sealed_place, device_id, created_at, used_at, ends_at from app.sessions
     where person_id = $1 and kind <> 'errand' and revoked_at is null and ends_at > now() and (kind = 'token' or used_at > now() - interval '1 hour' or id = $2)
     order by id desc limit 500`,
    [person, me.session],
  )
  const devices = await db.rows<DeviceRow>(
    'select id, sealed_description, first_seen_at, seen_at, lost_at from app.devices where person_id = $1 order by seen_at desc limit 100',
    [person],
  )
  return {
    sessions: rows.map((row) => viewOf(house, row, me)),
    devices: devices.map((row) => ({
      id: row.id,
      description: firmText(house.keys, 'devices', 'sealed_description', row.id, row.sealed_description),
      firstSeenAt: iso(row.first_seen_at),
      seenAt: iso(row.seen_at),
      lostAt: row.lost_at && iso(row.lost_at),
      current: row.id === me.device,
    })),
  }
}

function viewOf(house: House, row: Row, me: Me): SessionView {
  const place = row.sealed_place
    ? (JSON.parse(openText(house.keys.field, placeOf(row.id), row.sealed_place)) as { description: string; address: string })
    : { description: '', address: '' }
  return {
    id: row.id,
    kind: row.kind,
    description: row.sealed_label ? firmText(house.keys, 'sessions', 'sealed_label', row.id, row.sealed_label) : place.description,
    place: place.address,
    device: row.device_id,
    createdAt: iso(row.created_at),
    usedAt: iso(row.used_at),
    endsAt: iso(row.ends_at),
    current: row.id === me.session,
  }
}

export const list = (here: Here): Promise<Answer<'session.list'>> => sessionsOf(here, here.me.person)

export async function end({ db, me }: Here) {
  await db.run('update app.sessions set revoked_at = transaction_timestamp() where id = $1', [me.session])
  return remembered({ object: me.session, details: {} }, undefined)
}

/** Ends one of one's own: it is nobody from the next statement on. */
export async function revoke({ db, me }: Here, { params }: Input<'session.revoke'>) {
  const count = await db.run(
    `update app.sessions set revoked_at = transaction_timestamp()
     where id = $1 and person_id = $2 and kind <> 'token' and revoked_at is null and ends_at > now()`,
    [params.session, me.person],
  )
  return count === 0 ? null : remembered({ object: params.session, details: { count } }, undefined)
}

export async function revokeAll({ house, db, me }: Here, { body }: Input<'session.revokeAll'>) {
  const ended = await db.run(
    `update app.sessions set revoked_at = transaction_timestamp()
     where person_id = $1 and id <> $2 and (kind <> 'token' or $3) and revoked_at is null and ends_at > now()`,
    [me.person, me.session, body.tokens],
  )
  await db.run('select hidden.kill_my_links()')
  if (ended > 0)
    await notify(house, db, [me.person], {
      text: `All your other sessions were ended${body.tokens ? ', and your access tokens' : ''}.`,
      todo: 'If that was not you, change your password and tell your administrator.',
    })
  return remembered({ object: me.person, details: { count: ended, tokens: body.tokens } }, { ended })
}

/** A device is lost: its sessions, and the access tokens made on it, end with this very act. */
export async function lose({ house, db, me }: Here, { params }: Input<'device.lost'>) {
  const reportedAt = iso(new Date(now()))
  const row = await db.row<{ sealed_description: Buffer }>(
    'update app.devices set lost_at = now() where id = $1 and person_id = $2 and lost_at is null returning sealed_description',
    [params.device, me.person],
  )
  if (!row) return null
  const ended = await db.run(
    'update app.sessions set revoked_at = transaction_timestamp() where device_id = $1 and person_id = $2 and revoked_at is null and ends_at > now()',
    [params.device, me.person],
  )
  const object = firmText(house.keys, 'devices', 'sealed_description', params.device, row.sealed_description)
  await notify(house, db, [me.person], {
    text: `The device ${object} was reported as lost; what was signed in there has ended.`,
    todo: 'If that was not you, end all other sessions, change your password and tell your administrator.',
  })
  const endedAt = iso(new Date(now()))
  return remembered({ object: params.device, details: { object, count: ended, reportedAt, endedAt } }, { ended, reportedAt, endedAt })
}
