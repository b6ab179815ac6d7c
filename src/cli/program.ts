import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command, CommanderError } from 'commander'
import { addBackup } from './backup.ts'
import { addBundle } from './bundle.ts'
import { addClock } from './clock.ts'
import { addDoctor } from './doctor.ts'
import { EXIT, EXIT_WORDS } from './exit.ts'
import { addExport } from './export.ts'
import { addImport } from './import.ts'
import { addIndex } from './index-anew.ts'
import { addInit } from './init.ts'
import { addKey } from './key.ts'
import { addLedger } from './ledger.ts'
import { addLogin } from './login.ts'
import { addPerson, addSession } from './people.ts'
import { addProbe } from './probe.ts'
import { addRestore } from './restore.ts'
import { addSearch } from './search.ts'
import { addStart } from './start.ts'
import { addStorage } from './storage.ts'
import { addToken } from './token.ts'
import { addVerify } from './verify.ts'
import { addWitness } from './witness.ts'
import { printJson } from './terminal.ts'
import { report } from './wrong.ts'

/** Runs the command line; sets the exit code and, when nothing holds the process any more, ends. */
export async function run(argv: string[]): Promise<void> {
  // a reader that closed the pipe has seen enough; the command still ends what it began, and a server goes on serving
  process.stdout.on('error', (fault: NodeJS.ErrnoException) => {
    if (fault.code !== 'EPIPE') process.exitCode = EXIT.broken
  })
  process.stderr.on('error', () => {})
  try {
    await program().parseAsync(argv)
  } catch (fault) {
    // commander has said what was wrong, and help and version are no faults
    if (fault instanceof CommanderError) {
      process.exitCode = fault.exitCode === 0 ? EXIT.done : EXIT.usage
      if (fault.exitCode !== 0 && argv.includes('--json'))
        printJson({ error: { code: 'usage', text: fault.message.replace(/^error: /, '') } })
    } else process.exitCode = report(fault, argv.includes('--json'))
  }
}

function program(): Command {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as { version: string }
  const program = new Command('subrosa')
    .description('The confidentiality system of record for a law practice.')
    .version(version, '--version', 'the version')
    .helpOption('--help', 'what this does')
    .helpCommand(false)
    .showHelpAfterError('(subrosa --help says what there is)')
    .configureHelp({ showGlobalOptions: false })
    .exitOverride()
  for (const add of [
    addStart,
    addInit,
    addLogin,
    addSession,
    addPerson,
    addToken,
    addImport,
    addExport,
    addSearch,
    addIndex,
    addVerify,
    addLedger,
    addBundle,
    addWitness,
    addProbe,
    addBackup,
    addRestore,
    addStorage,
    addKey,
    addClock,
    addDoctor,
  ])
    add(program)
  for (const command of program.commands) settle(command)
  return program.addHelpText(
    'after',
    `\nSettings are also read from the environment; docs/settings.md lists them.\nExit codes:${Object.entries(EXIT_WORDS)
      .map(([code, words]) => `\n  ${code.padEnd(3)} ${words}`)
      .join('')}`,
  )
}

// what is set on the program is not handed down to commands that were added with their own constructor
function settle(command: Command): void {
  command.helpOption('--help', 'what this does').exitOverride()
  for (const below of command.commands) settle(below)
}
