import { stat } from 'node:fs/promises'
import type { Command } from 'commander'
import type { EntryFilter } from '../contract/entry-filter.ts'
import { FORMATS } from '../contract/entry.ts'
import { Stop } from '../platform/refusal.ts'
import type { Joined } from './join.ts'
import { filterOf, withFilter, type Filtering } from './ledger-filter.ts'
import { example, withPlace } from './options.ts'
import { asFresh, withCode, type Fresh } from './people.ts'
import { saveAs } from './save-as.ts'
import { bytes, print, printJson, progress } from './terminal.ts'

type Options = Fresh & Filtering & { format: string; out?: string }

export function addLedgerExport(ledger: Command): void {
  example(
    withFilter(withCode(withPlace(ledger.command('export'))))
      .description('Write the entries that one may see to a file; that is an entry itself')
      .option('--format <F>', 'csv, or jsonl (JSON Lines)', 'csv')
      .option('--out <FILE>', 'where it goes; standard output otherwise. What stands there is not overwritten'),
    'subrosa ledger export --format jsonl --from 2026-10-01 --to 2026-11-01 --out october.jsonl --code 123456',
  ).action(run)
}

async function run(options: Options): Promise<void> {
  const format = FORMATS.find((one) => one === options.format)
  if (!format) throw new Stop('usage.filter', `--format takes ${FORMATS.join(' or ')}.`)
  const { out } = options
  if (out && (await stat(out).catch(() => null))) throw new Stop('file.exists', `${out} is there already, and is not overwritten.`)
  await asFresh(options, async (firm) => {
    const query = { ...(await filterOf(firm, options)), format }
    if (out === undefined) return send(firm, query)
    const size = await write(firm, query, out)
    if (options.json) printJson({ path: out, bytes: size })
    else print(`${bytes(size)}, in ${out}. The entries lie there in the clear.`)
  })
}

type Query = EntryFilter & { format: (typeof FORMATS)[number] }
const send = (firm: Joined, query: Query): Promise<void> =>
  firm.save('entry.export', { query }, async (parts) => {
    for await (const part of parts) if (!process.stdout.write(part)) await new Promise((resolve) => process.stdout.once('drain', resolve))
  })

/** Under a name of its own until all of it is on the disk; for this user alone. @throws Stop `file.unwritable`, `export.broken` */
async function write(firm: Joined, query: Query, path: string): Promise<number> {
  const line = progress()
  let size = 0
  try {
    return await saveAs(path, (write) =>
      firm.save('entry.export', { query }, async (parts) => {
        for await (const part of parts) {
          await write(part)
          line.show(bytes((size += part.length)))
        }
      }),
    )
  } finally {
    line.end()
  }
}
