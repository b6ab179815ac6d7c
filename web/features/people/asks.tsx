import { Button } from '@mantine/core'
import { useState } from 'react'
import { placeRefusal } from '../../lib/form.ts'
import { Wrong } from '../../ui/fact.tsx'

type Props = {
  /** What comes of it. */ children: React.ReactNode
  act: string
  keep: string
  run: () => Promise<unknown>
  onKeep: () => void
}

/** One sentence on what comes of an act, in the place of the control that asked for it. */
export function Asks({ children, act, keep, run, onKeep }: Props) {
  const [wrong, setWrong] = useState<string | null>(null)
  const [running, setRunning] = useState(false)
  const doIt = async () => {
    setWrong(null)
    setRunning(true)
    try {
      await run()
    } catch (fault) {
      setRunning(false)
      setWrong(placeRefusal(fault, []).text)
    }
  }
  return (
    <div className="row wrap asks">
      <span>{children}</span>
      <Wrong>{wrong}</Wrong>
      <span className="row push">
        <Button size="xs" variant="filled" loading={running} onClick={() => void doIt()} autoFocus>
          {act}
        </Button>
        <Button size="xs" variant="subtle" onClick={onKeep}>
          {keep}
        </Button>
      </span>
    </div>
  )
}
