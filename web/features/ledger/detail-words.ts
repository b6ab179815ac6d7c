import { calls } from '../../../src/contract/calls.ts'
import { type RefusalCode, REFUSALS } from '../../../src/contract/errors.ts'
import type { EntryView } from '../../../src/contract/ledger.ts'
import { bytes, counted } from '../../lib/format.ts'

type Detail = EntryView['details'][string]

/** An entry’s details as a sentence’s parts: `in Pleadings, 4.2 MB, by access token`. */
export function detailWords({ details, via }: EntryView): string {
  const parts = Object.entries(details).map(([name, value]) =>
    value === null || value === '' ? '' : (WORDS[name]?.(value, details) ?? `${name} ${String(value)}`),
  )
  return [...parts, VIA[via] ?? ''].filter(Boolean).join(', ')
}

const VIA: Partial<Record<EntryView['via'], string>> = { command: 'from the command line', token: 'by access token' }

/** What each detail says. An empty answer: it is said elsewhere on the line, or is no sentence (a bare hash, raw input). */
const WORDS: Record<string, (value: Detail, all: EntryView['details']) => string> = {
  folder: (folder) => `in ${String(folder)}`,
  size: (size) => bytes(Number(size)),
  version: (version) => (Number(version) > 1 ? `version ${String(version)}` : ''),
  sha256: () => '',
  bytes: (sent, { of }) => (sent === of ? `whole, ${bytes(Number(sent))}` : `${bytes(Number(sent))} of ${bytes(Number(of))}`),
  of: () => '',
  client: (client) => `for ${String(client)}`,
  class: String,
  number: String,
  role: (role) => `as ${String(role)}`,
  roles: (roles) => `as ${String(roles)}`,
  reason: (reason) => `because: ${String(reason)}`,
  kind: () => '',
  scope: (scope) => `for ${counted(String(scope).split(' ').length, 'permission')}`,
  days: (days) => `for ${counted(Number(days), 'day')}`,
  address: (address) => `from ${String(address)}`,
  call: (id) => ((id as string) in calls ? calls[id as keyof typeof calls].summary : String(id)),
  tried: () => '',
  code: (code) => ((code as string) in REFUSALS ? REFUSALS[code as RefusalCode][1] : String(code)),
}
