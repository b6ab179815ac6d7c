import { randomBytes } from 'node:crypto'
import { readFile, rename, stat } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import type { Command } from 'commander'
import { keyId } from '../core/keys.ts'
import { shareOf, type Share } from '../core/share.ts'
import { rootKeyOf, wordsOf } from '../core/sheet.ts'
import { readConfig } from '../platform/config.ts'
import { instant } from '../platform/clock.ts'
import { expectedKey, isOpenToOthers, openKeyring, readKeyring, writeKeyring } from '../platform/keyring.ts'
import { markUse, type ShareUse } from '../platform/recovery-mark.ts'
import { Stop } from '../platform/refusal.ts'
import { joinShares } from '../platform/shares.ts'
import { addMove } from './move-key.ts'
import { addOwnRoot } from './own-root.ts'
import { addPassphrase } from './passphrase.ts'
import { addRotation } from './rotate.ts'
import { example, withPlace, type Place } from './options.ts'
import { sheetText } from './sheet.ts'
import { addSplit, gathered } from './split.ts'
import { print, printJson } from './terminal.ts'

type Options = Place & { sheet?: string; share?: string[]; replace?: boolean }

export function addKey(program: Command): void {
  const key = program.command('key').description('The firm’s keys: root, firm and matters')
  const recover = withPlace(key.command('recover'))
    .description('Write the keyring file again, from the 24 words of the printed recovery sheet, or from custodians’ shares')
    .option('--sheet <FILE>', 'a file that holds the 24 words, typed or scanned; - reads standard input')
    .option('--share <FILE>', 'a file that holds one share, typed or scanned; once for each', gathered)
    .option('--replace', 'put a different key that stands there aside')
  example(recover, 'subrosa key recover --sheet words.txt\nsubrosa key recover --share ada.txt --share ben.txt').action(run)
  const sheet = withPlace(key.command('sheet')).description('Print the recovery sheet of the root key as it is now')
  example(sheet, 'subrosa key sheet > sheet.txt').action(printSheet)
  addRotation(key)
  addSplit(key)
  addPassphrase(key)
  addMove(key)
  addOwnRoot(key)
}

async function run(options: Options): Promise<void> {
  const config = readConfig(options)
  const { key, use } = await readAny(options)
  const id = keyId(key)
  const expected = await expectedKey(config.data)
  if (expected === null) throw new Stop('data.empty', `There is no firm in ${config.data}. Name its folder with --data or SUBROSA_DATA.`)
  if (id !== expected)
    throw new Stop(
      'keyring.wrong',
      `The ${use ? 'shares are' : 'sheet is'} of another key: ${use ? 'they' : 'its words'} give the key ${id}, and this data folder was sealed with ${expected}. Nothing was written.`,
    )
  const found = await lookAt(config.keyring)
  const isThere = found.key === id && !found.isOpen
  // before the key is anywhere: it is not to be used untold
  if (use) await markUse(config.keyring, use).catch(refuseWrite(config.keyring))
  const aside = isThere || found.key === id || !found.file ? null : await setAside(config.keyring, found.key, options.replace === true)
  if (!isThere) await writeKeyring(config.keyring, key).catch(refuseWrite(config.keyring))
  if (options.json) return printJson({ id, keyring: config.keyring, written: !isThere, aside })
  if (isThere) return print(`The right key (${id}) is in ${config.keyring} already; nothing was changed.`)
  if (aside) print(`What stood in its place is kept as ${aside}.`)
  if (use)
    return print(`The root key (${id}) is in ${config.keyring}. The custodians are told at the next start. Delete the files of the shares.`)
  print(
    `The root key (${id}) is in ${config.keyring}.${options.sheet === '-' ? '' : ` Delete ${options.sheet} now: its words are the key.`}`,
  )
}

async function readAny({ sheet, share }: Options): Promise<{ key: Buffer; use: ShareUse | null }> {
  if (share && sheet === undefined) return readShares(share)
  if (share || sheet === undefined)
    throw new Stop('usage.sheet', 'Name either the recovery sheet with --sheet, or the file of each share with --share.')
  return { key: readWords(await readSheet(sheet)), use: null }
}

/** @throws Stop `keyring.share`, which names the file */
async function readShares(files: string[]): Promise<{ key: Buffer; use: ShareUse }> {
  const shares: Share[] = []
  for (const file of files) {
    const text = await readSheet(file)
    try {
      shares.push(shareOf(text))
    } catch (fault) {
      throw new Stop('keyring.share', `The share in ${file} cannot be used: ${(fault as Error).message}. Nothing was changed.`, fault)
    }
  }
  const key = await joinShares(shares).catch((fault: Error) => {
    throw new Stop('keyring.share', `${fault.message} Nothing was changed.`, fault)
  })
  const used = [...new Set(shares.map((one) => one.index))].sort()
  return { key, use: { set: shares[0]!.set, shares: used, at: instant() } }
}

async function printSheet(options: Place): Promise<void> {
  const config = readConfig(options)
  if ((await expectedKey(config.data)) === null)
    throw new Stop('data.empty', `There is no firm in ${config.data}. Name its folder with --data or SUBROSA_DATA.`)
  const root = await openKeyring(config.keyring, config.data)
  const sheet = { firm: `the firm in ${config.data}`, words: wordsOf(root.key), check: inFours(root.id), printedAt: instant() }
  if (options.json) printJson(sheet)
  else process.stdout.write(sheetText(sheet))
}
const inFours = (id: string): string => id.replace(/(.{4})(?=.)/g, '$1 ')

const readSheet = (file: string): Promise<string> =>
  (file === '-' ? text(process.stdin) : readFile(file, 'utf8')).catch((fault: NodeJS.ErrnoException) => {
    throw new Stop('usage.sheet', `The sheet ${file} cannot be read (${fault.code}).`, fault)
  })

function readWords(sheet: string): Buffer {
  try {
    return rootKeyOf(sheet)
  } catch (fault) {
    throw new Stop('keyring.sheet', (fault as Error).message, fault)
  }
}

type Found = { file: boolean; /** its id; null for what is no key */ key: string | null; isOpen: boolean }

async function lookAt(keyring: string): Promise<Found> {
  const entry = await stat(keyring).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return null
    throw new Stop('keyring.unreadable', `The keyring file ${keyring} cannot be looked at (${fault.code}).`, fault)
  })
  if (!entry) return { file: false, key: null, isOpen: false }
  if (!entry.isFile()) throw new Stop('keyring.unreadable', `${keyring} is not a file. Name another with --keyring.`)
  const found = await readKeyring(keyring).catch((fault: unknown) => {
    if (fault instanceof Stop) return null
    throw fault
  })
  return { file: true, key: found?.id ?? null, isOpen: await isOpenToOthers(keyring) }
}

/** No key is ever destroyed: what stands in the way, another key or something that is none, is renamed. */
async function setAside(keyring: string, key: string | null, replace: boolean): Promise<string> {
  if (key && !replace)
    throw new Stop(
      'keyring.other_firm',
      `${keyring} holds a different key (${key}). It is not overwritten; name another file with --keyring, or set it aside with --replace.`,
    )
  const aside = `${keyring}.${key ?? 'unreadable'}.${randomBytes(3).toString('hex')}`
  await rename(keyring, aside).catch(refuseWrite(keyring))
  return aside
}

const refuseWrite =
  (keyring: string) =>
  (fault: NodeJS.ErrnoException): never => {
    throw new Stop('file.unwritable', `The keyring file ${keyring} cannot be written (${fault.code}).`, fault)
  }
