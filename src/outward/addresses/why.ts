import type { Address } from './address.ts'
import type { Layout } from './keyboards.ts'

/** In which way one writing is a slip of the other: of a known `corvin`, `corvni` is transposed, `corviin` doubled, `covin` dropped. */
export type Slip = 'neighbour-key' | 'transposed' | 'doubled' | 'dropped' | 'added' | 'changed'

/**
 * Why a known address comes to mind. `same-mailbox`: written otherwise (`form`: other letters of one compatibility form; `host`: another
 * domain of the same host). `homoglyph`: it looks the same. `slip`: one keystroke away, on `layouts` where a key's neighbour was struck; `slips`:
 * two. `ending`, `hyphen`, `word`: the same name under another ending, with or without hyphens, with a word more. `inside`: the known name
 * stands as a subdomain of another's domain. `same-name`: the same person by name at another domain, by the whole name or by initial and
 * surname. `begins-alike`: what autocompletion offers side by side. `free-mail-name`: a new address at a free mail host with a
 * known person's name. `display-address`, `display-name`: the name before the address says another address, or someone known at another one.
 */
export type Why =
  | { how: 'same-mailbox'; by: ('case' | 'tag' | 'dots' | 'form' | 'host')[] }
  | { how: 'homoglyph'; in: Part }
  | { how: 'slip'; in: Part; slip: Slip; layouts: Layout[] }
  | { how: 'slips'; in: 'domain' }
  | { how: 'ending' | 'hyphen' | 'inside' }
  | { how: 'word'; words: string[] }
  | { how: 'same-name' | 'free-mail-name'; by: 'name' | 'initial' }
  | { how: 'begins-alike' | 'display-address' | 'display-name' }
type Part = 'domain' | 'local'

/** The two strings that differ, from `at` (UTF-16 units, the same in both) in `here` of the asked and `there` of the known one. */
export type Differs = { of: Part | 'address' | 'display'; asked: string; known: string; at: number; here: string; there: string }

/** `known` is none of the firm's, and `holders` is empty, only where a display name says an address that nobody knows. */
export type Alike = { known: Address; holders: string[]; why: Why; differs: Differs }

/** The gravest first. */
const GRAVITY: Why['how'][] = [
  'same-mailbox',
  'display-address',
  'homoglyph',
  'slip',
  'hyphen',
  'ending',
  'inside',
  'word',
  'slips',
  'display-name',
  'free-mail-name',
  'same-name',
  'begins-alike',
]
/** Less is graver. What looks alike in the domain is graver than in the local part; a whole name than an initial. */
export const rankOf = (why: Why): number =>
  GRAVITY.indexOf(why.how) * 2 + (('in' in why && why.in === 'local') || ('by' in why && why.by === 'initial') ? 1 : 0)

/** Where two strings differ: what is left when their common beginning and ending are taken away; no letter is cut in two. */
export function differsIn(of: Differs['of'], asked: string, known: string): Differs {
  let [at, least] = [0, Math.min(asked.length, known.length)]
  while (at < least && asked[at] === known[at]) at += 1
  if (isHalf(asked, at) || isHalf(known, at)) at -= 1
  let same = 0
  least -= at
  while (same < least && asked[asked.length - 1 - same] === known[known.length - 1 - same]) same += 1
  if (isHalf(asked, asked.length - same) || isHalf(known, known.length - same)) same -= 1
  return { of, asked, known, at, here: asked.slice(at, asked.length - same), there: known.slice(at, known.length - same) }
}

/** Whether a letter of two units is cut here. */
const isHalf = (text: string, at: number): boolean => /[\ud800-\udbff]/.test(text[at - 1] ?? '') && /[\udc00-\udfff]/.test(text[at] ?? '')
