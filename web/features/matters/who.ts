import type { ClientPage } from '../../../src/contract/matter.ts'

/** How a client or a party is called and reached. */
export type WhoWish = Pick<ClientPage, 'name' | 'kind' | 'formerNames' | 'aliases' | 'emails' | 'addresses'>

export const NOBODY: WhoWish = { name: '', kind: 'organization', formerNames: [], aliases: [], emails: [], addresses: [] }
export const WHO_FIELDS = ['name', 'kind', 'formerNames', 'aliases', 'emails', 'addresses'] as const

export const whoOf = ({ name, kind, formerNames, aliases, emails, addresses }: WhoWish): WhoWish => ({
  name: name.trim(),
  kind,
  formerNames,
  aliases,
  emails,
  addresses,
})

/** `emails.1` belongs to the field `emails`; the sentence says which one it is about. */
export function onLists(faults: Record<string, string>, values: WhoWish): Record<string, string> {
  return Object.fromEntries(
    Object.entries(faults).map(([path, text]) => {
      const [field, index] = path.split('.') as [keyof WhoWish, string | undefined]
      const list = values[field]
      return index !== undefined && Array.isArray(list) ? [field, `${list[Number(index)] ?? ''}: ${text}`] : [path, text]
    }),
  )
}
