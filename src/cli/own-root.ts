import { resolve } from 'node:path'
import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { OwnRootView } from '../contract/own-root.ts'
import { readConfig } from '../platform/config.ts'
import { OWN_NAME, removeAccess, writeAccess, type OwnAccess } from '../platform/own-root.ts'
import { Stop } from '../platform/refusal.ts'
import { newKey } from '../core/keys.ts'
import { example, withPlace, type Place } from './options.ts'
import { asFresh, withCode, type Fresh } from './people.ts'
import { asPerson } from './person.ts'
import { print, printJson, safe } from './terminal.ts'

type Options = Fresh & {
  kind: string
  key?: string
  address?: string
  mount: string
  namespace?: string
  tokenFile?: string
  ca?: string
  region?: string
  endpoint?: string
  from?: string
}

/** `key own-root`: keys that clients bring. What is secret about one stays on this machine. */
export function addOwnRoot(key: Command): void {
  const own = key.command('own-root').description('Keys that clients bring, under which matters of theirs can be put')
  own.addHelpText(
    'after',
    '\nWhich matter comes under a key, or off it, is asked for on the matter’s page and\ndecided under Approvals: by two people who are responsible for the matter. Whoever\nruns the server knows of matters as a number only.',
  )
  const add = withCode(withPlace(own.command('add')))
    .argument('<name>', 'what it is called: small letters, digits and hyphens; those who work on its matters read it')
    .description('Write down on this machine how to come to a client’s key, and record it; its service is asked to seal and to open')
    .requiredOption('--kind <KIND>', 'transit (OpenBao or Vault), kms (AWS), or file (a key in a file of its own here)')
    .option('--key <KEY>', 'the name of the transit key, or the id or ARN of the KMS key')
    .option('--address <URL>', 'transit: where the service is, such as https://bao.client.example:8200')
    .option('--mount <PATH>', 'transit: where the engine is mounted', 'transit')
    .option('--namespace <NS>', 'transit: the namespace')
    .option('--token-file <FILE>', 'transit: a file that holds the token')
    .option('--ca <FILE>', 'transit: the private CA (PEM file) of the service’s certificate')
    .option('--region <R>', 'kms: the region')
    .option('--endpoint <URL>', 'kms: another address than the region’s own')
    .option('--from <FILE>', 'file: a file with the client’s key, 32 bytes in base64 (default: a new one is made)')
  example(
    add,
    'subrosa key own-root add hsm-7 --kind transit --address https://bao.client.example:8200 \\\n    --key wren --token-file /etc/subrosa/hsm-7.token --code 123456',
  ).action(run)
  const shown = withPlace(own.command('list')).description('Which there are, whether each is given out, and how many matters are under it')
  example(shown, 'subrosa key own-root list').action(list)
  const test = withCode(withPlace(own.command('test')))
    .argument('<name>', 'what it is called')
    .description('Ask now whether it is given out')
  example(test, 'subrosa key own-root test hsm-7').action(tryOne)
}

async function run(name: string, options: Options): Promise<void> {
  if (!OWN_NAME.test(name)) throw new Stop('usage.own', 'A name has up to 40 small letters, digits and hyphens.')
  const { ownKeys } = readConfig(options)
  const access = await accessIn(options)
  await writeAccess(ownKeys.dir, name, access)
  const root = await asFresh(options, (firm) => firm.ask('root.add', { body: { name } })).catch(async (fault: unknown) => {
    // what was not recorded seals nothing
    await removeAccess(ownKeys.dir, name)
    throw fault
  })
  if (options.json) return printJson(root)
  print(`${name} is recorded. Two people who are responsible for a matter put it under this key; nobody opens it without the key then.`)
  if (access.kind === 'file')
    print(`The key stands in ${ownKeys.dir}. Give the client a copy, and take the file off this machine to withhold the key.`)
}

async function accessIn({ kind, key, address, mount, namespace, tokenFile, ca, region, endpoint, from }: Options): Promise<OwnAccess> {
  if (kind === 'transit' && address && key && tokenFile)
    return { kind, address, mount, key, namespace: namespace ?? null, tokenFile: resolve(tokenFile), caFile: ca ? resolve(ca) : null }
  if (kind === 'kms' && key && region) return { kind, keyId: key, region, endpoint: endpoint ?? null }
  if (kind === 'file') return { kind, key: (from === undefined ? newKey() : await keyIn(from)).toString('base64') }
  throw new Stop('usage.own', '--kind takes transit, with --address, --key and --token-file; kms, with --key and --region; or file.')
}

async function keyIn(path: string): Promise<Buffer> {
  const text = await readFile(path, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    throw new Stop('usage.own', `${path} cannot be read (${fault.code}).`, fault)
  })
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length !== 32) throw new Stop('usage.own', `${path} does not hold 32 bytes in base64.`)
  return key
}

async function list(options: Place): Promise<void> {
  const { roots, offered } = await asPerson(readConfig(options), (firm) => firm.ask('root.list', {}))
  if (options.json) return printJson({ roots, offered })
  for (const one of roots) print(lineOf(one))
  for (const { name, kind } of offered) print(`${safe(name)} (${kind}): on this machine, and not recorded`)
  if (roots.length + offered.length === 0) print('No client has brought a key.')
}

const STATES = { held: 'given out until', withheld: 'withheld since', resting: 'not in use' }
const lineOf = ({ name, kind, matters, state, at, why }: OwnRootView): string =>
  safe(
    `${name} (${kind}): ${matters} ${matters === 1 ? 'matter' : 'matters'}, ${[STATES[state], at].filter(Boolean).join(' ')}${why ? `: ${why}` : ''}`,
  )

async function tryOne(name: string, options: Fresh): Promise<void> {
  const state = await asFresh(options, async (firm) => {
    const root = (await firm.ask('root.list', {})).roots.find((one) => one.name === name)
    if (!root) throw new Stop('usage.own', `There is no client’s key ${safe(name)}. Ask: subrosa key own-root list`)
    return firm.ask('root.test', { params: { root: root.id } })
  })
  if (options.json) return printJson(state)
  if (state.state !== 'held') throw new Stop('keyring.service', state.why ?? 'The client’s key is withheld.')
  print(`${name} is given out.`)
}
