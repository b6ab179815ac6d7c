import { newestKey } from '../../core/epoch.ts'
import { parseCosignerKey } from '../../core/cosignature.ts'
import { uuidv7 } from '../../core/ids.ts'
import { BrokenNote } from '../../core/note.ts'
import { iso, now } from '../../platform/clock.ts'
import { isSafe } from '../../platform/network.ts'
import { sqlState } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import { act, look, may, own, sensitive, type Answer, type Here, type Input, type Route } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { witnessed } from '../ledger/cosigned.ts'
import { epochsOf } from '../ledger/epochs.ts'
import { print } from './print.ts'
import { newestStamp, published, witnesses } from './queries.ts'
import { viewOf } from './views.ts'

export const routes: Route[] = [
  look('witness.list', may('ledger.read'), list),
  own('checkpoint.print', may('ledger.read'), print),
  act('checkpoint.mail', may('witness.keep'), 'checkpoint.asked', want),
  act('witness.add', sensitive('witness.keep'), 'witness.added', add),
  act('witness.retire', sensitive('witness.keep'), 'witness.retired', retire),
]

async function list({ house, db }: Here): Promise<Answer<'witness.list'> | null> {
  const stamp = await newestStamp(db)
  return {
    witnesses: (await witnesses(db)).map((row) => viewOf(house, row)),
    key: newestKey(await epochsOf(db)),
    witnessed: await witnessed(db),
    published: (await published(db)).map(({ what, size, done_at: at, fault }) => ({ what, size, at: at && iso(at), fault })),
    stamp: stamp && { size: stamp.size, at: iso(stamp.at), by: stamp.url, note: stamp.note, token: stamp.token.toString('base64') },
  }
}

/** Sent by the clerk within seconds, where the setting names someone to send it to. */
async function want({ db }: Here, { body }: Input<'checkpoint.mail'>) {
  const row = await db.row<{ ok: boolean }>('select hidden.want_published($1) as ok', [body.what])
  return row!.ok ? remembered({ details: { what: body.what } }, undefined) : null
}

/** The clerk asks it within seconds. @throws Refusal `input.invalid`, `witness.known` */
async function add({ house, db }: Here, { body }: Input<'witness.add'>) {
  const fields = { ...faultOfUrl(body.url), ...faultOfKey(body.key) }
  if (Object.keys(fields).length > 0) throw new Refusal('input.invalid', { fields })
  const id = uuidv7(now())
  const done = await db
    .row<{ ok: boolean }>('select hidden.add_witness($1, $2, $3) as ok', [id, body.key, body.url])
    .catch((fault: unknown) => {
      throw sqlState(fault) === '23505' ? new Refusal('witness.known', { cause: fault }) : fault
    })
  if (!done!.ok) return null
  const view = viewOf(
    house,
    (await witnesses(db)).find((row) => row.id === id)!,
  )
  return remembered({ object: id, details: { object: view.name, url: view.url, key: view.key } }, view)
}

async function retire({ db }: Here, { params }: Input<'witness.retire'>) {
  const row = await db.row<{ key: string | null }>('select hidden.retire_witness($1) as key', [params.witness])
  if (row!.key === null) return null
  return remembered({ object: params.witness, details: { object: parseCosignerKey(row!.key).name, key: row!.key } }, undefined)
}

/** The address goes to the ledger and to logs: no name and no password stand in it. */
function faultOfUrl(text: string): { url?: string } {
  const url = new URL(text)
  if (!isSafe(text)) return { url: 'A witness is asked over https, or on this machine.' }
  return url.username || url.password || url.search || url.hash
    ? { url: 'Give the address alone, without a name, a password or a question.' }
    : {}
}

function faultOfKey(key: string): { key?: string } {
  try {
    parseCosignerKey(key)
    return {}
  } catch (fault) {
    if (!(fault instanceof BrokenNote)) throw fault
    return { key: 'This is not a witness’s key. It looks like witness.notary.example/1+1a2b3c4d+BA…; its operator has it.' }
  }
}
