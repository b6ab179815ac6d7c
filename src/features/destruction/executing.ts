import { createHash } from 'node:crypto'
import { BrokenSeal } from '../../core/bytes.ts'
import { derive } from '../../core/keys.ts'
import type { DocumentId, PersonId } from '../../contract/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import { throwAll } from '../../platform/faults.ts'
import type { House } from '../../platform/house.ts'
import type { Db } from '../../platform/postgres.ts'
import { Rounds } from '../../platform/rounds.ts'
import { sealFirmText } from '../keys/firm-words.ts'
import { forgetMatterKeys, hasRowHalf, keysWhereHeld, type MatterKeys } from '../keys/matter-keys.ts'
import { isGone } from '../ledger/faults.ts'
import { rememberAsClerk } from '../ledger/ledger.ts'
import { factsOf } from '../vault/documents.ts'
import { eraseEnded } from '../vault/erasing.ts'
import { certify } from './certifying.ts'
import { openEnded, type Ended, type Item } from './certificate.ts'

/*
 * A destruction that two people approved goes on by itself: approved -> ended (one transaction: the rows, of a matter its row
 * half, and the ledger's entries) -> erased (the key store's half, then the blobs) -> certified. Each step is done again after a
 * crash and does no harm twice; the state moves on only when what it says is durable. A hold that came in between stops it at
 * the first step, and none can come after it.
 */
export type Due = { id: string; kind: 'document.destroy' | 'matter.destroy'; matter_id: string; state: string; approved_by: PersonId }

export const openDestroyer = (house: House): Rounds =>
  new Rounds(2_000, (goesOn) => destroyDue(house, goesOn), { log: house.log, fault: 'couldn’t finish a destruction' })

const JOB = 'destroy'

/** Takes every destruction that is due as far as it goes. @throws what stopped one of them; the others went on */
export async function destroyDue(house: House, goesOn: () => boolean = () => true): Promise<void> {
  const due = await house.clerk({ name: JOB }, (db) =>
    db.rows<Due>(
      `select id, kind, matter_id, state, approved_by from app.destructions where state in ('approved', 'ended', 'erased') order by id limit 100`,
    ),
  )
  const faults: unknown[] = []
  for (const one of due) {
    if (!goesOn()) break
    await goOn(house, one).catch((fault: unknown) => faults.push(fault))
  }
  throwAll(faults, 'destructions could not go on')
}

async function goOn(house: House, one: Due): Promise<void> {
  if (one.state === 'approved' && !(await endRows(house, one))) return
  if (one.state !== 'erased' && !(await erase(house, one))) return
  await certify(house, one.id)
}

/** False: it was stopped. */
async function endRows(house: House, due: Due): Promise<boolean> {
  return house.clerk({ name: JOB, matter: due.matter_id }, async (db) => {
    const { said } = (await db.row<{ said: 'ready' | 'stopped' | 'done' }>('select hidden.begin_destruction($1) as said', [due.id]))!
    const subject = { matter: due.matter_id as never, details: { destruction: due.id } }
    if (said === 'stopped')
      await rememberAsClerk(house, db, 'destruction.stopped', due.approved_by, null, { ...subject, object: due.id, details: {} })
    // done by another in between: the next round sees how far
    if (said !== 'ready') return false
    if (!(await hasRowHalf(db, due.matter_id))) throw new Error('couldn’t destroy: the keys of the matter are not there')
    // a client that withholds its key keeps nothing from being destroyed
    const keys = await keysWhereHeld(house, db, due.matter_id as never)
    const ended = await itemsOf(db, due, keys)
    const isWhole = due.kind === 'matter.destroy'
    for (const object of isWhole ? [due.matter_id] : ended.items.map((item) => item.id))
      await rememberAsClerk(house, db, isWhole ? 'matter.destroyed' : 'document.destroyed', due.approved_by, null, { ...subject, object })
    const entry = await db.row<{ id: string }>(
      'select id from ledger.entries where matter_id = $1 and deed = $2 order by id desc limit 1',
      [due.matter_id, isWhole ? 'matter.destroyed' : 'document.destroyed'],
    )
    await db.run('select hidden.end_destruction($1, $2, $3)', [
      due.id,
      sealFirmText(house.keys, 'destructions', 'sealed_items', due.id, JSON.stringify(ended)),
      entry!.id,
    ])
    return true
  })
}

type Version = { id: string; document_id: DocumentId; number: number; sealed_facts: Buffer; size: number }

/** What is about to end: ids, counts and sizes, one digest over every content's SHA-256, and a commitment to the key. No name. */
async function itemsOf(db: Db, due: Due, keys: MatterKeys | null): Promise<Ended> {
  const rows = await db.rows<Version>(
    `select v.id, v.document_id, v.number, v.sealed_facts, v.size from app.versions v
     where v.matter_id = $1 and ($2 or v.document_id in (select i.document_id from app.destruction_items i where i.destruction_id = $3))
     order by v.document_id, v.number`,
    [due.matter_id, due.kind === 'matter.destroy', due.id],
  )
  const digest = createHash('sha256')
  const items = new Map<DocumentId, Item>()
  for (const row of rows) {
    digest.update(`${sha256Of(keys, row)} ${row.size} ${row.id}\n`)
    const item = items.get(row.document_id) ?? { id: row.document_id, versions: 0, bytes: 0 }
    items.set(row.document_id, { ...item, versions: item.versions + 1, bytes: item.bytes + row.size })
  }
  return {
    items: [...items.values()],
    digest: digest.digest('hex'),
    key:
      due.kind !== 'matter.destroy'
        ? null
        : keys
          ? createHash('sha256').update(derive(keys.matter, 'destroyed key commitment v1')).digest('hex')
          : 'unread; the client withheld its own key, and the half that was sealed under it was deleted',
    blobs: rows.map((row) => row.id),
    begunAt: iso(new Date(now())),
  }
}

/** A broken version is destroyed like a whole one, and so is one that a client's key keeps closed; the digest says that it was. */
function sha256Of(keys: MatterKeys | null, row: Version): string {
  if (!keys) return 'unread'
  try {
    return factsOf(keys, { version_id: row.id as never, sealed_facts: row.sealed_facts }).sha256
  } catch (fault) {
    if (fault instanceof BrokenSeal) return 'unread'
    throw fault
  }
}

/** False: it is not that far, and nothing was erased. */
async function erase(house: House, due: Due): Promise<boolean> {
  const isDue = await house.clerk({ name: JOB, matter: due.matter_id }, async (db) => {
    const row = await db.row<{ state: string }>('select state from app.destructions where id = $1', [due.id])
    return row?.state === 'ended' && (due.kind !== 'matter.destroy' || !(await hasRowHalf(db, due.matter_id)))
  })
  if (!isDue) return false
  if (due.kind === 'matter.destroy') {
    await house.keystore.end(due.matter_id, iso(new Date(now())))
    forgetMatterKeys(due.matter_id)
  }
  await eraseEnded(house)
  await checkGone(house, due)
  await house.clerk({ name: JOB }, (db) => db.run('select hidden.is_erased($1)', [due.id]))
  return true
}

/** Looks for what was erased. @throws when some of it is there: no certificate is issued, and the next round erases again */
async function checkGone(house: House, due: Due): Promise<void> {
  const left = await house.clerk({ name: JOB, matter: due.matter_id }, async (db) => {
    const row = await db.row<{ sealed_items: Buffer }>('select sealed_items from app.destructions where id = $1', [due.id])
    const { blobs } = openEnded(house, due.id, row!.sealed_items)
    const versions = await db.rows('select 1 as one from app.versions where id = any ($1) limit 1', [blobs])
    return { blobs, versions: versions.length }
  })
  if (left.versions > 0) throw new Error('a version that was destroyed is there')
  for (const blob of left.blobs) if ((await sizeOf(house, blob)) !== null) throw new Error('a blob that was destroyed is there')
  if (due.kind === 'matter.destroy' && (await house.keystore.get(due.matter_id).then(() => true, isGone)))
    throw new Error('a half that was destroyed is there')
}
const sizeOf = (house: House, blob: string): Promise<number | null> => house.blobs.size(blob).catch(isGone)
