import type { DocumentId, MatterId } from '../../contract/ids.ts'
import { uuidv7 } from '../../core/ids.ts'
import { wrapKey } from '../../core/keys.ts'
import { now } from '../../platform/clock.ts'
import { ReadingFault } from '../../platform/reading/fault.ts'
import type { Source } from '../../platform/reading/reading.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Ask, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { versionKey } from '../keys/matter-keys.ts'
import { sealMatterText } from '../keys/matter-words.ts'
import { matrixNow } from '../matrix/matrix.ts'
import { depthOf, insertPart, partsOf } from './between-queries.ts'
import { find, type Found } from './documents.ts'
import { checkHandling } from './handling.ts'
import { labelOf } from './labels.ts'
import { placeOf, sealPlace } from './parts.ts'
import { makeFolders, nameToken } from './paths.ts'
import { REFUSED } from './preview.ts'
import { insertVersion, nameStands } from './queries.ts'
import { contentToken, foundDetails, receive, versionLabel, type Received } from './receiving.ts'
import { refuse } from './refused.ts'
import { alsoQuarantined, markScan, scanDetails } from './scanning.ts'
import { checkedOf, refusingBroken } from './soundness.ts'
import { about, take } from './taking.ts'
import { itemsOf, type Item } from './unpack-items.ts'
import { folded, numbered, safeName, stemOf } from './unpack-names.ts'

type Unpacked = Answer<'document.unpack'>
/** New documents of one act, and the bytes of them. */
const MOST = 2000
const MOST_BYTES = 8 * 1024 ** 3
const DEEPEST_FOLDERS = 32
/** An archive in a mail in an archive, and so on. */
const DEEPEST = 8
const MOST_TOLD = 500
const NOTHING = 'Nothing can be taken out of that kind of file.'

/** What is there already: by its place in this very version, or by place and content. */
type Known = { places: Set<string>; contents: Set<string> }
type Work = { document: DocumentId; version: number; folder: string; known: Known; taken: Set<string> }

/**
 * Takes attachments, messages or entries out of a document, each as a document of its own in a folder named after it. Each is an
 * act; so is the whole, at the end. A crash between leaves what is made, and doing it again makes only what is not there.
 * @throws Refusal `unpack.refused`, `document.broken`, `matter.closed`, `disk.full`; as `checkHandling`
 */
export async function unpack(ask: Ask, { params }: Input<'document.unpack'>): Promise<Unpacked | null> {
  const begun = await ask.look((here) => begin(here, params.document))
  if (!begun) return null
  const { found, work } = begun
  const sound = <T>(read: () => Promise<T>): Promise<T> => refusingBroken(ask.house, checkedOf(found.row), read)
  const items = await sound(() => listed(ask, sourceOf(ask, found), DEEPEST_FOLDERS - work.folder.split('/').length))
  const done: Unpacked = { folder: work.folder, made: [], known: 0, skipped: [] }
  let bytes = 0
  for (const item of items) {
    if (item.left) done.skipped.push({ place: item.place, why: item.left })
    else if (work.known.places.has(`${work.version} ${item.index}`)) done.known += 1
    else if (done.made.length >= MOST || bytes >= MOST_BYTES)
      done.skipped.push({ place: item.place, why: 'It is more than is taken out at once. Do it again for the rest.' })
    else {
      const one = await sound(() => fileOne(ask, work, item))
      if (one === null) return null
      if ('why' in one) done.skipped.push({ place: item.place, why: one.why })
      else if ('known' in one) done.known += 1
      else {
        done.made.push({ id: one.id, name: one.name, folder: one.folder })
        bytes += one.size
      }
    }
  }
  return ask.act('document.unpacked', async (here) => {
    const still = await find(here, params.document)
    if (!still) return null
    const said = { into: work.folder, made: done.made.length, known: done.known, skipped: done.skipped.length }
    return remembered(about(still.view, said), { ...done, skipped: done.skipped.slice(0, MOST_TOLD) })
  })
}

async function begin(here: Here, document: DocumentId): Promise<{ found: Found; work: Work } | null> {
  const found = await find(here, document)
  if (!found) return null
  const { row, keys, view } = found
  if (!(await here.db.row<{ ok: boolean }>('select hidden.takes_more($1) as ok', [row.matter_id]))!.ok) throw new Refusal('matter.closed')
  await checkHandling(here, view, false)
  if ((await depthOf(here.db, document)) > DEEPEST)
    throw new Refusal('unpack.refused', {
      text: 'It was itself taken out of many files, one inside of the other. Take a copy and unpack that.',
    })
  const folder = [view.folder, safeName(stemOf(view.name)) ?? 'Unpacked'].filter(Boolean).join('/')
  if (folder.split('/').length > DEEPEST_FOLDERS)
    throw new Refusal('unpack.refused', { text: `The folders would be more than ${DEEPEST_FOLDERS} deep. Move it further up first.` })
  const rows = (await partsOf(here.db, row.matter_id, document)).map((one) => ({ ...placeOf(keys, one), token: one.content_token }))
  const known = {
    places: new Set(rows.map(({ version, index }) => `${version} ${index}`)),
    contents: new Set(rows.map(({ place, token }) => `${token.toString('hex')} ${place}`)),
  }
  return { found, work: { document, version: view.version, folder, known, taken: new Set() } }
}

function sourceOf({ house }: Ask, { row, keys }: Found): Source {
  const key = versionKey(keys, row.version_id, row.wrapped_key)
  return { size: row.size, read: (start, end) => house.blobs.read(row.version_id, key, start, end) }
}

async function listed({ house }: Ask, source: Source, room: number): Promise<Item[]> {
  try {
    const items = await itemsOf(house.readers, source, room)
    if (!items) throw new Refusal('unpack.refused', { text: NOTHING })
    return items
  } catch (fault) {
    if (fault instanceof ReadingFault) throw new Refusal('unpack.refused', { text: REFUSED[fault.code], cause: fault })
    throw fault
  }
}

type Filed = { id: DocumentId; name: string; folder: string; size: number } | { known: true } | { why: string }

/** One item as a document, or why not; null when its source is out of reach now. */
async function fileOne(ask: Ask, work: Work, item: Item): Promise<Filed | null> {
  let known = false
  try {
    const filed = await receive(ask, item.name, item.bytes(), (received) =>
      ask.act('document.added', async (here) => {
        const found = await take(here, work.document)
        if (!found) return null
        known = work.known.contents.has(`${contentToken(found.keys, received.facts).toString('hex')} ${item.place}`)
        return known ? null : add(here, found, work, item, received)
      }),
    )
    return known ? { known } : filed
  } catch (fault) {
    if (fault instanceof ReadingFault) return { why: REFUSED[fault.code] }
    // what is about this one only
    if (fault instanceof Refusal && ['document.empty', 'name.taken', 'name.refused'].includes(fault.code)) return { why: fault.message }
    throw fault
  }
}

async function add(here: Here, { row, keys, view }: Found, work: Work, item: Item, received: Received) {
  const { db, me } = here
  const matter: MatterId = row.matter_id
  const { version, size, facts } = received
  const { class: its, raised } = labelOf(await matrixNow(db), null, view.class, facts.found)
  const id = uuidv7(now()) as DocumentId
  const path = [work.folder, ...item.folders].join('/')
  const folder = await makeFolders(here, matter, keys, path).catch(refuse)
  let name = item.name
  const isTaken = async () => work.taken.has(folded(`${path}/${name}`)) || (await nameStands(db, matter, folder, nameToken(keys, name)))
  for (let n = 2; await isTaken(); n += 1) name = numbered(item.name, n)
  await insertPart(db, {
    id,
    matter,
    folder,
    sealedName: sealMatterText(keys, 'documents', 'sealed_name', id, name),
    nameToken: nameToken(keys, name),
    class: its,
    by: me.person,
    of: row.id,
    sealedPlace: sealPlace(keys, id, { place: item.place, index: item.index, version: work.version }),
  }).catch(refuse)
  await insertVersion(db, {
    id: version,
    document: id,
    matter,
    number: 1,
    size,
    by: me.person,
    wrappedKey: wrapKey(keys.matter, versionLabel(version), received.key),
    sealedFacts: sealMatterText(keys, 'versions', 'sealed_facts', version, JSON.stringify(facts)),
    contentToken: contentToken(keys, facts),
  })
  await markScan(here.house.keys, db, version, received.scan)
  work.taken.add(folded(`${path}/${name}`))
  const said = {
    size,
    sha256: facts.sha256,
    version: 1,
    class: its,
    outOf: view.name,
    place: item.place,
    ...foundDetails(facts.found, raised),
    ...scanDetails(received.scan),
  }
  const subject = { matter, object: id, details: { object: name, folder: path, ...said } }
  return remembered(subject, { id, name, folder: path, size }, alsoQuarantined(received.scan, subject))
}
