import type { FastifyReply } from 'fastify'
import { instant } from '../../platform/clock.ts'
import { makePdf, PdfBusy } from '../../platform/pdf.ts'
import type { Block, PdfDocument } from '../../platform/pdf-document.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Ask } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { witnessed } from '../ledger/cosigned.ts'
import { logAt } from '../ledger/epochs.ts'
import { lastCheckpoint } from '../ledger/queries.ts'
import { firmNameOf } from '../sign-in/links.ts'
import { HOW_TO_CHECK, type Published } from './letter.ts'

/** The newest checkpoint on paper, an act of its own. */
export async function print(ask: Ask): Promise<FastifyReply | null> {
  const firm = await firmNameOf(ask.house)
  const found = await ask.act('checkpoint.printed', async ({ db }) => {
    const latest = await lastCheckpoint(db)
    const log = latest && (await logAt(db, latest.size))
    if (!latest || !log) return null
    const facts: Published = { firm, size: latest.size, note: latest.note, key: log.vkey, witnessed: await witnessed(db) }
    return remembered({ details: { entries: latest.size } }, facts)
  })
  if (!found) return null
  const pdf = await makePdf(sheetOf(found, instant())).catch((fault: unknown) => {
    if (fault instanceof PdfBusy) throw new Refusal('pack.unprinted', { text: fault.message, cause: fault })
    throw fault
  })
  return ask.reply
    .code(200)
    .header('content-type', 'application/pdf')
    .header('content-length', pdf.length)
    .header('content-disposition', 'attachment; filename="checkpoint.pdf"')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .send(pdf)
}

export function sheetOf({ firm, size, note, key, witnessed: cosigned }: Published, madeAt: string): PdfDocument {
  const title = `Checkpoint of the ledger, ${size} entries`
  const blocks: Block[] = [
    { kind: 'title', above: firm, text: title },
    { kind: 'heading', level: 2, text: 'The newest checkpoint' },
    { kind: 'verbatim', text: note },
    { kind: 'facts', rows: [['Key of the ledger', key]] },
    { kind: 'heading', level: 2, text: 'Witnesses' },
    ...(cosigned
      ? ([
          { kind: 'paragraph', text: `The newest checkpoint that witnesses cosigned is over ${cosigned.size} entries.` },
          { kind: 'verbatim', text: cosigned.note },
          { kind: 'facts', rows: cosigned.by.map((one): [string, string] => [one.name, one.key]) },
        ] satisfies Block[])
      : ([{ kind: 'paragraph', text: 'No witness has cosigned this ledger.' }] satisfies Block[])),
    { kind: 'heading', level: 2, text: 'How to check it' },
    ...HOW_TO_CHECK.map((text): Block => ({ kind: 'paragraph', text })),
  ]
  return { title, author: firm, language: 'en', madeAt, paper: 'A4', foot: `${firm}: checkpoint of the ledger`, blocks }
}
