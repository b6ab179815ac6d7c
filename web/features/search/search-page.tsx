import { useEffect, useRef, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { SearchWords } from '../../../src/contract/search.ts'
import { useAct } from '../../app/acts.ts'
import { count } from '../../lib/format.ts'
import { useSection } from '../../lib/section.ts'
import { Wrong } from '../../ui/fact.tsx'
import { Nothing } from '../../ui/fault.tsx'
import { useMe } from '../session/api.ts'
import { useFound } from './api.ts'
import { type Asked, beginAnew, EVERYWHERE, keep, searchAt } from './asked.ts'
import { Begin } from './begin.tsx'
import { Box } from './box.tsx'
import { OperatorsDrawer } from './operators.tsx'
import { Preview } from './preview.tsx'
import { ReadAs } from './read-as.tsx'
import { Results } from './results.tsx'

/** One box over everything within reach. */
export function SearchPage() {
  const may = useMe().data?.may
  return may?.includes('document.list') && may.includes('document.read') ? <Searching /> : <Nothing />
}

function Searching() {
  useSection('Search')
  const { state } = useLocation()
  const at = searchAt(state)
  const go = useNavigate()
  const found = useFound(at?.id ?? null, at?.asked ?? null)
  const box = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useTyped(at?.id ?? null, at?.asked.words ?? '')
  const [operators, setOperators] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  useAct(at !== null, 'Begin a new search', () => begin())

  /** `replace`: the same search otherwise, which is not gone back to. */
  const run = (asked: Asked, replace = false) => {
    const tooLong = !SearchWords.safeParse(asked.words).success
    setWrong(tooLong ? `That is ${count(asked.words.length)} characters; a search takes 10,000 at most.` : null)
    if (tooLong || asked.words.trim() === '') return
    setTyped(asked.words)
    void go('/search', { state: keep(asked), replace, preventScrollReset: replace })
  }
  const search = (words: string) => run({ words, narrow: EVERYWHERE, order: at?.asked.order ?? 'best' })
  const begin = () => {
    setTyped('')
    setWrong(null)
    void go('/search', { state: beginAnew() })
    box.current?.focus()
  }
  const put = (example: string) => {
    setOperators(false)
    setTyped(typed.trim() ? `${typed.trimEnd()} ${example}` : example)
    // after the drawer has given the focus back
    window.setTimeout(() => box.current?.focus(), 250)
  }
  const preview = at?.preview ? found.data?.pages.flatMap(({ hits }) => hits).find((hit) => hit.document === at.preview) : undefined
  const first = found.data?.pages[0]

  return (
    <div className="searchsplit" data-open={preview ? true : undefined}>
      <div className="searchmain">
        <div className="page searchpage">
          <h1 className="vh">Search</h1>
          <div className="stack sm">
            <Box
              ref={box}
              typed={typed}
              onType={setTyped}
              onSearch={search}
              onRun={run}
              onClear={begin}
              asked={at?.asked ?? null}
              isWrong={wrong !== null}
            />
            <div className="readas">
              <Wrong id="search-wrong">{wrong}</Wrong>
              <ReadAs view={at && !found.isPlaceholderData ? first : undefined} onInstead={search} onOperators={() => setOperators(true)} />
            </div>
          </div>
          {at ? (
            <Results id={at.id} asked={at.asked} found={found} preview={at.preview} onRun={run} />
          ) : (
            <Begin onSearch={search} onRun={run} />
          )}
        </div>
      </div>
      {at && preview && <Preview key={preview.document} search={at.id} words={at.asked.words} hit={preview} />}
      <OperatorsDrawer opened={operators} onClose={() => setOperators(false)} onPut={put} />
    </div>
  )
}

/** What stands in the box: what was searched, until something else is typed. */
function useTyped(search: string | null, words: string): [string, (typed: string) => void] {
  const [typed, setTyped] = useState(words)
  const before = useRef(search)
  useEffect(() => {
    if (before.current !== search) setTyped(words)
    before.current = search
  }, [search, words])
  return [typed, setTyped]
}
