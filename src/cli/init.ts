import { access, rm, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import { Secret, TOTP } from 'otpauth'
import type { RecoverySheet } from '../contract/firm.ts'
import { now } from '../platform/clock.ts'
import { readConfig } from '../platform/config.ts'
import { writeWhole } from '../platform/durable.ts'
import { Stop } from '../platform/refusal.ts'
import { openHere } from './join.ts'
import { example, withPlace, type Place } from './options.ts'
import { nextCodeAt, readPassword } from './secrets.ts'
import { sheetText } from './sheet.ts'
import { print, printJson, tell } from './terminal.ts'

type Options = Place & { firm: string; name: string; email: string; passwordFile: string; recoverySheet?: string }

export function addInit(program: Command): void {
  const command = withPlace(program.command('init'))
    .description('Set a firm up without a browser: the firm, its first person, the second factor, the recovery sheet')
    .requiredOption('--firm <F>', 'the firm’s name')
    .requiredOption('--name <N>', 'the first person’s name; partner and administrator')
    .requiredOption('--email <E>', 'the first person’s e-mail address')
    .requiredOption('--password-file <P>', 'a file that holds the password; - reads standard input')
    .option('--recovery-sheet <FILE>', 'write the recovery sheet here (new file, 0600) instead of printing it')
  example(
    command,
    `subrosa init --firm "Wren & Ames LLP" --name "Ada Wren" --email ada@wren.example \\\n  --password-file password.txt --recovery-sheet sheet.txt`,
  ).action(init)
}

async function init(options: Options): Promise<void> {
  readConfig(options)
  const password = await readPassword(options.passwordFile)
  const sheetFile = options.recoverySheet && resolve(options.recoverySheet)
  if (sheetFile) await refuseTaken(sheetFile)
  // what fails before the firm stands leaves no file
  try {
    await found(options, password, sheetFile)
  } catch (fault) {
    if (sheetFile) await rm(sheetFile, { force: true })
    throw fault
  }
}

async function found(options: Options, password: string, sheetFile: string | undefined): Promise<void> {
  const config = readConfig(options)
  const firm = await openHere(config)
  try {
    const secret = firm.setupSecret
    if (!secret) throw new Stop('setup.done', `The firm in ${config.data} is set up already.`)
    const { email, name } = options
    const enrolment = await firm.ask('setup.enrol', { body: { secret, email } })
    const code = new TOTP({ secret: Secret.fromBase32(enrolment.totpSecret) }).generate()
    const { recoveryCodes, recoverySheet } = await firm.ask('setup.finish', {
      body: { secret, firm: options.firm, name, email, password, totpSecret: enrolment.totpSecret, code },
    })
    const written = sheetFile && (await writeSheet(sheetFile, recoverySheet))
    const totp = { uri: enrolment.totpUri, secret: enrolment.totpSecret }
    if (options.json) printJson({ firm: options.firm, email, totp, recoveryCodes, recoverySheet: written ? sheetFile : recoverySheet })
    else show({ firm: options.firm, email, totp, recoveryCodes, recoverySheet, written: written ? sheetFile : null })
  } finally {
    await firm.close()
  }
}

/** Before anything is founded: whether the sheet can be written. */
async function refuseTaken(file: string): Promise<void> {
  if (
    await access(file).then(
      () => true,
      () => false,
    )
  )
    throw new Stop('file.exists', `${file} exists already; a recovery sheet overwrites nothing.`)
  await access(dirname(file)).catch((fault: unknown) => {
    throw new Stop('file.unwritable', `The folder ${dirname(file)} does not exist.`, fault)
  })
  // made and emptied again: the firm is founded only when this works
  await writeFile(file, '', { mode: 0o600, flag: 'wx' }).catch((fault: NodeJS.ErrnoException) => {
    throw new Stop('file.unwritable', `${file} cannot be written (${fault.code}).`, fault)
  })
}

/** The firm stands by now: a sheet that cannot be written is printed instead, for it is shown this once. */
async function writeSheet(file: string, sheet: RecoverySheet): Promise<boolean> {
  return writeWhole(file, sheetText(sheet), 0o600).then(
    () => true,
    (fault: NodeJS.ErrnoException) => {
      tell(`The recovery sheet could not be written to ${file} (${fault.code}); it is printed here instead.`)
      return false
    },
  )
}

type Shown = {
  firm: string
  email: string
  totp: { uri: string; secret: string }
  recoveryCodes: string[]
  recoverySheet: RecoverySheet
  written: string | null
}

function show({ firm, email, totp, recoveryCodes, recoverySheet, written }: Shown): void {
  print(`${firm} is founded, and ${email} is its first person. What follows is shown this once.`)
  print()
  print('Authenticator: scan this address as a QR code, or type the secret.')
  print(`  ${totp.uri}`)
  print(`  ${totp.secret}`)
  print(`  The code of this half minute is used up; sign in with the next one, after ${nextCodeAt(now())}.`)
  print()
  print('Recovery codes, each good once in place of a code of the authenticator:')
  recoveryCodes.forEach((code) => print(`  ${code}`))
  print()
  if (written) print(`The recovery sheet is in ${written}. Print it, lock it away, and delete the file.`)
  else print(sheetText(recoverySheet))
}
