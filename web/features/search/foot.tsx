import { useState } from 'react'
import type { SearchView } from '../../../src/contract/search.ts'
import { proveNow } from '../../lib/ask.ts'
import { count } from '../../lib/format.ts'

type Props = { view: SearchView; seconds: number; onAgain: () => void }

/** What was looked through, and what was not. */
export function Foot({ view, seconds, onAgain }: Props) {
  const { documents, unread, locked } = view
  const [proved, setProved] = useState(false)
  const prove = async () => {
    if (!(await proveNow())) return
    setProved(true)
    onAgain()
  }
  return (
    <div className="searchfoot meta">
      <p>
        Looked through {count(documents)} sealed {documents === 1 ? 'document' : 'documents'} in {seconds.toFixed(2)} s. The search is
        recorded; its words are kept sealed.
      </p>
      {unread > 0 && (
        <p>
          {count(unread)} {unread === 1 ? 'document' : 'documents'} cannot be searched by what they say yet.
        </p>
      )}
      {locked > 0 && (
        <p>
          {count(locked)} {locked === 1 ? 'document asks' : 'documents ask'} for a second factor before{' '}
          {locked === 1 ? 'it is' : 'they are'} looked into.{' '}
          {proved ? (
            'A passkey opens what a code does not.'
          ) : (
            <button type="button" className="plainlink" onClick={() => void prove()}>
              Show yours and search again
            </button>
          )}
        </p>
      )}
    </div>
  )
}
