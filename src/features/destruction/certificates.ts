import type { FastifyReply } from 'fastify'
import type { DestructionView } from '../../contract/destruction.ts'
import type { DestructionId, DocumentId, MatterId, PersonId } from '../../contract/ids.ts'
import { iso } from '../../platform/clock.ts'
import { makePdf, PdfBusy } from '../../platform/pdf.ts'
import { PdfTooLong } from '../../platform/pdf-document.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Ask, Here, Input } from '../../platform/route.ts'
import { firmText } from '../keys/firm-words.ts'
import { keysWhereHeld } from '../keys/matter-keys.ts'
import { matterText } from '../keys/matter-words.ts'
import { firmNameOf } from '../sign-in/links.ts'
import { openEnded } from './certificate.ts'
import { namer } from './named.ts'
import { printed } from './printed.ts'

type Row = {
  id: DestructionId
  kind: DestructionView['kind']
  matter_id: MatterId
  state: DestructionView['state']
  number: number | null
  sealed_words: Buffer
  sealed_names: Buffer | null
  sealed_items: Buffer | null
  sealed_note: Buffer | null
  asked_by: PersonId
  asked_at: Date
  approved_by: PersonId | null
  approved_at: Date | null
  ended_at: Date | null
  certified_at: Date | null
  documents: number
  emptying: boolean
  stayed: number
}
const ROW = `select d.*, (select count(*) from app.destruction_items i where i.destruction_id = d.id) as documents,
    case when d.state = 'asked' and not exists (
      select from app.confirmations c where c.destruction_id = d.id and c.state = 'waiting' and c.ends_at > now()) then 'lapsed' else d.state end as state
  from app.destructions d`

/** Those that this person may know of, newest first, the last 500. */
export async function list(here: Here, { query }: Input<'certificate.list'>): Promise<Answer<'certificate.list'>> {
  const rows = await here.db.rows<Row>(`${ROW} where $1::uuid is null or d.matter_id = $1 order by d.id desc limit 500`, [
    query.matter ?? null,
  ])
  return { destructions: await viewsOf(here, rows) }
}

export async function read(here: Here, { params }: Input<'certificate.read'>): Promise<Answer<'certificate.read'> | null> {
  const { house, db } = here
  const row = await db.row<Row>(`${ROW} where d.id = $1`, [params.destruction])
  if (!row) return null
  const [view] = await viewsOf(here, [row])
  const ended = row.sealed_items && openEnded(house, row.id, row.sealed_items)
  const ids = await db.rows<{ id: DocumentId }>(
    'select document_id as id from app.destruction_items where destruction_id = $1 order by document_id',
    [row.id],
  )
  const keys = row.sealed_names && (await keysWhereHeld(house, db, row.matter_id))
  const names = keys
    ? (JSON.parse(matterText(keys, 'destructions', 'sealed_names', row.id, row.sealed_names!)) as Record<string, string>)
    : {}
  const items = ended?.items ?? ids.map(({ id }) => ({ id, versions: 0, bytes: 0 }))
  return {
    ...view!,
    note: row.sealed_note && firmText(house.keys, 'destructions', 'sealed_note', row.id, row.sealed_note),
    items: items.map((item) => ({ ...item, name: names[item.id] ?? null })),
  }
}

/** The certificate on paper. @throws Refusal `pack.unprinted` */
export async function print(ask: Ask, { params }: Input<'certificate.print'>): Promise<FastifyReply | null> {
  const found = await ask.look((here) => read(here, { params, query: undefined as never, body: undefined as never }))
  if (!found?.note) return null
  const firm = await firmNameOf(ask.house)
  const pdf = await makePdf(printed(firm, { ...found, note: found.note })).catch((fault: unknown) => {
    if (fault instanceof PdfTooLong || fault instanceof PdfBusy)
      throw new Refusal('pack.unprinted', { text: 'The certificate could not be printed now.', cause: fault })
    throw fault
  })
  return ask.reply
    .code(200)
    .header('content-type', 'application/pdf')
    .header('content-length', pdf.length)
    .header('content-disposition', `attachment; filename="certificate-${found.number}.pdf"`)
    .header('content-security-policy', "default-src 'none'; sandbox")
    .send(pdf)
}

async function viewsOf(here: Here, rows: Row[]): Promise<DestructionView[]> {
  const { person, matter } = await namer(
    here,
    rows.flatMap((row) => [row.asked_by, row.approved_by ?? []].flat()),
    rows.map((row) => row.matter_id),
  )
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    // its own people know it by the certificate once it is gone
    matter: matter(row.matter_id),
    state: row.state,
    documents: row.documents,
    emptying: row.emptying ? { stayed: row.stayed } : null,
    number: row.number,
    ...(JSON.parse(firmText(here.house.keys, 'destructions', 'sealed_words', row.id, row.sealed_words)) as {
      reason: string
      basis: string
    }),
    askedBy: person(row.asked_by),
    askedAt: iso(row.asked_at),
    approvedBy: row.approved_by && person(row.approved_by),
    approvedAt: row.approved_at && iso(row.approved_at),
    endedAt: row.ended_at && iso(row.ended_at),
    certifiedAt: row.certified_at && iso(row.certified_at),
  }))
}
