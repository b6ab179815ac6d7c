import type { EvidenceOf } from '../../../src/contract/evidence.ts'
import type { PersonId } from '../../../src/contract/ids.ts'
import { address, freshly, heard } from '../../lib/ask.ts'
import { refusalOf, unreached } from '../../lib/refused.ts'

export type Wish = {
  of: EvidenceOf
  from?: string
  to?: string
  absent?: PersonId
  details: boolean
  show: ('from' | 'ground')[]
}

/**
 * Has evidence made, as the page's own request, so that a fresh factor can be asked for, and hands the file to the browser to keep.
 * Rejects with `Refused`, and with `AbortError` when the signal says so.
 */
export async function makeEvidence(wish: Wish, name: string, signal: AbortSignal): Promise<void> {
  const answer = await freshly(async () => {
    const answer = await fetch(address('bundle.create'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...wish, conceal: [], reveal: [] }),
      credentials: 'same-origin',
      cache: 'no-store',
      signal,
    }).catch((fault: unknown) => {
      throw fault instanceof DOMException ? fault : unreached()
    })
    if (!answer.ok) throw heard(refusalOf(await answer.text()))
    return answer
  })
  const file = await answer.blob().catch((fault: unknown) => {
    throw fault instanceof DOMException ? fault : unreached()
  })
  const link = window.document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  // after the browser has taken it
  window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
