import type { FastifyReply } from 'fastify'
import type { OpeningId } from '../../contract/ids.ts'
import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import { said } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Ask, Here, Input } from '../../platform/route.ts'
import { remembered, type Me } from '../../platform/ways.ts'
import { handlingOf } from '../matrix/matrix.ts'
import { keysAhead, versionKey } from '../keys/matter-keys.ts'
import { noteDelivery } from './delivering.ts'
import { find, floorAhead, opened, type Found } from './documents.ts'
import { refuseHeldBack } from './handling.ts'
import { documentById, documentByVersion, liveOpening, makeOpening, stillOpen, type Made } from './queries.ts'
import { refuseHeld } from './scanning.ts'
import { sendBytes, type Shipment } from './sending.ts'
import { checkedOf, faultOf, noteChecked } from './soundness.ts'

const MINUTES = 30

/**
 * Opens a document in the page: one act, which mints the opening that serves its bytes for half an hour.
 * @throws Refusal as `checkHandling`
 */
export async function open(here: Here, { params, query }: Input<'document.open'>) {
  const found = await find(here, params.document, query.version)
  if (!found) return null
  // what the page cannot show is handed over: a copy by another name
  const copy = found.view.shown === 'no'
  const { id, endsAt } = newOpening()
  if (!refuseUnmade(here.me, found, copy, await makeOpening(here.db, id, found.row.id, found.row.number, copy, endsAt))) return null
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
  const { id, endsAt } = newOpening()
  const { document } = params
  const got = await ask.actAhead(
    'document.downloaded',
    ({ house, db }) =>
      said(
        documentById(db, document, query.version),
        floorAhead(db, document),
        makeOpening(db, id, document, query.version, true, endsAt),
        keysAhead(house, db, document),
      ),
    async (here, asked) => {
      const [row, floor, made] = await asked
      const found = row && (await opened(here, row, floor ?? undefined))
      if (!found || !refuseUnmade(here.me, found, true, made)) return null
      return remembered(subjectOf(found), { ...found, opening: id, actor: here.me.person, session: here.me.session })
    },
  )
  if (!got) return null
  return ship(ask, got, got.opening, 'attachment')
}

const subjectOf = ({ row, view }: Found) => ({
  matter: row.matter_id,
  object: row.id,
  details: { object: view.name, folder: view.folder, version: view.version, size: view.size },
})

const newOpening = () => ({ id: uuidv7(now()) as OpeningId, endsAt: new Date(now() + MINUTES * 60_000) })

/** False: nothing is there. @throws Refusal as `checkHandling`, `document.broken` */
function refuseUnmade(me: Me, { view }: Found, copy: boolean, made: Made | null): boolean {
  if (!made) return false
  if (made.held === 'broken') throw new Refusal('document.broken')
  if (made.held === 'matrix') refuseHeldBack(me, view, copy, made)
  else if (made.held) refuseHeld(made.held)
  return true
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
  const shipment: Shipment = {
    session: found.session,
    name: view.name,
    size: row.size,
    mediaType: view.mediaType,
    disposition,
    read: (start, end) => house.blobs.read(row.version_id, key, start, end, view),
    broken: (fault) => noteChecked(house, checked, faultOf(fault)),
    mayGoOn: () => ask.look(async ({ db, me }) => stillOpen(db, opening, me.session)).catch((fault: unknown) => isRefused(fault)),
    delivered: (bytes, whole) =>
      noteDelivery(house, {
        matter: row.matter_id,
        opening,
        bytes,
        entry: whole &&
          disposition === 'attachment' && { ...found, document: row.id, details: { object: view.name, bytes, of: view.size } },
      }),
  }
  return sendBytes(ask, shipment)
}

const isRefused = (fault: unknown): false => {
  if (fault instanceof Refusal) return false
  throw fault
}
