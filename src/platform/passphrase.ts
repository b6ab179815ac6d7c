import { readFile } from 'node:fs/promises'
import { passphraseFile } from './config.ts'
import { Stop } from './refusal.ts'

type Ask = (question: string) => Promise<string>
let prompt: Ask | null = null
const known = new Map<string, string>()

/** Who asks on a terminal, when no file gives the passphrase. */
export const askPassphraseWith = (ask: Ask): void => void (prompt = ask)

/**
 * The passphrase of a keyring file: from systemd's credential `subrosa-passphrase`, from SUBROSA_PASSPHRASE_FILE, or asked for
 * once. Never an argument, which others on the machine could read. @throws Stop `keyring.passphrase`
 */
export async function givenPassphrase(path: string): Promise<string> {
  const file = passphraseFile()
  if (file !== null) return readPassphrase(file)
  const remembered = known.get(path)
  if (remembered !== undefined) return remembered
  if (!prompt) throw new Stop('keyring.passphrase', NONE(path))
  const answer = await prompt(`Passphrase of ${path}: `)
  known.set(path, answer)
  return answer
}

const NONE = (path: string) =>
  `The keyring ${path} is sealed with a passphrase. Give it as systemd’s credential subrosa-passphrase, in a file named by SUBROSA_PASSPHRASE_FILE, or on a terminal.`

/** From a file, less exactly one trailing newline. @throws Stop `keyring.passphrase` */
export async function readPassphrase(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    throw new Stop('keyring.passphrase', `The passphrase file ${file} cannot be read (${fault.code}).`, fault)
  })
  const passphrase = text.replace(/\r?\n$/, '')
  if (passphrase === '') throw new Stop('keyring.passphrase', `There is no passphrase in ${file}.`)
  return passphrase
}

/** After it was changed, what was typed before is not what opens the file. */
export const forgetPassphrase = (path: string): void => void known.delete(path)
