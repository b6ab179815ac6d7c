import type { MatterId } from '../../contract/ids.ts'
import { uuidv7 } from '../../core/ids.ts'
import { namesIn } from '../../finding/index-terms.ts'
import { wordsOf } from '../../finding/words.ts'
import { now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import type { Db } from '../../platform/postgres.ts'
import { keysWhereHeld, versionKey, type MatterKeys } from '../keys/matter-keys.ts'
import { matterText } from '../keys/matter-words.ts'
import { inBlocks, openWords, sealWords } from './lexicon.ts'
import { searchKeysOf, textKeyOf } from '../keys/search-keys.ts'
import { openKeptText } from './texts.ts'

const JOB = 'index'
const FIRST = '00000000-0000-0000-0000-000000000000'
const AT_ONCE = 100

/** Puts the words of a matter's class in their blocks: what has come since joins what stands there. */
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

type Row = {
  version_id: string
  document_id: string
  class: string
  wrapped_key: Buffer
  document_name: Buffer
  sealed_text: Buffer | null
}
/** Gathers a matter's words anew, from what is there now. A piece that came while this ran stays beside them. */
export async function gather(house: House, matter: MatterId, goesOn: () => boolean): Promise<boolean> {
  const byClass = new Map<string, Set<string>>()
  for (let after = FIRST; ;) {
    if (!goesOn()) return false
    const rows = await house.clerk({ name: JOB, matter }, async (db) => {
      const keys = await keysWhereHeld(house, db, matter)
      const found = keys && (await db.rows<Row>('select * from hidden.indexed_of_job($1, $2)', [after, AT_ONCE]))
      return keys && found && found.map((row) => [row, wordsIn(keys, row)] as const)
    })
    if (!rows) return false
    for (const [row, words] of rows) {
      const its = byClass.get(row.class) ?? new Set<string>()
      byClass.set(row.class, its)
      for (const word of words) its.add(word)
    }
    if (rows.length < AT_ONCE) break
    after = rows.at(-1)![0].version_id
  }
  await house.clerk({ name: JOB, matter }, async (db) => {
    const keys = await keysWhereHeld(house, db, matter)
    if (keys) for (const [its, words] of byClass) await write(db, keys, matter, its, words, [])
  })
  return true
}

function wordsIn(keys: MatterKeys, row: Row): string[] {
  const name = namesIn(matterText(keys, 'documents', 'sealed_name', row.document_id, row.document_name))
  if (!row.sealed_text) return name
  const { text, title } = openKeptText(textKeyOf(versionKey(keys, row.version_id, row.wrapped_key)), row.version_id, row.sealed_text)
  return [...name, ...namesIn(title), ...wordsOf(text).map(({ word }) => word)]
}

async function write(db: Db, keys: MatterKeys, matter: MatterId, its: string, words: Set<string>, gone: string[]): Promise<void> {
  const { words: key } = searchKeysOf(keys)
  const blocks = [...inBlocks(key, words)].map(([block, list]) => ({ block, part: uuidv7(now()), list }))
  await db.run('select hidden.keep_words($1, $2, $3, $4, $5)', [
    its,
    gone,
    blocks.map(({ block }) => block),
    blocks.map(({ part }) => part),
    blocks.map(({ part, list }) => sealWords(key, matter, its, part, list)),
  ])
}
