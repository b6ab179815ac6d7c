import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconHourglass } from '@tabler/icons-react'
import { useState } from 'react'
import type { DocumentView } from '../../../src/contract/document.ts'
import { placeRefusal } from '../../lib/form.ts'
import { Wrong } from '../../ui/fact.tsx'
import { line } from '../../ui/icons.ts'
import { type Lowering, useDecideDocument, useLowering } from './api.ts'
import { foundWords } from './found-words.ts'

/** What was recognized in a document when it came in; nothing where nothing was. */
export function Found({ document }: { document: DocumentView }) {
  if (document.found.length === 0) return null
  return <p className="meta">Found in it when it was added: {foundWords(document.found)}.</p>
}

/** A milder class that waits, and the answer of whoever may be the second person. */
export function LoweringWaits({ document }: { document: DocumentView }) {
  const lowering = useLowering(document.id)
  return lowering ? <Waits document={document} lowering={lowering} /> : null
}

function Waits({ document, lowering }: { document: DocumentView; lowering: Lowering }) {
  const { id, mine, mayDecide, askedBy, reason } = lowering
  const decide = useDecideDocument(document)
  const [wrong, setWrong] = useState<string | null>(null)
  const say = async (approve: boolean) => {
    setWrong(null)
    try {
      await decide.mutateAsync({ confirmation: id, approve })
      notifications.show({ message: approve ? 'The file has the milder class now.' : 'The file keeps its class.' })
    } catch (fault) {
      setWrong(placeRefusal(fault, []).text)
    }
  }
  return (
    <div className="lowering">
      <IconHourglass {...line} />
      <div className="stack xs">
        <p>
          {mine ? 'You asked' : `${askedBy} asked`} for a milder class.{' '}
          {mayDecide ? 'You can decide it as the second person.' : 'It waits for a second person on the matter.'}
        </p>
        <p className="reason">{reason}</p>
        <Wrong>{wrong}</Wrong>
        {mayDecide && (
          <span className="row wrap">
            <Button size="xs" disabled={decide.isPending} onClick={() => void say(true)}>
              Approve
            </Button>
            <Button size="xs" variant="subtle" disabled={decide.isPending} onClick={() => void say(false)}>
              Keep the class
            </Button>
          </span>
        )}
      </div>
    </div>
  )
}
