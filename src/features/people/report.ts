import type { LeavingReport } from '../../contract/person.ts'
import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import type { Db } from '../../platform/postgres.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'

export type Ended = { sessions: number; tokens: number; passkeys: number }
type Keeper = Pick<House, 'keys'>

/** Keeps a report; the newest of a person holds. `by`: who let them leave; null: the clerk amends it. */
export async function keepReport({ keys }: Keeper, db: Db, person: string, report: LeavingReport, by: string | null): Promise<void> {
  const id = uuidv7(now())
  await db.run('insert into app.leavings (id, person_id, sealed_report, made_by) values ($1, $2, $3, $4)', [
    id,
    person,
    sealFirmText(keys, 'leavings', 'sealed_report', id, JSON.stringify(report)),
    by,
  ])
}

/** The report of someone's leaving, as far as this reader sees it. */
export async function reportOf({ house, db }: { house: Keeper; db: Db }, person: string): Promise<LeavingReport | null> {
  const row = await db.row<{ id: string; sealed_report: Buffer }>(
    'select id, sealed_report from app.leavings where person_id = $1 order by id desc limit 1',
    [person],
  )
  return row && (JSON.parse(firmText(house.keys, 'leavings', 'sealed_report', row.id, row.sealed_report)) as LeavingReport)
}

/** What the clerk ended when it came to someone who has left, and what they could know until then. */
export type Shut = Ended & { leaves_at: Date; knew: Knew[] }

/** A leaving that was set for later has come, or nobody kept a report of it: what ended now is added to what ended before. */
export async function amendReport(house: Pick<House, 'keys' | 'mail'>, db: Db, person: string, shut: Shut): Promise<void> {
  const before = await reportOf({ house, db }, person)
  const report: LeavingReport = before ?? {
    leftAt: iso(shut.leaves_at),
    by: 'The directory',
    reason: null,
    successor: SUCCESSOR,
    sessionsEnded: 0,
    tokensEnded: 0,
    passkeysEnded: 0,
    rotate: [],
  }
  const more = rotation(house, shut.knew).filter((one) => !report.rotate.some((known) => known.what === one.what))
  if (before && shut.sessions + shut.tokens + shut.passkeys + more.length === 0) return
  const sum = {
    sessionsEnded: report.sessionsEnded + shut.sessions,
    tokensEnded: report.tokensEnded + shut.tokens,
    passkeysEnded: report.passkeysEnded + shut.passkeys,
  }
  await keepReport(house, db, person, { ...report, ...sum, rotate: [...report.rotate, ...more] }, null)
}
/** Where nobody was named. */
export const SUCCESSOR = 'Whom the firm’s setting names'

/** What someone could know or has set up, as `hidden.knew` says it. */
export type Knew = 'founder' | 'runs' | 'directory' | 'tokens' | 'links' | 'sso'

/** What to do about the keys and secrets that a leaver could have seen; only what there is a way to do. */
export function rotation(house: Pick<House, 'mail'>, knew: readonly Knew[]): LeavingReport['rotate'] {
  const has = (...any: Knew[]) => any.some((one) => knew.includes(one))
  const all: [boolean, string, string][] = [
    [
      has('founder', 'runs'),
      'The root key: recovery sheet, keyring file and key backups',
      'It cannot be exchanged in this version, and with a copy of the data it opens everything. Take back every printed recovery sheet, and see that nobody else holds the keyring file or a key backup (subrosa backup --keys-to).',
    ],
    [
      has('founder', 'runs'),
      'The machine that Subrosa runs on',
      'If they could sign in to it: end that account, change its passwords and keys, exchange the certificate’s private key (SUBROSA_TLS_KEY), and set a new password for the PostgreSQL that DATABASE_URL names, where you use your own.',
    ],
    [
      house.mail !== null && has('founder', 'runs'),
      'The mail server’s password (SUBROSA_SMTP_URL)',
      'If they could sign in to the machine: set a new one at the mail server and in the setting, and start Subrosa again.',
    ],
    [
      has('sso'),
      'The client secret of the identity provider',
      'They have set up single sign-on. Make a new secret at the provider and type it under Settings.',
    ],
    [
      has('directory'),
      'The directory’s access token',
      'It was theirs and has ended, so the directory cannot keep people and groups. Someone else makes one that includes it, and gives it to the directory.',
    ],
    [has('tokens'), 'Access tokens for scripts', 'Theirs have ended. What ran with them stops until someone else makes one.'],
    [has('links'), 'Links that they made for others', 'They work no more. Send the invitation, or begin the renewal, again.'],
  ]
  return all.filter(([applies]) => applies).map(([, what, todo]) => ({ what, todo }))
}
