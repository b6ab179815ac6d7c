import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { Stop } from '../platform/refusal.ts'
import { ask } from './terminal.ts'

/**
 * A password from a file (`-` is standard input), less exactly one trailing newline; asked for when no file is named.
 * @throws Stop `password.unreadable`, `usage.missing`
 */
export async function readPassword(file: string | undefined): Promise<string> {
  if (file === undefined) return ask('Password: ', { flag: '--password-file', hidden: true })
  const content = file === '-' ? await text(process.stdin) : await readText(file)
  const password = content.replace(/\r?\n$/, '')
  if (password === '') throw new Stop('password.unreadable', `There is no password in ${file === '-' ? 'the standard input' : file}.`)
  return password
}

async function readText(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(await readFile(file))
  } catch (fault) {
    throw new Stop(
      'password.unreadable',
      `The password file ${file} cannot be read (${(fault as NodeJS.ErrnoException).code ?? 'not UTF-8'}).`,
      fault,
    )
  }
}

/** The second factor: a code of the authenticator or a recovery code, asked for when neither was given. */
export async function readFactor(given: { code?: string; recoveryCode?: string }): Promise<{ code?: string; recoveryCode?: string }> {
  if (given.recoveryCode !== undefined) return { recoveryCode: given.recoveryCode }
  const code = given.code ?? (await ask('Code from the authenticator: ', { flag: '--code' }))
  return { code: code.replaceAll(/\s/g, '') }
}

/** When the code after the one of this moment begins to be shown (RFC 6238, 30 s), as the clock on the wall. */
export function nextCodeAt(now: number): string {
  const period = 30_000
  return new Date((Math.floor(now / period) + 1) * period).toLocaleTimeString('en-GB')
}
