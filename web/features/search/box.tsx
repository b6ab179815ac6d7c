import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch, IconX } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useNavigate } from 'react-router'
import { line } from '../../ui/icons.ts'
import { useSaved, useSuggestions } from './api.ts'
import type { Asked } from './asked.ts'
import { askedBy, groupsOf, type Option, type OptionGroup } from './options.ts'
import { SavedMenu } from './saved-menu.tsx'

type Props = {
  ref: React.RefObject<HTMLInputElement | null>
  typed: string
  onType: (typed: string) => void
  onSearch: (words: string) => void
  onRun: (asked: Asked) => void
  onClear: () => void
  asked: Asked | null
  isWrong: boolean
}

/** The box, with what begins like its words below it (ARIA APG, editable combobox with a list). Enter searches for what stands in it. */
export function Box({ ref, typed, onType, onSearch, onRun, onClear, asked, isWrong }: Props) {
  const id = useId()
  const go = useNavigate()
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const [settled] = useDebouncedValue(typed, 150)
  const suggestions = useSuggestions(settled, open).data
  const saved = useSaved().data ?? []
  const groups = open && suggestions && typed.trim().length > 1 ? groupsOf(suggestions) : []
  const options = groups.flatMap((group) => group.options)
  const current = options[active]
  const close = () => {
    setOpen(false)
    setActive(-1)
  }
  const search = (words: string) => {
    close()
    // the keys of the page are for the list now, and on a phone its own keyboard goes
    ref.current?.blur()
    onSearch(words)
  }
  const choose = ({ does }: Option) => {
    close()
    if ('to' in does) return void go(does.to)
    ref.current?.blur()
    onRun(askedBy(does, saved))
  }
  const onKey = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const { key } = event
    const count = options.length
    // past either end stands the box itself
    const to = { ArrowDown: active + 1 >= count ? -1 : active + 1, ArrowUp: active < 0 ? count - 1 : active - 1 }[key]
    if (to !== undefined && !event.altKey) {
      event.preventDefault()
      if (open) setActive(to)
      else setOpen(true)
    } else if (key === 'Enter') {
      event.preventDefault()
      if (current) choose(current)
      else search(typed)
    } else if (key === 'Escape') {
      if (count > 0) close()
      else ref.current?.blur()
    }
  }
  return (
    <div className="searchbox" data-wrong={isWrong || undefined}>
      <IconSearch {...line} size={18} />
      <input
        ref={ref}
        className="searchinput"
        data-filter
        data-escapes
        role="combobox"
        type="text"
        aria-label="Search"
        aria-expanded={groups.length > 0}
        aria-controls={groups.length > 0 ? id : undefined}
        aria-activedescendant={current ? `${id}-${active}` : undefined}
        aria-autocomplete="list"
        aria-invalid={isWrong || undefined}
        aria-describedby={isWrong ? 'search-wrong' : undefined}
        autoFocus={asked === null}
        autoComplete="off"
        autoCorrect="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="search"
        placeholder="Words, names, a matter or a person"
        value={typed}
        onChange={(event) => {
          onType(event.target.value)
          setOpen(true)
          setActive(-1)
        }}
        onKeyDown={onKey}
        onBlur={close}
      />
      {typed !== '' && (
        <button type="button" className="icon" aria-label="Begin a new search" onClick={onClear}>
          <IconX {...line} />
        </button>
      )}
      <SavedMenu onRun={onRun} />
      <kbd>Enter</kbd>
      {groups.length > 0 && (
        <List id={id} groups={groups} current={current} onChoose={choose} onPoint={(option) => setActive(options.indexOf(option))} />
      )}
    </div>
  )
}

type ListProps = {
  id: string
  groups: OptionGroup[]
  current: Option | undefined
  onChoose: (option: Option) => void
  onPoint: (option: Option) => void
}

function List({ id, groups, current, onChoose, onPoint }: ListProps) {
  let at = -1
  return (
    <div className="suggestions" role="listbox" id={id} aria-label="What begins so">
      {groups.map(({ title, options }) => (
        <div key={title} role="group" aria-labelledby={`${id}-${title}`}>
          <span className="meta" id={`${id}-${title}`} role="presentation">
            {title}
          </span>
          {options.map((option) => {
            at += 1
            const isCurrent = option === current
            return (
              <div
                key={option.key}
                id={`${id}-${at}`}
                role="option"
                aria-selected={isCurrent}
                ref={isCurrent ? inView : undefined}
                // the box keeps the focus
                onMouseDown={(event) => event.preventDefault()}
                onPointerMove={() => !isCurrent && onPoint(option)}
                onClick={() => onChoose(option)}
              >
                <option.icon {...line} />
                <span className={option.cited === 'name' ? 'what cite' : 'what'}>{option.name}</span>
                {option.beside && <span className={option.cited === 'beside' ? 'meta push cite' : 'meta push'}>{option.beside}</span>}
              </div>
            )
          })}
        </div>
      ))}
    </div>
  )
}
const inView = (element: HTMLElement | null) => element?.scrollIntoView({ block: 'nearest' })
