import type { FastifyReply } from 'fastify'
import type { MatterId, SessionId } from '../../contract/ids.ts'
import { BrokenSeal } from '../../core/bytes.ts'
import { openField, sealField } from '../../core/field.ts'
import { derive } from '../../core/keys.ts'
import { drawableOf, HEAD, type NoPicture } from '../../platform/drawing/drawing.ts'
import type { Drawn } from '../../platform/drawing/drawer.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Ask, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { matterKeys, versionKey } from '../keys/matter-keys.ts'
import { factsOf } from './documents.ts'
import { documentById, type DocumentRow } from './queries.ts'
import { heldBack } from './scanning.ts'
import { takeStream } from '../../platform/streams.ts'
import { checkedOf, refusingBroken } from './soundness.ts'

type Kept = { glanced: boolean; sealed_picture: Buffer | null; why: NoPicture | null }
/** `kept` null: this class is not seen in passing. */
type Found = { row: DocumentRow; key: Buffer; session: SessionId; kept: Kept | null; mediaType: string }

/**
 * A small picture of a version, sealed as it is. The act was the look at its matter's pictures, one a session and half an hour;
 * each picture asks the wall and the matrix again. None (204) where the matrix wants more than a session, or nothing can be drawn;
 * nothing (404) of what is not there, walled, in the trash or held.
 * @throws Refusal `streams.too_many`
 */
export async function thumbnail(ask: Ask, input: Input<'document.thumbnail'>): Promise<FastifyReply | null> {
  let found = await ask.look((here) => find(here, input))
  if (!found) return null
  takeStream(found.session, ask.reply.raw)
  if (!canBeDrawn(found)) return none(ask)
  if (!found.kept!.glanced) {
    await glance(ask, found)
    found = await ask.look((here) => find(here, input))
    if (!found) return null
    if (!canBeDrawn(found) || !found.kept!.glanced) return none(ask)
  }
  const kept = opened(ask, found)
  if (kept) return give(ask, kept)
  const drawn = await drawOnce(ask, found)
  // it took a while: the wall, the class or a hold may have come between
  const after = await ask.look((here) => find(here, input))
  if (!after || after.row.version_id !== found.row.version_id) return null
  return drawn && after.kept?.glanced ? give(ask, drawn) : none(ask)
}

async function find({ house, db, me }: Here, { params, query }: Input<'document.thumbnail'>): Promise<Found | null> {
  const row = await documentById(db, params.document, query.version)
  const keys = row && (await matterKeys(house, db, row.matter_id))
  if (!row || !keys || heldBack(row.scan)) return null
  const kept = await db.row<Kept>('select glanced, sealed_picture, why from hidden.thumbnail_of($1)', [row.version_id])
  const key = versionKey(keys, row.version_id, row.wrapped_key)
  return { row, key, session: me.session, kept, mediaType: factsOf(keys, row).mediaType }
}

/** What the first bytes showed at upload; pictures that no browser shows are among the unnamed. */
const canBeDrawn = ({ kept, mediaType }: Found): boolean =>
  kept !== null && kept.why === null && /^(application\/(pdf|octet-stream)$|image\/)/.test(mediaType)

function give({ reply }: Ask, picture: Buffer): FastifyReply {
  void reply.header('content-type', 'image/webp').header('content-security-policy', "default-src 'none'; sandbox")
  return reply.send(picture)
}
const none = ({ reply }: Ask): FastifyReply => reply.code(204).send()

const glancing = new Map<string, Promise<boolean | null>>()
/** Writes the look into the ledger, once for pictures that are asked for together; nothing where it stands already. */
function glance(ask: Ask, { row, session }: Found): Promise<boolean | null> {
  const matter: MatterId = row.matter_id
  return once(glancing, `${session} ${matter}`, () =>
    ask.act('pictures.shown', async ({ db }) => {
      const begun = await db.row<{ ok: boolean }>('select hidden.begin_glance($1) as ok', [matter])
      return begun?.ok ? remembered({ matter, object: matter, details: {} }, true) : null
    }),
  )
}

const place = ({ row }: Found) => ({ table: 'app.thumbnails', column: 'sealed_picture', row: row.version_id })
/** Out of the version's own key, which a rotation wraps anew and a destruction takes away. */
const keyOf = ({ key }: Found): Buffer => derive(key, 'thumbnail v1')

function opened({ house }: Ask, found: Found): Buffer | null {
  if (!found.kept?.sealed_picture) return null
  try {
    return openField(keyOf(found), place(found), found.kept.sealed_picture)
  } catch (fault) {
    if (!(fault instanceof BrokenSeal)) throw fault
    house.log.error('a kept thumbnail does not open, and is drawn again', fault)
    return null
  }
}

const drawing = new Map<string, Promise<Buffer | null>>()
const waiting = new Map<string, FastifyReply[]>()
/** Draws and keeps it, once for all who ask meanwhile, and only while one of them still waits. */
async function drawOnce(ask: Ask, found: Found): Promise<Buffer | null> {
  const version = found.row.version_id
  const replies = waiting.get(version) ?? []
  waiting.set(version, replies)
  replies.push(ask.reply)
  return once(drawing, version, () =>
    draw(ask, found, () => replies.some(({ raw }) => !raw.destroyed)).finally(() => waiting.delete(version)),
  )
}

async function draw({ house }: Ask, found: Found, isWanted: () => boolean): Promise<Buffer | null> {
  const { row, key } = found
  const read = (start: number, end: number) => house.blobs.read(row.version_id, key, start, end)
  const drawn = await refusingBroken(house, checkedOf(row), async () => {
    const head = Buffer.concat(await Array.fromAsync(read(0, Math.min(HEAD, row.size))))
    const kind = drawableOf(head)
    return kind && house.drawer.draw({ size: row.size, read }, kind, row.matter_id, isWanted)
  }).catch(noneOfBroken)
  if (drawn === null || drawn === 'missing') return null
  await keep(house, found, drawn)
  return 'picture' in drawn ? drawn.picture : null
}

/** That the stored file is broken is written down by now, and told where it is opened. */
function noneOfBroken(fault: unknown): null {
  if (fault instanceof Refusal && fault.code === 'document.broken') return null
  throw fault
}

async function keep(house: Ask['house'], found: Found, drawn: Exclude<Drawn, 'missing'>): Promise<void> {
  const { version_id, matter_id } = found.row
  const sealed = 'picture' in drawn ? sealField(keyOf(found), 1, place(found), drawn.picture) : null
  await house.clerk({ name: 'thumbnail', matter: matter_id }, (db) =>
    db.run('select hidden.keep_thumbnail($1, $2, $3)', [version_id, sealed, 'none' in drawn ? drawn.none : null]),
  )
}

function once<T>(running: Map<string, Promise<T>>, name: string, run: () => Promise<T>): Promise<T> {
  const known = running.get(name)
  if (known) return known
  const begun = run().finally(() => running.delete(name))
  running.set(name, begun)
  return begun
}
