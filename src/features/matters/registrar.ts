import type { ClientId, MatterId } from '../../contract/ids.ts'
import { uuidv7 } from '../../core/ids.ts'
import { now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { unlessWithheld } from '../../platform/own-keys.ts'
import { tokensFor } from '../conflicts/register-names.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { matterKeys } from '../keys/matter-keys.ts'
import { matterText } from '../keys/matter-words.ts'
import { sealCard } from './register.ts'

type Client = { client: ClientId; kind: 'person' | 'organization'; sealed_name: Buffer; made_by: string }

/**
 * Gives the register what it lacks: matters and clients from before there was one. Each is a job of its own; what is there
 * is left as it is, so that a start that was cut short goes on at the next.
 */
export async function fillRegister(house: House): Promise<void> {
  for (;;) {
    const rows = await house.clerk({ name: 'register' }, (db) =>
      db.rows<{ matter: MatterId }>('select matter from hidden.without_card(100)'),
    )
    // one whose client withholds its key has its card at a later start; so that these few do not hold up the rest
    const given = await Promise.all(
      rows.map(({ matter }) =>
        giveCard(house, matter).then(
          () => true,
          (fault: unknown) => unlessWithheld(fault) ?? false,
        ),
      ),
    )
    if (rows.length < 100 || !given.includes(true)) break
  }
  for (;;) {
    const rows = await house.clerk({ name: 'register' }, (db) => db.rows<Client>('select * from hidden.without_name(100)'))
    for (const row of rows) await giveName(house, row)
    if (rows.length < 100) return
  }
}

const giveCard = (house: House, matter: MatterId) =>
  house.clerk({ name: 'register', matter }, async (db) => {
    const row = await db.row<{ sealed_number: Buffer; sealed_title: Buffer }>(
      'select sealed_number, sealed_title from app.matters where id = $1',
      [matter],
    )
    const keys = await matterKeys(house, db, matter)
    if (!row || !keys) throw new Error(`couldn’t register the matter ${matter}: its keys are gone`)
    const number = matterText(keys, 'matters', 'sealed_number', matter, row.sealed_number)
    const title = matterText(keys, 'matters', 'sealed_title', matter, row.sealed_title)
    await db.run('insert into app.register (matter_id, sealed_card) values ($1, $2) on conflict do nothing', [
      matter,
      sealCard(house.keys, matter, { number, title }),
    ])
  })

const giveName = (house: House, { client, kind, sealed_name, made_by }: Client) =>
  house.clerk({ name: 'register' }, async (db) => {
    const text = firmText(house.keys, 'clients', 'sealed_name', client, sealed_name)
    const id = uuidv7(now())
    await db.run(
      `insert into app.names (id, client_id, role, form, kind, sealed_name, tokens, added_by) values ($1, $2, 'client', 'name', $3, $4, $5, $6)`,
      [
        id,
        client,
        kind,
        sealFirmText(house.keys, 'names', 'sealed_name', id, text),
        tokensFor(house.keys.token, 'name', kind, text),
        made_by,
      ],
    )
  })
