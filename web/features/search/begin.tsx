import { useSaved } from './api.ts'
import type { Asked } from './asked.ts'
import { SavedList } from './saved-list.tsx'

const EXAMPLES: [example: string, finds: string][] = [
  ['"without prejudice" w/10 offer', 'the phrase within ten words of offer'],
  ['from:conti date>2025-03-01', 'what Conti sent after 1 March 2025'],
  ['(terminat* OR rescind*) AND type:mail', 'mail on ending something, in any of these words'],
]

type Props = { onSearch: (words: string) => void; onRun: (asked: Asked) => void }

/** Nothing is asked yet: what can be searched, three examples, and what one has saved. */
export function Begin({ onSearch, onRun }: Props) {
  const saved = useSaved()
  return (
    <div className="searchbegin">
      <section className="stack" aria-labelledby="search-what">
        <h2 className="head" id="search-what">
          What can be searched
        </h2>
        <p className="soft">
          What your documents say, with their attachments and the letters in scans; their names and folders; matters, clients, parties and
          people. Only what you may see is looked through. Each search is recorded, and its words are kept sealed.
        </p>
        <ul className="operators">
          {EXAMPLES.map(([example, finds]) => (
            <li key={example}>
              <button type="button" className="example" onClick={() => onSearch(example)}>
                {example}
              </button>
              <span className="meta">{finds}</span>
            </li>
          ))}
        </ul>
      </section>
      {saved.data && saved.data.length > 0 && (
        <section className="stack sm" aria-labelledby="search-saved">
          <h2 className="head" id="search-saved">
            Saved searches
          </h2>
          <SavedList onRun={onRun} />
        </section>
      )}
    </div>
  )
}
