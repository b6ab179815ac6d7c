import { readAddress, type Address } from './address.ts'

/** A part of what was pasted, from `at` up to and without `end`, in UTF-16 units. */
type Place = { at: number; end: number }
export type ReadList = { read: (Place & { address: Address })[]; unread: (Place & { text: string })[] }

/**
 * Reads a pasted list of addresses, parted by commas, semicolons and line breaks outside of quotes and angle brackets. A surname before
 * its comma belongs to the name (`Moore, Fay <fay@corvin.example>`), and so does the line before a folded one (RFC 5322, 2.2.3). What could not
 * be read is given back as it stands, in order, with its place; nothing is left out silently, and nothing is taken for the same.
 */
export function readAddresses(raw: string): ReadList {
  const list: ReadList = { read: [], unread: [] }
  let held: Piece | null = null
  for (const piece of piecesOf(raw)) {
    const joined: Address | null = held && piece.isAngled && isNameOnly(raw, held) ? readAddress(raw.slice(held.at, piece.end)) : null
    const address = joined ?? readAddress(raw.slice(piece.at, piece.end))
    if (held && !joined) list.unread.push(unreadAt(raw, held))
    const at = joined ? held!.at : piece.at
    held = null
    if (address) list.read.push({ address, at, end: piece.end })
    else if (piece.isSoft) held = piece
    else list.unread.push(unreadAt(raw, piece))
  }
  if (held) list.unread.push(unreadAt(raw, held))
  return list
}

/** `isSoft`: what follows may still belong to it. `isAngled`: it holds an angle bracket. */
type Piece = Place & { isSoft: boolean; isAngled: boolean }

/** So long a name may be that stands before a comma. */
const LONGEST_NAME = 200

const isNameOnly = (raw: string, { at, end }: Place): boolean => end - at <= LONGEST_NAME && !raw.slice(at, end).includes('@')
const unreadAt = (raw: string, { at, end }: Place): Place & { text: string } => ({ text: raw.slice(at, end), at, end })

/** The parts that are not blank, without the white space around them. */
function* piecesOf(raw: string): Generator<Piece> {
  let [from, isQuoted, isAngled, wasAngled] = [0, false, false, false]
  for (let at = 0; at <= raw.length; at += 1) {
    const sign = raw[at]
    const isBreak = sign === '\n' || sign === '\r' || sign === undefined
    if (isQuoted && sign === '\\') at += isLineEnd(raw[at + 1]) ? 0 : 1
    else if (sign === '"') isQuoted = !isQuoted && opensQuote(raw, from, at)
    else if (sign === '<' && !isQuoted) isAngled = wasAngled = true
    else if (sign === '>' && !isQuoted) isAngled = false
    else if (isBreak || ((sign === ',' || sign === ';') && !isQuoted && !isAngled)) {
      const place = trimmed(raw, from, at)
      if (place) yield { ...place, isSoft: sign === ',' || (isBreak && isFolded(raw, at)), isAngled: wasAngled }
      from = at + 1
      // no quote and no bracket goes beyond its line: one that was never closed costs no more than that
      isQuoted = isAngled = wasAngled = false
    }
  }
}

const isLineEnd = (sign: string | undefined): boolean => sign === undefined || sign === '\n' || sign === '\r'
/** A quote within a word (5" or O"Brien) opens nothing. */
const opensQuote = (raw: string, from: number, at: number): boolean => at === from || !/[\p{L}\p{N}]/u.test(raw[at - 1]!)
const isFolded = (raw: string, at: number): boolean => /[ \t]/.test(raw[raw[at] === '\r' && raw[at + 1] === '\n' ? at + 2 : at + 1] ?? '')

function trimmed(raw: string, from: number, to: number): Place | null {
  let [at, end] = [from, to]
  while (at < end && /\s/.test(raw[at]!)) at += 1
  while (end > at && /\s/.test(raw[end - 1]!)) end -= 1
  return at === end ? null : { at, end }
}
