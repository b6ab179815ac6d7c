import type { FastifyReply } from 'fastify'
import { iso, now } from '../../platform/clock.ts'
import { makePdf, PdfBusy } from '../../platform/pdf.ts'
import { PdfTooLong } from '../../platform/pdf-document.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Ask, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { firmText } from '../keys/firm-words.ts'
import { logAt } from '../ledger/epochs.ts'
import { lastCheckpoint, positionsOf } from '../ledger/queries.ts'
import { firmNameOf } from '../sign-in/links.ts'
import { dueDates, endOf } from './due.ts'
import { matterNames, type MatterName } from './names.ts'
import type { PackEntry, PackFacts } from './pack-facts.ts'
import { packOf } from './pack.ts'
import { acknowledgementsOf, certificationsOf, seenOf } from './page.ts'
import { opened, type SeenRow } from './seen.ts'
import { triesOf } from './tries.ts'
import { rowOf, wordsOf, type WallRow } from './views.ts'

/** The screening pack, an act of its own; over the screen's whole time unless a period is given. */
export async function pack(ask: Ask, { params, query }: Input<'wall.pack'>): Promise<FastifyReply | null> {
  const firm = await firmNameOf(ask.house)
  const facts = await ask.act('wall.packed', async (here) => {
    const row = await rowOf(here, params.wall)
    if (!row) return null
    const from = query.from ? new Date(query.from) : row.starts_at
    const to = query.to ? new Date(query.to) : new Date(Math.max(from.getTime(), Math.min(now(), endOf(row)?.getTime() ?? now())))
    if (to < from) throw new Refusal('input.invalid', { fields: { to: 'A period ends after it begins.' } })
    return remembered({ object: row.id, details: { from: iso(from), to: iso(to) } }, await factsOf(here, firm, row, from, to))
  })
  if (!facts) return null
  const pdf = await makePdf(packOf(facts)).catch((fault: unknown) => {
    if (fault instanceof PdfTooLong || fault instanceof PdfBusy) throw new Refusal('pack.unprinted', { text: fault.message, cause: fault })
    throw fault
  })
  return ask.reply
    .code(200)
    .header('content-type', 'application/pdf')
    .header('content-length', pdf.length)
    .header('content-disposition', 'attachment; filename="screening-pack.pdf"')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .send(pdf)
}

async function factsOf(here: Here, firm: string, row: WallRow, from: Date, to: Date): Promise<PackFacts> {
  const words = wordsOf(here, row)
  const places = await here.db.rows<{ matter: string; side: string }>('select matter, side from hidden.matters_of_wall($1)', [row.id])
  const names = await matterNames(
    here,
    places.map((place) => place.matter),
  )
  const matters = [...names.values()]
  const people = await here.db.rows<{ id: string; sealed_name: Buffer; roles: string[] }>('select * from hidden.people_of_wall($1)', [
    row.id,
  ])
  const nameOf = new Map(people.map((one) => [one.id, firmText(here.house.keys, 'people', 'sealed_name', one.id, one.sealed_name)]))
  const seen = await opened(here, seenOf(here.house, row))
  const positions = await positionsOf(
    here.db,
    seen.map((one) => one.entry),
  )
  const certifications = await certificationsOf(here, row.id)
  const due = dueDates(row)
  const checkpoint = await lastCheckpoint(here.db)
  const log = checkpoint && (await logAt(here.db, checkpoint.size))
  const title = (id: string) => names.get(id)?.number ?? ''
  return {
    firm,
    madeAt: iso(new Date(now())),
    screen: {
      id: row.id,
      kind: row.rule,
      trigger: words.trigger,
      needKnownAt: iso(row.need_known_at),
      startsAt: iso(row.starts_at),
      endsAt: endOf(row) && iso(endOf(row)!),
      endReason: null,
      isLate: seen.length > 0,
      firstAccessAt: seen.at(-1)?.at ?? null,
      addressee: clientsOf(matters),
      information: words.information,
      procedures: words.procedures,
      fee: words.fee,
    },
    matters: matters.map(({ number, title, client }) => ({ number, title, client })),
    screened: people.map((one) => ({ name: nameOf.get(one.id)!, role: one.roles.join(', ') })),
    memorandum: {
      text: words.memorandum,
      asked: (await acknowledgementsOf(here, row.id)).map((one) => ({
        name: one.person.name,
        as: one.as,
        askedAt: one.askedAt,
        acknowledgedAt: one.acknowledgedAt,
      })),
    },
    earlier: {
      count: seen.length,
      listed: seen.slice(0, 2000).map((one): PackEntry => ({
        at: one.at,
        person: one.person.name,
        deed: one.deed,
        matter: title(one.matter),
        document: one.object,
        entry: positionOf(positions, one.entry),
        proof: positions.has(one.entry) ? 'in the tree' : 'recorded',
      })),
    },
    certifications: {
      due: due.map((one) => ({ at: iso(one.at), isFinal: one.isFinal })),
      given: certifications.map((one) => ({ ...one, attempts: one.attempts ?? 0, name: one.person.name })),
      overdue: due
        .filter((one) => one.at.getTime() < now())
        .filter((one) => !certifications.some((given) => given.capacity === 'partner' && Date.parse(given.to) >= one.at.getTime()))
        .map((one) => ({ at: iso(one.at), name: null, capacity: 'partner' as const })),
    },
    ledger: await proofOf(here, {
      wall: row.id,
      from,
      to,
      people: [...nameOf.values()],
      title,
      matters,
      checkpoint: checkpoint?.note ?? '',
      key: log?.vkey ?? '',
    }),
  }
}

type Over = {
  wall: string
  from: Date
  to: Date
  people: string[]
  title(id: string): string
  matters: MatterName[]
  checkpoint: string
  key: string
}
/** No entry of those persons on those matters between two moments; and where there is one, which. */
async function proofOf(here: Here, { wall, from, to, people, title, matters, checkpoint, key }: Over): Promise<PackFacts['ledger']> {
  const rows = await here.db.rows<SeenRow & { n: number | null }>('select * from hidden.entries_behind($1, $2, $3)', [wall, from, to])
  const views = await opened(
    here,
    rows.map((row) => ({ ...row, object: null })),
  )
  const tries = await triesOf(here, wall, from, to)
  const tried = await positionsOf(
    here.db,
    tries.map((one) => one.entry),
  )
  const span = await here.db.row<{ first_n: number | null; first_at: Date; last_n: number; last_at: Date }>(
    'select * from hidden.span_of($1, $2)',
    [from, to],
  )
  return {
    from: iso(from),
    to: iso(to),
    persons: people,
    matters: matters.map((one) => one.number),
    found: {
      count: rows.length,
      listed: views.map((one, at): PackEntry => {
        const n = rows[at]!.n
        return {
          at: one.at,
          person: one.person.name,
          deed: one.deed,
          matter: title(one.matter),
          document: one.object,
          entry: n === null ? null : n + 1,
          proof: n === null ? 'recorded' : 'in the tree',
        }
      }),
    },
    refused: {
      count: tries.length,
      listed: tries.map((one) => ({ at: one.at, person: one.person.name, what: one.call, entry: positionOf(tried, one.entry) })),
    },
    examined:
      span && span.first_n !== null
        ? { first: { position: span.first_n + 1, at: iso(span.first_at) }, last: { position: span.last_n + 1, at: iso(span.last_at) } }
        : null,
    checkpoint,
    logKey: key,
  }
}

const positionOf = (positions: Map<string, number>, entry: string): number | null => {
  const n = positions.get(entry)
  return n === undefined ? null : n + 1
}
const clientsOf = (matters: MatterName[]): string | null => {
  const clients = [...new Set(matters.map((one) => one.client))]
  return clients.length === 1 ? clients[0]! : null
}
