import type { DocumentView } from '../../contract/document.ts'
import type { DocumentId, MatterId, VersionId } from '../../contract/ids.ts'
import { uuidv7 } from '../../core/ids.ts'
import { wrapKey } from '../../core/keys.ts'
import { now } from '../../platform/clock.ts'
import { Refusal } from '../../platform/refusal.ts'
import { may, type Answer, type Ask, type Here, type Input } from '../../platform/route.ts'
import { remembered, type Also } from '../../platform/ways.ts'
import { matterKeys, versionKey, type MatterKeys } from '../keys/matter-keys.ts'
import { matterText, sealMatterText } from '../keys/matter-words.ts'
import { partsAmong, wholeVersions, type PartRow, type WholeVersion } from './between-queries.ts'
import { factsOf, viewsOf } from './documents.ts'
import { checkHandling } from './handling.ts'
import { folderAt, makeFolders, nameToken } from './paths.ts'
import { documentsByIds, nameStands, type DocumentRow } from './queries.ts'
import { contentToken, versionLabel } from './receiving.ts'
import { isDone, refuse } from './refused.ts'
import { reseal, type Resealed } from './resealing.ts'
import { refuseHeld, sealSignature, signatureOf } from './scanning.ts'
import { about, readSome } from './taking.ts'

type Wish = Input<'document.transfer'>['body'] & { from: MatterId }
type Going = { row: DocumentRow; view: DocumentView; versions: WholeVersion[]; part: PartRow }
type Plan = { from: MatterKeys; to: MatterKeys; going: Going[] }

/**
 * Moves or copies documents into another matter, all of them or none. Contents are sealed anew outside of any transaction; then
 * one act asks all again, changes the rows, and writes an entry in each of the two matters. A moved document keeps its id; its
 * old versions end, with whatever was opened of them.
 * @throws Refusal `matter.state`, `matter.closed`, `document.locked`, `document.out`, `name.taken`, `group.unfit`, `version.old`;
 * as `checkHandling`, for a copy as for a download; as `reseal`
 */
export async function transfer(ask: Ask, { params, body }: Input<'document.transfer'>): Promise<Answer<'document.transfer'> | null> {
  const wish: Wish = { ...body, documents: [...new Set(body.documents)], from: params.matter }
  const plan = await ask.look((here) => planOf(here, wish))
  if (!plan) return null
  const sealed = plan.going.flatMap(({ versions }) =>
    versions.map((row) => ({
      version: row.version_id,
      checked: { matter: wish.from, document: row.document_id as DocumentId, version: row.version_id, number: row.number },
      key: versionKey(plan.from, row.version_id, row.wrapped_key),
      size: row.size,
      sha256: factsOf(plan.from, row).sha256,
    })),
  )
  const doIt = (resealed: ReadonlyMap<VersionId, Resealed>) =>
    ask.act(wish.copy ? 'document.copied' : 'document.sent', (here) => commit(here, wish, resealed))
  return reseal(ask, sealed, doIt).catch(async (fault: unknown) => {
    // whoever moved one of them meanwhile took its contents along: that is nothing broken
    if (fault instanceof Refusal && fault.code === 'document.broken' && !(await isStillSo(ask, wish, sealed))) throw isOld()
    throw fault
  })
}
const isOld = () => new Refusal('version.old', { text: 'Someone changed one of them in between. Look at them again.' })

const isStillSo = (ask: Ask, wish: Wish, sealed: readonly { version: VersionId }[]): Promise<boolean> =>
  ask.look(async ({ db }) => {
    const there = new Set((await wholeVersions(db, wish.from, wish.documents)).map((row) => row.version_id))
    return sealed.every(({ version }) => there.has(version))
  })

/** What would go, as it stands now, once everything about it was asked; null when a part of it is not there. */
async function planOf(here: Here, wish: Wish): Promise<Plan | null> {
  const { house, db, me } = here
  const [from, to] = [await matterKeys(house, db, wish.from), await matterKeys(house, db, wish.to)]
  if (!from || !to) return null
  if (wish.to === wish.from) throw new Refusal('matter.state', { text: 'They stand in that matter already. Choose another one.' })
  may(wish.copy ? 'document.download' : 'document.read')(me)
  const rows = await documentsByIds(db, wish.from, wish.documents)
  if (rows.length < wish.documents.length) return null
  if (!wish.copy) await checkOpen(here, wish.from, 'This matter is closed; nothing leaves it. Reopen it first.')
  await checkOpen(here, wish.to, 'The matter that they would go to is closed. Reopen it first.')
  const versions = Map.groupBy(await wholeVersions(db, wish.from, wish.documents), (row) => row.document_id)
  // two statements: someone may have moved one of them between
  if (rows.some((row) => !versions.has(row.id))) throw isOld()
  const parts = new Map((await partsAmong(db, wish.documents)).map((row) => [row.id, row]))
  const views = await viewsOf(here, wish.from, from, rows)
  const going = rows.map((row, at) => ({ row, view: views[at]!, versions: versions.get(row.id)!, part: parts.get(row.id)! }))
  const folder = await folderAt(db, wish.to, to, wish.folder)
  for (const { view, versions: its } of going) {
    if (!wish.copy) checkFree(here, view)
    await checkHandling(here, view, wish.copy)
    for (const { scan } of its) refuseHeld(scan)
    if (folder !== undefined && (await nameStands(db, wish.to, folder, nameToken(to, view.name)))) throw isTaken(view.name)
  }
  return { from, to, going }
}

async function checkOpen({ db }: Here, matter: MatterId, text: string): Promise<void> {
  if (!(await db.row<{ ok: boolean }>('select hidden.takes_more($1) as ok', [matter]))!.ok) throw new Refusal('matter.closed', { text })
}

/** The law asks the same (`hidden.transfer_document`); here it is said of which one. */
function checkFree({ me }: Here, { name, locked, out }: DocumentView): void {
  if (locked)
    throw new Refusal('document.locked', { text: `“${name}” is locked as it left the firm. Copy it, or let a partner unlock it.` })
  if (out && out.by.id !== me.person)
    throw new Refusal('document.out', { text: `${out.by.name} has taken “${name}” out. Wait until it is brought back.` })
}
const isTaken = (name: string, cause?: unknown) =>
  new Refusal('name.taken', {
    text: `A document named “${name}” stands in that folder of the other matter. Rename one, or choose another folder.`,
    cause,
  })

async function commit(here: Here, wish: Wish, resealed: ReadonlyMap<VersionId, Resealed>) {
  const { db } = here
  if (!(await isDone(db, 'begin_transfer($1, $2, $3)', [wish.from, wish.to, wish.copy]))) return null
  const plan = await planOf(here, wish)
  if (!plan) return null
  const folder = await makeFolders(here, wish.to, plan.to, wish.folder).catch(refuse)
  const becomes = new Map(plan.going.map(({ row }) => [row.id, wish.copy ? (uuidv7(now()) as DocumentId) : row.id]))
  for (const one of plan.going) if (!(await isDoneFor(here, wish, plan, one, folder, becomes, resealed))) return null
  const ids = plan.going.map(({ row }) => becomes.get(row.id)!)
  const after = await readSome(here, wish.to, plan.to, ids)
  if (!after) return null
  const views = new Map(after.views.map((view) => [view.id, view]))
  const [first, ...others] = plan.going.map(({ view, versions }) =>
    about(view, { toMatter: wish.to, versions: versions.length, reason: wish.reason }),
  )
  const taken = plan.going.map(({ row, versions }): Also => {
    const view = views.get(becomes.get(row.id)!)!
    const { size, sha256, version, class: its } = view
    const said = {
      fromMatter: wish.from,
      versions: versions.length,
      version,
      size,
      sha256,
      class: its,
      copy: wish.copy,
      reason: wish.reason,
    }
    return { deed: 'document.taken', subject: about(view, said) }
  })
  const deed = wish.copy ? ('document.copied' as const) : ('document.sent' as const)
  return remembered(first!, { documents: ids.map((id) => views.get(id)!) }, [...others.map((subject) => ({ deed, subject })), ...taken])
}

/** Rows of one document under the other matter's keys. @throws Refusal */
async function isDoneFor(
  here: Here,
  wish: Wish,
  { from, to }: Plan,
  { row, view, versions, part }: Going,
  folder: string | null,
  ids: ReadonlyMap<string, DocumentId>,
  resealed: ReadonlyMap<VersionId, Resealed>,
): Promise<boolean> {
  const id = ids.get(row.id)!
  const anew = (column: string, sealed: Buffer | null) =>
    sealed && sealMatterText(to, 'documents', column, id, matterText(from, 'documents', column, row.id, sealed))
  const its = versions.map((version) => {
    const fresh = resealed.get(version.version_id)
    if (!fresh) throw isOld()
    const text = matterText(from, 'versions', 'sealed_facts', version.version_id, version.sealed_facts)
    const signature = signatureOf(here.house.keys, version.version_id, version.sealed_signature)
    const reason = version.sealed_reason && matterText(from, 'versions', 'sealed_reason', version.version_id, version.sealed_reason)
    return {
      was: version.version_id,
      becomes: fresh.version,
      wrapped: wrapKey(to.matter, versionLabel(fresh.version), fresh.key),
      facts: sealMatterText(to, 'versions', 'sealed_facts', fresh.version, text),
      content: contentToken(to, factsOf(from, version)),
      reason: reason === null ? null : sealMatterText(to, 'versions', 'sealed_reason', fresh.version, reason),
      signature: signature && sealSignature(here.house.keys, fresh.version, signature),
    }
  })
  // a copy belongs to the copy of what it came out of, if that goes along
  const partOf = part.part_of && wish.copy ? (ids.get(part.part_of) ?? null) : part.part_of
  const values = [
    row.id,
    wish.to,
    folder,
    wish.copy ? id : null,
    sealMatterText(to, 'documents', 'sealed_name', id, view.name),
    nameToken(to, view.name),
    anew('sealed_about', row.sealed_about),
    wish.copy ? null : anew('sealed_out_note', row.sealed_out_note),
    partOf,
    partOf && anew('sealed_place', part.sealed_place),
    ...(['was', 'becomes', 'wrapped', 'facts', 'content', 'reason', 'signature'] as const).map((field) => its.map((one) => one[field])),
  ]
  const places = values.map((_, at) => `$${at + 1}`).join(', ')
  return isDone(here.db, `transfer_document(${places})`, values).catch((fault: unknown) => {
    throw fault instanceof Refusal && fault.code === 'name.taken' ? isTaken(view.name, fault) : fault
  })
}
