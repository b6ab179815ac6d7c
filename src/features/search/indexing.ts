import type { MatterId } from '../../contract/ids.ts'
import type { TextKind } from '../../contract/search.ts'
import { uuidv7 } from '../../core/ids.ts'
import type { Language } from '../../finding/stems.ts'
import { iso, now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { said, type Db } from '../../platform/postgres.ts'
import { keysWhereHeld, versionKey, type MatterKeys } from '../keys/matter-keys.ts'
import { matterText } from '../keys/matter-words.ts'
import { factsOf } from '../vault/documents.ts'
import { endDue, folderPaths, putOff, saidOf, soon, versionsToIndex, type Due, type VersionRow } from './due.ts'
import { sealWords } from './lexicon.ts'
import { putInOrder } from './gathering.ts'
import type { Maker } from './maker.ts'
import type { Done, Job } from './making-worker.ts'
import { wordsBeside, type About } from './making.ts'
import { readText, type Read } from './reading.ts'
import { unreadOf } from './texts.ts'
import { searchKeysOf, textKeyOf, type SearchKeys } from '../keys/search-keys.ts'

export type Indexer = { house: House; maker: Maker; languages: readonly Language[] }
export const JOB = 'index'

/** What is known of a matter's due versions when they are begun. */
type Begun = { keys: MatterKeys; search: SearchKeys; rows: VersionRow[]; paths: Map<string, string> }
type Ready = { due: Due; row: VersionRow; job: Job; read: Read | null }

/** Indexes versions of one matter. What cannot be done now is put off; what fails is a fault of its own. */
export async function indexVersions({ house, maker, languages }: Indexer, matter: MatterId, due: readonly Due[]): Promise<void> {
  const ids = due.map((one) => one.subject)
  const begun = await house.clerk({ name: JOB, matter }, async (db): Promise<Begun | null> => {
    const keys = await keysWhereHeld(house, db, matter).catch(noneOfGone)
    if (!keys) return null
    const rows = await versionsToIndex(db, ids)
    return { keys, search: searchKeysOf(keys), rows, paths: await folderPaths(db, keys) }
  })
  // its client withholds its key, or it was destroyed: what is left of it is tried again later
  if (!begun) return house.clerk({ name: JOB, matter }, (db) => putOff(db, 'version', ids).then(() => {}))
  const rows = new Map(begun.rows.map((row) => [row.version_id as string, row]))
  const ready: Ready[] = []
  const later: string[] = []
  const prepare = async (one: Due): Promise<Ready | null> => {
    const row = rows.get(one.subject)
    if (!row || row.held) return null
    const about = aboutOf(begun, row)
    const key = textKeyOf(versionKey(begun.keys, row.version_id, row.wrapped_key))
    const isKept = one.step === 1 && row.sealed_text !== null
    const read = isKept || (one.step === 1 && row.state === 'unreadable') ? null : await readText(house, begun.keys, matter, row, about)
    if (read === 'later') return (later.push(one.subject), null)
    const text = read ? ('text' in read ? { key, read: read.text } : null) : row.sealed_text && { key, sealed: row.sealed_text }
    return { due: one, row, read, job: { about, keys: begun.search, languages, text } }
  }
  // while one is read, the next is fetched from the disk; many at once would hold their files in memory
  for (let at = 0; at < due.length; at += READ_AT_ONCE)
    for (const one of await Promise.all(due.slice(at, at + READ_AT_ONCE).map(prepare))) if (one) ready.push(one)
  const done = await maker.make(ready.map(({ job }) => job))
  await house.clerk({ name: JOB, matter }, async (db) => {
    for (const one of due) if (rows.get(one.subject)?.held ?? false) await db.run('select hidden.drop_terms($1)', [one.subject])
    await said(...ready.flatMap((one, at) => keep(db, one, done[at]!)))
  })
  const pieces = await house.clerk({ name: JOB, matter }, (db) => addWords(db, begun.search, matter, ready, done))
  // what is ended here is whole: a crash before it has all of it done again
  await house.clerk({ name: JOB, matter }, async (db) => {
    await db.run('select hidden.mark_indexed($1)', [ready.map(({ row }) => row.version_id)])
    if (later.length > 0) await putOff(db, 'version', later)
    await endDue(
      db,
      'version',
      due.filter((one) => !later.includes(one.subject)),
    )
    for (const { row, read } of ready)
      if (read ? 'text' in read && read.text.pictures.length > 0 : row.state === 'scan')
        await soon(db, 'version', row.version_id, matter, 3)
  })
  for (const [its, count] of pieces) if (count > MOST_PIECES) await putInOrder(house, matter, its)
}
/** Files that are read at once. */
const READ_AT_ONCE = 4
/** Pieces of new words that a search looks through one by one. */
const MOST_PIECES = 12

function noneOfGone(fault: unknown): null {
  if ((fault as { code?: string }).code === 'matter.keyless') return null
  throw fault
}

/** Of what was not read, by what came in. */
const typeOf = (mediaType: string): TextKind =>
  mediaType === 'application/pdf' ? 'pdf' : mediaType.startsWith('image/') ? 'picture' : 'other'

function aboutOf({ keys, paths }: Begun, row: VersionRow): About {
  const { sha256, mediaType } = factsOf(keys, row)
  const about = saidOf(keys, row)
  return {
    version: row.version_id,
    number: row.number,
    name: matterText(keys, 'documents', 'sealed_name', row.document_id, row.document_name),
    folder: row.folder_id ? (paths.get(row.folder_id) ?? '') : '',
    about,
    at: iso(row.created_at),
    sha256,
    type: typeOf(mediaType),
  }
}

/** Said together, so that none waits for the one before. */
function keep(db: Db, { row, read }: Ready, { tokens, card, kept }: Done): Promise<unknown>[] {
  const text = (state: string, why: string | null, sealed: Uint8Array | null, length: number, isWhole: boolean) =>
    db.run('select hidden.keep_text($1, $2, $3, $4, $5, $6)', [row.version_id, state, why, sealed, length, isWhole])
  const texts = !read
    ? []
    : 'why' in read
      ? [text('unreadable', read.why, null, 0, false)]
      : [text(read.text.pictures.length > 0 ? 'scan' : 'read', null, kept!.sealed, kept!.length, unreadOf(read.text).length === 0)]
  return [...texts, db.run('select hidden.keep_terms($1, $2, $3)', [row.version_id, `{${tokens.join()}}`, card])]
}

/** New words for the matter's lists, a piece for each class; of what was only renamed its name's. Gives how many pieces wait to be put in order. */
async function addWords(
  db: Db,
  { words: key }: SearchKeys,
  matter: MatterId,
  ready: readonly Ready[],
  done: readonly Done[],
): Promise<Map<string, number>> {
  const pieces = new Map<string, number>()
  const standing = await db.rows<{ version_id: string; class: string }>('select * from hidden.begin_words($1)', [
    ready.map(({ row }) => row.version_id),
  ])
  for (const [its, group] of Map.groupBy(standing, (one) => one.class)) {
    const ids = new Set(group.map((one) => one.version_id))
    const words = new Set(
      ready.flatMap(({ row, read, job }, at) =>
        !ids.has(row.version_id) ? [] : read || !row.indexed ? done[at]!.words : wordsBeside(job.about, null),
      ),
    )
    if (words.size === 0) continue
    const part = uuidv7(now())
    const row = await db.row<{ n: number }>('select hidden.add_words($1, $2, $3) as n', [
      its,
      part,
      sealWords(key, matter, its, part, [...words]),
    ])
    pieces.set(its, row!.n)
  }
  return pieces
}
