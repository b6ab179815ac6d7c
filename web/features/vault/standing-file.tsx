import { Button } from '@mantine/core'
import { IconLock, IconUserEdit } from '@tabler/icons-react'
import type { DocumentView } from '../../../src/contract/document.ts'
import { dateOf } from '../../lib/format.ts'
import { Wrong } from '../../ui/fact.tsx'
import { line } from '../../ui/icons.ts'
import { useMe } from '../session/api.ts'
import { bringBack } from './filing.ts'
import { LOCKED_AS, outWords } from './filing-words.ts'
import { useTry } from './try.ts'

type Props = {
  document: DocumentView
  mayFile: boolean
  /** This person may bring it back for another. */ mayForOthers: boolean
  mayUnlock: boolean
  onUnlock: () => void
}

/** Who has the file out, and whether it is locked; nothing where neither holds. */
export function StandingFile({ document, mayFile, mayForOthers, mayUnlock, onUnlock }: Props) {
  const me = useMe().data?.id
  const { attempt, busy, wrong } = useTry()
  const { out, locked } = document
  const mine = out?.by.id === me
  return (
    <>
      {out && (
        <div className="standingfile wait">
          <IconUserEdit {...line} />
          <div className="stack xs">
            <p>
              {outWords(out, me)}
              {!mine && ' Nobody else adds a version until it is back.'}
            </p>
            {out.note && <p className="reason">{out.note}</p>}
            <Wrong>{wrong}</Wrong>
            {mayFile && (mine || mayForOthers) && (
              <div>
                <Button size="xs" loading={busy} onClick={() => void attempt(() => bringBack(document))}>
                  {mine ? 'Bring back' : `Bring back for ${out.by.name}`}
                </Button>
              </div>
            )}
          </div>
        </div>
      )}
      {locked && (
        <div className="standingfile">
          <IconLock {...line} />
          <div className="stack xs">
            <p>
              {LOCKED_AS[locked.as]}, and locked as it is: by {locked.by.name}, {dateOf(locked.at)}.
            </p>
            {mayFile && mayUnlock && (
              <div>
                <Button size="xs" onClick={onUnlock}>
                  Unlock
                </Button>
              </div>
            )}
          </div>
        </div>
      )}
    </>
  )
}
