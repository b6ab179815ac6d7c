import type { Command } from 'commander'
import { knownEnvironment, readConfig, unknownSettings, type Config, type Flags } from '../platform/config.ts'
import { Stop } from '../platform/refusal.ts'
import { lookAtDatabase, lookAtNode } from './doctor-database.ts'
import { lookAtFirm } from './doctor-firm.ts'
import { lookAtData, lookAtKeyring, lookAtKeystore } from './doctor-folders.ts'
import { lookAtMail } from './doctor-mail.ts'
import { lookAtNetwork } from './doctor-network.ts'
import { lookAtScanner } from './doctor-scanner.ts'
import { EXIT } from './exit.ts'
import { note, unsafe, type Finding } from './finding.ts'
import { refuseForeign } from './join.ts'
import { example, withPlace, type Place } from './options.ts'
import { print, printJson, safe } from './terminal.ts'

export function addDoctor(program: Command): void {
  const command = withPlace(program.command('doctor'))
    .description('What is configured, what is unsafe, and what to do; changes nothing, and works with the server running or stopped')
    .addHelpText('after', '\nIt looks at its own environment: give it the settings that the server is given.')
  example(command, 'subrosa doctor --data /srv/subrosa').action(examine)
}

async function examine(options: Place): Promise<void> {
  const { config, findings } = readLeniently(options)
  // to another user every mode and file looks broken; root sees all of it
  if (config && process.geteuid?.() !== 0) await refuseForeign(config)
  if (config)
    for (const [what, look] of Object.entries(LOOKS))
      findings.push(...(await look(config).catch((fault: unknown) => [unlooked(what, fault)])))
  if (options.json) printJson({ findings })
  else show(findings)
  process.exitCode = findings.some((finding) => finding.state === 'unsafe') ? EXIT.notWhole : EXIT.done
}

const LOOKS = {
  program: lookAtNode,
  database: lookAtDatabase,
  data: lookAtData,
  keyring: lookAtKeyring,
  keystore: lookAtKeystore,
  network: lookAtNetwork,
  mail: lookAtMail,
  scanner: lookAtScanner,
  firm: lookAtFirm,
} satisfies Record<string, (config: Config) => Promise<Finding[]>>

/** The settings; where they are refused, a finding, and what can be looked at without the refused one. */
function readLeniently(options: Flags): { config: Config | null; findings: Finding[] } {
  const findings: Finding[] = []
  const unknown = unknownSettings()
  if (unknown.length > 0)
    findings.push(
      unsafe(
        'setting.unknown',
        `The server would refuse the environment: there is no setting ${unknown.join(', ')}.`,
        'Correct or remove it; docs/settings.md lists the settings.',
      ),
    )
  for (const flags of [options, { ...options, host: '127.0.0.1' }]) {
    try {
      return { config: readConfig(flags, knownEnvironment()), findings }
    } catch (fault) {
      if (!(fault instanceof Stop)) throw fault
      findings.push(unsafe(fault.code, fault.message, 'The server does not start like this; correct the setting.'))
      if (fault.code !== 'host.unsafe') break
    }
  }
  return { config: null, findings }
}

const unlooked = (what: string, fault: unknown): Finding =>
  note(
    `${what}.unknown`,
    fault instanceof Stop
      ? fault.message
      : `This could not be looked at (${fault instanceof Error && 'code' in fault ? String(fault.code) : 'fault'}).`,
    'Run doctor as the user who runs the server.',
  )

const MARK = { ok: 'ok    ', note: 'note  ', unsafe: 'UNSAFE' } as const

function show(findings: Finding[]): void {
  for (const { state, text, do: advice } of findings) {
    print(`${MARK[state]}  ${safe(text)}`)
    if (advice) print(`        → ${safe(advice)}`)
  }
  const count = findings.filter((finding) => finding.state === 'unsafe').length
  print()
  print(count === 0 ? 'Nothing unsafe was found.' : `${count} ${count === 1 ? 'thing is' : 'things are'} unsafe.`)
}
