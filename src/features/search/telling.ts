import type { SessionId, VersionId, MatterId } from '../../contract/ids.ts'
import { uuidv7 } from '../../core/ids.ts'
import { parse } from '../../finding/parse.ts'
import { instant, now } from '../../platform/clock.ts'
import { throwAll } from '../../platform/faults.ts'
import type { House } from '../../platform/house.ts'
import { Refusal } from '../../platform/refusal.ts'
import { Rounds } from '../../platform/rounds.ts'
import { notify } from '../notices/notices.ts'
import { newSecret, secretHash } from '../sign-in/secrets.ts'
import { narrowed } from './facets.ts'
import { findDocuments } from './finding.ts'
import { languagesOf } from './languages.ts'
import { reachOf } from './reach.ts'
import { savedView, type SavedRow } from './saved.ts'

const JOB = 'tell of searches'
const AT_ONCE = 50
/** No name of the search, no word of it: a notice goes by mail as well. */
const TOLD = { text: 'A search that you keep has found something new.', todo: 'Look at it under Search.', page: 'search' } as const

type Row = SavedRow & { person: string; seen_at: Date }

/** Looks through what was read since for those who keep a search and wish to be told, as an errand of each. */
export const openTeller = (house: House): Rounds =>
  new Rounds(60_000, (goesOn) => tellAll(house, goesOn), { log: house.log, fault: 'couldn’t look for what answers kept searches' })

export async function tellAll(house: House, goesOn: () => boolean = () => true): Promise<void> {
  const faults: unknown[] = []
  const rows = await house.clerk({ name: JOB }, (db) => db.rows<Row>('select * from hidden.searches_to_tell($1)', [AT_ONCE]))
  for (const row of rows) if (goesOn()) await tellOne(house, row).catch((fault: unknown) => faults.push(fault))
  throwAll(faults, 'some kept searches could not be looked through')
}

async function tellOne(house: House, row: Row): Promise<void> {
  const session = uuidv7(now()) as SessionId
  const secret = newSecret()
  const since = row.seen_at
  const seen = new Date(now())
  const begun = await house.clerk({ name: JOB }, (db) =>
    db.row<{ ok: boolean }>('select hidden.begin_errand($1, $2, $3) as ok', [row.id, session, secretHash(secret)]),
  )
  if (!begun?.ok) return
  const isNew = await answersAnew(house, secret, row, since).catch((fault: unknown) => {
    // they left, or lost the right, in between
    if (fault instanceof Refusal) return false
    throw fault
  })
  await house.clerk({ name: JOB }, async (db) => {
    await db.run('select hidden.end_errand($1, $2, $3)', [row.id, session, seen])
    if (isNew) await notify(house, db, [row.person], TOLD)
  })
}

/** Whether something that came since answers it, as its person sees it. */
const answersAnew = (house: House, secret: ReturnType<typeof newSecret>, row: SavedRow, since: Date): Promise<boolean> =>
  house.ways.look(
    secret,
    () => {},
    async (db, me) => {
      const read = await db.rows<{ version_id: VersionId; matter_id: MatterId }>('select * from hidden.read_since($1)', [since])
      const { words, narrow } = savedView(house.keys, row)
      const { node } = parse(words, instant().slice(0, 10))
      if (!node || read.length === 0) return false
      const changed = new Set(read.map((one) => one.matter_id))
      const here = { house, db, me }
      const reach = await reachOf(here)
      const places = reach.places.filter(({ matter }) => changed.has(matter))
      const found = await findDocuments(here, node, { ...reach, places }, await languagesOf(house), narrow)
      const versions = new Set(read.map((one) => one.version_id))
      return narrowed(found.all, narrow).some(({ version }) => versions.has(version))
    },
  )
