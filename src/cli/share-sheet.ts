import { rowsOf, type Share } from '../core/share.ts'
import type { PdfDocument } from '../platform/pdf-document.ts'
import { safe } from './terminal.ts'

/** `name`: who keeps it. `data`: the firm's data folder, by which it is known before anyone has signed in. `printedAt`: RFC 3339. */
export type ShareSheet = { share: Share; name: string; data: string; printedAt: string }

/** A custodian's sheet as plain text; `shareOf` (src/core/share.ts) reads it back. It holds one share and no other secret. */
export const shareText = ({ share, name, data, printedAt }: ShareSheet): string => `RECOVERY SHARE ${share.index} OF ${share.of}
of the root key of the firm in ${safe(data)}

Kept by: ${safe(name)}

${rows(share)}

  Set: ${share.set}
  Root key: ${share.rootKey}
  Printed: ${printedAt}

Any ${share.need} of the ${share.of} shares of this set together are the firm's root key; fewer say
nothing about it. Keep this sheet locked away, apart from the other shares, from
the server and from every backup. It is void once the root key is replaced.

To put the root key back, ${share.need} custodians come together and run:

  ${COMMAND}

where each FILE is the text of one sheet, or its six numbered rows typed from it.
The use of shares is told to all custodians of the set.
`

/** The same, to be printed. The rows stand letter for letter as they are typed. */
export const sharePdf = ({ share, name, data, printedAt }: ShareSheet): PdfDocument => ({
  title: `Recovery share ${share.index} of ${share.of}, set ${share.set}`,
  author: '',
  language: 'en',
  madeAt: printedAt,
  paper: 'A4',
  foot: `Recovery share ${share.index} of ${share.of}, set ${share.set}`,
  blocks: [
    {
      kind: 'title',
      above: `The firm in ${safe(data)}`,
      text: `Recovery share ${share.index} of ${share.of}`,
      below: `Kept by ${safe(name)}`,
    },
    { kind: 'verbatim', text: rows(share), isLarge: true },
    {
      kind: 'facts',
      rows: [
        ['Set, root key', `${share.set}, ${share.rootKey}`],
        ['Printed', printedAt],
      ],
    },
    {
      kind: 'paragraph',
      text: `Any ${share.need} of the ${share.of} shares of this set together are the firm’s root key; fewer say nothing about it.`,
    },
    {
      kind: 'list',
      items: [
        'Keep this sheet locked away, apart from the other shares, from the server and from every backup.',
        'Never take a picture of it, and never type it anywhere but at the recovery. The file that it was printed from is to be deleted.',
        'Say in Subrosa, under My account, that you have it.',
        'It is void once the root key is replaced.',
      ],
    },
    { kind: 'heading', level: 2, text: 'To put the root key back' },
    {
      kind: 'list',
      isNumbered: true,
      items: [
        `${share.need} custodians come together at the server, each with the sheet.`,
        'The six numbered rows of each sheet are typed into a file. The last group of a row is a check: a row that was mistyped is named.',
        'This is run, with one file for each share; then the files are deleted:',
      ],
    },
    { kind: 'verbatim', text: COMMAND },
    { kind: 'paragraph', tone: 'quiet', text: 'The use of shares is told to all custodians of the set.' },
  ],
})

const COMMAND = 'subrosa key recover --share FILE --share FILE …'
const rows = (share: Share): string =>
  rowsOf(share)
    .map((row, at) => `  ${at + 1}  ${row}`)
    .join('\n')
