import type { SearchView } from '../../../src/contract/search.ts'

type Props = { view: SearchView | undefined; onInstead: (words: string) => void; onOperators: () => void }

/** How the search was read, in a sentence; what was read otherwise than it was written; and what would find more. */
export function ReadAs({ view, onInstead, onOperators }: Props) {
  const understood = view?.understood ?? []
  return (
    <div className="stack xs" role="status">
      <p>
        {understood.length > 0 && (
          <>
            <span className="soft">Read as:</span>{' '}
            {understood.map(({ text, isAsked }, at) => (isAsked ? <b key={at}>{text}</b> : <span key={at}>{text}</span>))}{' '}
          </>
        )}
        <button type="button" className="plainlink" onClick={onOperators}>
          All operators
        </button>
      </p>
      {view?.notes.map((note, at) => (
        <p key={at} className="meta">
          {note}
        </p>
      ))}
      {/* where nothing is found, it stands in the place of the list */}
      {view?.instead && view.total > 0 && (
        <p>
          Did you mean{' '}
          <button type="button" className="plainlink instead" onClick={() => onInstead(view.instead!)}>
            {view.instead}
          </button>
          ?
        </p>
      )}
    </div>
  )
}
