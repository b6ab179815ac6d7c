import { text } from 'node:stream/consumers'
import type { Command } from 'commander'
import type { MatterId } from '../contract/ids.ts'
import { SearchOrder, SearchWords } from '../contract/search.ts'
import { instant } from '../platform/clock.ts'
import { Stop } from '../platform/refusal.ts'
import { BOLD, IN_BRACKETS, linesOf, type Reader } from './found-lines.ts'
import { matterOf } from './ledger-filter.ts'
import { example, withPlace } from './options.ts'
import { asFresh, withCode, type Fresh } from './people.ts'
import { print, printJson } from './terminal.ts'

type Options = Fresh & { order: string; limit: string; matter: string[] }
const MOST = 50

export function addSearch(program: Command): void {
  const command = withCode(withPlace(program.command('search')))
    .argument('<words...>', 'what to search for, with the operators of the page; - reads it from standard input')
    .description('Search matters, people and documents within reach, and show the passages; each search is an entry of the ledger')
    .option('--order <O>', SearchOrder.options.join(', '), 'best')
    .option('--limit <N>', `how many documents at most, 1 to ${MOST}`, '20')
    .option('--matter <M>', 'only in this matter, by number or id; may be given again', (one, before: string[]) => [...before, one], [])
    .addHelpText(
      'after',
      '\nWords on the command line stay in the history of the shell, and others on this machine may see them while it runs.\n' +
        'With - they are read from standard input instead, ended by Ctrl-D.',
    )
  example(command, `subrosa search '"outfall 3" w/5 warn*' --order newest\nsubrosa search -`).action(run)
}

async function run(given: string[], options: Options): Promise<void> {
  const order = SearchOrder.safeParse(options.order)
  if (!order.success) throw new Stop('usage.search', `--order takes ${SearchOrder.options.join(', ')}.`)
  const limit = Number(options.limit)
  if (!/^\d+$/.test(options.limit) || limit < 1 || limit > MOST)
    throw new Stop('usage.search', `--limit takes a whole number from 1 to ${MOST}.`)
  const words = await wordsOf(given)
  await asFresh(options, async (firm) => {
    const matters: MatterId[] = []
    for (const one of options.matter) matters.push((await matterOf(firm, one)) as MatterId)
    const view = await firm.ask('search.run', { body: { words, narrow: { ...EVERYWHERE, matters }, order: order.data, start: 0, limit } })
    if (options.json) return printJson(view)
    const reader: Reader | null = view.hits.some((hit) => hit.isWatermarked)
      ? { name: (await firm.ask('person.me', {})).name, at: `${instant().slice(0, 16).replace('T', ' ')} UTC` }
      : null
    linesOf(view, process.stdout.isTTY ? BOLD : IN_BRACKETS, reader).forEach((line) => print(line))
  })
}

const EVERYWHERE = { matters: [], clients: [], types: [], years: [], classes: [], people: [] }

/** @throws Stop `usage.search` when there are none, or too many */
async function wordsOf(given: string[]): Promise<string> {
  const words = (given.length === 1 && given[0] === '-' ? await text(process.stdin) : given.join(' ')).trim()
  if (words === '') throw new Stop('usage.search', 'There are no words to search for.')
  if (!SearchWords.safeParse(words).success) throw new Stop('usage.search', 'These are too many words to search for.')
  return words
}
