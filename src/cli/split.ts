import { mkdir, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { instant } from '../platform/clock.ts'
import { readConfig } from '../platform/config.ts'
import { syncFolder } from '../platform/durable.ts'
import { openKeyring } from '../platform/keyring.ts'
import { Stop } from '../platform/refusal.ts'
import { makePdf } from '../platform/pdf.ts'
import { splitKey } from '../platform/shares.ts'
import { example, withPlace } from './options.ts'
import { asFresh, idIn, withCode, type Fresh } from './people.ts'
import { sharePdf, shareText, type ShareSheet } from './share-sheet.ts'
import { print, printJson, safe } from './terminal.ts'

type Options = Fresh & { custodian: string[]; need: string; shares?: string; to: string; text?: boolean }
const MOST = 9

export function addSplit(key: Command): void {
  const split = withCode(withPlace(key.command('split')))
    .description('Split the root key among custodians: a sheet to print for each, of which some together put the key back')
    .requiredOption('--custodian <EMAIL>', 'who keeps a share, by e-mail address; once for each', gathered)
    .requiredOption('--need <N>', 'how many of the shares together give the key')
    .option('--shares <N>', 'how many shares there are: as many as custodians')
    .requiredOption('--to <DIR>', 'a folder for the sheets, which must not exist yet; under /dev/shm they never touch the disk')
    .option('--text', 'sheets as plain text instead of PDF')
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
  const files = made.map(({ share }) => join(options.to, `share-${share.index}-of-${of}.${options.text ? 'txt' : 'pdf'}`))
  const sheets: [file: string, content: string | Buffer][] = []
  for (const [at, { share, name }] of made.entries())
    sheets.push([files[at]!, await sheetOf({ share, name, data: config.data, printedAt: instant() }, options)])
  await writeAll(options.to, sheets)
  if (options.json) return printJson({ set: made[0]!.share.set, need, files })
  made.forEach(({ name }, at) => print(`${files[at]}  for ${safe(name)}`))
  print(`Any ${need} of these ${of} give the root key (set ${made[0]!.share.set}). Print each and hand it over.`)
  print(
    `Then delete ${options.to} at once: whoever reads ${need} of these files holds the root key. Each custodian says under My account that they have theirs.`,
  )
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

const sheetOf = (sheet: ShareSheet, { text, to }: Options): Promise<string | Buffer> | string =>
  text
    ? shareText(sheet)
    : makePdf(sharePdf(sheet)).catch((fault: unknown) => {
        throw new Stop('file.unwritable', `The sheets cannot be printed as PDF. Delete ${to} and split the key again with --text.`, fault)
      })

async function writeAll(dir: string, sheets: [file: string, content: string | Buffer][]): Promise<void> {
  for (const [file, content] of sheets)
    await writeFile(file, content, { flag: 'wx', mode: 0o600, flush: true }).catch((fault: NodeJS.ErrnoException) => {
      throw new Stop(
        'file.unwritable',
        `The sheet ${file} cannot be written (${fault.code}). Delete ${dir} and split the key again.`,
        fault,
      )
    })
  await syncFolder(dir)
}
