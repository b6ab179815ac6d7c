import { once } from 'node:events'
import { PassThrough, Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import yazl from 'yazl'
import type { DocumentId, MatterId, OpeningId, VersionId } from '../../contract/ids.ts'
import { BrokenSeal } from '../../core/bytes.ts'
import { iso, now } from '../../platform/clock.ts'
import type { Db } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Ask, Input } from '../../platform/route.ts'
import { matterKeys, versionKey, type MatterKeys } from '../keys/matter-keys.ts'
import { rememberAsClerk } from '../ledger/ledger.ts'
import { manifestCsv, manifestJson, type Gone } from './bundle-manifest.ts'
import { planOf, type Left, type Plan } from './bundles.ts'
import { factsOf } from './documents.ts'
import { encodeRfc8187, takeStream } from '../../platform/streams.ts'
import { faultOf, noteChecked } from './soundness.ts'

const ASK_EVERY_MS = 500
/** Documents that are asked for at once. */
const AT_ONCE = 200
/** Up to this many bytes a document is opened whole before its place in the archive is begun, so that a broken one can be left out. */
const WHOLE = 1024 * 1024

type Bundle = { id: string; matter: MatterId; plan: Plan; keys: MatterKeys; actor: string; session: string }
type Item = {
  opening: OpeningId
  document: string
  version_id: VersionId
  number: number
  wrapped_key: Buffer
  sealed_facts: Buffer
  size: number
  created_at: Date
}
/** `asked`: when the wall was last asked, ms. */
type Sent = { asked: number; gone: Gone[]; left: Left[]; delivered: Map<string, number>; broken: string | null; whole: boolean }

/**
 * Streams the archive of a bundle. Documents are stored as they are: most are packed in themselves, and packing them again costs
 * what the disk and the line do not. A document whose stored file is broken before a byte of it went out is left out and named;
 * after that the connection breaks off, so that what arrived cannot be taken for the whole.
 * @throws Refusal `streams.too_many`
 */
export async function content(ask: Ask, { params }: Input<'bundle.content'>): Promise<FastifyReply | null> {
  const bundle = await ask.look(async ({ house, db, me }): Promise<Bundle | null> => {
    const row = await db.row<{ matter_id: MatterId; sealed_plan: Buffer }>(
      'select matter_id, sealed_plan from app.bundles where id = $1 and ends_at > now()',
      [params.bundle],
    )
    const keys = row && (await matterKeys(house, db, row.matter_id))
    if (!keys) return null
    const plan = planOf(keys, params.bundle, row.sealed_plan)
    return { id: params.bundle, matter: row.matter_id, plan, keys, actor: me.person, session: me.session }
  })
  if (!bundle) return null
  const { reply } = ask
  takeStream(bundle.session, reply.raw)
  const out = new PassThrough({ highWaterMark: 1024 * 1024 })
  void reply
    .header('content-type', 'application/zip')
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeRfc8187(bundle.plan.name)}`)
    .header('content-security-policy', "default-src 'none'; sandbox")
  void send(ask, bundle, out)
  return reply.send(out)
}

/** Never rejects: what goes wrong breaks the stream off, and what went out until then is written down. */
async function send(ask: Ask, bundle: Bundle, out: PassThrough): Promise<void> {
  const sent: Sent = { asked: now(), gone: [], left: [...bundle.plan.left], delivered: new Map(), broken: null, whole: false }
  const { log } = ask.house
  const zip = new yazl.ZipFile()
  zip.outputStream.pipe(out)
  const gone = new AbortController()
  out.once('close', () => gone.abort())
  zip.on('error', (fault: Error) => out.destroy(fault))
  try {
    for await (const item of itemsOf(ask, bundle)) await addDocument(ask, bundle, item, zip, sent, gone.signal)
    const at = new Date(now())
    await add(zip, 'manifest.csv', at, manifestCsv(sent.gone, sent.left), gone.signal)
    await add(
      zip,
      'manifest.json',
      at,
      manifestJson({ matter: bundle.matter, bundle: bundle.id, at: iso(at) }, sent.gone, sent.left),
      gone.signal,
    )
    zip.end()
    await once(out, 'end', { signal: gone.signal })
    sent.whole = true
  } catch (fault) {
    if (fault instanceof BrokenSeal) log.error('a stored file does not match its seal', fault)
    else if (!gone.signal.aborted && !(fault instanceof Cut)) log.error('couldn’t stream an archive', fault)
    out.destroy(fault instanceof Error ? fault : new Error('the archive was cut'))
  }
  await record(ask, bundle, sent).catch((fault: unknown) => log.error('couldn’t record a delivery', fault))
}

class Cut extends Error {}
const cut = () => new Cut('the archive was cut: the wall or the session ended')

type Placed = { item: Item; place: Plan['items'][number] }

/** The documents in their order, each as it may be opened at that moment. @throws Cut */
async function* itemsOf(ask: Ask, { plan }: Bundle): AsyncGenerator<Placed> {
  for (let at = 0; at < plan.items.length; at += AT_ONCE) {
    const some = plan.items.slice(at, at + AT_ONCE)
    const found = await ask
      .look(({ db, me }) =>
        stillHeld(
          db,
          some.map(({ opening }) => opening),
          me.session,
        ),
      )
      .catch(cutWhereRefused)
    const byOpening = new Map(found.map((item) => [item.opening, item]))
    for (const place of some) {
      const item = byOpening.get(place.opening)
      if (!item) throw cut()
      yield { item, place }
    }
  }
}

/** Those of these openings that the wall, the session and the handling of their class still let through. */
const stillHeld = (db: Db, openings: readonly string[], session: string) =>
  db.rows<Item>(
    `select o.id as opening, v.document_id as document, v.id as version_id, v.number, v.wrapped_key, v.sealed_facts, v.size, v.created_at
     from app.openings o join app.versions v on v.id = o.version_id
     where o.id = any ($1) and o.session_id = $2 and hidden.holds_open(o.version_id, o.copy, o.proved)`,
    [openings, session],
  )

function cutWhereRefused(fault: unknown): never {
  throw fault instanceof Refusal ? cut() : fault
}

async function addDocument(ask: Ask, bundle: Bundle, { item, place }: Placed, zip: yazl.ZipFile, sent: Sent, gone: AbortSignal) {
  const { blobs, log } = ask.house
  const key = versionKey(bundle.keys, item.version_id, item.wrapped_key)
  const { sha256 } = factsOf(bundle.keys, item)
  const read = () => blobs.read(item.version_id, key, 0, item.size, { sha256, size: item.size })
  let whole: Buffer | null = null
  try {
    if (item.size <= WHOLE) whole = Buffer.concat(await Array.fromAsync(read()))
    else if ((await blobs.size(item.version_id)) !== item.size) throw new BrokenSeal('a stored file is not as long as it was')
  } catch (fault) {
    if (!isBroken(fault)) throw fault
    log.error('a stored file does not match its seal', fault)
    await noteBroken(ask, bundle, item, fault)
    const text = 'The stored file does not match its checksum. It was left out; restore it from a backup.'
    sent.left.push({ document: item.document, path: place.path, class: place.class, code: 'document.broken', text })
    return
  }
  let count = 0
  const counted = async function* () {
    for await (const part of whole ? [whole] : read()) {
      await checkHeld(ask, sent, item.opening)
      count += part.length
      yield part
    }
  }
  try {
    await add(zip, place.path, item.created_at, counted(), gone, item.size)
  } catch (fault) {
    if (isBroken(fault)) {
      sent.broken = place.path
      await noteBroken(ask, bundle, item, fault)
    }
    throw fault
  } finally {
    sent.delivered.set(item.opening, count)
  }
  const at = iso(item.created_at)
  sent.gone.push({ path: place.path, size: item.size, sha256, id: item.document, version: item.number, class: place.class, at })
}

const noteBroken = ({ house }: Ask, { matter }: Bundle, item: Item, fault: BrokenSeal): Promise<void> =>
  noteChecked(house, { matter, document: item.document as DocumentId, version: item.version_id, number: item.number }, faultOf(fault))

/** Asks the wall where it was not asked for half a second. @throws Cut */
async function checkHeld(ask: Ask, sent: Sent, opening: OpeningId): Promise<void> {
  if (now() - sent.asked < ASK_EVERY_MS) return
  sent.asked = now()
  const held = await ask.look(({ db, me }) => stillHeld(db, [opening], me.session)).catch(cutWhereRefused)
  if (held.length === 0) throw cut()
}

const isBroken = (fault: unknown): fault is BrokenSeal => fault instanceof BrokenSeal

/** Adds one file and waits until all of it has been taken. @throws what the source throws; when whoever reads is gone */
async function add(
  zip: yazl.ZipFile,
  path: string,
  mtime: Date,
  bytes: Buffer | AsyncIterable<Buffer>,
  gone: AbortSignal,
  size?: number,
): Promise<void> {
  gone.throwIfAborted()
  const source = Readable.from(Buffer.isBuffer(bytes) ? [bytes] : bytes, { objectMode: false, highWaterMark: 1024 * 1024 })
  const stop = () => source.destroy()
  gone.addEventListener('abort', stop, { once: true })
  const ended = once(source, 'end', { signal: gone })
  try {
    zip.addReadStream(source, path, { compress: false, mtime, mode: 0o100644, ...(size === undefined ? {} : { size }) })
    await ended
  } finally {
    gone.removeEventListener('abort', stop)
    source.destroy()
  }
}

/** The clerk writes it: a session that was cut off can write nothing any more. */
async function record({ house }: Ask, { id, matter, plan, actor, session }: Bundle, sent: Sent): Promise<void> {
  await house.clerk({ name: 'delivery', matter }, async (db) => {
    await db.run(
      'update app.openings o set delivered = o.delivered + d.bytes from unnest($1::uuid[], $2::bigint[]) as d (id, bytes) where o.id = d.id',
      [[...sent.delivered.keys()], [...sent.delivered.values()]],
    )
    const bytes = [...sent.delivered.values()].reduce((sum, one) => sum + one, 0)
    const object = plan.name.replace(/\.zip$/, '')
    await rememberAsClerk(house, db, 'bundle.delivered', actor, session, {
      matter,
      object: id,
      details: { object, documents: sent.gone.length, bytes, whole: sent.whole, ...(sent.broken === null ? {} : { broken: sent.broken }) },
    })
  })
}
