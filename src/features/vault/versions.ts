import type { DocumentId, MatterId } from '../../contract/ids.ts'
import { stricter, Words } from '../../contract/words.ts'
import { wrapKey } from '../../core/keys.ts'
import { iso, now } from '../../platform/clock.ts'
import { incoming } from '../../platform/incoming.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Ask, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { matterText, sealMatterText } from '../keys/matter-words.ts'
import { matrixNow } from '../matrix/matrix.ts'
import { alsoQuarantined, markScan, scanDetails } from './scanning.ts'
import { factsOf, find, named, scanOf } from './documents.ts'
import { labelOf } from './labels.ts'
import { versionsOf } from './queries.ts'
import { contentToken, foundDetails, receive, versionLabel, type Received } from './receiving.ts'
import { refuse } from './refused.ts'
import { about, take } from './taking.ts'

export async function list({ house, db }: Here, { params }: Input<'version.list'>): Promise<Answer<'version.list'> | null> {
  const found = await find({ house, db }, params.document)
  if (!found) return null
  return {
    versions: (await versionsOf(db, found.row.matter_id, params.document)).map((row) => {
      const { sha256, mediaType, shown } = factsOf(found.keys, row)
      const reason = row.sealed_reason ? matterText(found.keys, 'versions', 'sealed_reason', row.version_id, row.sealed_reason) : ''
      const by = named(house.keys, row.created_by, row.by_name)
      return {
        number: row.number,
        size: row.size,
        sha256,
        mediaType,
        shown,
        reason,
        by,
        at: iso(row.created_at),
        scan: scanOf(house.keys, row),
      }
    }),
  }
}

type Wish = Input<'version.create'>['query'] & { reason: string }

/**
 * Adds a version from a stream, as `upload` adds a document. It must have been made from the newest one, so that nobody
 * overwrites what they have not seen; what it holds may raise the document's class, and never lowers it.
 * @throws Refusal `input.invalid`, `version.old`, `version.same`, `document.locked`, `document.out`, `matter.closed`; as `receive`
 */
export async function create(ask: Ask, { params, query }: Input<'version.create'>): Promise<Answer<'version.create'> | null> {
  const body = await incoming(ask.request)
  const wish: Wish = { ...query, reason: readReason(query.reason ?? body.reason ?? '') }
  const name = await ask.look((here) => checkBase(here, params.document, query.from))
  if (name === null) return null
  return receive(ask, name, body.bytes, (received) => ask.act('version.added', (here) => addVersion(here, params.document, wish, received)))
}

function readReason(text: string): string {
  const read = Words.safeParse(text)
  if (!read.success) throw new Refusal('input.invalid', { fields: { reason: 'Say in a few words what has changed.' } })
  return read.data
}

/**
 * Before any byte is taken; its name. The act asks the same again, in PostgreSQL.
 * @throws Refusal `version.old`, `document.locked`, `document.out`, `matter.closed`
 */
export async function checkBase(here: Here, document: DocumentId, from: number, within?: MatterId): Promise<string | null> {
  const found = await find(here, document)
  if (!found) return null
  const { view, row } = found
  if (within && row.matter_id !== within) return null
  if (!(await here.db.row<{ ok: boolean }>('select hidden.takes_more($1) as ok', [row.matter_id]))!.ok) throw new Refusal('matter.closed')
  if (view.locked) throw new Refusal('document.locked')
  if (view.out && view.out.by.id !== here.me.person) throw new Refusal('document.out')
  if (view.version !== from) throw isOld()
  return view.name
}
const isOld = () => new Refusal('version.old', { text: 'There is a newer version than the one this was made from. Read that first.' })

/** Inside an act: the version that a received content becomes; null when the wall has come between. @throws Refusal as `create` */
export async function addVersion(here: Here, document: DocumentId, { from, reason, keep }: Wish, received: Received) {
  const { house, db, me } = here
  const found = await take(here, document)
  if (!found) return null
  const { keys, row, view } = found
  const { version, size, facts } = received
  // without a label of its own it has the document's class, or a stricter one that what it holds asks for
  const label = labelOf(await matrixNow(db), null, view.class, facts.found)
  const its = stricter(row.class, label.raised ? label.class : row.class)
  const added = await db
    .row<{ number: number | null }>('select hidden.add_version($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as number', [
      version,
      document,
      from,
      wrapKey(keys.matter, versionLabel(version), received.key),
      sealMatterText(keys, 'versions', 'sealed_facts', version, JSON.stringify(facts)),
      contentToken(keys, facts),
      size,
      sealMatterText(keys, 'versions', 'sealed_reason', version, reason),
      its,
      keep,
    ])
    .catch(refuse)
  if (!added?.number) return null
  await markScan(house.keys, db, version, received.scan)
  const after: Answer<'version.create'> = {
    ...view,
    ...facts,
    version: added.number,
    class: label.class,
    size,
    by: named(house.keys, me.person, me.sealedName),
    at: iso(new Date(now())),
    out: keep ? view.out : null,
    scan: received.scan,
    read: received.read,
    raised: label.raised,
    suggested: label.suggested,
  }
  const details = {
    version: added.number,
    from,
    size,
    sha256: facts.sha256,
    reason,
    class: label.class,
    ...foundDetails(facts.found, label.raised),
    ...scanDetails(received.scan),
  }
  const subject = about(view, details)
  return remembered(subject, after, alsoQuarantined(received.scan, subject))
}
