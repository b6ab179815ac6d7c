import type { RefusalCode } from '../contract/errors.ts'

/** What the command line's exit codes mean; those from 64 on are the ones of BSD's sysexits.h. */
export const EXIT = {
  done: 0,
  notWhole: 1,
  usage: 2,
  unavailable: 69,
  broken: 70,
  notCreated: 73,
  notAllowed: 77,
  configuration: 78,
} as const
export type Exit = (typeof EXIT)[keyof typeof EXIT]

/** The same in words, for `--help` and docs/settings.md (a test binds the two). */
export const EXIT_WORDS: Record<Exit, string> = {
  0: 'Done',
  1: 'Something was found wrong, or some files were not imported',
  2: 'The command was not understood',
  69: 'The server or the database cannot be reached',
  70: 'A fault of ours; the line says a reference to quote',
  73: 'Something cannot be created: the disk is full, a folder is in use, the firm stands already',
  77: 'Not allowed: no session, a wrong password or code, no permission',
  78: 'A setting or a key is not as it must be',
}

/** Codes with an exit of their own; then those of a group (`keyring.…`); then, for a refusal, its HTTP status. */
const BY_CODE: Partial<Record<RefusalCode, Exit>> & Record<string, Exit> = {
  'data.in_use': EXIT.notCreated,
  'data.unfit': EXIT.notCreated,
  'data.not_yours': EXIT.notAllowed,
  'data.empty': EXIT.configuration,
  'data.not_empty': EXIT.notCreated,
  'setup.done': EXIT.notCreated,
  'setup.missing': EXIT.configuration,
  'disk.full': EXIT.notCreated,
  'document.broken': EXIT.notWhole,
  'witness.exists': EXIT.notCreated,
  'witness.in_use': EXIT.notCreated,
  'storage.away': EXIT.unavailable,
  'storage.missing': EXIT.configuration,
  'file.exists': EXIT.notCreated,
  'file.unwritable': EXIT.notCreated,
  'port.in_use': EXIT.unavailable,
  'receiver.away': EXIT.unavailable,
  'database.unreachable': EXIT.unavailable,
  'clock.untrusted': EXIT.unavailable,
  'email.taken': EXIT.notCreated,
  'name.taken': EXIT.notCreated,
  'nothing': EXIT.notAllowed,
  'fault': EXIT.broken,
}
const BY_GROUP: Record<string, Exit> = {
  setting: EXIT.configuration,
  host: EXIT.configuration,
  keyring: EXIT.configuration,
  witness: EXIT.configuration,
  keys: EXIT.configuration,
  database: EXIT.configuration,
  session: EXIT.notAllowed,
  token: EXIT.notAllowed,
  may: EXIT.notAllowed,
  scope: EXIT.notAllowed,
  code: EXIT.notAllowed,
  server: EXIT.unavailable,
  usage: EXIT.usage,
}

/** The exit code of a Stop or of a server's refusal. */
export function exitOf(code: string, status?: number): Exit {
  const known = BY_CODE[code] ?? BY_GROUP[code.split('.')[0]!]
  if (known !== undefined) return known
  if (status === 401 || status === 403) return EXIT.notAllowed
  if (status === 503) return EXIT.unavailable
  if (status !== undefined && status >= 500) return EXIT.broken
  return status === undefined ? EXIT.notWhole : EXIT.usage
}
