import type { BundleOf, HeldBack } from '../../contract/bundle.ts'
import type { DocumentView } from '../../contract/document.ts'
import type { BundleId, DocumentId, MatterId, OpeningId } from '../../contract/ids.ts'
import type { Class } from '../../contract/words.ts'
import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { matterKeys, type MatterKeys } from '../keys/matter-keys.ts'
import { matterText, sealMatterText } from '../keys/matter-words.ts'
import { archivePaths } from './bundle-paths.ts'
import { viewsOf } from './documents.ts'
import { splitPath } from './paths.ts'
import { checkHandling } from './handling.ts'
import { heldBack } from './scanning.ts'
import { documentsByIds, documentsOf, type DocumentRow } from './queries.ts'

const MINUTES = 30
/** Paths that are told of what is held back; all of them stand in the manifest. */
const TOLD = 20
const WHOLE = 10_000_000

/** What an archive was made of, sealed in its row: the documents by their openings, in order, and what stays behind. */
export type Plan = {
  name: string
  items: { opening: OpeningId; path: string; class: Class }[]
  left: Left[]
}
export type Left = { document: string; path: string; class: Class; code: string; text: string }

type Chosen = { keys: MatterKeys; going: One[]; left: Left[]; refusals: Refusal[] }
type One = { row: DocumentRow; view: DocumentView }

/** What an archive would hold. It leaves no entry: it tells no more than the list of files and the matrix do. */
export async function preview(here: Here, { params, body }: Input<'bundle.preview'>): Promise<Answer<'bundle.preview'> | null> {
  const chosen = await choose(here, params.matter, body.of)
  return chosen && told(chosen)
}

/**
 * Takes copies of documents as one archive: an entry for each and one for all, and the openings by which it is streamed. What the
 * handling of its class holds back stays behind.
 * @throws Refusal `factor.stale` where that would let more go and it is not to be left out; as `checkHandling` where nothing goes
 */
export async function make(here: Here, { params, body }: Input<'document.bundle'>) {
  const chosen = await choose(here, params.matter, body.of)
  if (!chosen) return null
  const stale = body.leaveOut ? undefined : chosen.refusals.find(({ code }) => code === 'factor.stale')
  if (stale || chosen.going.length === 0) throw stale ?? chosen.refusals[0] ?? nothingThere()
  const { db, me } = here
  const id = uuidv7(now()) as BundleId
  const endsAt = new Date(now() + MINUTES * 60_000)
  const openings = chosen.going.map(() => uuidv7(now()) as OpeningId)
  const paths = archivePaths(chosen.going.map(({ view }) => view))
  const name = nameOf(body.of)
  const plan: Plan = {
    name: `${name}.zip`,
    items: chosen.going.map(({ view }, at) => ({ opening: openings[at]!, path: paths[at]!, class: view.class })),
    left: chosen.left,
  }
  await db.run(
    `insert into app.openings (id, version_id, matter_id, session_id, person_id, ends_at, copy)
     select o.id, o.version, $3, $4, $5, $6, true from unnest($1::uuid[], $2::uuid[]) as o (id, version)`,
    [openings, chosen.going.map(({ row }) => row.version_id), params.matter, me.session, me.person, endsAt],
  )
  await db.run('insert into app.bundles (id, matter_id, session_id, person_id, ends_at, sealed_plan) values ($1, $2, $3, $4, $5, $6)', [
    id,
    params.matter,
    me.session,
    me.person,
    endsAt,
    sealMatterText(chosen.keys, 'bundles', 'sealed_plan', id, JSON.stringify(plan)),
  ])
  const counts = told(chosen)
  const details = {
    object: name,
    documents: counts.documents,
    bytes: counts.bytes,
    leftOut: chosen.left.length,
    reason: body.reason ?? null,
  }
  return remembered(
    { matter: params.matter, object: id, details },
    { ...counts, bundle: id, content: `/api/bundles/${id}/content`, name: plan.name, endsAt: iso(endsAt) },
    chosen.going.map(({ view }) => ({
      deed: 'document.downloaded',
      subject: {
        matter: params.matter,
        object: view.id,
        details: { object: view.name, folder: view.folder, version: view.version, size: view.size },
      },
    })),
  )
}

export const planOf = (keys: MatterKeys, bundle: string, sealed: Buffer): Plan =>
  JSON.parse(matterText(keys, 'bundles', 'sealed_plan', bundle, sealed)) as Plan

const nothingThere = () => new Refusal('input.invalid', { text: 'There is no document in it.' })

/** The documents that are meant, parted by what the scanner and the matrix say of a copy; null where one of them, or the matter, is not there. */
async function choose(here: Here, matter: MatterId, of: BundleOf): Promise<Chosen | null> {
  const keys = await matterKeys(here.house, here.db, matter)
  if (!keys) return null
  const rows = 'documents' in of ? await rowsOfThese(here, matter, of.documents) : await documentsOf(here.db, matter, null, WHOLE)
  if (!rows) return null
  const views = await viewsOf(here, matter, keys, rows)
  const all = rows.map((row, at) => ({ row, view: views[at]! }))
  const meant = 'folder' in of ? all.filter(({ view }) => `${view.folder}/`.startsWith(`${of.folder}/`)) : all
  meant.sort((one, other) => byPath(one.view, other.view))
  const refused = new Map<DocumentId, Refusal>()
  for (const { view } of meant) {
    const held = heldBack(view.scan.state)
    if (held) refused.set(view.id, held)
  }
  // the matrix speaks of classes: one document of each is asked for, and none that is held by itself
  const free = meant.filter(({ view }) => !refused.has(view.id))
  for (const [, some] of Map.groupBy(free, ({ view }) => view.class)) {
    const refusal = await checkHandling(here, some[0]!.view, true).catch((fault: unknown) => asRefusal(fault))
    if (refusal) for (const { view } of some) refused.set(view.id, refusal)
  }
  const left = meant.flatMap(({ view }) => {
    const refusal = refused.get(view.id)
    return refusal ? [{ document: view.id, path: pathOf(view), class: view.class, code: refusal.code, text: refusal.message }] : []
  })
  return { keys, going: meant.filter(({ view }) => !refused.has(view.id)), left, refusals: [...refused.values()] }
}

function asRefusal(fault: unknown): Refusal {
  if (fault instanceof Refusal) return fault
  throw fault
}

async function rowsOfThese(here: Here, matter: MatterId, documents: readonly string[]): Promise<DocumentRow[] | null> {
  const wanted = new Set(documents)
  const rows = await documentsByIds(here.db, matter, [...wanted])
  return rows.length === wanted.size ? rows : null
}

const pathOf = ({ folder, name }: DocumentView): string => (folder === '' ? name : `${folder}/${name}`)
const byPath = (one: DocumentView, other: DocumentView): number => (pathOf(one) < pathOf(other) ? -1 : 1)

function nameOf(of: BundleOf): string {
  if ('folder' in of) return splitPath(of.folder)[1]
  if ('whole' in of) return 'All files'
  return of.documents.length === 1 ? '1 file' : `${of.documents.length} files`
}

const told = ({ going, left }: Chosen): Answer<'bundle.preview'> => ({
  documents: going.length,
  bytes: going.reduce((sum, { row }) => sum + row.size, 0),
  heldBack: [...Map.groupBy(left, ({ text }) => text)].map(([text, some]): HeldBack => ({
    code: some[0]!.code,
    text,
    count: some.length,
    first: some.slice(0, TOLD).map(({ path }) => path),
  })),
})
