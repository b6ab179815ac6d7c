import type { Command } from 'commander'
import { readConfig, type Config } from '../platform/config.ts'
import { InUse, takeDataFolder } from '../platform/data-folder.ts'
import { expectedKey, openKeyring, saveKeyring } from '../platform/keyring.ts'
import { passphraseSeal } from '../platform/keyring-seal.ts'
import { askPassphraseWith, forgetPassphrase, readPassphrase } from '../platform/passphrase.ts'
import { Stop } from '../platform/refusal.ts'
import { example, withPlace, type Place } from './options.ts'
import { ask, print, printJson } from './terminal.ts'

type Options = Place & { newFile?: string; remove?: boolean }
const LEAST = 12

export function addPassphrase(key: Command): void {
  if (process.stdin.isTTY && process.stderr.isTTY)
    askPassphraseWith((question) => ask(question, { flag: 'SUBROSA_PASSPHRASE_FILE', hidden: true }))
  const passphrase = withPlace(key.command('passphrase'))
    .description('Seal the keyring file with a passphrase, change it, or take it off; the server must be stopped')
    .option('--new-file <FILE>', 'a file that holds the new passphrase; asked for twice otherwise')
    .option('--remove', 'take the passphrase off: whoever can read the file then holds the root key')
  example(passphrase, 'subrosa key passphrase').action(run)
}

async function run(options: Options): Promise<void> {
  const config = readConfig(options)
  if (options.remove && options.newFile !== undefined) throw new Stop('usage.passphrase', '--remove and --new-file do not go together.')
  await alone(config, async () => {
    const root = await openKeyring(config.keyring, config.data)
    if (options.remove) root.seal = null
    else root.seal = await passphraseSeal(options.newFile === undefined ? await typed() : fit(await readPassphrase(options.newFile)))
    await saveKeyring(config.keyring, root)
    forgetPassphrase(config.keyring)
  })
  if (options.json) return printJson({ keyring: config.keyring, sealed: !options.remove })
  if (options.remove) return print(`${config.keyring} is sealed no more.`)
  print(
    `${config.keyring} is sealed. Without the passphrase, or the recovery sheet, nothing can be opened: keep both, apart from each other.`,
  )
  print('Copies of the file that were made before, as in a key backup, are not sealed with it.')
}

/** Nothing else uses the data folder meanwhile: a server that runs would write the keyring again as it knows it. */
export async function alone<T>(config: Config, fn: () => Promise<T>): Promise<T> {
  if ((await expectedKey(config.data)) === null)
    throw new Stop('data.empty', `There is no firm in ${config.data}. Name its folder with --data or SUBROSA_DATA.`)
  const folder = await takeDataFolder(config.data).catch((fault: unknown) => {
    throw fault instanceof InUse
      ? new Stop('data.in_use', `The data folder ${config.data} is in use by process ${fault.pid}. Stop the server first.`, fault)
      : new Stop('data.unfit', (fault as Error).message, fault)
  })
  try {
    return await fn()
  } finally {
    await folder.release()
  }
}

async function typed(): Promise<string> {
  const once = fit(await ask('New passphrase: ', { flag: '--new-file', hidden: true }))
  const again = await ask('The same again: ', { flag: '--new-file', hidden: true })
  if (once.normalize('NFKC') !== again.normalize('NFKC'))
    throw new Stop('usage.passphrase', 'The two are not the same. Nothing was changed.')
  return once
}

function fit(passphrase: string): string {
  if ([...passphrase].length < LEAST)
    throw new Stop('usage.passphrase', `A passphrase has ${LEAST} characters or more; several words are best. Nothing was changed.`)
  return passphrase
}
