import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Me } from '../../src/contract/session.ts'
import { ask, onClockFault } from '../lib/ask.ts'
import { Refused } from '../lib/refused.ts'
import { Fact, Wrong } from '../ui/fact.tsx'

/** While the server does not trust its clock nothing is changed; this says so, and lets an administrator confirm it. */
export function ClockNotice({ me }: { me: Me }) {
  const [stopped, setStopped] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  useEffect(() => onClockFault(() => setStopped(true)), [])
  if (!stopped) return null
  const confirm = async () => {
    try {
      await ask('clock.confirm')
      setStopped(false)
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault
      setWrong(fault.text)
    }
  }
  return (
    <div className="page clock">
      <Fact kind="refuse" title="The server’s clock went back">
        <p>
          It is more than five minutes behind the last entry of the ledger. Nothing is changed until an administrator confirms it, and the
          confirmation is an entry itself.
        </p>
        {me.may.includes('clock.confirm') && (
          <>
            <p>
              The clock says {new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'medium' }).format()} on this device. Confirm
              only when the server’s is right too.
            </p>
            <div className="do">
              <Button size="xs" onClick={() => void confirm()}>
                Confirm the clock
              </Button>
            </div>
          </>
        )}
        <Wrong>{wrong}</Wrong>
      </Fact>
    </div>
  )
}
