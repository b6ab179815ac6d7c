import type { Kind, NameForms, Word } from './name-forms.ts'
import { grown, hashOf, openPostings } from './postings.ts'
import { openTally } from './tally.ts'
import { openVocabulary } from './vocabulary.ts'
import { NO_VOWELS } from './word-likeness.ts'

const KINDS: Kind[] = ['person', 'organization', 'unknown']
const INITIAL = 1
const BARE = 2
const ID_BYTES = 16
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export type StoredName = {
  words: Word[]
  /** of `words` in the vocabulary */
  numbers: number[]
  kind: Kind
  legalForm: string | null
  isTurned: boolean
}
export type NameStore = ReturnType<typeof openNameStore>
type Form = Pick<NameForms, 'kind' | 'legalForm' | 'isTurned' | 'initials' | 'words'>

/**
 * Names by number, each with its words by number, in typed arrays. An id has a name for each form that its name says (née, formerly).
 * What is removed stays as a gap; `copyTo` leaves the gaps out.
 */
export function openNameStore() {
  const vocabulary = openVocabulary()
  const names = openPostings()
  const ids = openPostings()
  const domains = openPostings()
  const acronyms = openPostings()
  const forms: (string | null)[] = [null]
  let idBytes = new Uint8Array(1024 * ID_BYTES)
  let first = new Uint32Array(1024)
  let lengths = new Uint8Array(1024)
  let marks = new Uint8Array(1024)
  let legal = new Uint8Array(1024)
  let words = new Uint32Array(4096)
  let flags = new Uint8Array(4096)
  let joined = new Uint32Array(4096)
  let count = 0
  let used = 0
  let live = 0
  let gone = 0

  // marks: two bits of kind, then turned, then removed, then the id's first name
  const TURNED = 4
  const REMOVED = 8
  const HEAD = 16

  const makeRoom = (more: number): void => {
    if (count === lengths.length) {
      idBytes = grown(idBytes, idBytes.length * 2)
      first = grown(first, count * 2)
      lengths = grown(lengths, count * 2)
      marks = grown(marks, count * 2)
      legal = grown(legal, count * 2)
    }
    if (used + more > words.length) {
      words = grown(words, words.length * 2)
      flags = grown(flags, flags.length * 2)
      joined = grown(joined, joined.length * 2)
    }
  }
  const write = (id: Uint8Array, form: Form, isHead: boolean): number => {
    makeRoom(form.words.length)
    const name = count++
    idBytes.set(id, name * ID_BYTES)
    first[name] = used
    lengths[name] = form.words.length
    marks[name] = KINDS.indexOf(form.kind) | (form.isTurned ? TURNED : 0) | (isHead ? HEAD : 0)
    if (!forms.includes(form.legalForm)) forms.push(form.legalForm)
    legal[name] = forms.indexOf(form.legalForm)
    const posted = new Set<number>()
    for (const word of form.words) {
      const number = vocabulary.take(word.isBare ? `${NO_VOWELS}${word.text}` : word.text)
      if (!word.isInitial) posted.add(number)
      words[used] = number
      flags[used] = (word.isInitial ? INITIAL : 0) | (word.isBare ? BARE : 0)
      // 0 for none; numbers are kept one higher
      joined[used] = word.joined === null ? 0 : vocabulary.take(word.joined) + 1
      if (joined[used]! > 0) posted.add(joined[used]! - 1)
      used += 1
    }
    for (const number of posted) names.add(number, name)
    if (form.kind !== 'person' && form.initials.length > 2 && form.initials.length < 9) acronyms.add(hashOf(form.initials), name)
    return name
  }
  const headOf = (id: Uint8Array): number => {
    let head = -1
    ids.each(idKey(id, 0), (name) => {
      const isIt = id.every((byte, at) => idBytes[name * ID_BYTES + at] === byte)
      if (isIt && (marks[name]! & REMOVED) === 0) head = name
    })
    return head
  }
  const isLive = (name: number): boolean => (marks[name]! & REMOVED) === 0
  const initialsOf = (name: number): string => {
    let initials = ''
    for (let at = first[name]!; at < first[name]! + lengths[name]!; at += 1)
      initials += vocabulary.textOf(words[at]!).replace(NO_VOWELS, '')[0]!
    return initials
  }
  const listed = (postings: { each(key: number, visit: (name: number) => void): void }, key: number): number[] => {
    const found: number[] = []
    postings.each(key, (name) => void (isLive(name) && found.push(name)))
    return found
  }
  const nameOf = (name: number): StoredName => {
    const at = first[name]!
    const numbers = [...words.subarray(at, at + lengths[name]!)]
    return {
      numbers,
      words: numbers.map((number, place) => ({
        text: vocabulary.textOf(number).replace(NO_VOWELS, ''),
        joined: joined[at + place] === 0 ? null : vocabulary.textOf(joined[at + place]! - 1),
        isInitial: (flags[at + place]! & INITIAL) > 0,
        isBare: (flags[at + place]! & BARE) > 0,
      })),
      kind: KINDS[marks[name]! & 3]!,
      legalForm: forms[legal[name]!]!,
      isTurned: (marks[name]! & TURNED) > 0,
    }
  }
  const addAll = (id: Uint8Array, all: Form[], named: string[]): void => {
    const written = (all.length === 0 ? [NOTHING] : all).map((form, at) => write(id, form, at === 0))
    ids.add(idKey(id, 0), written[0]!)
    for (const domain of named) domains.add(vocabulary.take(`@${domain}`, false), written[0]!)
    live += 1
  }

  return {
    vocabulary,
    /** @throws RangeError when the id is no UUID */
    add: (id: string, all: Form[], named: string[]): void => addAll(bytesOf(id), all, named),
    remove(id: string): boolean {
      const head = headOf(bytesOf(id))
      if (head < 0) return false
      // an id's names stand one after the other
      for (let name = head; name < count && (name === head || (marks[name]! & HEAD) === 0); name += 1) marks[name]! |= REMOVED
      live -= 1
      gone += 1
      return true
    },
    nameOf,
    idOf: (name: number): string => textOfId(idBytes.subarray(name * ID_BYTES, (name + 1) * ID_BYTES)),
    count: (word: number): number => names.count(word),
    withDomain(domain: string): number[] {
      const number = vocabulary.numberOf(`@${domain}`)
      return number === null ? [] : listed(domains, number)
    },
    withInitials: (initials: string): number[] => listed(acronyms, hashOf(initials)).filter((name) => initialsOf(name) === initials),
    /** Names of this one word. */
    withWord(text: string): number[] {
      const number = vocabulary.numberOf(text)
      return number === null ? [] : listed(names, number).filter((name) => lengths[name] === 1 && (marks[name]! & 3) !== 0)
    },
    /** Words that are a word written otherwise: joined with its particle or with the next, or the halves of it. */
    otherWritings({ text, joined: own, isInitial }: Word, next: Word | null): number[] {
      const texts = [own, next === null ? null : text + next.text]
      if (!isInitial)
        for (let at = 2; at <= text.length - 2 && at < 40; at += 1) texts.push(...bothKnown(text.slice(0, at), text.slice(at)))
      return texts.flatMap((one) => (one === null ? [] : (vocabulary.numberOf(one) ?? [])))
    },
    openTally: () => openTally({ names, size: count, isLive, lengthOf: (name) => lengths[name]! }),
    copyTo(other: { add(id: string, all: Form[], named: string[]): void }): void {
      const domainsOf = new Map<number, string[]>()
      for (let word = 0; word < vocabulary.size(); word += 1) {
        const text = vocabulary.textOf(word)
        if (text.startsWith('@'))
          for (const name of listed(domains, word)) domainsOf.set(name, [...(domainsOf.get(name) ?? []), text.slice(1)])
      }
      for (let name = 0; name < count; name += 1) {
        if (!isLive(name) || (marks[name]! & HEAD) === 0) continue
        const all = [nameOf(name)]
        for (let next = name + 1; next < count && (marks[next]! & HEAD) === 0; next += 1) all.push(nameOf(next))
        other.add(
          textOfId(idBytes.subarray(name * ID_BYTES, (name + 1) * ID_BYTES)),
          all.map((one) => ({ ...one, initials: one.words.map(({ text }) => text[0]!).join('') })),
          domainsOf.get(name) ?? [],
        )
      }
    },
    size: (): number => live,
    gone: (): number => gone,
    bytes: (): number =>
      [idBytes, first, lengths, marks, legal, words, flags, joined].reduce((sum, array) => sum + array.byteLength, 0) +
      [names, ids, domains, acronyms, vocabulary].reduce((sum, part) => sum + part.bytes(), 0),
  }

  function bothKnown(start: string, end: string): string[] {
    return vocabulary.numberOf(start) !== null && vocabulary.numberOf(end) !== null ? [start.length >= end.length ? start : end] : []
  }
}

/** What no word of the name is left of keeps its place, so that its domains are found. */
const NOTHING: NameForms = { kind: 'unknown', words: [], isTurned: false, legalForm: null, initials: '' }

function bytesOf(id: string): Uint8Array {
  if (!UUID.test(id)) throw new RangeError('couldn’t index a name: its id is no UUID')
  return Buffer.from(id.replaceAll('-', ''), 'hex')
}
const textOfId = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
/** The end of a UUID is random in every version that has a time at its start. */
const idKey = (bytes: Uint8Array, at: number): number => Buffer.from(bytes.buffer, bytes.byteOffset + at, ID_BYTES).readUInt32BE(12)
