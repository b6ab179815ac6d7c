import { randomInt } from 'node:crypto'
import type { DeviceId, GroupId, PersonId, ProbeId, SessionId } from '../../contract/ids.ts'
import { uuidv7 } from '../../core/ids.ts'
import { now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import type { Db } from '../../platform/postgres.ts'
import type { Secret } from '../../platform/ways.ts'
import { groupToken } from '../access/groups.ts'
import { sealFirmText } from '../keys/firm-words.ts'
import { emailToken } from '../sign-in/proofs.ts'
import { newSecret, secretHash, shown } from '../sign-in/secrets.ts'

/**
 * Who plays in a probe. The keeper keeps what stands behind the wall; the founder makes it and leaves; the asker is granted
 * access; the rescuer goes in by emergency. The twin was on the matter and is walled off; the peer never was on it.
 */
export const PARTS = ['keeper', 'founder', 'asker', 'rescuer', 'twin', 'peer'] as const
export type Part = (typeof PARTS)[number]
export type Player = { person: PersonId; name: string; email: string; session: SessionId; device: DeviceId; secret: Secret }
export type Cast = { players: Record<Part, Player>; group: GroupId; groupName: string; tag: string }

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
export const newTag = (length: number): string => Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('')

/** New people with new names and secrets; nobody is there yet. */
export function newCast(): Cast {
  const tag = newTag(6)
  const playerOf = (part: Part): Player => ({
    person: uuidv7(now()) as PersonId,
    name: `Leak probe ${tag}, ${part}`,
    email: `${part}.${tag}@leak-probe.invalid`,
    session: uuidv7(now()) as SessionId,
    device: uuidv7(now()) as DeviceId,
    secret: newSecret(),
  })
  return {
    players: Object.fromEntries(PARTS.map((part) => [part, playerOf(part)])) as Record<Part, Player>,
    group: uuidv7(now()) as GroupId,
    groupName: `Leak probe ${tag}`,
    tag,
  }
}
/** The session's secret as a bearer carries it. */
export const bearerOf = (player: Player): string => shown(player.secret)

/** Brings them into the firm, as the clerk. False: the probe has ended, or its model has left. */
export async function enterCast(house: House, db: Db, probe: ProbeId, model: PersonId, cast: Cast): Promise<boolean> {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
  const rows = PARTS.map((part) => {
    const { person, name, email, session, device, secret } = cast.players[part]
    return {
      part,
      person,
      name: base64(sealFirmText(house.keys, 'people', 'sealed_name', person, name)),
      email: base64(sealFirmText(house.keys, 'people', 'sealed_email', person, email)),
      token: base64(emailToken(house, email)),
      session,
      secret: base64(secretHash(secret)),
      device,
      mark: base64(secretHash(newSecret())),
      words: base64(sealFirmText(house.keys, 'devices', 'sealed_description', device, 'Leak probe')),
    }
  })
  const row = await db.row<{ ok: boolean }>('select hidden.begin_probe($1, $2, $3, $4, $5, $6) as ok', [
    probe,
    model,
    JSON.stringify(rows),
    cast.group,
    sealFirmText(house.keys, 'groups', 'sealed_name', cast.group, cast.groupName),
    groupToken(house.keys, cast.groupName),
  ])
  return row!.ok
}
