import { readDomain, shownDomain } from './domain.ts'
import { hostOf, isDotless } from './mail-hosts.ts'

/**
 * One e-mail address. `local`: what stands before the @, as it was written, in NFC, without the quotes that it may need. `domain`: A-labels
 * in small letters. `shown`: the address for a screen, its domain with its own letters where that is safe. `tag`: what follows the
 * first `+` of the local part (RFC 5233), null where there is none. `display`: the name before it, null where there is none.
 */
export type Address = { display: string | null; local: string; domain: string; shown: string; tag: string | null }

/** Octets (RFC 5321, 4.5.3.1.1 and 4.5.3.1.3 less the brackets). */
const LONGEST_LOCAL = 64
const LONGEST = 254
/** Characters of address and name together; more is no address. */
const LONGEST_RAW = 2000

/**
 * Reads one address: `fay@corvin.example`, `<…>`, or a name and `<…>` (RFC 5322, 3.4; RFC 5321, 4.1.2; RFC 6531 for letters beyond ASCII).
 * White space and invisible marks around it, which mail programs copy along, are left off. Null for anything else: comments within the
 * address, groups, source routes, IP literals, controls, an empty local part, two addresses. A name may hold what its writer left
 * unquoted, but no `;`, `:`, `<` or `>`, and no comma beside an @.
 */
export function readAddress(raw: string): Address | null {
  if (raw.length > LONGEST_RAW) return null
  const text = trimmed(raw)
  if (!text.endsWith('>')) return addressOf(null, text)
  const open = openingOf(text)
  const name = open < 0 ? null : readName(text.slice(0, open))
  return name && addressOf(name.display, text.slice(open + 1, -1))
}

/** The address as it stands in a header: `readAddress` gives the same address again. Whoever folds or encodes it does so afterwards. */
export const writtenAddress = ({ display, local, domain }: Address): string =>
  display === null ? `${quoted(local)}@${domain}` : `"${escaped(display)}" <${quoted(local)}@${domain}>`

/**
 * By which two addresses are one recipient for sending. RFC 5321, 2.4 leaves the meaning of the local part, its case included, to its host
 * alone: so it is compared as it was written, and the domain without case. In practice hosts do not tell cases apart: a difference
 * of case alone is told by `alikes` as the same mailbox, and the gate may let it pass; it never makes one recipient of two.
 */
export const exactKey = ({ local, domain }: Address): string => `${local}@${domain}`

/**
 * By which two writings are probably one mailbox: without case, in compatibility form (NFKC), without the tag, without dots where the host
 * documents that they do not count, under the host's first domain. For warnings only, a hint and never a proof: where a host
 * gives `+` no meaning, `fay+x` is another person than `fay`, so nothing that was verified for one address holds for the other.
 */
export function sameMailbox(address: Address): string {
  const host = hostOf(address.domain)
  const bare = baseOf(address).normalize('NFKC').toLowerCase()
  return `${(isDotless(host) && bare.replaceAll('.', '')) || bare}@${host}`
}

/** The local part without its tag. */
export const baseOf = ({ local, tag }: Address): string => (tag === null ? local : local.slice(0, local.length - tag.length - 1))

function trimmed(raw: string): string {
  let [at, end] = [0, raw.length]
  while (at < end && isAround(raw[at]!)) at += 1
  while (end > at && isAround(raw[end - 1]!)) end -= 1
  return raw.slice(at, end)
}
const isAround = (sign: string): boolean => /[\s\p{Cf}]/u.test(sign)

function addressOf(display: string | null, text: string): Address | null {
  const at = text.lastIndexOf('@')
  const local = at < 0 ? null : readLocal(text.slice(0, at))
  const domain = local === null ? null : readDomain(text.slice(at + 1))
  if (local === null || domain === null) return null
  const written = quoted(local)
  if (Buffer.byteLength(written) > LONGEST_LOCAL || Buffer.byteLength(written) + 1 + domain.length > LONGEST) return null
  const plus = local.indexOf('+')
  return { display, local, domain, shown: `${written}@${shownDomain(domain)}`, tag: plus < 1 ? null : local.slice(plus + 1) }
}

function readLocal(raw: string): string | null {
  const isQuoted = raw.length > 1 && raw.startsWith('"') && raw.endsWith('"')
  const local = (isQuoted ? unquoted(raw.slice(1, -1)) : raw)?.normalize('NFC')
  // what cannot be seen or does not exist is no part of an address that someone should recognize
  if (!local || /[\0-\x1f\x7f]|(?=[^ ])[\p{C}\p{Z}]/u.test(local)) return null
  return isQuoted || isDotAtom(local) ? local : null
}

const isDotAtom = (local: string): boolean =>
  local.split('.').every((atom) => /^[a-z0-9!#$%&'*+/=?^_`{|}~\-\x80-\u{10ffff}]+$/iu.test(atom))

/** The content of a quoted string, its backslashes resolved; null where a quote within it ends it early. */
function unquoted(content: string): string | null {
  const plain = content.replace(/\\([\x20-\x7e])/g, '')
  return /["\\]/.test(plain) ? null : content.replace(/\\([\x20-\x7e])/g, '$1')
}

const escaped = (text: string): string => text.replace(/["\\]/g, '\\$&')
const quoted = (local: string): string => (isDotAtom(local) ? local : `"${escaped(local)}"`)

/** Where the last part in angle brackets begins, outside of quotes; -1 where there is none. */
function openingOf(text: string): number {
  let isWithin = false
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\' && isWithin) at += 1
    else if (text[at] === '"') isWithin = !isWithin
    else if (text[at] === '<' && !isWithin) return at
  }
  return -1
}

/** A name as it is shown: quotes resolved, white space as single blanks, invisible marks and controls left out. Null where it is none. */
function readName(raw: string): { display: string | null } | null {
  let [name, bare, isWithin] = ['', '', false]
  for (let at = 0; at < raw.length; at += 1) {
    const sign = raw[at]!
    if (sign === '"') isWithin = !isWithin
    else if (sign === '\\' && isWithin) name += raw[(at += 1)] ?? ''
    else {
      name += sign
      if (!isWithin) bare += sign
    }
  }
  if (isWithin || /[;:<>]/.test(bare) || (bare.includes(',') && bare.includes('@'))) return null
  return { display: tidy(name) || null }
}

const tidy = (name: string): string =>
  name
    .replace(/[\s\p{Cc}\p{Z}]+/gu, ' ')
    .replace(/\p{C}/gu, '')
    .replace(/ +/g, ' ')
    .trim()
    .normalize('NFC')
