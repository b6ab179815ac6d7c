import { IconBookmark, IconFileText, IconFolder, IconSearch, IconUser } from '@tabler/icons-react'
import type { SavedSearch } from '../../../src/contract/search.ts'
import type { Suggestions } from './api.ts'
import { type Asked, EVERYWHERE } from './asked.ts'

type Icon = typeof IconSearch
/** Something that is suggested while one types; `do` says what choosing it does. */
export type Option = {
  key: string
  icon: Icon
  name: string
  /** Where a matter’s title stands, which is cited. */ cited: 'name' | 'beside' | null
  beside: string
  does: { to: string } | { words: string } | { saved: SavedSearch['id']; words: string }
}
export type OptionGroup = { title: string; options: Option[] }

/** What is suggested, in groups; those that hold nothing are not there. */
export function groupsOf(found: Suggestions): OptionGroup[] {
  const groups: OptionGroup[] = [
    { title: 'Search for', options: found.words.map((words) => option(`w${words}`, IconSearch, words, '', { words })) },
    {
      title: 'Matters',
      options: found.matters.map(({ id, title, number }) => ({
        ...option(id, IconFolder, title, number, { to: `/matters/${id}` }),
        cited: 'name',
      })),
    },
    {
      title: 'Documents',
      options: found.documents.map(({ document, matter, name, title }) => ({
        ...option(document, IconFileText, name, title, { to: `/matters/${matter}/documents/${document}` }),
        cited: 'beside',
      })),
    },
    { title: 'People', options: found.people.map(({ id, name }) => option(id, IconUser, name, '', { to: `/people/${id}` })) },
    {
      title: 'Saved searches',
      options: found.saved.map(({ id, name, words }) => option(id, IconBookmark, name, words, { saved: id, words })),
    },
  ]
  return groups.filter(({ options }) => options.length > 0)
}

/** The search that an option stands for: a saved one as it was saved, words as they are. */
export function askedBy(does: Exclude<Option['does'], { to: string }>, saved: readonly SavedSearch[]): Asked {
  const kept = 'saved' in does ? saved.find((one) => one.id === does.saved) : undefined
  return kept ? { words: kept.words, narrow: kept.narrow, order: kept.order } : { words: does.words, narrow: EVERYWHERE, order: 'best' }
}

const option = (key: string, icon: Icon, name: string, beside: string, does: Option['does']): Option => ({
  key,
  icon,
  name,
  cited: null,
  beside,
  does,
})
