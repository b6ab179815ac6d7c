import type { DocumentId, MatterId } from '../../contract/ids.ts'
import { uuidv7 } from '../../core/ids.ts'
import { wordsOf } from '../../finding/words.ts'
import { now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import type { Db } from '../../platform/postgres.ts'
import { keysWhereHeld, versionKey, type MatterKeys } from '../keys/matter-keys.ts'
import { matterText } from '../keys/matter-words.ts'
import { endDue, folderPaths, saidOf, type Due } from './due.ts'
import { inBlocks, openWords, sealWords } from './lexicon.ts'
import { wordsBeside } from './making.ts'
import { searchKeysOf, textKeyOf } from '../keys/search-keys.ts'
import { openKeptText } from './texts.ts'

const JOB = 'index'
const FIRST = '00000000-0000-0000-0000-000000000000'
const AT_ONCE = 100

/** Puts the words of a matter's class in their blocks: what has come since joins what stands there; unless all were forgotten meanwhile. */
export async function putInOrder(house: House, matter: MatterId, its: string): Promise<void> {
  await house.clerk({ name: JOB, matter }, async (db) => {
    const keys = await keysWhereHeld(house, db, matter)
    if (!keys) return
    const rows = await db.rows<{ part: string; sealed_words: Buffer }>('select part, sealed_words from hidden.words_of_job($1)', [its])
    const { words: key } = searchKeysOf(keys)
    const words = new Set(rows.flatMap((row) => openWords(key, matter, its, row.part, row.sealed_words)))
    await write(
      db,
      keys,
      matter,
      its,
      words,
      rows.map((row) => row.part),
    )
  })
}

const CLASSES = ['confidential', 'privileged', 'restricted']
type Row = {
  version_id: string
  document_id: DocumentId
  class: string
  wrapped_key: Buffer
  document_name: Buffer
  folder_id: string | null
  sealed_about: Buffer | null
  sealed_text: Buffer | null
}
/**
 * Gathers a matter's words anew, from what is there now, in the place of those that stood there before; a piece that came while this ran
 * stays beside them. Where they have to be gathered anew once more, nothing is written: what was read may have ended.
 */
export async function gather(house: House, matter: MatterId, due: Due, goesOn: () => boolean): Promise<void> {
  const job = { name: JOB, matter }
  const before = await house.clerk(job, (db) => partsOf(db))
  const byClass = new Map<string, Set<string>>()
  for (let after = FIRST; ;) {
    if (!goesOn()) return
    const rows = await house.clerk(job, async (db) => {
      const keys = await keysWhereHeld(house, db, matter)
      const found = keys && (await db.rows<Row>('select * from hidden.indexed_of_job($1, $2)', [after, AT_ONCE]))
      const paths = keys && (await folderPaths(db, keys))
      return keys && found && found.map((row) => [row, wordsIn(keys, row, paths!)] as const)
    })
    if (!rows) return
    for (const [row, words] of rows) {
      const its = byClass.get(row.class) ?? new Set<string>()
      byClass.set(row.class, its)
      for (const word of words) its.add(word)
    }
    if (rows.length < AT_ONCE) break
    after = rows.at(-1)![0].version_id
  }
  await house.clerk(job, async (db) => {
    const keys = await keysWhereHeld(house, db, matter)
    if (!keys || (await endDue(db, 'lexicon', [due])) === 0) return
    for (const its of CLASSES) {
      const isWritten = await write(db, keys, matter, its, byClass.get(its) ?? new Set(), before.get(its) ?? [])
      if (!isWritten) throw new Error('couldn’t gather the words of a matter: others were at them meanwhile')
    }
  })
}

async function partsOf(db: Db): Promise<Map<string, string[]>> {
  const parts = new Map<string, string[]>()
  for (const its of CLASSES) {
    const rows = await db.rows<{ part: string }>('select part from hidden.words_of_job($1)', [its])
    parts.set(
      its,
      rows.map((row) => row.part),
    )
  }
  return parts
}

function wordsIn(keys: MatterKeys, row: Row, paths: ReadonlyMap<string, string>): string[] {
  const text =
    row.sealed_text && openKeptText(textKeyOf(versionKey(keys, row.version_id, row.wrapped_key)), row.version_id, row.sealed_text)
  const about = {
    name: matterText(keys, 'documents', 'sealed_name', row.document_id, row.document_name),
    folder: row.folder_id ? (paths.get(row.folder_id) ?? '') : '',
    about: saidOf(keys, row),
  }
  return [...wordsBeside(about, text), ...wordsOf(text?.text ?? '').map(({ word }) => word)]
}

/** False, and nothing is written: one of those that are to go is gone. */
async function write(db: Db, keys: MatterKeys, matter: MatterId, its: string, words: Set<string>, gone: string[]): Promise<boolean> {
  const { words: key } = searchKeysOf(keys)
  const blocks = [...inBlocks(key, words)].map(([block, list]) => ({ block, part: uuidv7(now()), list }))
  const row = await db.row<{ ok: boolean }>('select hidden.keep_words($1, $2, $3, $4, $5) as ok', [
    its,
    gone,
    blocks.map(({ block }) => block),
    blocks.map(({ part }) => part),
    blocks.map(({ part, list }) => sealWords(key, matter, its, part, list)),
  ])
  return row!.ok
}
