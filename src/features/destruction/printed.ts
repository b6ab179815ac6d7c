import type { Answer } from '../../platform/route.ts'
import type { PdfDocument } from '../../platform/pdf-document.ts'
import { METHOD, reachOf, techniqueOf } from './certificate.ts'

const LISTED = 2000
const MOST_LINES = 60

/** A certificate to be printed and signed by hand; the signed note stands in it word for word, where it is not too long. */
export function printed(firm: string, facts: Answer<'certificate.read'> & { note: string }): PdfDocument {
  const isWhole = facts.kind === 'matter.destroy'
  const rest = facts.items.length - LISTED
  const lines = facts.note.trimEnd().split('\n')
  return {
    title: `Certificate of destruction ${facts.number}`,
    author: firm,
    language: 'en',
    madeAt: facts.certifiedAt!,
    paper: 'A4',
    foot: `Certificate of destruction ${facts.number}`,
    blocks: [
      {
        kind: 'title',
        above: firm,
        text: `Certificate of destruction ${facts.number}`,
        below: `${facts.matter.number} ${facts.matter.title}`.trim(),
      },
      {
        kind: 'facts',
        rows: [
          [
            'What',
            isWhole
              ? 'The matter with all its documents'
              : `${counted(facts.documents)} ${facts.emptying ? 'of the trash ' : ''}of the matter`,
          ],
          ...(facts.emptying?.stayed
            ? [['Stayed', `${facts.emptying.stayed}: held, asked for already, or taken out`] as [string, string]]
            : []),
          ['Client', facts.matter.client || 'named in the register'],
          ['Reason', facts.reason],
          ['Basis', facts.basis || 'none given'],
          ['Method', METHOD],
          ['Technique', techniqueOf(isWhole)],
          ['Asked by', `${facts.askedBy.name}, ${read(facts.askedAt)}`],
          ['Approved by', `${facts.approvedBy!.name}, ${read(facts.approvedAt!)}`],
          ['Destroyed', read(facts.endedAt!)],
          ['Issued', read(facts.certifiedAt!)],
        ],
      },
      { kind: 'heading', level: 2, text: 'What was not reached' },
      { kind: 'list', items: reachOf(isWhole) },
      { kind: 'blanks', labels: ['Validated by someone other than those two', 'Date'] },
      { kind: 'heading', level: 2, text: 'Items' },
      facts.items.length === 0
        ? { kind: 'paragraph', text: 'The matter held no document.' }
        : {
            kind: 'table',
            head: ['Document', 'Versions', 'Bytes'],
            shares: [64, 16, 20],
            rows: facts.items
              .slice(0, LISTED)
              .map((item) => [item.name ? `${item.name} (${item.id})` : item.id, String(item.versions), String(item.bytes)]),
          },
      ...(rest > 0 ? [{ kind: 'paragraph', text: `${rest} more stand in the signed certificate.` } as const] : []),
      // the signature stands on the page of what it signs
      { kind: 'heading', level: 2, text: 'Signed certificate', isOnNewPage: true },
      { kind: 'verbatim', text: lines.slice(0, MOST_LINES).join('\n') },
      ...(lines.length > MOST_LINES
        ? [{ kind: 'paragraph', text: `${lines.length - MOST_LINES} more lines, with the signature, are kept in Subrosa.` } as const]
        : []),
    ],
  }
}
const counted = (documents: number) => `${documents} ${documents === 1 ? 'document' : 'documents'}`
/** To the second; the signed certificate has the rest. */
const read = (instant: string) => `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`
