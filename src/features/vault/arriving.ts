import type { FastifyReply } from 'fastify'
import type { DocumentId, MatterId, UploadId } from '../../contract/ids.ts'
import { BrokenSeal } from '../../core/bytes.ts'
import { newKey, unwrapWithAny, wrapKey } from '../../core/keys.ts'
import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import { incoming } from '../../platform/incoming.ts'
import { sqlState } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Ask, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { matterKeys, uploadLabel, type MatterKeys } from '../keys/matter-keys.ts'
import { matterText, sealMatterText } from '../keys/matter-words.ts'
import { become, isPossible, saidOf, stillFits, type Made } from './becoming.ts'
import { isDone } from './refused.ts'
import { readBegin, speakTus, type Wish } from './tus.ts'

/*
 * An upload in parts (tus 1.0.0). It is begun by an act, takes its parts outside any transaction, each behind the wall, and becomes
 * a document like any other, or the next version of one: read back through its seal, hashed, looked at and sealed once more under a version's key. The offset
 * that is answered is on the disk. Until it is a document the last byte counts as missing, so that whoever lost the answer sends
 * it again and hears what has become of it.
 */
type Row = {
  id: UploadId
  matter_id: MatterId
  wrapped_key: Buffer
  sealed_wish: Buffer
  size: number
  ends_at: Date
  document_id: DocumentId | null
}
type Standing = Row & { keys: MatterKeys; wish: Wish }

const COLUMNS = 'id, matter_id, wrapped_key, sealed_wish, size, ends_at, document_id'
/** Nothing comes for so long: the line is gone, and the next part must not wait for it. */
const SILENT_MS = 30_000
const ASK_EVERY_MS = 500

/** Uploads of which a part is arriving, or that are becoming documents, in this process. */
const busy = new Set<string>()
export const isBusy = (upload: string): boolean => busy.has(upload)

/**
 * @throws Refusal `upload.version`, `input.invalid`, `name.refused`, `name.taken`, `matter.closed`, `upload.too_many`; of a version as
 *   `version.create`
 */
export async function begin(ask: Ask, { params }: Input<'upload.begin'>): Promise<Answer<'upload.begin'> | null> {
  const id = uuidv7(now()) as UploadId
  const value = await ask.act('upload.begun', async ({ house, db, me }) => {
    // the wall first: what is behind it answers as what is not there
    const keys = await matterKeys(house, db, params.matter)
    if (!keys) return null
    speakTus(ask)
    const { size, wish } = readBegin(ask.request)
    if (!(await isPossible({ house, db, me }, params.matter, wish))) return null
    const wrapped = wrapKey(keys.matter, uploadLabel(id), newKey())
    const sealed = sealMatterText(keys, 'uploads', 'sealed_wish', id, JSON.stringify(wish))
    const begun = await db
      .row<{ until: Date | null }>('select hidden.begin_upload($1, $2, $3, $4, $5, $6) as until', [
        id,
        params.matter,
        wrapped,
        sealed,
        size,
        wish.into?.document ?? null,
      ])
      .catch((fault: unknown) => {
        throw sqlState(fault) === 'SR039' ? new Refusal('upload.too_many', { cause: fault }) : fault
      })
    if (!begun?.until) return null
    const details = { ...saidOf(wish), size }
    const view = { id, matter: params.matter, ...placeOf(wish), size, offset: 0, endsAt: iso(begun.until), document: null }
    return remembered({ matter: params.matter, object: id, details }, { view, until: begun.until })
  })
  if (!value) return null
  void ask.reply.header('location', `/api/uploads/${id}`).header('upload-expires', value.until.toUTCString()).header('upload-offset', 0)
  return value.view
}

export async function list(ask: Ask, { params }: Input<'upload.list'>): Promise<Answer<'upload.list'> | null> {
  const rows = await ask.look(async ({ house, db }) => {
    const keys = await matterKeys(house, db, params.matter)
    const sql = `select ${COLUMNS} from app.uploads where matter_id = $1 and document_id is null order by id`
    return keys && (await db.rows<Row>(sql, [params.matter])).map((row) => opened(keys, row))
  })
  return rows && { uploads: await Promise.all(rows.map((row) => viewOf(ask, row))) }
}

export async function read(ask: Ask, { params }: Input<'upload.read'>): Promise<Answer<'upload.read'> | null> {
  const found = await standing(ask, params.upload)
  return found && viewOf(ask, found)
}

/** How much has arrived. @throws Refusal `upload.version` */
export async function state(ask: Ask, { params }: Input<'upload.state'>): Promise<FastifyReply | null> {
  const found = await standing(ask, params.upload)
  if (!found) return null
  speakTus(ask)
  await sayOffset(ask, found)
  return ask.reply.code(200).header('upload-length', found.size).send()
}

/**
 * Takes what follows, and when nothing is left to follow makes the document of it.
 * @throws Refusal `upload.version`, `upload.offset`, `upload.busy`, `body.unsupported`, `body.length`, `matter.closed`, `disk.full`;
 *   of a whole one as `document.upload` or `version.create`, and then the upload is ended
 */
export async function part(ask: Ask, { params }: Input<'upload.part'>): Promise<FastifyReply | null> {
  const { headers } = ask.request
  const found = await standing(ask, params.upload, true)
  if (!found) return null
  speakTus(ask)
  if (!found.document_id && !(await stillFits(ask, found.matter_id, found.wish))) return null
  if (headers['content-type'] !== 'application/offset+octet-stream') throw new Refusal('body.unsupported')
  if (busy.has(found.id)) throw new Refusal('upload.busy')
  busy.add(found.id)
  try {
    const offset = await offsetOf(ask, found)
    if (found.document_id || headers['upload-offset'] !== String(offset)) throw new Refusal('upload.offset')
    if (Number(headers['content-length'] ?? 0) > found.size - offset) throw isTooLong()
    const key = unwrapWithAny([found.keys.matter, ...found.keys.others], uploadLabel(found.id), found.wrapped_key)
    const arrived = await ask.house.parts.arrived(found.id)
    await ask.house.parts.take(found.id, key, arrived, await bodyOf(ask, found, offset, arrived))
    if ((await ask.house.parts.arrived(found.id)) === found.size) {
      const made = await finish(ask, found, key)
      if (!made) return null
      void ask.reply.header('subrosa-read', made.read).header('subrosa-raised', made.raised ? 'yes' : 'no')
      if (made.suggested) void ask.reply.header('subrosa-suggested', made.suggested)
      found.document_id = found.id as unknown as DocumentId
    }
    await sayOffset(ask, found)
    return ask.reply.code(204).send()
  } finally {
    busy.delete(found.id)
  }
}

/** @throws Refusal `upload.version`, `upload.busy` */
export async function end(ask: Ask, { params }: Input<'upload.end'>): Promise<FastifyReply | null> {
  const found = await standing(ask, params.upload)
  if (!found) return null
  speakTus(ask)
  if (busy.has(params.upload)) throw new Refusal('upload.busy')
  return (await giveUp(ask, params.upload)) ? ask.reply.code(204).send() : null
}

/** One's own, behind the wall; null when there is none. @throws Refusal `matter.closed` */
const standing = (ask: Ask, id: UploadId, toTake = false): Promise<Standing | null> =>
  ask.look(async ({ house, db }) => {
    const row = await db.row<Row>(`select ${COLUMNS} from app.uploads where id = $1`, [id])
    const keys = row && (await matterKeys(house, db, row.matter_id))
    if (!keys) return null
    if (toTake && !(await takesMore({ db }, row.matter_id))) throw new Refusal('matter.closed')
    return opened(keys, row)
  })
const takesMore = async ({ db }: Pick<Here, 'db'>, matter: MatterId): Promise<boolean> =>
  (await db.row<{ ok: boolean }>('select hidden.takes_more($1) as ok', [matter]))!.ok
const opened = (keys: MatterKeys, row: Row): Standing => ({
  ...row,
  keys,
  wish: JSON.parse(matterText(keys, 'uploads', 'sealed_wish', row.id, row.sealed_wish)) as Wish,
})
const placeOf = ({ name, folder, modified, into }: Wish) => ({ name, folder, modified, into: into ?? null })

const offsetOf = async ({ house }: Ask, { id, size, document_id }: Row): Promise<number> =>
  document_id ? size : Math.min(await house.parts.arrived(id), size - 1)
const viewOf = async (ask: Ask, row: Standing): Promise<Answer<'upload.read'>> => ({
  id: row.id,
  matter: row.matter_id,
  ...placeOf(row.wish),
  size: row.size,
  offset: await offsetOf(ask, row),
  endsAt: iso(row.ends_at),
  document: row.document_id,
})
async function sayOffset(ask: Ask, row: Row): Promise<void> {
  void ask.reply.header('upload-offset', await offsetOf(ask, row)).header('upload-expires', row.ends_at.toUTCString())
}

const isTooLong = () => new Refusal('body.length', { text: 'The part is longer than what is missing.' })
/** The bytes of a part after those that have arrived, no more than are missing; the wall is asked every half second. */
async function bodyOf(ask: Ask, row: Row, offset: number, arrived: number): Promise<AsyncIterable<Buffer>> {
  const { bytes } = await incoming(ask.request)
  return (async function* () {
    let at = offset
    let asked = now()
    ask.request.raw.setTimeout(SILENT_MS, () => ask.request.raw.destroy())
    try {
      for await (const part of bytes) {
        if (at + part.length > row.size) throw isTooLong()
        if (now() - asked >= ASK_EVERY_MS) {
          if (!(await standing(ask, row.id, true))) throw new Refusal('nothing')
          asked = now()
        }
        const fresh = part.subarray(Math.max(0, arrived - at))
        at += part.length
        if (fresh.length > 0) yield fresh
      }
    } finally {
      ask.request.raw.setTimeout(0)
    }
  })()
}

async function finish(ask: Ask, { id, matter_id, wish }: Standing, key: Buffer): Promise<Made | null> {
  try {
    const made = await become(ask, { id, matter: matter_id, wish }, ask.house.parts.read(id, key))
    // a crash before this is made good by the keeper
    if (made) await ask.house.parts.end(id)
    return made
  } catch (fault) {
    // the same again would be refused again; what the disk or the session said may change
    if (fault instanceof BrokenSeal) {
      await giveUp(ask, id)
      throw new Refusal('upload.broken', { cause: fault })
    }
    if (fault instanceof Refusal && !MAY_CHANGE.has(fault.code)) await giveUp(ask, id)
    throw fault
  }
}

const MAY_CHANGE = new Set(['disk.full', 'session.none', 'clock.untrusted', 'key.withheld', 'document.out', 'document.locked'])

async function giveUp(ask: Ask, id: UploadId): Promise<boolean> {
  const done = await ask.act('upload.ended', async ({ house, db }) => {
    const row = await db.row<Row>(`select ${COLUMNS} from app.uploads where id = $1`, [id])
    const keys = row && (await matterKeys(house, db, row.matter_id))
    if (!keys || !(await isDone(db, 'end_upload($1)', [id]))) return null
    const { wish, matter_id: matter, size } = opened(keys, row)
    return remembered({ matter, object: id, details: { ...saidOf(wish), size } }, true)
  })
  if (done) await ask.house.parts.end(id)
  return done === true
}
