import { Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { calls } from '../../../src/contract/calls.ts'
import type { MatrixView } from '../../../src/contract/matrix.ts'
import { counted } from '../../lib/format.ts'
import { faultsOf, placeRefusal } from '../../lib/form.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { Unsaved } from '../access/unsaved.tsx'
import { useChangeMatrix } from './api.ts'
import { ruleWords } from './cells.ts'
import { DataTypes } from './data-types.tsx'
import { changesOf } from './draft.ts'
import { HandlingTable } from './handling-table.tsx'

/** The matrix in place, every cell open to change; it is saved as a whole, with its reason. */
export function ChangeMatrix({ view, onDone }: { view: MatrixView; onDone: () => void }) {
  const change = useChangeMatrix()
  const [matrix, set] = useState(view.matrix)
  const [reason, setReason] = useState('')
  const [faults, setFaults] = useState<Record<string, string>>({})
  const [wrong, setWrong] = useState<string | null>(null)
  const [saved, setSaved] = useState(false)
  const changed = changesOf(view.matrix, matrix)

  const send = async (event: React.FormEvent) => {
    event.preventDefault()
    const body = { matrix, reason: reason.trim(), version: view.version }
    const { reason: fault } = faultsOf(calls['matrix.change'].body, body)
    setFaults(fault ? { reason: fault } : {})
    setWrong(changed.length === 0 ? 'Nothing is changed yet.' : null)
    if (fault || changed.length === 0) return
    try {
      const now = await change.mutateAsync(body)
      setSaved(true)
      notifications.show({ message: `Version ${now.version} holds now.` })
      onDone()
    } catch (refusal) {
      const placed = placeRefusal(refusal, ['reason'])
      setFaults(placed.fields)
      setWrong(placed.text)
    }
  }
  return (
    <form className="stack" onSubmit={(event) => void send(event)} noValidate>
      <p className="soft lead4">Choose a cell to change it. Nothing holds before it is saved, and then it holds at once.</p>
      <HandlingTable matrix={matrix} draft={{ matrix, set, before: view.matrix }} />
      <DataTypes matrix={matrix} draft={{ matrix, set }} />
      <section className="panel saving" aria-labelledby="saving">
        <header>
          <h2 className="sub" id="saving">
            {changed.length === 0
              ? 'Nothing is changed yet'
              : `${counted(changed.length, 'rule')} ${changed.length === 1 ? 'changes' : 'change'}`}
          </h2>
        </header>
        <div className="body stack">
          {changed.length > 0 && (
            <ul className="changed">
              {changed.map((rule) => (
                <li key={rule}>{ruleWords(rule)}</li>
              ))}
            </ul>
          )}
          <Textarea
            label="Reason"
            description="It is kept with this version."
            autosize
            minRows={2}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            error={faults.reason}
          />
          <FormEnd wrong={wrong} busy={change.isPending} onLeave={onDone} leave="Leave it as it was">
            Save
          </FormEnd>
        </div>
      </section>
      <Unsaved when={!saved && (changed.length > 0 || reason !== '')} />
    </form>
  )
}
