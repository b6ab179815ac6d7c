import type { DocumentId, MatterId, VersionId } from '../../contract/ids.ts'
import { type Class, FileName, FolderPath } from '../../contract/words.ts'
import { newKey, wrapKey } from '../../core/keys.ts'
import { uuidv7 } from '../../core/ids.ts'
import { exactToken } from '../../core/tokens.ts'
import { iso, now } from '../../platform/clock.ts'
import { incoming } from '../../platform/incoming.ts'
import { isDenied, sqlState } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Ask, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { matterKeys, type MatterKeys } from '../keys/matter-keys.ts'
import { sealMatterText } from '../keys/matter-words.ts'
import { firmText } from '../keys/firm-words.ts'
import { lookFor, type Looked } from '../matrix/looking.ts'
import { matrixNow } from '../matrix/matrix.ts'
import { floorOf, type Facts } from './documents.ts'
import { kindOf } from './kinds.ts'
import { labelOf } from './labels.ts'
import { folderByName, insertDocument, insertFolder, insertVersion, nameStands } from './queries.ts'

type Sealed = { size: number; sha256: string; head: Buffer }

/**
 * Adds a document from a stream. Nothing streams inside a transaction: the wall is asked, the bytes are sealed into
 * `incoming/`, and the wall is asked again by the act that makes them a document. Until that act commits there is no
 * document; once this resolves it is on the disk, with its entry. While it streams, kinds of data are looked for in it, and
 * what is found decides over its label.
 * @throws Refusal `name.refused`, `name.taken`, `document.empty`, `body.length`, `disk.full`, `matrix.refused`, `class.milder`
 */
export async function upload(ask: Ask, { params, query }: Input<'document.upload'>): Promise<Answer<'document.upload'> | null> {
  const { house } = ask
  const body = await incoming(ask.request)
  const name = readName(query.name ?? body.name)
  const folder = readFolder(query.folder ?? body.folder ?? '')
  const free = await ask.look(async ({ db }) => checkFree({ house, db }, params.matter, folder, name))
  if (!free) return null
  const version = uuidv7(now()) as VersionId
  const key = newKey()
  const looking = lookFor(body.bytes)
  const sealed = await house.blobs.receive(version, key, looking.bytes)
  try {
    if (sealed.size === 0) throw new Refusal('document.empty')
    const looked = await looking.done()
    const file = { folder, name, label: query.class ?? null, version, key, sealed, looked }
    const view = await ask.act('document.added', (here) => add(here, params.matter, file))
    if (view === null) await house.blobs.discard(version)
    else await house.blobs.keep(version)
    return view
  } catch (fault) {
    // a commit whose answer was lost may have happened: only a refusal is known to have left nothing
    if (fault instanceof Refusal || isDenied(fault)) await house.blobs.discard(version)
    throw fault
  }
}

function readName(name: string | null): string {
  const read = FileName.safeParse(name ?? '')
  if (!read.success)
    throw new Refusal('name.refused', { text: read.error.issues[0]!.message, fields: { name: read.error.issues[0]!.message } })
  return read.data
}

function readFolder(path: string): string {
  const read = FolderPath.safeParse(path)
  if (!read.success)
    throw new Refusal('name.refused', { text: read.error.issues[0]!.message, fields: { folder: read.error.issues[0]!.message } })
  return read.data
}

const nameToken = (keys: MatterKeys, name: string) => exactToken(keys.token, 'name', name)

/** Before any byte is taken: whether the matter is within reach, and the name free. */
async function checkFree({ house, db }: Pick<Here, 'house' | 'db'>, matter: MatterId, path: string, name: string): Promise<boolean> {
  const keys = await matterKeys(house, db, matter)
  if (!keys) return false
  if (!(await db.row<{ ok: boolean }>('select hidden.takes_more($1) as ok', [matter]))!.ok) throw new Refusal('matter.closed')
  let folder: string | null = null
  for (const part of path === '' ? [] : path.split('/')) {
    const row: { id: string } | null = await folderByName(db, matter, folder, nameToken(keys, part))
    if (!row) return true
    folder = row.id
  }
  if (await nameStands(db, matter, folder, nameToken(keys, name))) throw new Refusal('name.taken')
  return true
}

async function add(
  { house, db, me }: Here,
  matter: MatterId,
  file: { folder: string; name: string; label: Class | null; version: VersionId; key: Buffer; sealed: Sealed; looked: Looked },
) {
  const keys = await matterKeys(house, db, matter)
  if (!keys) return null
  const { sealed, version, name, looked } = file
  const { class: its, ...label } = labelOf(await matrixNow(db), file.label, await floorOf(db, matter), looked.found)
  const document = uuidv7(now()) as DocumentId
  const folder = await makeFolders({ house, db, me }, matter, keys, file.folder)
  const facts: Facts = { sha256: sealed.sha256, ...kindOf(sealed.head), found: looked.found }
  try {
    await insertDocument(db, {
      id: document,
      matter,
      folder,
      sealedName: sealMatterText(keys, 'documents', 'sealed_name', document, name),
      nameToken: nameToken(keys, name),
      class: its,
      by: me.person,
    })
  } catch (fault) {
    if (sqlState(fault) === '23505') throw new Refusal('name.taken', { cause: fault })
    throw fault
  }
  await insertVersion(db, {
    id: version,
    document,
    matter,
    number: 1,
    size: sealed.size,
    by: me.person,
    wrappedKey: wrapKey(keys.matter, versionLabel(version), file.key),
    sealedFacts: sealMatterText(keys, 'versions', 'sealed_facts', version, JSON.stringify(facts)),
    contentToken: exactToken(keys.token, 'content', sealed.sha256),
  })
  const by = { id: me.person, name: firmText(house.keys, 'people', 'sealed_name', me.person, me.sealedName) }
  const view: Answer<'document.upload'> = {
    id: document,
    matter,
    name,
    folder: file.folder,
    version: 1,
    class: its,
    size: sealed.size,
    ...facts,
    by,
    at: iso(new Date(now())),
    read: looked.read,
    ...label,
  }
  return remembered(
    {
      matter,
      object: document,
      details: {
        object: name,
        folder: file.folder,
        size: sealed.size,
        sha256: sealed.sha256,
        version: 1,
        class: its,
        ...(looked.found.length > 0 && {
          found: looked.found.map(({ type, count }) => `${type} ${count}`).join(', '),
          raised: label.raised,
        }),
      },
    },
    view,
  )
}

/** Binds a wrapped version key to its version. */
export const versionLabel = (version: string): string => `version ${version}`

/** The folder at a path, made where it is not there yet; null for the matter's own floor. */
async function makeFolders({ db, me }: Here, matter: MatterId, keys: MatterKeys, path: string): Promise<string | null> {
  let parent: string | null = null
  for (const name of path === '' ? [] : path.split('/')) {
    const token = nameToken(keys, name)
    let row: { id: string } | null = await folderByName(db, matter, parent, token)
    if (!row) {
      const id = uuidv7(now())
      await insertFolder(db, {
        id,
        matter,
        parent,
        sealedName: sealMatterText(keys, 'folders', 'sealed_name', id, name),
        nameToken: token,
        by: me.person,
      })
      row = await folderByName(db, matter, parent, token)
    }
    parent = row!.id
  }
  return parent
}
