import { Spotlight } from '@mantine/spotlight'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate } from 'react-router'
import { useSaved, useSuggestions } from '../features/search/api.ts'
import { type Asked, EVERYWHERE, keep } from '../features/search/asked.ts'
import { askedBy, groupsOf, type Option } from '../features/search/options.ts'
import { line } from '../ui/icons.ts'

const GROUPS = ['Matters', 'Documents', 'People', 'Saved searches']

type Props = { query: string; /** Ids that stand above already. */ above: ReadonlySet<string> }

/** What begins with what is typed, everywhere; and the way to a search for it, whose words are in memory alone. */
export function PaletteFound({ query, above }: Props) {
  const go = useNavigate()
  const words = query.trim()
  const [settled] = useDebouncedValue(words, 150)
  const found = useSuggestions(settled, words.length > 1).data
  const saved = useSaved(words.length > 1).data ?? []
  if (words === '') return null
  const search = (asked: Asked) => void go('/search', { state: keep(asked) })
  const run = ({ does }: Option) => ('to' in does ? void go(does.to) : search(askedBy(does, saved)))
  const groups = (found && words.length > 1 ? groupsOf(found) : [])
    .filter(({ title }) => GROUPS.includes(title))
    .map((group) => ({ ...group, options: group.options.filter(({ key }) => !above.has(key)) }))
    .filter(({ options }) => options.length > 0)
  return (
    <>
      {groups.map(({ title, options }) => (
        <Spotlight.ActionsGroup key={title} label={above.size > 0 && title !== 'Documents' ? `More: ${title.toLowerCase()}` : title}>
          {options.map((option) => (
            <Spotlight.Action key={option.key} onClick={() => run(option)}>
              <option.icon {...line} />
              <span className={option.cited === 'name' ? 'what cite' : 'what'}>{option.name}</span>
              {option.beside && (
                <span className={option.cited === 'beside' ? 'meta push cite what' : 'meta push what'}>{option.beside}</span>
              )}
            </Spotlight.Action>
          ))}
        </Spotlight.ActionsGroup>
      ))}
      <Spotlight.ActionsGroup label="Search">
        <Spotlight.Action onClick={() => search({ words, narrow: EVERYWHERE, order: 'best' })}>
          <IconSearch {...line} />
          <span className="what">Search for “{words}” in everything</span>
        </Spotlight.Action>
      </Spotlight.ActionsGroup>
    </>
  )
}
