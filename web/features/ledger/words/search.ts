import type { EntryView } from '../../../../src/contract/ledger.ts'
import { CLASSES } from '../../../../src/contract/words.ts'
import { counted } from '../../../lib/format.ts'
import { capital, listed } from '../../people/words.ts'
import { KINDS, ORDERS } from '../../search/words.ts'
import { type Detail, plainly, type Words } from './worded.ts'

const SEARCHES = /^(search\.|passages\.)/
export const isSearch = ({ deed }: EntryView) => SEARCHES.test(deed)
/** Whose words are what it was done to: `searched for “outfall 3”`. */
export const isOfWords = ({ deed }: EntryView) => deed === 'search.made' || deed === 'search.exported'
/** As many characters of a search as a line of the ledger says. */
const MOST = 200

export function quoted(words: Detail): string {
  const all = [...String(words).replace(/\s+/g, ' ').trim()]
  return `“${all.slice(0, MOST).join('')}${all.length > MOST ? ' …' : ''}”`
}

/** Of searches and of the index. */
export const SEARCH_WORDS: Words = {
  passages: (n) => counted(Number(n), 'passage'),
  results: (n) => (Number(n) === 0 ? 'nothing found' : `${counted(Number(n), 'document')} found`),
  order: (order, entry) =>
    entry.deed !== 'search.made'
      ? plainly('order')(order, entry)
      : order === 'best' // as it comes
        ? ''
        : String(ORDERS[order as keyof typeof ORDERS] ?? order).toLowerCase(),
  narrowed: (narrowed) => `narrowed to ${narrowedTo(String(narrowed))}`,
  told: (told) => (told === true ? 'to be told of what is new' : 'not to be told of what is new'),
  left: (left) => `${counted(Number(left), 'piece')} of work`,
}

/** What of each list of `matters … ; types …`, the ids of matters and clients as how many. People come last: a name may hold any sign. */
function narrowedTo(text: string): string {
  const at = text.search(/(^|; )people /)
  const lists = (at < 0 ? text : text.slice(0, at)).split('; ').filter(Boolean)
  const people = at < 0 ? [] : [`what is by ${text.slice(at).replace(/^(; )?people /, '')}`]
  return listed([...lists.flatMap(listOf), ...people])
}
function listOf(list: string): string[] {
  const [name, ...rest] = list.split(' ')
  const values = rest.join(' ').split(', ')
  if (name === 'matters' || name === 'clients') return [counted(values.length, name.slice(0, -1))]
  if (name === 'types') return values.map((value) => KINDS[value as keyof typeof KINDS] ?? value)
  if (name === 'classes') return values.map((value) => ((CLASSES as readonly string[]).includes(value) ? capital(value) : value))
  return name === 'years' ? values : [list]
}
