import { Spotlight } from '@mantine/spotlight'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate } from 'react-router'
import { useSuggestions } from '../features/search/api.ts'
import { EVERYWHERE, keep } from '../features/search/asked.ts'
import { groupsOf, type Option } from '../features/search/options.ts'
import { line } from '../ui/icons.ts'

const GROUPS = ['Matters', 'Documents', 'People', 'Saved searches']

type Props = { query: string; /** Ids that stand above already. */ above: ReadonlySet<string> }

/** What begins with what is typed, everywhere; and the way to a search for it, whose words are in memory alone. */
export function PaletteFound({ query, above }: Props) {
  const go = useNavigate()
  const words = query.trim()
  const [settled] = useDebouncedValue(words, 150)
  const found = useSuggestions(settled, words.length > 1).data
  if (words === '') return null
  const search = (its: string) => void go('/search', { state: keep({ words: its, narrow: EVERYWHERE, order: 'best' }) })
  const run = ({ does }: Option) => ('to' in does ? void go(does.to) : search(does.words))
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
              <span className={option.isCited ? 'cite' : undefined}>{option.name}</span>
              {option.beside && <span className="meta push">{option.beside}</span>}
            </Spotlight.Action>
          ))}
        </Spotlight.ActionsGroup>
      ))}
      <Spotlight.ActionsGroup label="Search">
        <Spotlight.Action onClick={() => search(words)}>
          <IconSearch {...line} />
          <span className="what">Search for “{words}” in everything</span>
        </Spotlight.Action>
      </Spotlight.ActionsGroup>
    </>
  )
}
