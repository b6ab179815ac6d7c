import { flushCompileCache } from 'node:module'
import type { Command } from 'commander'
import { readConfig, type Config, type Flags } from '../platform/config.ts'
import { openLog, stderrLog, type Log } from '../platform/log.ts'
import type { Running } from '../main.ts'
import { EXIT } from './exit.ts'
import { refuseForeign } from './join.ts'
import { example, withPlace } from './options.ts'
import { print, printJson, progress, tell } from './terminal.ts'
import { prepareWeb } from './web-build.ts'

type Options = Flags & { json?: boolean }

export function addStart(program: Command): void {
  const command = withPlace(program.command('start'))
    .description('Run the firm: makes what is missing, prints where it listens and, while there is no firm, the one-time set-up link')
    .option('--port <N>', 'the port to listen on (default 7077; 0 takes any free one)')
    .option('--host <H>', 'the address to listen on (default 127.0.0.1)')
    .option('--origin <O>', 'what browsers see, such as https://files.example.com')
  example(command, 'subrosa start --data /srv/subrosa --port 7077').action(start)
}

async function start(options: Options): Promise<void> {
  const config = readConfig(options)
  const ending = watchSignals()
  await refuseForeign(config)
  const running = await open(config, ending.signal)
  if (!running) return
  if (!ending.signal.aborted) announce(config, running, options.json === true)
  flushCompileCache()
  const why = await Promise.race([ending.asked, running.fatal, ending.broken])
  if (why !== null) tell(why)
  await stop(running)
  process.exitCode = why === null ? EXIT.done : EXIT.broken
  // whatever still holds the process (a slow reader of our output) does not keep it
  setTimeout(() => process.exit(), 2000).unref()
}

/** Null when it was asked to end before it was open. */
async function open(config: Config, signal: AbortSignal): Promise<Running | null> {
  const loading = import('../main.ts')
  const web = await prepareWeb(signal).catch((fault: unknown) => {
    if (signal.aborted) return null
    throw fault
  })
  if (signal.aborted) return null
  const line = progress()
  try {
    const { openFirm } = await loading
    return await openFirm(config, {
      log: logOf(),
      network: true,
      web,
      say: (step) => process.stderr.isTTY && line.show(`Starting: ${step} …`),
    })
  } finally {
    line.end()
  }
}

/** On a terminal only what calls for attention; where standard error is kept as a log, everything. */
function logOf(): Log {
  const log = openLog((line) => tell(line.trimEnd()))
  return process.stderr.isTTY ? { ...log, info: () => {} } : log
}

function announce(config: Config, running: Running, json: boolean): void {
  if (json) return printJson({ ready: true, url: running.url, setup: running.setupUrl })
  print(`Subrosa is ready at ${running.url}`)
  if (running.setupUrl) {
    print()
    print('There is no firm here yet. Set it up in your browser; the link works once:')
    print(`  ${running.setupUrl}`)
    print()
  }
  print(`  data     ${config.data}`)
  print(`  keyring  ${config.keyring} (keep a copy of it, apart from the data)`)
  print('Ctrl-C stops it.')
}

async function stop(running: Running): Promise<void> {
  const line = progress()
  const slow = setTimeout(() => line.show('Stopping: what is under way is being ended …'), 300)
  await running.stop()
  clearTimeout(slow)
  line.end()
}

/** npm hands Ctrl-C on to us although the terminal has sent it already: what comes this soon is the same one. */
const SAME_MS = 700

/**
 * The first signal asks for a clean end; a second one ends at once, and PostgreSQL, told by our exit, ends by itself.
 * `broken` settles, with a reference, at a fault that nobody caught.
 */
function watchSignals() {
  const controller = new AbortController()
  let first = 0
  const asked = new Promise<null>((resolve) => {
    const hear = () => {
      if (first > 0 && performance.now() - first > SAME_MS) process.exit(130)
      if (first > 0) return
      first = performance.now()
      controller.abort()
      resolve(null)
    }
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, hear)
  })
  const broken = new Promise<string>((resolve) => {
    const hear = (fault: unknown) => {
      stderrLog().error('fault that nobody caught', fault)
      resolve('Subrosa stops: a fault of its own, logged above.')
    }
    process.on('uncaughtException', hear)
    process.on('unhandledRejection', hear)
  })
  return { signal: controller.signal, asked, broken }
}
