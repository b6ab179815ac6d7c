import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readAddress } from '../../../src/outward/addresses/address.ts'
import type { Channel, Level } from '../../../src/contract/gate.ts'
import { Matrix } from '../../../src/contract/matrix.ts'
import { stricter, type Class } from '../../../src/contract/words.ts'
import { Directory, type Held } from '../../../src/outward/gate/directory.ts'
import type { Basis, Item, Part, Place, Recipient, Side, Standing, Trace, Wishes } from '../../../src/outward/gate/situation.ts'
import { traitsOf } from '../../../src/outward/gate/text-traits.ts'

/** A firm as `firm.txt` and `documents.txt` say it, kept as the product keeps it. `screened`, `excluded`: people by matter, by client. */
export type Firm = {
  matters: Map<string, Place & { class: Class }>
  wishes: Map<string, Wishes>
  directory: Directory
  /** All that it holds. */ helds: Held[]
  documents: Map<string, Omit<Item, 'isCleaned'>>
  bases: Map<string, Basis>
  screened: Map<string, Set<string>>
  excluded: Map<string, Set<string>>
  cells: Matrix['classes']
}

const TRACES = new Set<string>(['metadata', 'comments', 'tracked-changes', 'hidden-content', 'covered-text', 'unread'])
const SIDES: Record<string, Side> = { '+': 'ours', '-': 'theirs', '~': 'neither' }

export function readFirm(): Firm {
  const firm: Firm = {
    matters: new Map(),
    wishes: new Map(),
    directory: new Directory(),
    helds: [],
    documents: new Map(),
    bases: new Map(),
    screened: new Map(),
    excluded: new Map(),
    cells: standardCells(),
  }
  const parts = Map.groupBy(linesOf('firm.txt'), ({ heading }) => heading)
  const clients = new Map(rowsOf(parts, 'clients').map(([id, name]) => [id!, name!]))
  for (const [id, , wishes] of rowsOf(parts, 'clients')) {
    firm.wishes.set(id!, wishesOf(wishes!))
    firm.excluded.set(id!, new Set(/exclude=(\S+)/.exec(wishes!)?.[1]?.split(',')))
  }
  for (const [number, client, title, its] of rowsOf(parts, 'matters'))
    firm.matters.set(number!, {
      matter: number!,
      number: number!,
      title: title!,
      client: client!,
      clientName: some(clients.get(client!)),
      class: its as Class,
    })
  for (const row of rowsOf(parts, 'people')) putPerson(firm, row)
  for (const [code, , text, from, until, withdrawn, documents, recipients] of rowsOf(parts, 'bases'))
    firm.bases.set(code!, {
      code: code!,
      text: text!,
      startsAt: Date.parse(from!),
      endsAt: until ? Date.parse(until) : null,
      withdrawnAt: withdrawn ? Date.parse(withdrawn) : null,
      documents: documents ? documents.split(',') : null,
      recipients: recipients ? recipients.split(',') : null,
    })
  for (const { row } of linesOf('documents.txt')) putDocument(firm, row)
  return firm
}

function putPerson(firm: Firm, [id, written, level, where, flags]: string[]): void {
  const address = some(readAddress(written!))
  const standings = where!.split(', ').map((text) => standingOf(firm, text))
  const fell = /\b(expired|changed|bounced)\b/.exec(flags!)?.[1] as Recipient['fell']
  const cools = /cools=(\S+)/.exec(flags!)?.[1]
  const screened = /screened=(\S+)/.exec(flags!)?.[1]
  if (screened) firm.screened.set(screened, (firm.screened.get(screened) ?? new Set()).add(id!))
  const held: Held = {
    person: id!,
    name: address.display!,
    isOffice: flags!.includes('office'),
    address,
    level: level as Level,
    fell: fell ?? null,
    coolsUntil: cools ? Date.parse(cools) : null,
    standings,
    receivedFrom: new Set(flags!.includes('first') ? [] : standings.map(({ place }) => place.client)),
  }
  firm.directory.put(held)
  firm.helds.push(held)
}

function standingOf(firm: Firm, text: string): Standing {
  const [, matter, sign, part, actsFor, ended] = some(/^(M-\d+)([+~-])([a-z-]+)(?::([^†]+))?(?:†(\S+))?$/.exec(text))
  return {
    place: some(firm.matters.get(matter!)),
    part: part as Part,
    side: SIDES[sign!]!,
    actsFor: actsFor ?? '',
    endedAt: ended ? Date.parse(ended) : null,
  }
}

function putDocument(firm: Firm, [id, matter, label, marks, name, text]: string[]): void {
  const place = some(firm.matters.get(matter!))
  const its = label ? stricter(label as Class, place.class) : place.class
  const { sensitive, isMarkedPrivileged } = traitsOf(text!)
  const all = marks!.split(',')
  firm.documents.set(id!, {
    id: id!,
    name: name!,
    place,
    class: its,
    isPrivileged: its === 'privileged' || all.includes('privileged') || isMarkedPrivileged,
    sensitive,
    traces: all.filter((mark): mark is Trace => TRACES.has(mark)),
    isQuarantined: all.includes('quarantined'),
  })
}

function wishesOf(text: string): Wishes {
  const channels = /channels=(\S+)/.exec(text)?.[1]?.split(',') as Channel[] | undefined
  const hours = /hours=(\d+)-(\d+) weekdays=(\d)-(\d)/.exec(text)
  const [from, to, first, last] = hours ? hours.slice(1).map(Number) : []
  const weekdays = [1, 2, 3, 4, 5, 6, 7].filter((day) => hours && day >= first! && day <= last!)
  return { channels: channels ?? null, hours: hours ? { from: from!, to: to!, weekdays } : null }
}

/** The handling matrix as the firm comes. */
function standardCells(): Matrix['classes'] {
  const sql = readFileSync(join(import.meta.dirname, '../../../db/access/3-matrix.sql'), 'utf8')
  return Matrix.parse(JSON.parse(some(sql.split('$matrix$')[1]))).classes
}

type Line = { heading: string; row: string[] }

/** Lines of a data file, their columns parted by `|`. */
export function linesOf(file: string): Line[] {
  let heading = ''
  return readFileSync(join(import.meta.dirname, file), 'utf8')
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('## ')) heading = line.slice(3)
      return line === '' || line.startsWith('#') ? [] : [{ heading, row: line.split('|').map((cell) => cell.trim()) }]
    })
}
const rowsOf = (parts: Map<string, Line[]>, heading: string): string[][] => some(parts.get(heading)).map(({ row }) => row)

export function some<Thing>(thing: Thing | null | undefined): Thing {
  if (thing === null || thing === undefined) throw new Error('the data says something that is not there')
  return thing
}
