import type { Command } from 'commander'
import { openLog } from '../platform/log.ts'
import { Stop } from '../platform/refusal.ts'
import { makeWitness, openWitness } from '../witness/folder.ts'
import { evidenceOf, forgetLog, lastCosigned, logsOf, trustLog } from '../witness/logs.ts'
import { serveWitness } from '../witness/server.ts'
import { example } from './options.ts'
import { print, printJson, safe, tell } from './terminal.ts'

type Place = { dir: string; json?: boolean }
type Run = Place & { host: string; port: string; tlsCert?: string; tlsKey?: string; behindProxy?: boolean }

/** The program that another firm, a bar association or a notary runs; it needs no firm of its own, no database and no keyring. */
export function addWitness(program: Command): void {
  const witness = program.command('witness').description('Be a witness of others’ ledgers: cosign that they only grow')
  const init = withFolder(witness.command('init'))
    .description('Make a witness: its folder and its key; prints the key that firms are given')
    .requiredOption('--name <N>', 'its name, under an address of yours, such as witness.notary.example/1')
  example(init, 'subrosa witness init --dir /var/lib/witness --name witness.notary.example/1').action(make)
  const trust = withFolder(witness.command('trust'))
    .argument('<vkey>', 'the log’s verifier key, as its firm gives it')
    .description('Cosign this log from now on; beside a running witness or without one')
    .option('--origin <O>', 'the first line of its checkpoints, where that is not the key’s name (a further key of a log)')
  example(trust, 'subrosa witness trust --dir /var/lib/witness subrosa.example/1a2b3c4d+1a2b3c4d+AS…').action(trusting)
  const forget = withFolder(witness.command('forget'))
    .argument('<origin>', 'the log, as `witness logs` shows it')
    .description('Cosign this log no more; what was cosigned stays known')
  example(forget, 'subrosa witness forget --dir /var/lib/witness subrosa.example/1a2b3c4d').action(forgetting)
  const logs = withFolder(witness.command('logs')).description('The logs it was told of, what it cosigned last, and what it refused')
  example(logs, 'subrosa witness logs --dir /var/lib/witness').action(list)
  const run = withFolder(witness.command('run'))
    .description('Answer logs over HTTP (c2sp.org/tlog-witness)')
    .option('--host <H>', 'the address to listen on', '127.0.0.1')
    .option('--port <N>', 'the port to listen on; 0 takes any free one', '7078')
    .option('--tls-cert <FILE>', 'certificate chain (PEM), to serve https')
    .option('--tls-key <FILE>', 'its private key (PEM)')
    .option('--behind-proxy', 'plain http on an address beyond this machine: a proxy in front ends TLS')
  example(run, 'subrosa witness run --dir /var/lib/witness --host 0.0.0.0 --tls-cert chain.pem --tls-key key.pem').action(serve)
}

const withFolder = (command: Command): Command =>
  command.requiredOption('--dir <DIR>', 'the witness’s folder').option('--json', 'print the result as one line of JSON')

async function make({ dir, name, json }: Place & { name: string }): Promise<void> {
  const made = await makeWitness(dir, name)
  if (json) return printJson({ name: made.name, vkey: made.vkey, dir: made.dir })
  print(made.vkey)
  tell(
    'Firms are given the line above. The folder holds the private key: it is not copied to a second machine, nor put back from a backup.',
  )
}

async function trusting(vkey: string, { dir, origin, json }: Place & { origin?: string }): Promise<void> {
  const log = await trustLog(await openWitness(dir), vkey, origin)
  if (json) printJson({ origin: log.origin, vkeys: log.vkeys })
  else print(`${safe(log.origin)} is cosigned from now on.`)
}

async function forgetting(origin: string, { dir, json }: Place): Promise<void> {
  const log = await forgetLog(await openWitness(dir), origin)
  if (!log) throw new Stop('witness.unknown', `This witness knows no log ${origin}. subrosa witness logs shows those that it knows.`)
  if (json) printJson({ origin, forgotten: true })
  else print('It is cosigned no more. What was cosigned stays known.')
}

async function list({ dir, json }: Place): Promise<void> {
  const witness = await openWitness(dir)
  const logs = []
  for (const log of await logsOf(witness)) {
    const last = await lastCosigned(witness, log)
    const time = last && new Date(last.time * 1000).toISOString()
    logs.push({ origin: log.origin, vkeys: log.vkeys, size: last?.checkpoint.size ?? null, at: time, refused: await evidenceOf(log) })
  }
  if (json) return printJson({ name: witness.name, vkey: witness.vkey, logs })
  print(witness.vkey)
  if (logs.length === 0) print('It was told of no log yet: subrosa witness trust')
  for (const log of logs) {
    const last = log.size === null ? 'nothing cosigned yet' : `${log.size} entries, cosigned ${log.at!.slice(0, 19).replace('T', ' ')} UTC`
    print(`${safe(log.origin)}  ${log.vkeys.length === 0 ? 'forgotten; ' : ''}${last}`)
    for (const file of log.refused) print(`  refused: ${file}, which the log signed and which does not follow`)
  }
}

async function serve(options: Run): Promise<void> {
  const port = Number(options.port)
  if (!/^\d{1,5}$/.test(options.port) || port > 65535) throw new Stop('setting.malformed', `--port: ${options.port} is not a port.`)
  if ((options.tlsCert === undefined) !== (options.tlsKey === undefined))
    throw new Stop('setting.malformed', '--tls-cert and --tls-key go together.')
  const witness = await openWitness(options.dir)
  const tls = options.tlsCert && options.tlsKey ? { cert: options.tlsCert, key: options.tlsKey } : null
  const log = openLog((line) => tell(line.trimEnd()))
  const asked = new Promise<void>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => resolve())
  })
  const serving = await serveWitness(witness, { host: options.host, port, tls, isBehindProxy: options.behindProxy === true }, log)
  if (options.json) printJson({ ready: true, url: serving.url, vkey: witness.vkey })
  else print(`The witness ${safe(witness.name)} is ready at ${serving.url}\n  ${witness.vkey}\nCtrl-C stops it.`)
  await asked
  await serving.close()
}
