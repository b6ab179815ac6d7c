import { randomInt } from 'node:crypto'
import type { MatterId } from '../../contract/ids.ts'
import type { MatterView } from '../../contract/matter.ts'
import { uuidv7 } from '../../core/ids.ts'
import { token } from '../../core/tokens.ts'
import { iso, now } from '../../platform/clock.ts'
import { isAllowed, type Answer, type Here, type Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { clientView, type ClientRow } from './clients.ts'
import { keepMatterKeys, matterKeys, newMatterKeys, type MatterKeys } from '../keys/matter-keys.ts'
import { matterText, sealMatterText } from '../keys/matter-words.ts'
import { teamOf } from './team.ts'

type MatterRow = ClientRow & { id: MatterId; sealed_number: Buffer; sealed_title: Buffer; class: MatterView['class']; created_at: Date }

const CLIENT = 'c.id as client_id, c.sealed_name as client_name, c.created_at as client_at'
const MATTER = `select m.id, m.sealed_number, m.sealed_title, m.class, m.created_at, ${CLIENT} from app.matters m join app.clients c on c.id = m.client_id`

/** Opens a matter: its keys, its number, and whoever opened it as its first team. Null when the client is not theirs to see. */
export async function create({ house, db, me }: Here, { body }: Input<'matter.create'>) {
  const client = await db.row<ClientRow>(`select ${CLIENT} from app.clients c where c.id = $1`, [body.client])
  if (!client) return null
  const id = uuidv7(now()) as MatterId
  const number = newNumber()
  const made = await newMatterKeys(house, id)
  await db.run(
    'insert into app.matters (id, client_id, sealed_number, number_token, sealed_title, class, created_by) values ($1, $2, $3, $4, $5, $6, $7)',
    [
      id,
      body.client,
      sealMatterText(made.keys, 'matters', 'sealed_number', id, number),
      token(house.keys.token, 'matter number', number),
      sealMatterText(made.keys, 'matters', 'sealed_title', id, body.title),
      body.class,
      me.person,
    ],
  )
  await keepMatterKeys(db, id, made)
  await db.run('insert into app.team_members (id, matter_id, person_id, role, added_by) values ($1, $2, $3, $4, $3)', [
    uuidv7(now()),
    id,
    me.person,
    'responsible',
  ])
  const view: MatterView = {
    id,
    number,
    title: body.title,
    class: body.class,
    client: clientView(house.keys, client),
    openedAt: iso(new Date(now())),
  }
  return remembered({ matter: id, object: id, details: { object: body.title, number, client: view.client.name, class: body.class } }, view)
}

export async function list({ house, db }: Here): Promise<Answer<'matter.list'>> {
  const rows = await db.rows<MatterRow>(`${MATTER} order by m.id desc`)
  const matters: MatterView[] = []
  for (const row of rows) matters.push(viewOf(house.keys, (await matterKeys(house, db, row.id))!, row))
  return { matters }
}

export async function read({ house, db, me }: Here, { params }: Input<'matter.read'>): Promise<Answer<'matter.read'> | null> {
  const row = await db.row<MatterRow>(`${MATTER} where m.id = $1`, [params.matter])
  const keys = row && (await matterKeys(house, db, row.id))
  if (!row || !keys) return null
  const documents = (await db.row<{ n: number }>('select count(*) as n from app.documents where matter_id = $1', [row.id]))!.n
  const may = {
    upload: isAllowed(me, 'document.upload'),
    download: isAllowed(me, 'document.download'),
    join: isAllowed(me, 'team.join'),
    leave: isAllowed(me, 'team.leave'),
    history: isAllowed(me, 'entry.list'),
  }
  return { ...viewOf(house.keys, keys, row), team: await teamOf({ house, db }, row.id, keys), documents, may }
}

const viewOf = (firm: Here['house']['keys'], keys: MatterKeys, row: MatterRow): MatterView => ({
  id: row.id,
  number: matterText(keys, 'matters', 'sealed_number', row.id, row.sealed_number),
  title: matterText(keys, 'matters', 'sealed_title', row.id, row.sealed_title),
  class: row.class,
  client: clientView(firm, row),
  openedAt: iso(row.created_at),
})

const LETTERS = 'BCDFGHJKLMNPQRSTVWXYZ23456789'
/** `2026-KR4T9X`: the year and 29 random bits, so that a number can be neither counted nor probed. */
const newNumber = (): string =>
  `${new Date(now()).getUTCFullYear()}-${Array.from({ length: 6 }, () => LETTERS[randomInt(LETTERS.length)]).join('')}`
