import { DEEDS, type Deed } from '../../contract/deeds.ts'
import type { EvidenceHead } from '../../core/evidence.ts'
import { LIMITS, subjectWords, wordsOf } from '../../core/evidence-claims.ts'
import { whyShut } from '../../core/evidence-words.ts'
import type { CheckedEntry } from '../../core/evidence-check.ts'
import type { Block, PdfDocument } from '../../platform/pdf-document.ts'

const LISTED = 2000

/** The bundle to read: what it shows, what it does not, how to check it, and its entries. */
export function reportOf(head: EvidenceHead, entries: readonly CheckedEntry[], proved: { checkpoint: string; size: number }): PdfDocument {
  const shown = entries.filter((entry) => entry.leaf !== null)
  const rest = shown.length - LISTED
  const claims = head.claims.map((claim) => wordsOf(head, claim))
  const why = whyShut(head, entries)
  const title = `Evidence: ${subjectWords(head)}`
  return {
    title,
    author: head.firm,
    language: 'en',
    madeAt: head.made,
    paper: 'A4',
    foot: `Evidence ${head.id}`,
    blocks: [
      { kind: 'title', above: head.firm, text: title, below: `Made ${readable(head.made)} by ${head.names[head.maker] ?? head.maker}` },
      {
        kind: 'facts',
        rows: [
          [
            'Period',
            `${head.period.from ? readable(head.period.from) : 'from the beginning'} to ${head.period.to ? readable(head.period.to) : 'its making'}`,
          ],
          [
            'Entries',
            `${shown.length} shown${entries.length > shown.length ? `, ${entries.length - shown.length} places not shown` : ''}, of ${proved.size} in the log`,
          ],
          ['Bundle', head.id],
          ['Log', head.log.origin],
          ...(head.witnesses.length > 0 ? [['Witnessed by', witnessNames(head)] satisfies [string, string]] : []),
        ],
      },
      { kind: 'heading', level: 2, text: 'What it shows' },
      { kind: 'list', items: ['Each entry stands in the log under the signed checkpoint below, as it was written.', ...claims] },
      ...(claims.length === 0 ? [{ kind: 'paragraph', text: 'It does not show that there are no others of its kind.' } as const] : []),
      { kind: 'heading', level: 2, text: 'What it does not show' },
      { kind: 'list', items: LIMITS },
      { kind: 'heading', level: 2, text: 'How to check it' },
      {
        kind: 'list',
        isNumbered: true,
        items: [
          'Get the firm’s verifier key from elsewhere, such as a letter or a witness, and compare it with the one below.',
          'Open verify.html in a browser. It needs no network. It is as true as where you have it from.',
          'Or use a program of your own: subrosa verify FILE, verify.py, or one made after the description of the format.',
        ],
      },
      { kind: 'heading', level: 3, text: 'Verifier key' },
      { kind: 'verbatim', text: head.log.vkey },
      { kind: 'heading', level: 3, text: 'Checkpoint' },
      { kind: 'verbatim', text: proved.checkpoint.trimEnd() },
      ...ends(head),
      { kind: 'heading', level: 2, text: 'Entries', isOnNewPage: true },
      {
        kind: 'table',
        head: ['Place', 'When (UTC)', 'Who', 'Did'],
        shares: [10, 20, 22, 48],
        rows: shown.slice(0, LISTED).map((entry) => lineOf(head, entry, why(entry, 'details'))),
      },
      ...(rest > 0 ? [{ kind: 'paragraph', text: `${rest} more stand in entries.jsonl.` } as const] : []),
    ],
  }
}

/** Whose cosignatures stand under the checkpoint; a verifier key begins with its name. */
const witnessNames = ({ witnesses }: EvidenceHead): string => witnesses.map((vkey) => vkey.split('+')[0]).join(', ')

const ends = (head: EvidenceHead): Block[] =>
  head.destroyed.map(({ matter, at }) => ({
    kind: 'paragraph',
    text: `The matter ${head.names[matter] ?? matter} was destroyed on ${readable(at)}. The details of its entries open no more; their proof holds.`,
  }))

function lineOf(head: EvidenceHead, { leaf, open }: CheckedEntry, shut: string | null): string[] {
  const actor = open.actor?.value
  const who =
    actor === undefined ? '(not shown)' : actor === '' ? (leaf!.via === 'clerk' ? 'Subrosa' : 'nobody yet') : (head.names[actor] ?? actor)
  const details = open.details ? (JSON.parse(open.details.value) as Record<string, unknown>) : null
  const object = typeof details?.object === 'string' ? details.object : ''
  const why = shut ? ` (details ${shut})` : ''
  return [String(leaf!.n + 1), readable(leaf!.at), who, `${DEEDS[leaf!.deed as Deed] ?? leaf!.deed} ${object}${why}`.trim()]
}

const readable = (instant: string) => `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`
