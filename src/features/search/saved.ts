import type { SearchId } from '../../contract/ids.ts'
import type { SavedSearch } from '../../contract/search.ts'
import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'

export type SavedRow = { id: SearchId; sealed_name: Buffer; sealed_words: Buffer; is_told: boolean; created_at: Date }
type Words = Pick<SavedSearch, 'words' | 'narrow' | 'order'>
/** Searches that one person keeps. */
const MOST = 200

export const savedView = (keys: Here['house']['keys'], row: SavedRow): SavedSearch => ({
  id: row.id,
  name: firmText(keys, 'saved_searches', 'sealed_name', row.id, row.sealed_name),
  ...(JSON.parse(firmText(keys, 'saved_searches', 'sealed_words', row.id, row.sealed_words)) as Words),
  isTold: row.is_told,
  createdAt: iso(row.created_at),
})

/** One's own, newest first. */
export async function savedOf({ house, db }: Pick<Here, 'house' | 'db'>): Promise<SavedSearch[]> {
  const rows = await db.rows<SavedRow>('select id, sealed_name, sealed_words, is_told, created_at from app.saved_searches order by id desc')
  return rows.map((row) => savedView(house.keys, row))
}
export const list = async (here: Here): Promise<Answer<'search.saved'>> => ({ searches: await savedOf(here) })

/** @throws Refusal `search.full` */
export async function save({ house, db, me }: Here, { body }: Input<'search.save'>) {
  const { n } = (await db.row<{ n: number }>('select count(*) as n from app.saved_searches'))!
  if (n >= MOST) throw new Refusal('search.full')
  const id = uuidv7(now()) as SearchId
  await db.run('insert into app.saved_searches (id, person_id, sealed_name, sealed_words, is_told) values ($1, $2, $3, $4, $5)', [
    id,
    me.person,
    ...sealed(house.keys, id, body),
    body.isTold,
  ])
  return remembered({ object: id, details: detailsOf(body) }, (await one({ house, db }, id))!)
}

export async function change({ house, db }: Here, { params, body }: Input<'search.change'>) {
  const before = await one({ house, db }, params.search)
  if (!before) return null
  await db.run('update app.saved_searches set sealed_name = $2, sealed_words = $3, is_told = $4 where id = $1', [
    params.search,
    ...sealed(house.keys, params.search, body),
    body.isTold,
  ])
  return remembered(
    { object: params.search, details: { ...detailsOf(body), was: before.name } },
    (await one({ house, db }, params.search))!,
  )
}

export async function forget({ house, db }: Here, { params }: Input<'search.forget'>) {
  const before = await one({ house, db }, params.search)
  if (!before) return null
  await db.run('delete from app.saved_searches where id = $1', [params.search])
  return remembered({ object: params.search, details: { object: before.name } }, {})
}

async function one({ house, db }: Pick<Here, 'house' | 'db'>, id: SearchId): Promise<SavedSearch | null> {
  const row = await db.row<SavedRow>('select id, sealed_name, sealed_words, is_told, created_at from app.saved_searches where id = $1', [
    id,
  ])
  return row && savedView(house.keys, row)
}
const sealed = (keys: Here['house']['keys'], id: SearchId, { name, words, narrow, order }: Input<'search.save'>['body']) => [
  sealFirmText(keys, 'saved_searches', 'sealed_name', id, name),
  sealFirmText(keys, 'saved_searches', 'sealed_words', id, JSON.stringify({ words: words.toWellFormed(), narrow, order })),
]
const detailsOf = ({ name, words, isTold }: Input<'search.save'>['body']) => ({
  object: name,
  words: words.slice(0, 2000).toWellFormed(),
  told: isTold,
})
