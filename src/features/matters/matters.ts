import type { MatterId, PersonId } from '../../contract/ids.ts'
import type { MatterStatus, MatterView } from '../../contract/matter.ts'
import { uuidv7 } from '../../core/ids.ts'
import { token } from '../../core/tokens.ts'
import { iso, now } from '../../platform/clock.ts'
import type { FirmKeys } from '../../platform/firm-keys.ts'
import type { Answer, Ask, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { refuse } from '../access/refused.ts'
import { firmText } from '../keys/firm-words.ts'
import { keepMatterKeys, keysOfMatters, matterKeys, newMatterKeys, type MatterKeys, type Shut } from '../keys/matter-keys.ts'
import { matterText, sealMatterText, SHUT } from '../keys/matter-words.ts'
import { settingOf } from '../settings/settings.ts'
import { CLIENT, clientView, type ClientRow } from './clients.ts'
import { newNumber } from './numbers.ts'
import { sealCard } from './register.ts'

export type MatterRow = ClientRow & {
  id: MatterId
  sealed_number: Buffer
  sealed_title: Buffer
  sealed_details: Buffer | null
  own_class: MatterView['class']
  class: MatterView['class']
  status: MatterStatus
  version: number
  created_at: Date
}
export type MatterWords = { type: string; jurisdiction: string }

/** Those of these matters that are within reach, each with its client, newest first. */
export const MATTERS = 'select * from hidden.matters_in_reach($1)'
export const matterById = (db: Here['db'], matter: MatterId): Promise<MatterRow | null> => db.row<MatterRow>(MATTERS, [[matter]])

/** Before a matter's number is made, its pattern is read: the firm's setting, by a visit of its own. */
export const create = async (ask: Ask, input: Input<'matter.create'>): Promise<Answer<'matter.create'> | null> => {
  const { numberPattern } = await settingOf(ask.house, 'matters')
  return ask.act('matter.created', (here) => begin(here, input, numberPattern))
}

/** Begins a matter at intake: its keys, its number, and whoever begins it as its first team. Null when the client is not theirs to see. */
async function begin({ house, db, me }: Here, { body }: Input<'matter.create'>, pattern: string) {
  const client = await db.row<ClientRow>(`select ${CLIENT} from app.clients c where c.id = $1`, [body.client])
  if (!client) return null
  const id = uuidv7(now()) as MatterId
  const number = await newNumber(db, pattern)
  const made = await newMatterKeys(house, id)
  const words: MatterWords = { type: body.type, jurisdiction: body.jurisdiction }
  await db.run(
    `insert into app.matters (id, client_id, sealed_number, number_token, sealed_title, sealed_details, class, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      id,
      body.client,
      sealMatterText(made.keys, 'matters', 'sealed_number', id, number),
      numberToken(house.keys, number),
      sealMatterText(made.keys, 'matters', 'sealed_title', id, body.title),
      sealMatterText(made.keys, 'matters', 'sealed_details', id, JSON.stringify(words)),
      body.class,
      me.person,
    ],
  )
  await keepMatterKeys(db, id, made)
  await db.run('insert into app.register (matter_id, sealed_card) values ($1, $2)', [
    id,
    sealCard(house.keys, id, { number, title: body.title }),
  ])
  await db.run('insert into app.team_members (id, matter_id, person_id, role, added_by) values ($1, $2, $3, $4, $3)', [
    uuidv7(now()),
    id,
    me.person,
    'responsible',
  ])
  const view = await viewById({ house, db }, id)
  return remembered(
    { matter: id, object: id, details: { object: body.title, number, client: view!.client.name, class: body.class, ...words } },
    view!,
  )
}

/** By this a matter is found by its number, however it is typed. */
export const numberToken = (keys: FirmKeys, number: string): Buffer => token(keys.token, 'matter number', number.replace(/\s+/g, ''))

// the newest of one's own paths first, so that no more are asked for than the page holds
const PAGE = `select m.* from hidden.matters_in_reach(array(
  (select t.matter_id from app.team_members t
   where t.person_id = (select hidden.me()) and ($1::uuid is null or t.matter_id < $1) order by t.matter_id desc limit $2)
  union
  (select g.matter_id from app.matter_groups g
   where g.group_id in (select i.group_id from app.group_members i where i.person_id = (select hidden.me()))
     and ($1::uuid is null or g.matter_id < $1) order by g.matter_id desc limit $2)
  order by 1 desc limit $2)) m`
/** The matters within reach, newest first. What is asked for by id narrows; the wall decides. */
export async function list({ house, db }: Here, { query }: Input<'matter.list'>): Promise<Answer<'matter.list'>> {
  const rows = await db.rows<MatterRow>(PAGE, [query.before ?? null, query.limit])
  const leads = await leadsOf({ house, db }, rows)
  const shut = new Map<string, Shut>()
  const keys = await keysOfMatters(
    house,
    db,
    rows.map((row) => row.id),
    shut,
  )
  const matters = rows.map((row) => viewOf(house.keys, keys.get(row.id) ?? null, row, leads.get(row.id) ?? null, shut.get(row.id)))
  return { matters, next: rows.length === query.limit ? rows.at(-1)!.id : null }
}

export async function viewById({ house, db }: Pick<Here, 'house' | 'db'>, matter: MatterId): Promise<MatterView | null> {
  const row = await matterById(db, matter)
  if (!row) return null
  const shut = new Map<string, Shut>()
  const keys = (await keysOfMatters(house, db, [row.id], shut)).get(row.id) ?? null
  return viewOf(house.keys, keys, row, (await leadsOf({ house, db }, [row])).get(row.id) ?? null, shut.get(row.id))
}

type Lead = MatterView['responsible']
/** Who is responsible for each. */
export async function leadsOf({ house, db }: Pick<Here, 'house' | 'db'>, rows: Pick<MatterRow, 'id'>[]): Promise<Map<string, Lead>> {
  const leads = await db.rows<{ matter: MatterId; person: PersonId; sealed_name: Buffer }>('select * from hidden.leads_of($1)', [
    rows.map((row) => row.id),
  ])
  return new Map(
    leads.map((row) => [row.matter, { id: row.person, name: firmText(house.keys, 'people', 'sealed_name', row.person, row.sealed_name) }]),
  )
}

/** `shut`: its keys do not open; all but its name. */
export const viewOf = (firm: FirmKeys, keys: MatterKeys | null, row: MatterRow, responsible: Lead, shut?: Shut): MatterView => ({
  id: row.id,
  number: keys ? matterText(keys, 'matters', 'sealed_number', row.id, row.sealed_number) : '',
  title: keys ? matterText(keys, 'matters', 'sealed_title', row.id, row.sealed_title) : SHUT[shut ?? 'gone'],
  isLocked: shut === 'withheld',
  class: row.class,
  status: row.status,
  client: clientView(firm, row),
  responsible,
  openedAt: iso(row.created_at),
})
export const wordsOf = (keys: MatterKeys, row: MatterRow): MatterWords =>
  row.sealed_details
    ? (JSON.parse(matterText(keys, 'matters', 'sealed_details', row.id, row.sealed_details)) as MatterWords)
    : { type: '', jurisdiction: '' }

/** @throws Refusal `version.old`, `class.milder` */
export async function change({ house, db }: Here, { params, body }: Input<'matter.change'>) {
  const row = await matterById(db, params.matter)
  const keys = row && (await matterKeys(house, db, row.id))
  if (!row || !keys) return null
  const before = viewOf(house.keys, keys, row, null)
  const words: MatterWords = { type: body.type, jurisdiction: body.jurisdiction }
  const done = await db
    .row<{ ok: boolean }>('select hidden.change_matter($1, $2, $3, $4, $5) as ok', [
      row.id,
      sealMatterText(keys, 'matters', 'sealed_title', row.id, body.title),
      sealMatterText(keys, 'matters', 'sealed_details', row.id, JSON.stringify(words)),
      body.class,
      body.version,
    ])
    .catch(refuse({ SR023: { code: 'version.old' }, SR024: { code: 'class.milder' } }))
  if (!done!.ok) return null
  await db.run('update app.register set sealed_card = $2 where matter_id = $1', [
    row.id,
    sealCard(house.keys, row.id, { number: before.number, title: body.title }),
  ])
  const details = { object: body.title, was: before.title, class: body.class, wasClass: row.own_class, ...words }
  return remembered({ matter: row.id, object: row.id, details }, (await viewById({ house, db }, row.id))!)
}
