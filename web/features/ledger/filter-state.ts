import { useSearchParams } from 'react-router'
import { EntryFilter } from '../../../src/contract/entry-filter.ts'

/** What is asked for, as it stands in the page's address: ids and the contract's words, and nothing that was opened. */
export type Asked = Partial<Record<(typeof FIELDS)[number], string>>
const FIELDS = ['person', 'matter', 'deed', 'from', 'to', 'address', 'proof'] as const

export function useAsked(): [asked: Asked, ask: (more: Asked) => void, clear: () => void] {
  const [at, setAt] = useSearchParams()
  const asked: Asked = {}
  for (const field of FIELDS) {
    const value = at.get(field)
    // what is no filter is none, whoever made the address
    if (value && EntryFilter.safeParse({ [field]: value }).success) asked[field] = value
  }
  const ask = (more: Asked) => {
    const next = Object.entries({ ...asked, ...more }).filter((one): one is [string, string] => Boolean(one[1]))
    setAt(Object.fromEntries(next), { replace: true })
  }
  return [asked, ask, () => setAt({}, { replace: true })]
}

/** A period that ends now, in days. */
export const PERIODS = { '1': 'Last 24 hours', '7': 'Last 7 days', '30': 'Last 30 days', '90': 'Last 90 days' } as const
/** A day as its first moment where the reader is; null for none. */
export const startOf = (day: string): string | undefined => (day === '' ? undefined : new Date(`${day}T00:00`).toISOString())
/** The day of a moment where the reader is, as a date field takes it. */
export function dayIn(instant: string | undefined): string {
  if (!instant) return ''
  const at = new Date(instant)
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
}
