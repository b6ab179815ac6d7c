import { stat } from 'node:fs/promises'
import type { Command } from 'commander'
import { z } from 'zod'
import { OneField, type EvidenceOf } from '../contract/evidence.ts'
import type { ClientId, DocumentId, MatterId } from '../contract/ids.ts'
import { checkBundle } from '../core/evidence-check.ts'
import { Stop } from '../platform/refusal.ts'
import { allMatters } from './import-place.ts'
import type { Joined } from './join.ts'
import { example, withPlace } from './options.ts'
import { asFresh, idIn, withCode, type Fresh } from './people.ts'
import { saveAs } from './save-as.ts'
import { bytes, print, printJson, safe, tell } from './terminal.ts'

type Options = Fresh & {
  out: string
  matter?: string
  client?: string
  person?: string
  document?: string
  from?: string
  to?: string
  absent?: string
  details: boolean
  places?: boolean
  grounds?: boolean
  conceal?: string[]
  reveal?: string[]
}

export function addBundle(program: Command): void {
  const command = withCode(withPlace(program.command('bundle')))
    .description('Make evidence: one file that proves entries of the ledger to a stranger, without this firm or a network')
    .requiredOption('--out <FILE>', 'the file to write; what stands there is not overwritten')
    .option('--matter <M>', 'all entries of this matter: its number or id')
    .option('--client <C>', 'of all matters of this client: its name or id')
    .option('--person <EMAIL>', 'of this person: address or id')
    .option('--document <ID>', 'of this document')
    .option('--from <T>', 'no earlier entries, as 2026-03-01 or 2026-03-01T09:00:00Z')
    .option('--to <T>', 'no later entries')
    .option('--absent <EMAIL>', 'shows that there is none by this person, on the matter or in the period')
    .option('--without-details', 'leaves all details out')
    .option('--places', 'opens from where each was done, as far as you may see it')
    .option('--grounds', 'opens what allowed each')
    .option('--conceal <ENTRY:FIELD>', `leaves out this field of this entry, each time it is given: ${FIELDS}`, several)
    .option('--reveal <ENTRY:FIELD>', 'opens this field of this entry although it would be left out', several)
  example(command, 'subrosa bundle --matter 2026-0042 --out orchard-evidence.zip --code 123456').action(make)
}

const FIELDS = OneField.shape.field.options.join(', ')
const several = (text: string, before: string[] = []): string[] => [...before, text]

type Given = Omit<Options, 'details'> & { withoutDetails?: boolean }

async function make(options: Given): Promise<void> {
  if (await stat(options.out).catch(() => null)) throw new Stop('file.exists', `${options.out} is there already, and is not overwritten.`)
  const zip = await asFresh(options, async (firm) => {
    const show = [...(options.places ? (['from'] as const) : []), ...(options.grounds ? (['ground'] as const) : [])]
    const absent = options.absent === undefined ? undefined : await personOf(firm, options.absent)
    const of = await subjectOf(firm, options)
    const body = {
      of,
      from: timeOf(options.from, '--from'),
      to: timeOf(options.to, '--to'),
      absent,
      details: options.withoutDetails ? false : undefined,
      show,
      conceal: (options.conceal ?? []).map((text) => fieldOf(text, '--conceal')),
      reveal: (options.reveal ?? []).map((text) => fieldOf(text, '--reveal')),
    }
    const parts: Buffer[] = []
    await firm.save('bundle.create', { body }, async (some) => {
      for await (const part of some) parts.push(part)
    })
    return Buffer.concat(parts)
  })
  await saveAs(options.out, (write) => write(zip))
  // what was made is looked at as a stranger would
  const { faults, evidence } = checkBundle(zip)
  if (faults[0] || !evidence) throw new Stop('evidence.broken', `What was made does not hold: ${faults[0]?.what ?? 'it cannot be read'}`)
  const shown = evidence.entries.filter((entry) => entry.leaf).length
  if (options.json)
    return printJson({ path: options.out, bytes: zip.length, entries: shown, claims: evidence.head.claims, key: evidence.head.log.vkey })
  print(`${shown} entries, ${bytes(zip.length)}, in ${options.out}.`)
  for (const { says } of evidence.claims) print(safe(says))
  if (evidence.claims.length === 0) tell('It does not show that there are no others of its kind.')
  tell('Who gets it needs the verifier key from elsewhere:')
  print(evidence.head.log.vkey)
}

/** @throws Stop `usage.missing`, `matter.missing`, `client.missing` */
async function subjectOf(firm: Joined, { matter, client, person, document, from, to }: Given): Promise<EvidenceOf> {
  if ([matter, client, person, document].filter((one) => one !== undefined).length > 1)
    throw new Stop('usage.missing', 'Name one of --matter, --client, --person and --document.')
  if (matter !== undefined) return { matter: await matterOf(firm, matter) }
  if (client !== undefined) return { client: await clientOf(firm, client) }
  if (person !== undefined) return { person: await personOf(firm, person) }
  if (document !== undefined) return { document: document.toLowerCase() as DocumentId }
  if (from === undefined && to === undefined)
    throw new Stop('usage.missing', 'Say what it is about: --matter, --client, --person, --document, or a period with --from and --to.')
  return { period: true }
}

const isId = (text: string): boolean => z.uuid().safeParse(text).success

// whoever oversees knows a matter by its id and has none in reach
async function matterOf(firm: Joined, matter: string): Promise<MatterId> {
  if (isId(matter)) return matter.toLowerCase() as MatterId
  const found = (await allMatters(firm)).find((one) => one.number === matter)
  if (!found) throw new Stop('matter.missing', 'There is no matter of that number within your reach.')
  return found.id
}

async function clientOf(firm: Joined, client: string): Promise<ClientId> {
  if (isId(client)) return client.toLowerCase() as ClientId
  const found = (await firm.ask('client.list', {})).clients.filter((one) => one.name === client)
  if (found.length !== 1)
    throw new Stop('client.missing', `There ${found.length === 0 ? 'is no client' : 'are several clients'} of that name within your reach.`)
  return found[0]!.id
}

async function personOf(firm: Joined, person: string) {
  if (isId(person)) return person.toLowerCase() as ReturnType<typeof idIn>
  return idIn((await firm.ask('person.list', {})).people, person)
}

/** @throws Stop `usage.field` */
function fieldOf(text: string, option: string): OneField {
  const [entry, field, ...more] = text.split(':')
  const found = OneField.safeParse({ entry, field })
  if (!found.success || more.length > 0) throw new Stop('usage.field', `${option} takes an entry’s id, a colon and one of: ${FIELDS}.`)
  return found.data
}

/** @throws Stop `usage.time` */
function timeOf(text: string | undefined, option: string): string | undefined {
  if (text === undefined) return undefined
  const time = new Date(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text)
  if (Number.isNaN(time.getTime()) || !/^\d{4}-\d\d-\d\d/.test(text))
    throw new Stop('usage.time', `${option} takes a day, 2026-03-01, or a time, 2026-03-01T09:00:00Z.`)
  return time.toISOString()
}
