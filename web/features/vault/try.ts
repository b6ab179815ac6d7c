import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { placeRefusal, sentence } from '../../lib/form.ts'
import { Refused } from '../../lib/refused.ts'

/** An act that the rules may refuse: whether it is under way, and the sentence of the last refusal, of a field where it names one. */
export function useTry(field = '') {
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  /** Whether it was done. */
  const attempt = async (act: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true)
    setWrong(null)
    try {
      await act()
      return true
    } catch (fault) {
      const placed = placeRefusal(fault, [field])
      setWrong(placed.fields[field] ?? placed.text)
      return false
    } finally {
      setBusy(false)
    }
  }
  return { attempt, busy, wrong, setWrong }
}

/** A refusal of what has no place on the page for one: it is said in a note. */
export function sayRefusal(fault: unknown): void {
  if (!(fault instanceof Refused)) throw fault
  notifications.show({ message: sentence(fault), autoClose: 12_000 })
}
