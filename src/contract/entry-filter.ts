import { z } from 'zod'
import { deedGroups, deedsOf, type DeedGroup } from './deed-groups.ts'
import { deedNames, type Deed } from './deeds.ts'
import { MatterId, PersonId } from './ids.ts'
import { Instant } from './words.ts'

/** Names of deeds and of groups of them, with commas between. */
const DeedNames = z
  .string()
  .max(4000)
  .transform((text) => text.split(',').filter(Boolean))
  .pipe(
    z
      .array(z.enum([...deedNames, ...deedGroups]))
      .min(1)
      .max(200),
  )
/** The address that a deed was done from, as the ledger keeps it: IPv4, IPv6, or `this host`. */
const From = z.union([z.ipv4(), z.ipv6().toLowerCase(), z.literal('this host')])

/** Which entries: all that is said holds of them. What the reader may not know of gives the same empty list as what is not there. */
export const filterFields = {
  /** Who did it. */ person: PersonId.optional(),
  matter: MatterId.optional(),
  deed: DeedNames.optional(),
  /** At or after. */ from: Instant.optional(),
  /** Before. */ to: Instant.optional(),
  address: From.optional(),
  /** `in the tree`: whether a witness has cosigned it or not. */ proof: z.enum(['recorded', 'in the tree', 'witnessed']).optional(),
}
export const EntryFilter = z.object(filterFields)
export type EntryFilter = z.infer<typeof EntryFilter>
/** The same for the entries of one matter, document or person. */
export const { matter: _, ...withinMatter } = filterFields

export const isGroup = (name: Deed | DeedGroup): name is DeedGroup => (deedGroups as readonly string[]).includes(name)
/** The deeds that are meant, each once. */
export const deedsNamed = (names: readonly (Deed | DeedGroup)[]): Deed[] => [
  ...new Set(names.flatMap((name) => (isGroup(name) ? deedsOf(name) : [name]))),
]
