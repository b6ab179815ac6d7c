import { CONFUSABLES } from './confusables.ts'

/** What looks the same in plain letters: by UTS #39 (`0`, `1`, `m`), and pairs and capitals that mail programs set alike (`I` and `l`). */
const PLAIN_ALIKE: Record<string, string> = { 0: 'o', 1: 'l', i: 'l', m: 'rn', w: 'vv', d: 'cl' }

/** A text without its marks, each letter as the plain one that it looks like: `corvín` as `corvin`. Digits and plain letters stay. */
export function plainLook(text: string): string {
  if (isPlain(text)) return text
  let look = ''
  for (const letter of text.normalize('NFD').replace(/\p{M}/gu, '')) look += CONFUSABLES.get(letter) ?? letter
  return look
}

/** Two texts in small letters with one skeleton cannot be told apart at a glance (UTS #39, 4). It is a key, not for showing. */
export const skeletonOf = (text: string): string => plainLook(text).replace(/[01imwd]/g, (letter) => PLAIN_ALIKE[letter]!)

export const isPlain = (text: string): boolean => /^[\0-\x7f]*$/.test(text)
