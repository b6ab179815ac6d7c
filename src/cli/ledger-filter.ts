import type { Command } from 'commander'
import { z } from 'zod'
import { EntryFilter } from '../contract/entry-filter.ts'
import { Stop } from '../platform/refusal.ts'
import { allMatters } from './import-place.ts'
import type { Joined } from './join.ts'
import { idIn } from './people.ts'
import { safe } from './terminal.ts'

export type Filtering = {
  person?: string
  matter?: string
  deed?: string
  from?: string
  to?: string
  address?: string
  proof?: string
}
export const withFilter = (command: Command): Command =>
  command
    .option('--person <E>', 'whoever did it, by e-mail address')
    .option('--matter <M>', 'a matter’s number or id')
    .option('--deed <LIST>', 'deeds or groups of them (looked, refused, sign-in, files …), separated by commas')
    .option('--from <T>', 'at or after: a day or a moment, `2026-11-01` or `2026-11-01T08:00:00Z`')
    .option('--to <T>', 'before')
    .option('--address <A>', 'the network address it was done from')
    .option('--proof <P>', '`recorded` or `in the tree`')

/** What was asked for, in the words of the API. @throws Stop `usage.filter`, `usage.person`, `matter.missing` */
export async function filterOf(firm: Joined, options: Filtering): Promise<EntryFilter> {
  const { person, matter, ...rest } = options
  const said = {
    ...(person !== undefined && { person: idIn((await firm.ask('person.list', {})).people, person) }),
    ...(matter !== undefined && { matter: await matterOf(firm, matter) }),
    ...(rest.deed !== undefined && { deed: rest.deed }),
    ...(rest.from !== undefined && { from: momentOf('--from', rest.from) }),
    ...(rest.to !== undefined && { to: momentOf('--to', rest.to) }),
    ...(rest.address !== undefined && { address: rest.address }),
    ...(rest.proof !== undefined && { proof: rest.proof }),
  }
  const read = EntryFilter.safeParse(said)
  if (!read.success)
    throw new Stop('usage.filter', `--${String(read.error.issues[0]!.path[0])} names nothing to ask for. docs/deeds.md lists the deeds.`)
  return read.data
}

/**
 * A matter's id is taken as it is: whoever oversees reads entries of matters that are out of their reach.
 * @throws Stop `matter.missing`
 */
export async function matterOf(firm: Joined, matter: string): Promise<string> {
  if (z.uuid().safeParse(matter).success) return matter.toLowerCase()
  const found = (await allMatters(firm)).find((one) => one.number === matter)
  if (!found) throw new Stop('matter.missing', 'There is no matter of that number within your reach.')
  return found.id
}

function momentOf(flag: string, text: string): string {
  const at = new Date(text)
  if (Number.isNaN(at.getTime())) throw new Stop('usage.filter', `${flag}: ${safe(text)} is no day and no moment.`)
  return at.toISOString()
}
