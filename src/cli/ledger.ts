import type { Command } from 'commander'
import type { NumberedEntry } from '../contract/entry.ts'
import { DEEDS } from '../contract/deeds.ts'
import type { EntryId } from '../contract/ids.ts'
import { readConfig } from '../platform/config.ts'
import { Stop } from '../platform/refusal.ts'
import { addLedgerExport } from './ledger-export.ts'
import { addLedgerWitness } from './ledger-witness.ts'
import { filterOf, withFilter, type Filtering } from './ledger-filter.ts'
import { example, withPlace, type Place } from './options.ts'
import { asPerson } from './person.ts'
import { addReceiver } from './receiver.ts'
import { print, printJson, safe } from './terminal.ts'

const PAGE = 500

export function addLedger(program: Command): void {
  const ledger = program.command('ledger').description('Read the firm’s ledger, and say who witnesses it')
  example(
    withFilter(withPlace(ledger.command('list')))
      .description('The entries that one may see, newest first')
      .option('--limit <N>', 'how many at most', '100'),
    'subrosa ledger list --person ben@wren.example --deed looked --from 2026-11-01',
  ).action(list)
  addLedgerExport(ledger)
  addLedgerWitness(ledger)
  addReceiver(ledger)
}

async function list(options: Place & Filtering & { limit: string }): Promise<void> {
  const most = Number(options.limit)
  if (!Number.isInteger(most) || most < 1) throw new Stop('usage.filter', '--limit takes a whole number from 1.')
  await asPerson(readConfig(options), async (firm) => {
    const filter = await filterOf(firm, options)
    const found: NumberedEntry[] = []
    for (let before: EntryId | undefined; found.length < most;) {
      const { entries, next } = await firm.ask('entry.all', {
        query: { ...filter, limit: Math.min(PAGE, most - found.length), ...(before && { before }) },
      })
      found.push(...entries)
      if (!next) break
      before = next
    }
    if (options.json) return printJson({ entries: found })
    found.forEach((entry) => print(safe(lineOf(entry))))
  })
}

const lineOf = ({ at, number, actor, via, deed, object, matter, from }: NumberedEntry): string =>
  [
    at.slice(0, 19).replace('T', ' '),
    number ?? '-',
    `${actor?.name ?? (via === 'clerk' ? 'Subrosa' : 'someone')} ${DEEDS[deed]}${object === null ? '' : ` ${object}`}`,
    ...(matter ? [`in ${matter.title}`] : []),
    ...(from ? [`from ${from.address}`] : []),
  ].join('  ')
