import { isPlain } from './skeleton.ts'
import { POSTS, TITLES } from './words.ts'

/**
 * A person's name in small letters without marks. `given` may be an initial. `isGlued`: written without anything between (`fmoore`,
 * `faymoore`), so that the first letter is taken for the initial and may be none.
 */
export type Name = { given: string; surname: string; isGlued: boolean }

const SHORTEST_GLUED = 4

/** The name that a local part says: `fay.moore`, `f_moore`, `moore.f`, `fmoore77`. Null for posts (`info`, `legal-team`) and for what is too short. */
export function nameOfLocal(local: string): Name | null {
  const parts = folded(local)
    .split(/[^\p{L}]+/u)
    .filter((part) => part !== '')
  if (parts.length === 0 || parts.some((part) => POSTS.has(part))) return null
  if (parts.length > 1) return nameOf(parts[0]!, parts.at(-1)!)
  const [word] = parts as [string]
  return word.length < SHORTEST_GLUED ? null : { given: word[0]!, surname: word.slice(1), isGlued: true }
}

/** The name that stands before an address: `Fay Moore`, `Moore, Fay`, `Dr. Fay Moore LL.M. (Corvin LLP)`. Null where it is not of two words. */
export function nameOfDisplay(display: string): Name | null {
  const plain = display.replace(/\([^()]*\)|\[[^[\]]*\]|@.*/g, ' ')
  const [first, second] = plain.split(',', 2).map(partsOf) as [string[], string[] | undefined]
  // what follows a comma is a given name, unless it is nothing but titles
  const parts = second && second.length > 0 ? [...second, ...first] : first
  if (parts.length < 2 || parts.some((part) => POSTS.has(part))) return null
  return nameOf(parts[0]!, parts.at(-1)!)
}

const partsOf = (text: string): string[] =>
  folded(text.replace(/['’.](?=\p{L})/gu, ''))
    .split(/[^\p{L}]+/u)
    .filter((part) => part !== '' && !TITLES.has(part))

/** `moore.f` is `f.moore`. */
function nameOf(one: string, other: string): Name | null {
  const [given, surname] = other.length === 1 && one.length > 1 ? [other, one] : [one, other]
  return surname.length < 2 ? null : { given, surname, isGlued: false }
}

const LETTERS: Record<string, string> = { ß: 'ss', ø: 'o', æ: 'a', œ: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' }

/** Without case and marks, and `ae`, `oe`, `ue` as the letters that they stand for: Müller, Mueller and Muller are one. */
const folded = (text: string): string => (isPlain(text) ? text.toLowerCase() : bare(text)).replace(/([aou])e/g, '$1')
const bare = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßøæœłđðþı]/g, (letter) => LETTERS[letter]!)

/** Whether two names are one person's as far as they say: by the whole name, or by an initial and the surname. */
export function sameName(one: Name, other: Name): 'name' | 'initial' | null {
  if (one.isGlued || other.isGlued) return sameGlued(one, other)
  return sameInOrder(one, other) ?? sameInOrder({ ...one, given: one.surname, surname: one.given }, other)
}

function sameInOrder(one: Name, other: Name): 'name' | 'initial' | null {
  if (one.surname !== other.surname || one.surname.length < 2) return null
  if (one.given === other.given) return one.given.length > 1 ? 'name' : 'initial'
  return (one.given.length === 1 || other.given.length === 1) && one.given[0] === other.given[0] ? 'initial' : null
}

function sameGlued(one: Name, other: Name): 'name' | 'initial' | null {
  const [glued, name] = one.isGlued ? [one, other] : [other, one]
  const word = glued.given + glued.surname
  if (name.isGlued) return word === name.given + name.surname ? 'initial' : null
  if (word === name.given + name.surname || word === name.surname + name.given) return name.given.length > 1 ? 'name' : 'initial'
  return word === name.given[0]! + name.surname || word === name.surname + name.given[0]! ? 'initial' : null
}

/** Initial and surname: by which names that may be one person's are kept. */
export const keyOf = ({ given, surname }: Name): string => `${given[0]!}.${surname}`

/** The first letter of the given name and two of the surname: what one types before autocompletion offers. */
export const beginningOf = ({ given, surname }: Name): string => given[0]! + surname.slice(0, 2)

/** Letters of a glued name at which its surname is looked for. */
const LONGEST_GLUED = 24

/** The keys under which a name that is the same may be kept, its own first. */
export function keysOf(name: Name): string[] {
  const keys = [keyOf(name)]
  const glued = (word: string): string => keyOf({ given: word[0]!, surname: word.slice(1), isGlued: true })
  const { given, surname } = name
  if (!name.isGlued) {
    keys.push(glued(given + surname), glued(surname + given), glued(surname + given[0]!))
    if (given.length > 1) keys.push(keyOf({ ...name, given: surname, surname: given }))
  } else {
    const word = given + surname
    for (let at = 1; at < Math.min(word.length, LONGEST_GLUED); at += 1)
      keys.push(`${word[0]!}.${word.slice(at)}`, `${word[at]!}.${word.slice(0, at)}`)
  }
  return [...new Set(keys)]
}
