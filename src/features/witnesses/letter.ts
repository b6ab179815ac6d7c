import type { Letter } from '../../platform/mail.ts'

export type Published = {
  firm: string
  size: number
  /** The newest signed note. */ note: string
  /** The ledger's verifier key. */ key: string
  /** The newest that witnesses cosigned. */ witnessed: { size: number; note: string; by: { name: string; key: string }[] } | null
}

export const HOW_TO_CHECK = [
  'Keep this. It says that at its time the ledger held so many entries in one order. If entries are later rewritten, taken out or cut off, no ledger can be shown that this checkpoint is a part of: ask the firm for the proof that its newest checkpoint follows from this one.',
  'The signature verifies with the ledger’s key as c2sp.org/signed-note says; a witness’s line as c2sp.org/tlog-cosignature says. The key is to be had from the firm by another way as well.',
]

/** A checkpoint by mail: it names no client, no matter and no person. */
export function letterOf({ firm, size, note, key, witnessed }: Published): Letter {
  const parts = [
    `A checkpoint of the ledger of ${plain(firm)}, over ${size} entries:`,
    note.trimEnd(),
    `The ledger’s key: ${key}`,
    ...(witnessed
      ? [
          `The newest checkpoint that witnesses cosigned, over ${witnessed.size} entries:`,
          witnessed.note.trimEnd(),
          `The witnesses’ keys:\n${witnessed.by.map((one) => one.key).join('\n')}`,
        ]
      : ['No witness has cosigned this ledger.']),
    ...HOW_TO_CHECK,
  ]
  return { subject: `${plain(firm)}: checkpoint of the ledger, ${size} entries`, text: `${parts.join('\n\n')}\n` }
}

const plain = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ')
    .slice(0, 120)
