import { z } from 'zod'
import type { ClientId } from '../contract/ids.ts'
import type { ClientView, MatterView } from '../contract/matter.ts'
import { Stop } from '../platform/refusal.ts'
import type { Joined } from './join.ts'
import { tell } from './terminal.ts'

const isId = (text: string): boolean => z.uuid().safeParse(text).success
const same = (name: string) => name.normalize('NFC').trim()

/**
 * The matter to import into, by exact name or id among those within reach; client and matter are made where no such
 * name is. An id is never made.
 * KNOWN: two first imports into a new matter at the same moment each open one of that name; a third is then told both ids.
 * @throws Stop `client.ambiguous`, `client.missing`, `matter.ambiguous`, `matter.missing`
 */
export async function findMatter(firm: Joined, client: string, matter: string): Promise<MatterView> {
  const matters = await allMatters(firm)
  if (isId(matter)) {
    const found = matters.find((one) => one.id === matter && (one.client.id === client || one.client.name === same(client)))
    if (!found) throw new Stop('matter.missing', `There is no matter ${matter} of that client within your reach.`)
    return found
  }
  const its = await findClient(firm, client)
  const named = its ? matters.filter((one) => one.client.id === its.id && one.title === same(matter)) : []
  if (named.length > 1)
    throw new Stop(
      'matter.ambiguous',
      `${its!.name} has ${named.length} matters of that name. Give one’s id with --matter:\n${named.map((one) => `  ${one.id}  ${one.number}`).join('\n')}`,
    )
  if (named[0]) return named[0]
  const owner = its ?? (await firm.ask('client.create', { body: { ...NEW_CLIENT, name: same(client) } }))
  if (!its) tell(`Took on the client ${owner.name}.`)
  const made = await firm.ask('matter.create', {
    body: { client: owner.id, title: same(matter), class: 'confidential', type: '', jurisdiction: '' },
  })
  tell(`Opened the matter ${made.title} (${made.number}).`)
  return made
}

/** Every matter within reach. */
export async function allMatters(firm: Joined): Promise<MatterView[]> {
  const all: MatterView[] = []
  for (let before: MatterView['id'] | undefined; ;) {
    const { matters, next } = await firm.ask('matter.list', { query: { before, limit: 500 } })
    all.push(...matters)
    if (!next) return all
    before = next
  }
}

const NEW_CLIENT = {
  kind: 'organization' as const,
  formerNames: [],
  aliases: [],
  emails: [],
  addresses: [],
  class: 'confidential' as const,
}

async function findClient(firm: Joined, client: string): Promise<ClientView | null> {
  const { clients } = await firm.ask('client.list', {})
  if (isId(client)) {
    const found = clients.find((one) => one.id === (client as ClientId))
    if (!found) throw new Stop('client.missing', `There is no client ${client} within your reach.`)
    return found
  }
  const named = clients.filter((one) => one.name === same(client))
  if (named.length > 1)
    throw new Stop(
      'client.ambiguous',
      `There are ${named.length} clients of that name. Give one’s id with --client:\n${named.map((one) => `  ${one.id}  since ${one.createdAt.slice(0, 10)}`).join('\n')}`,
    )
  return named[0] ?? null
}
