import type { Answer } from '../../platform/route.ts'
import type { PdfDocument } from '../../platform/pdf-document.ts'
import { METHOD, reachOf, techniqueOf } from './certificate.ts'

const LISTED = 2000

/** A certificate to be printed and signed by hand; the signed note stands in it word for word, where it is not too long. */
export function printed(firm: string, facts: Answer<'certificate.read'> & { note: string }): PdfDocument {
  const isWhole = facts.kind === 'matter.destroy'
  const rest = facts.items.length - LISTED
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
              : `${facts.emptying ? 'The trash of the matter, documents' : 'Documents of the matter'}: ${facts.documents}`,
          ],
          ...(facts.emptying?.stayed
            ? [['Stayed', `${facts.emptying.stayed}: held, asked for already, or taken out`] as [string, string]]
            : []),
          ['Client', facts.matter.client || 'named in the register'],
          ['Reason', facts.reason],
          ['Basis', facts.basis || 'none given'],
          ['Method', METHOD],
          ['Technique', techniqueOf(isWhole)],
          ['Asked by', `${facts.askedBy.name}, ${facts.askedAt}`],
          ['Approved by', `${facts.approvedBy!.name}, ${facts.approvedAt}`],
          ['Destroyed', facts.endedAt!],
          ['Issued', facts.certifiedAt!],
        ],
      },
      { kind: 'heading', level: 2, text: 'What was not reached' },
      { kind: 'list', items: reachOf(isWhole) },
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
      { kind: 'heading', level: 2, text: 'Signed certificate' },
      { kind: 'verbatim', text: facts.note.split('\n').slice(0, 60).join('\n') },
      { kind: 'blanks', labels: ['Validated by (another than who destroyed)', 'Date'] },
    ],
  }
}
