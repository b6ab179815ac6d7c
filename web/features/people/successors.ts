import type { PersonId } from '../../../src/contract/ids.ts'
import { naturally } from '../../lib/format.ts'
import { useRoles } from '../access/api.ts'
import { usePeople } from './api.ts'

/** Lawyers and partners who stay, by whichever way they hold the role: who can take over. As a choice. */
export function useSuccessors(leaver: PersonId | null = null) {
  const people = usePeople().data ?? []
  const roles = useRoles().data?.roles ?? []
  const fit = new Set(
    roles
      .filter((role) => role.id === 'lawyer' || role.id === 'partner')
      .flatMap((role) => role.holders.map((holder) => String(holder.id))),
  )
  return people
    .filter((person) => person.state === 'active' && person.id !== leaver)
    .filter((person) => fit.has(person.id) || person.roles.includes('lawyer') || person.roles.includes('partner'))
    .toSorted((a, b) => naturally(a.name, b.name))
    .map((person) => ({ value: person.id, label: person.name }))
}
