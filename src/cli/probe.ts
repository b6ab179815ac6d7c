import { setTimeout as pause } from 'node:timers/promises'
import type { Command } from 'commander'
import type { ProbeView } from '../contract/probe.ts'
import { writeWhole } from '../platform/durable.ts'
import { Stop } from '../platform/refusal.ts'
import { EXIT } from './exit.ts'
import type { Joined } from './join.ts'
import { example, withPlace } from './options.ts'
import { asFresh, idIn, withCode, type Fresh } from './people.ts'
import { print, printJson, progress, safe } from './terminal.ts'

type Options = Fresh & { person?: string; tries: string; out?: string }
const MOST_TRIES = 2000
const LOOK_EVERY_MS = 500

export function addProbe(program: Command): void {
  const command = withCode(withPlace(program.command('probe')))
    .description('Try the walls with a walled twin of a person, on every route, and print what could be told')
    .option('--person <E>', 'whose roles and groups the twin has, by e-mail address (default: yours)')
    .option('--tries <N>', `how often each route is timed, 0 to ${MOST_TRIES}; 0 leaves timing out`, '0')
    .option('--out <FILE>', 'where the signed report goes; it is printed otherwise')
  example(command, 'subrosa probe --person ben@wren.example --tries 400 --out report.txt').action(run)
}

async function run(options: Options): Promise<void> {
  const tries = Number(options.tries)
  if (!/^\d+$/.test(options.tries) || tries > MOST_TRIES)
    throw new Stop('usage.tries', `--tries takes a whole number from 0 to ${MOST_TRIES}.`)
  const { probe, report } = await asFresh(options, async (firm) => {
    const person =
      options.person === undefined ? (await firm.ask('person.me', {})).id : idIn((await firm.ask('person.list', {})).people, options.person)
    const begun = await firm.ask('probe.start', { body: { person, tries } })
    const probe = await ended(firm, begun)
    return { probe, report: probe.state === 'broken' ? null : await firm.read('probe.report', { params: { probe: probe.id } }) }
  })
  if (report === null)
    throw new Stop('probe.broken', 'The probe did not come to its end and says nothing. The server’s log says why. Start it again.')
  if (options.out) await keep(options.out, report)
  if (options.json) printJson(probe)
  else if (options.out)
    print(
      safe(
        `${probe.differences.length} ${probe.differences.length === 1 ? 'difference' : 'differences'} over ${probe.routes} routes. The signed report is in ${options.out}.`,
      ),
    )
  else process.stdout.write(report)
  if (probe.differences.length > 0) process.exitCode = EXIT.notWhole
}

/** Waits for its end; a firm that this command opened itself stays open for it. */
async function ended(firm: Joined, begun: ProbeView): Promise<ProbeView> {
  const line = progress()
  try {
    for (;;) {
      const { probes } = await firm.ask('probe.list', {})
      const probe = probes.find((one) => one.id === begun.id)
      if (!probe) throw new Stop('probe.broken', 'The probe is not there any more.')
      if (probe.state !== 'running') return probe
      line.show(`${Math.floor(probe.progress * 100)} %, ${probe.asked} questions asked`)
      await pause(LOOK_EVERY_MS)
    }
  } finally {
    line.end()
  }
}

const keep = (file: string, report: string): Promise<void> =>
  writeWhole(file, report, 0o600).catch((fault: NodeJS.ErrnoException) => {
    throw new Stop('file.unwritable', `The report cannot be written to ${file} (${fault.code}).`, fault)
  })
