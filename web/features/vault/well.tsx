import { useMemo, useRef } from 'react'
import { useParams } from 'react-router'
import type { DocumentId } from '../../../src/contract/ids.ts'
import { useFoundVersion, wordsFor } from './at-page.ts'
import { useFoundMarks } from './found-marks.ts'

type Props = {
  label: string
  /** What lies across it. */ mark: React.ReactNode
  onKeyDown?: React.KeyboardEventHandler
  children: React.ReactNode
}

/** Where the sheet of an open document lies. What a search has found in it is marked. */
export function Well({ label, mark, onKeyDown, children }: Props) {
  const { document } = useParams()
  const isFound = useFoundVersion() !== null
  const words = useMemo(() => (isFound ? wordsFor(document as DocumentId) : []), [document, isFound])
  const well = useRef<HTMLDivElement>(null)
  useFoundMarks(well, words)
  return (
    <div className="marked">
      <div className="well" tabIndex={0} role="region" aria-label={label} onKeyDown={onKeyDown} ref={well}>
        {children}
      </div>
      {mark}
    </div>
  )
}
