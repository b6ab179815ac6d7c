import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { deedsNamed } from '../../contract/entry-filter.ts'
import type { EntryId } from '../../contract/ids.ts'
import { uuidv7 } from '../../core/ids.ts'
import { instant, now } from '../../platform/clock.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Ask, Input } from '../../platform/route.ts'
import { remembered, type Me } from '../../platform/ways.ts'
import { encodeRfc8187, takeStream } from '../../platform/streams.ts'
import { entriesAsked } from './asked.ts'
import { entryLine, headOf, MEDIA } from './entry-lines.ts'
import { rememberAsClerk } from './ledger.ts'
import { numberedViews } from './shown.ts'

type Wish = Input<'entry.export'>['query']
type Taken = { id: string; me: Me; before: EntryId }
const AT_ONCE = 500

/**
 * Sends the entries asked for as a file, newest first: those that stood when it was asked for, page by page, each page read as this person
 * at that moment. The entry `ledger.exported` is on the disk before the first byte; how many went out is written after the last.
 * Where the session or the wall ends in between, so does the connection: what arrived cannot be taken for the whole.
 * @throws Refusal `streams.too_many`
 */
export async function exportEntries(ask: Ask, { query }: Input<'entry.export'>): Promise<FastifyReply | null> {
  const taken = await ask.act('ledger.exported', async ({ me }): Promise<ReturnType<typeof remembered<Taken>>> => {
    const id = uuidv7(now())
    return remembered({ object: id, details: detailsOf(query) }, { id, me, before: uuidv7(now()) as EntryId })
  })
  if (!taken) return null
  const { reply } = ask
  takeStream(taken.me.session, reply.raw)
  void reply
    .header('content-type', MEDIA[query.format])
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeRfc8187(`ledger ${instant().slice(0, 10)}.${query.format}`)}`)
    .header('content-security-policy', "default-src 'none'; sandbox")
  return reply.send(Readable.from(linesOf(ask, query, taken), { objectMode: false, highWaterMark: 256 * 1024 }))
}

/** What was asked for, by ids and words of the contract; an address as it was given. */
function detailsOf({ format, deed, ...filter }: Wish): Record<string, string> {
  const said = Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[NAMES[name] ?? name, String(value)]]))
  return { object: 'the ledger', format, ...Object.fromEntries(said), ...(deed && { deeds: deedsNamed(deed).join(' ') }) }
}
/** In details these words mean something else. */
const NAMES: Record<string, string> = {
  person: 'ofPerson',
  matter: 'ofMatter',
  from: 'since',
  to: 'before',
  address: 'fromAddress',
  proof: 'inState',
}

async function* linesOf(ask: Ask, query: Wish, { id, me, before }: Taken): AsyncGenerator<Buffer> {
  let sent = 0
  let whole = false
  try {
    if (headOf(query.format)) yield Buffer.from(headOf(query.format))
    for (let last: EntryId | null = before; last;) {
      const at: EntryId = last
      const entries = await ask
        .look(async (here) => numberedViews(here, await entriesAsked(here, { ...query, before: at }, AT_ONCE)))
        .catch((fault: unknown) => {
          throw fault instanceof Refusal ? new Error('the export was cut: the session ended', { cause: fault }) : fault
        })
      if (entries.length > 0) yield Buffer.from(entries.map((entry) => entryLine(query.format, entry)).join(''))
      sent += entries.length
      last = entries.length === AT_ONCE ? entries.at(-1)!.id : null
    }
    whole = true
  } finally {
    await record(ask, id, me, sent, whole).catch((fault: unknown) => ask.house.log.error('couldn’t record an export of the ledger', fault))
  }
}

/** The clerk writes it: a session that has ended can write nothing any more. */
const record = ({ house }: Ask, id: string, me: Me, entries: number, whole: boolean): Promise<void> =>
  house.clerk({ name: 'delivery' }, (db) =>
    rememberAsClerk(house, db, 'ledger.delivered', me.person, me.session, {
      object: id,
      details: { object: 'the ledger', entries, whole },
    }),
  )
