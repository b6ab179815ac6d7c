import { IconBookmark, IconFileText, IconFolder, IconSearch, IconUser } from '@tabler/icons-react'
import type { SavedSearch } from '../../../src/contract/search.ts'
import type { Suggestions } from './api.ts'

type Icon = typeof IconSearch
/** Something that is suggested while one types; `do` says what choosing it does. */
export type Option = {
  key: string
  icon: Icon
  name: string
  /** A matter’s title is cited. */ isCited: boolean
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
        isCited: true,
      })),
    },
    {
      title: 'Documents',
      options: found.documents.map(({ document, matter, name, title }) =>
        option(document, IconFileText, name, title, { to: `/matters/${matter}/documents/${document}` }),
      ),
    },
    { title: 'People', options: found.people.map(({ id, name }) => option(id, IconUser, name, '', { to: `/people/${id}` })) },
    {
      title: 'Saved searches',
      options: found.saved.map(({ id, name, words }) => option(id, IconBookmark, name, words, { saved: id, words })),
    },
  ]
  return groups.filter(({ options }) => options.length > 0)
}

const option = (key: string, icon: Icon, name: string, beside: string, does: Option['does']): Option => ({
  key,
  icon,
  name,
  isCited: false,
  beside,
  does,
})
