import { createHash, randomBytes } from 'node:crypto'
import { BrokenStamp, readStamp, stampRequest } from '../../core/timestamp.ts'
import type { House } from '../../platform/house.ts'
import { MailFault } from '../../platform/mail.ts'
import { sendOut, Unreachable } from '../../platform/outgoing.ts'
import type { Db } from '../../platform/postgres.ts'
import { Rounds } from '../../platform/rounds.ts'
import { witnessed } from '../ledger/cosigned.ts'
import { rememberAsClerk } from '../ledger/ledger.ts'
import { logAt } from '../ledger/epochs.ts'
import { lastCheckpoint } from '../ledger/queries.ts'
import { settingOf } from '../settings/settings.ts'
import { firmNameOf } from '../sign-in/links.ts'
import { letterOf } from './letter.ts'

type What = 'mail' | 'stamp'
type Turn = { what: What; size: number | null; wanted: boolean; tries: number }

const HOUR_S = 3600
/** Seconds until a failed one is tried again, doubled each time. */
const AGAIN_S = 60
const LIMITS = { mostBytes: 64 * 1024, withinMs: 15_000 }
const TYPE = 'application/timestamp-query'

/** Mails checkpoints and has them stamped, as the setting `checkpoints` says. */
export const openPublisher = (house: House): Rounds =>
  new Rounds(10_000, () => publish(house), { log: house.log, fault: 'couldn’t send a checkpoint out' })

const asClerk = <T>({ clerk }: House, fn: (db: Db) => Promise<T>): Promise<T> => clerk({ name: 'publishing' }, fn)

/** Whose turn it is, each for five minutes: two processes do not send the same. */
export async function publish(house: House): Promise<void> {
  const { mailTo, mailDays, stampUrl, stampHours } = await settingOf(house, 'checkpoints')
  const due = await asClerk(house, (db) =>
    db.rows<Turn>(
      `update app.publishing p set next_at = clock_timestamp() + interval '5 minutes'
       where p.next_at <= clock_timestamp() and (p.what = 'mail' and $1 or p.what = 'stamp' and $2)
         and (p.wanted or p.done_at is null or p.fault is not null
           or p.done_at + make_interval(hours => case p.what when 'mail' then $3::int else $4::int end) <= clock_timestamp())
       returning p.what, p.size, p.wanted, p.tries`,
      [mailTo.length > 0 && mailDays > 0, stampUrl !== '', mailDays * 24, stampHours],
    ),
  )
  for (const turn of due) {
    const fault = await (turn.what === 'mail' ? mail(house, mailTo) : stamp(house, stampUrl, turn))
    if (fault) house.log.warn(`a checkpoint was not ${turn.what === 'mail' ? 'mailed' : 'stamped'}: ${fault}`)
    const seconds = fault ? Math.min(6 * HOUR_S, AGAIN_S * 2 ** Math.min(turn.tries, 12)) : AGAIN_S
    await asClerk(house, (db) =>
      db.run(
        `update app.publishing set fault = $2::text, tries = case when $2::text is null then 0 else tries + 1 end, wanted = wanted and $2::text is not null,
           next_at = clock_timestamp() + make_interval(secs => $3) where what = $1`,
        [turn.what, fault, seconds],
      ),
    )
  }
}

const sent = (db: Db, what: What, size: number): Promise<number> =>
  db.run('update app.publishing set done_at = clock_timestamp(), size = $2 where what = $1', [what, size])

/** What was wrong, in a sentence; null when it went to everyone. */
async function mail(house: House, to: string[]): Promise<string | null> {
  if (!house.mail) return 'The firm sends no mail: set SUBROSA_SMTP_URL and SUBROSA_MAIL_FROM.'
  const found = await asClerk(house, async (db) => {
    const latest = await lastCheckpoint(db)
    return { latest, log: latest && (await logAt(db, latest.size)), witnessed: await witnessed(db) }
  })
  if (!found.latest || !found.log) return null
  const letter = letterOf({
    firm: await firmNameOf(house),
    size: found.latest.size,
    note: found.latest.note,
    key: found.log.vkey,
    witnessed: found.witnessed,
  })
  for (const address of to) {
    try {
      await house.mail.send({ to: address, ...letter })
    } catch (fault) {
      if (!(fault instanceof MailFault)) throw fault
      return fault.message
    }
  }
  const { size } = found.latest
  await asClerk(house, async (db) => {
    await sent(db, 'mail', size)
    await rememberAsClerk(house, db, 'checkpoint.mailed', null, null, { details: { entries: size, addresses: to.length } })
  })
  return null
}

/** Nothing is stamped twice: a ledger that has not grown waits. */
async function stamp(house: House, url: string, turn: Turn): Promise<string | null> {
  const latest = await asClerk(house, (db) => lastCheckpoint(db))
  if (!latest || (latest.size === turn.size && !turn.wanted)) return null
  const [digest, nonce] = [createHash('sha256').update(latest.note).digest(), randomBytes(8)]
  try {
    const answer = await sendOut(url, { method: 'POST', type: TYPE, body: stampRequest(digest, nonce), ...LIMITS })
    if (answer.status !== 200) return `The time-stamping authority answered with HTTP ${answer.status}.`
    const { at, token } = readStamp(answer.body, digest, nonce)
    await asClerk(house, async (db) => {
      await db.run('insert into ledger.stamps (size, at, url, token) values ($1, $2, $3, $4) on conflict do nothing', [
        latest.size,
        at,
        url,
        token,
      ])
      await sent(db, 'stamp', latest.size)
    })
    return null
  } catch (fault) {
    if (fault instanceof Unreachable) return 'The time-stamping authority does not answer, or not in time.'
    if (fault instanceof BrokenStamp) return `What the time-stamping authority answered is no stamp of what it was sent: ${fault.message}.`
    throw fault
  }
}
