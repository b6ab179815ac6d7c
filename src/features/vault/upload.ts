import type { DocumentId, MatterId } from '../../contract/ids.ts'
import { type Class, FileName, FolderPath } from '../../contract/words.ts'
import { wrapKey } from '../../core/keys.ts'
import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import { incoming } from '../../platform/incoming.ts'
import { said } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Ask, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { matterKeys } from '../keys/matter-keys.ts'
import { sealMatterText } from '../keys/matter-words.ts'
import { matrixNow } from '../matrix/matrix.ts'
import { floorOf, named, NOTHING_SAID } from './documents.ts'
import { labelOf } from './labels.ts'
import { folderAt, makeFolders, nameToken } from './paths.ts'
import { nameStands } from './queries.ts'
import { contentToken, foundDetails, receive, versionLabel, type Received } from './receiving.ts'
import { isDone, refuse } from './refused.ts'
import { sameContent } from './same.ts'
import { alsoQuarantined, scanDetails, sealSignature } from './scanning.ts'

/**
 * Adds a document from a stream. The wall is asked before any byte is taken, and in any case by the act. What is found in it decides
 * over its label.
 * @throws Refusal `name.refused`, `name.taken`, `matrix.refused`, `class.milder`, `matter.closed`; as `receive`
 */
export async function upload(ask: Ask, { params, query }: Input<'document.upload'>): Promise<Answer<'document.upload'> | null> {
  const { house } = ask
  const body = await incoming(ask.request)
  const name = readName(query.name ?? body.name)
  const folder = readFolder(query.folder ?? body.folder ?? '')
  const into = `upload ${params.matter}`
  // a small one more into the same matter: what its act refuses was little work
  if (!(isSmall(ask) && ask.lately.was(into))) {
    if (!(await ask.look(async ({ db }) => checkFree({ house, db }, params.matter, folder, name)))) return null
    ask.lately.note(into)
  }
  return receive(ask, name, body.bytes, (received) =>
    ask.actAhead(
      'document.added',
      (here) => askFirst(here, params.matter),
      (here, asked) => add(here, params.matter, { folder, name, label: query.class ?? null, received }, asked),
    ),
  )
}

const SMALL = 1024 * 1024
const isSmall = ({ request }: Ask): boolean => Number(request.headers['content-length'] ?? Infinity) <= SMALL

export function readName(name: string | null): string {
  const read = FileName.safeParse(name ?? '')
  if (!read.success)
    throw new Refusal('name.refused', { text: read.error.issues[0]!.message, fields: { name: read.error.issues[0]!.message } })
  return read.data
}

export function readFolder(path: string): string {
  const read = FolderPath.safeParse(path)
  if (!read.success)
    throw new Refusal('name.refused', { text: read.error.issues[0]!.message, fields: { folder: read.error.issues[0]!.message } })
  return read.data
}

/** Before any byte is taken: whether the matter is within reach, and the name free. */
export async function checkFree({ house, db }: Pick<Here, 'house' | 'db'>, matter: MatterId, path: string, name: string): Promise<boolean> {
  const [keys, takes] = await said(matterKeys(house, db, matter), db.row<{ ok: boolean }>('select hidden.takes_more($1) as ok', [matter]))
  if (!keys) return false
  if (!takes!.ok) throw new Refusal('matter.closed')
  const folder = await folderAt(db, matter, keys, path)
  if (folder !== undefined && (await nameStands(db, matter, folder, nameToken(keys, name)))) throw new Refusal('name.taken')
  return true
}

/** What an added document is made by: its matter's keys, the matrix that holds, and the class below which it cannot be. */
const askFirst = ({ house, db }: Pick<Here, 'house' | 'db'>, matter: MatterId) =>
  said(matterKeys(house, db, matter), matrixNow(db), floorOf(db, matter))

/** Inside an act: the document that a received content becomes; null when the wall has come between. */
export async function add(
  { house, db, me }: Here,
  matter: MatterId,
  { folder: path, name, label: wanted, received }: { folder: string; name: string; label: Class | null; received: Received },
  asked = askFirst({ house, db }, matter),
) {
  const [keys, matrix, floor] = await asked
  if (!keys) return null
  const { version, size, facts } = received
  const { class: its, ...label } = labelOf(matrix, wanted, floor, facts.found)
  const document = uuidv7(now()) as DocumentId
  const folder = await makeFolders({ house, db, me }, matter, keys, path).catch(refuse)
  const token = contentToken(keys, facts)
  const { state, why, signature } = received.scan
  const [same, isAdded] = await said(
    // asked before this one is there
    sameContent({ house, db }, matter, keys, token),
    isDone(db, 'add_document($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)', [
      document,
      matter,
      folder,
      sealMatterText(keys, 'documents', 'sealed_name', document, name),
      nameToken(keys, name),
      its,
      version,
      wrapKey(keys.matter, versionLabel(version), received.key),
      sealMatterText(keys, 'versions', 'sealed_facts', version, JSON.stringify(facts)),
      token,
      size,
      state,
      why,
      signature === null ? null : sealSignature(house.keys, version, signature),
    ]),
  )
  if (!isAdded) return null
  const view: Answer<'document.upload'> = {
    id: document,
    matter,
    name,
    folder: path,
    version: 1,
    class: its,
    size,
    ...facts,
    by: named(house.keys, me.person, me.sealedName),
    at: iso(new Date(now())),
    about: NOTHING_SAID,
    out: null,
    locked: null,
    scan: received.scan,
    read: received.read,
    same,
    ...label,
  }
  const details = {
    object: name,
    folder: path,
    size,
    sha256: facts.sha256,
    version: 1,
    class: its,
    ...foundDetails(facts.found, label.raised),
    ...scanDetails(received.scan),
  }
  const subject = { matter, object: document, details }
  return remembered(subject, view, alsoQuarantined(received.scan, subject))
}
