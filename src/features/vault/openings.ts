import type { FastifyReply } from 'fastify'
import type { OpeningId } from '../../contract/ids.ts'
import { BrokenSeal } from '../../core/bytes.ts'
import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Ask, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { rememberAsClerk } from '../ledger/ledger.ts'
import { handlingOf } from '../matrix/matrix.ts'
import { versionKey } from '../keys/matter-keys.ts'
import { find, opened, type Found } from './documents.ts'
import { checkHandling } from './handling.ts'
import { documentByVersion, insertOpening, liveOpening, stillOpen } from './queries.ts'
import { sendBytes, type Shipment } from './sending.ts'
import { checkedOf, faultOf, noteChecked, refuseBroken, refusingBroken } from './soundness.ts'

const MINUTES = 30

/**
 * Opens a document in the page: one act, which mints the opening that serves its bytes for half an hour.
 * @throws Refusal as `checkHandling`
 */
export async function open(here: Here, { params, query }: Input<'document.open'>) {
  const found = await find(here, params.document, query.version)
  if (!found) return null
  // what the page cannot show is handed over: a copy by another name
  const { id, endsAt } = await mint(here, found, found.view.shown === 'no')
  const { watermark, print, download } = (await handlingOf(here.db, found.view.class)).handling
  const content = `/api/openings/${id}/content`
  return remembered(subjectOf(found), { ...found.view, opening: id, content, endsAt: iso(endsAt), watermark, print, download })
}

/** The bytes of an opening. Each range asks the wall again; the act was the opening. */
export async function content(ask: Ask, { params }: Input<'document.content'>): Promise<FastifyReply | null> {
  const found = await ask.look(async (here) => {
    const opening = await liveOpening(here.db, params.opening, here.me.session)
    const row = opening && (await documentByVersion(here.db, opening.version_id))
    const one = row && (await opened(here, row))
    return one && { ...one, actor: here.me.person, session: here.me.session }
  })
  // what is opened for reading is not handed out as it is: the page shows what a reader makes of it
  if (!found || found.view.shown === 'read') return null
  return ship(ask, found, params.opening, found.view.shown === 'no' ? 'attachment' : 'inline')
}

/** A copy: an act of its own, its opening serves this answer only. @throws Refusal as `checkHandling` */
export async function download(ask: Ask, { params, query }: Input<'document.download'>): Promise<FastifyReply | null> {
  const got = await ask.act('document.downloaded', async (here) => {
    const found = await find(here, params.document, query.version)
    if (!found) return null
    const { id } = await mint(here, found, true)
    return remembered(subjectOf(found), { ...found, opening: id, actor: here.me.person, session: here.me.session })
  })
  if (!got) return null
  return ship(ask, got, got.opening, 'attachment')
}

const subjectOf = ({ row, view }: Found) => ({
  matter: row.matter_id,
  object: row.id,
  details: { object: view.name, folder: view.folder, version: view.version, size: view.size },
})

async function mint(here: Here, { row, view }: Found, copy: boolean): Promise<{ id: OpeningId; endsAt: Date }> {
  const { db, me } = here
  await refuseBroken(db, row.version_id)
  await checkHandling(here, view, copy)
  const id = uuidv7(now()) as OpeningId
  const endsAt = new Date(now() + MINUTES * 60_000)
  await insertOpening(db, { id, version: row.version_id, matter: row.matter_id, session: me.session, person: me.person, endsAt, copy })
  return { id, endsAt }
}

/** Sends, asks the wall every half second while it sends, and writes down what was delivered. */
async function ship(
  ask: Ask,
  found: Found & { actor: string; session: string },
  opening: OpeningId,
  disposition: 'inline' | 'attachment',
): Promise<FastifyReply> {
  const { house } = ask
  const { row, keys, view } = found
  const key = versionKey(keys, row.version_id, row.wrapped_key)
  const checked = checkedOf(row)
  await refusingBroken(house, checked, async () => {
    const size = await house.blobs.size(row.version_id)
    if (size !== row.size) throw new BrokenSeal(`it holds ${size} bytes, and its version ${row.size}`)
  })
  const shipment: Shipment = {
    session: found.session,
    name: view.name,
    size: row.size,
    mediaType: view.mediaType,
    disposition,
    read: (start, end) => house.blobs.read(row.version_id, key, start, end, view.sha256),
    broken: (fault) => noteChecked(house, checked, faultOf(fault)),
    mayGoOn: () => ask.look(async ({ db, me }) => stillOpen(db, opening, me.session)).catch((fault: unknown) => isRefused(fault)),
    delivered: (bytes, whole) => recordDelivery(ask, found, opening, bytes, whole && disposition === 'attachment'),
  }
  return sendBytes(ask, shipment)
}

const isRefused = (fault: unknown): false => {
  if (fault instanceof Refusal) return false
  throw fault
}

/** The clerk writes it: the session that was cut off can write nothing any more. */
async function recordDelivery(
  { house }: Ask,
  { row, view, actor, session }: Found & { actor: string; session: string },
  opening: OpeningId,
  bytes: number,
  entry: boolean,
): Promise<void> {
  await house.clerk({ name: 'delivery', matter: row.matter_id }, async (db) => {
    await db.run('update app.openings set delivered = delivered + $2 where id = $1', [opening, bytes])
    if (!entry) return
    await rememberAsClerk(house, db, 'document.delivered', actor, session, {
      matter: row.matter_id,
      object: row.id,
      details: { object: view.name, bytes, of: view.size },
    })
  })
}
