import { Button } from '@mantine/core'
import type { DocumentView } from '../../../src/contract/document.ts'
import { sayRefusal } from '../vault/try.ts'
import { useIndexStatus, useReadAgain } from './api.ts'
import { STATES, stateLine } from './words.ts'

/** Whether a document can be found by what it says, and the way to have it read again. */
export function TextState({ document: { id, matter }, mayFile }: { document: DocumentView; mayFile: boolean }) {
  const status = useIndexStatus(matter)
  const again = useReadAgain(matter)
  if (!status.data) return <span className="meta">{status.isPending ? 'Being asked' : 'Not known now'}</span>
  const { documents, waiting, scan, unreadable } = status.data
  const its = documents.find(({ document }) => document === id)
  // the list may be cut: of what is not in it nothing is known then
  const isCut = documents.filter(({ state }) => state !== 'indexed').length < waiting + scan + unreadable
  const says = its ? stateLine(its) : isCut ? 'Many files of this matter wait; of this one it is not known.' : `${STATES.indexed}.`
  return (
    <span className="stack xs">
      <span>{says}</span>
      {mayFile && its?.state !== 'waiting' && (
        <span>
          <Button size="xs" loading={again.isPending} onClick={() => again.mutate(id, { onError: sayRefusal })}>
            Read it again
          </Button>
        </span>
      )}
    </span>
  )
}
