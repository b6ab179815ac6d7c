import { mkdir, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { rowsOf, type Share } from '../core/share.ts'
import { instant } from '../platform/clock.ts'
import { readConfig } from '../platform/config.ts'
import { syncFolder } from '../platform/durable.ts'
import { openKeyring } from '../platform/keyring.ts'
import { Stop } from '../platform/refusal.ts'
import { splitKey } from '../platform/shares.ts'
import { example, withPlace } from './options.ts'
import { asFresh, idIn, withCode, type Fresh } from './people.ts'
import { print, printJson, safe } from './terminal.ts'

type Options = Fresh & { custodian: string[]; need: string; shares?: string; to: string }
const MOST = 9

export function addSplit(key: Command): void {
  const split = withCode(withPlace(key.command('split')))
    .description('Split the root key among custodians: a sheet to print for each, of which some together put the key back')
    .requiredOption('--custodian <EMAIL>', 'who keeps a share, by e-mail address; once for each', gathered)
    .requiredOption('--need <N>', 'how many of the shares together give the key')
    .option('--shares <N>', 'how many shares there are: as many as custodians')
    .requiredOption('--to <DIR>', 'a folder for the sheets, which must not exist yet')
  example(
    split,
    'subrosa key split --shares 3 --need 2 --to sheets \\\n    --custodian ada@wren.example --custodian ben@wren.example --custodian cora@wren.example',
  ).action(run)
}
export const gathered = (value: string, before: string[] = []): string[] => [...before, value]

/** Nothing is written before the firm has noted the set, and no share leaves this process but onto its sheet. */
async function run(options: Options): Promise<void> {
  const { need, of } = numbersOf(options)
  const config = readConfig(options)
  await mkdir(options.to, { mode: 0o700 }).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'EEXIST') throw new Stop('file.exists', `${options.to} is there already. Name a folder that is not.`, fault)
    throw new Stop('file.unwritable', `The folder ${options.to} cannot be made (${fault.code}).`, fault)
  })
  const made = await note(options, { need, of }, config).catch(async (fault: unknown) => {
    await rmdir(options.to)
    throw fault
  })
  const files = made.map(({ share }) => join(options.to, `share-${share.index}-of-${of}.txt`))
  await writeAll(
    options.to,
    made.map(({ share, name }, at) => [files[at]!, sheetOf(share, name, config.data)]),
  )
  if (options.json) return printJson({ set: made[0]!.share.set, need, files })
  made.forEach(({ name }, at) => print(`${files[at]}  for ${safe(name)}`))
  print(`Any ${need} of these ${of} give the root key (set ${made[0]!.share.set}). Print each, hand it over, and delete the folder.`)
  print('The recovery sheet of 24 words is the whole key still: where the custodians are to be the only way, destroy it.')
}

function numbersOf({ custodian, need, shares }: Options): { need: number; of: number } {
  const [least, of] = [Number(need), shares === undefined ? custodian.length : Number(shares)]
  if (of !== custodian.length)
    throw new Stop('usage.split', `There are ${shares} shares and ${custodian.length} custodians: name one custodian for each share.`)
  if (new Set(custodian.map((one) => one.trim().toLowerCase())).size !== of)
    throw new Stop('usage.split', 'A custodian is named twice: each share needs a custodian of its own.')
  if (!Number.isInteger(least) || least < 2 || of > MOST || least > of)
    throw new Stop('usage.split', `At least 2 shares must be needed, no more than there are, and there are at most ${MOST}.`)
  return { need: least, of }
}

const note = (options: Options, { need, of }: { need: number; of: number }, config: ReturnType<typeof readConfig>) =>
  asFresh(options, async (firm) => {
    const { people } = await firm.ask('person.list', {})
    const custodians = options.custodian.map((address) => idIn(people, address))
    const root = await openKeyring(config.keyring, config.data)
    const shares = await splitKey(root.key, { need, of })
    await firm.ask('key.split', { body: { set: shares[0]!.set, rootKey: root.id, need, custodians } })
    return shares.map((share, at) => ({ share, name: people.find((one) => one.id === custodians[at])!.name }))
  })

async function writeAll(dir: string, sheets: [file: string, text: string][]): Promise<void> {
  for (const [file, text] of sheets)
    await writeFile(file, text, { flag: 'wx', mode: 0o600, flush: true }).catch((fault: NodeJS.ErrnoException) => {
      throw new Stop(
        'file.unwritable',
        `The sheet ${file} cannot be written (${fault.code}). Delete ${dir} and split the key again.`,
        fault,
      )
    })
  await syncFolder(dir)
}

/** `shareOf` (src/core/share.ts) reads it back. */
const sheetOf = (share: Share, name: string, data: string): string => `RECOVERY SHARE ${share.index} OF ${share.of}
of the root key of the firm in ${safe(data)}

Kept by: ${safe(name)}

${rowsOf(share)
  .map((row, at) => `  ${at + 1}  ${row}`)
  .join('\n')}

  Set: ${share.set}
  Root key: ${share.rootKey}
  Printed: ${instant()}

Any ${share.need} of the ${share.of} shares of this set together are the firm's root key; fewer say
nothing about it. Keep this sheet locked away, apart from the other shares, from
the server and from every backup. It is void once the root key is replaced.

To put the root key back, ${share.need} custodians come together and run:

  subrosa key recover --share FILE --share FILE …

where each FILE is the text of one sheet, or its six numbered rows typed from it.
The use of shares is told to all custodians of the set.
`
