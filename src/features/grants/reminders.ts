import type { House } from '../../platform/house.ts'
import type { Db } from '../../platform/postgres.ts'
import { Rounds } from '../../platform/rounds.ts'
import { firmText } from '../keys/firm-words.ts'
import { notify, type Words } from '../notices/notices.ts'
import { settingOf } from '../settings/settings.ts'
import { momentOf } from './words.ts'

/** Tells those who decide, and reminds: every minute, and at once when someone asks. */
export const openReminders = (house: House): Rounds =>
  new Rounds(60_000, () => remind(house), { log: house.log, fault: 'couldn’t remind those who decide on access' })

const working = new WeakMap<House, Promise<void>>()

/**
 * One round. Each kind is a transaction of its own, which marks what it tells: a second process tells none of it again,
 * and what a crash interrupted is told in the next round. One round after another in this process. Never rejects.
 */
export function remind(house: House): Promise<void> {
  const next = (working.get(house) ?? Promise.resolve()).then(() => round(house))
  working.set(house, next)
  return next
}

async function round(house: House): Promise<void> {
  const jobs: [what: string, (house: House, db: Db) => Promise<void>][] = [
    ['who asks for access', tellOfRequests],
    ['requests that widen', tellOfWidening],
    ['grants that end', tellOfEnding],
    ['reviews that are overdue', tellOfReviews],
    ['memoranda', tellOfMemoranda],
  ]
  for (const [what, job] of jobs)
    await house
      .clerk({ name: 'remind' }, (db) => job(house, db))
      .catch((fault: unknown) => house.log.error(`couldn’t tell of ${what}`, fault))
}

type Told = {
  request: string
  asker: string
  asker_name: Buffer
  kind: string
  urgent: boolean
  entered: boolean
  found_it: boolean
  person: string
}
async function tellOfRequests(house: House, db: Db): Promise<void> {
  for (const row of await db.rows<Told>('select * from hidden.requests_to_tell()')) {
    const name = firmText(house.keys, 'people', 'sealed_name', row.asker, row.asker_name)
    await notify(house, db, [row.person], wordsOf(row, name))
  }
}

/** No word of what was typed, and none of the matter: whoever may know reads both at the place that it names. */
function wordsOf({ kind, urgent, entered, found_it }: Told, name: string): Words {
  if (entered)
    return {
      text: `${name} went into a matter by emergency.`,
      todo: 'Look at it now under Requests, and close its review.',
      page: 'requests',
    }
  if (kind === 'break-glass' && !found_it)
    return {
      text: `${name} asked to go into a matter by emergency and did not come in.`,
      todo: 'Look at it now under Requests: say which matter it means, or refuse it.',
    }
  const text = `${name} asks for access to a matter${urgent ? ', urgently' : ''}.`
  return found_it
    ? { text, todo: 'Decide it under Requests.' }
    : { text, todo: 'Which one is to be found out. Look at it under Requests: say which matter it means, or refuse it.' }
}

async function tellOfWidening(house: House, db: Db): Promise<void> {
  const rows = await db.rows<{ person: string }>('select person from hidden.requests_widening()')
  await notifyAll(house, db, rows, {
    text: 'A request for access has waited for as long as the firm lets it.',
    todo: 'It is yours to decide as well now, under Requests.',
  })
}

type Ending = { person: string; own: boolean; ends_at: Date }
async function tellOfEnding(house: House, db: Db): Promise<void> {
  const { warnDays } = await settingOf(house, 'matters')
  const rows = await db.rows<Ending>('select person, own, ends_at from hidden.grants_ending(make_interval(days => $1))', [warnDays])
  for (const { person, own, ends_at } of rows)
    await notify(
      house,
      db,
      [person],
      own
        ? {
            text: `Access that you were given ends on ${momentOf(ends_at)}.`,
            todo: 'If you need it for longer, ask whoever is responsible to renew it.',
          }
        : { text: `A grant on a matter of yours ends on ${momentOf(ends_at)}.`, todo: 'Renew it on the matter’s team, or let it end.' },
    )
}

async function tellOfReviews(house: House, db: Db): Promise<void> {
  const rows = await db.rows<{ person: string }>('select person from hidden.reviews_overdue()')
  await notifyAll(house, db, rows, {
    text: 'The review of an emergency is overdue.',
    todo: 'Read what was done and close it, under Requests.',
  })
}

type Memorandum = { person: string; first: boolean; owed: boolean }
async function tellOfMemoranda(house: House, db: Db): Promise<void> {
  for (const { person, first, owed } of await db.rows<Memorandum>('select person, first, owed from hidden.memoranda_due()'))
    await notify(house, db, [person], memorandumWords(first, owed))
}
function memorandumWords(first: boolean, owed: boolean): Words {
  if (!owed)
    return {
      text: 'A screen that you were told of goes on.',
      todo: 'Read its memorandum again under Memoranda, and keep to it.',
      page: 'memoranda',
    }
  return first
    ? { text: 'A memorandum of a screen is addressed to you.', todo: 'Read and acknowledge it under Memoranda.', page: 'memoranda' }
    : {
        text: 'A memorandum of a screen waits for you to acknowledge it.',
        todo: 'Read and acknowledge it under Memoranda.',
        page: 'memoranda',
      }
}

/** Whoever would be told the same several times is told once. */
const notifyAll = (house: House, db: Db, rows: { person: string }[], words: Words): Promise<void> =>
  notify(
    house,
    db,
    rows.map((row) => row.person),
    words,
  )
