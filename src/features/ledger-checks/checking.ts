import { iso, now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { isDayDue, Rounds } from '../../platform/rounds.ts'
import { type Here, act, look, may, type Route } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import type { LedgerCheckView } from '../../contract/ledger-check.ts'
import { notify } from '../notices/notices.ts'
import type { Fault } from '../ledger/faults.ts'
import { rememberAsClerk } from '../ledger/ledger.ts'
import { signingKey } from '../ledger/tree.ts'
import { verifyLedger, type LedgerCheck } from '../ledger/verify.ts'

type Row = {
  wanted_at: Date | null
  begun_at: Date | null
  ended_at: Date | null
  seen_at: Date | null
  step: string | null
  done: number
  of: number
  entries: number
  faults: Fault[]
  broken_at: Date | null
}
const JOB = 'ledger check'
const SAID_EVERY_MS = 2000
/** One that has not been heard of for so long has ended with its process. */
const LOST_MS = 120_000

/** Checks the whole ledger once a day and when someone asks, as `subrosa verify` does, and writes down and tells what it finds. */
export const openLedgerChecker = (house: House): Rounds =>
  new Rounds(10_000, (goesOn) => round(house, goesOn), { log: house.log, fault: 'couldn’t check the ledger' })

class Stopping extends Error {}

async function round(house: House, goesOn: () => boolean): Promise<void> {
  if (!(await begin(house))) return
  let said = now()
  // what it costs to write is not waited for while entries are compared
  let writing: Promise<unknown> = Promise.resolve()
  const onProgress = (step: string, done: number, of: number) => {
    if (!goesOn()) throw new Stopping()
    if (now() - said < SAID_EVERY_MS) return
    said = now()
    writing = house
      .clerk({ name: JOB }, (db) => db.run('update app.ledger_checks set seen_at = now(), step = $1, done = $2, of = $3', [step, done, of]))
      .catch(() => {})
  }
  try {
    const check = await verifyLedger(house.clerk, { vkey: signingKey(house.keys).vkey, detailsOf: house }, onProgress)
    await writing
    await end(house, check)
  } catch (fault) {
    await writing
    // the next start begins it anew
    if (!(fault instanceof Stopping)) throw fault
    await house.clerk({ name: JOB }, (db) => db.run('update app.ledger_checks set seen_at = null'))
  }
}

/** Whether this process begins one now: of several one does. */
const begin = (house: House): Promise<boolean> =>
  house.clerk({ name: JOB }, async (db) => {
    const row = await db.row<Row>('select * from app.ledger_checks for update')
    if (!row || !isDue(row, house.scrub.hour)) return false
    await db.run(
      `update app.ledger_checks set wanted_at = null, begun_at = now(), ended_at = null, seen_at = now(), step = 'entries', done = 0, of = 0`,
    )
    return true
  })

function isDue({ wanted_at, begun_at, ended_at, seen_at }: Row, hour: number): boolean {
  if (begun_at && !ended_at) return now() - (seen_at?.getTime() ?? 0) > LOST_MS
  return wanted_at !== null || isDayDue(begun_at, 1, hour)
}

/** The first fault is told at once, and so is its end. */
const end = (house: House, { entries, faults }: LedgerCheck): Promise<void> =>
  house.clerk({ name: JOB }, async (db) => {
    const before = (await db.row<Row>('select * from app.ledger_checks for update'))!
    await db.run(
      `update app.ledger_checks set ended_at = now(), seen_at = null, step = null, entries = $1, faults = $2,
         broken_at = case when $3 then coalesce(broken_at, now()) end`,
      [entries, JSON.stringify(faults), faults.length > 0],
    )
    const [first] = faults
    const details = { object: 'the ledger', entries, wrong: faults.length, ...(first && { first: `${first.where}: ${first.what}` }) }
    await rememberAsClerk(house, db, 'ledger.checked', null, null, { details })
    if (!first || before.broken_at) return
    house.log.error(`the ledger is not what it was: ${first.what} (${first.where})`)
    const people = await db.rows<{ person: string }>('select person from hidden.told_of_ledger()')
    await notify(
      house,
      db,
      people.map((row) => row.person),
      {
        text: `The ledger is not what it was, found on ${iso(new Date(now())).slice(0, 16).replace('T', ' ')} UTC. The first fault is at ${first.where}: ${first.what}`,
        todo: 'Someone wrote into the database past Subrosa, or it was damaged. Keep it as it is, take a copy, and compare with the last backup and with what your witnesses hold; the page Integrity lists all faults.',
      },
    )
  })

export async function read({ db, house }: Here): Promise<LedgerCheckView | null> {
  const row = await db.row<Row>('select * from hidden.ledger_check()')
  if (!row) return null
  const { wanted_at, begun_at, ended_at, broken_at, step } = row
  const state = begun_at && !ended_at ? 'running' : wanted_at ? 'asked' : begun_at ? 'ended' : 'never'
  return {
    state,
    begunAt: begun_at && iso(begun_at),
    endedAt: ended_at && iso(ended_at),
    at: state === 'running' ? { step: step ?? 'entries', done: row.done, of: row.of } : null,
    entries: row.entries,
    faults: row.faults,
    brokenAt: broken_at && iso(broken_at),
    hour: house.scrub.hour,
  }
}

export const routes: Route[] = [
  look('ledger-check.read', may('integrity.keep'), read),
  act('ledger-check.start', may('integrity.keep'), 'check.asked', async (here) => {
    if (!(await here.db.row<{ ok: boolean }>('select hidden.start_ledger_check() as ok'))!.ok) return null
    return remembered({ details: { object: 'the ledger' } }, (await read(here))!)
  }),
]
