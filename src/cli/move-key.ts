import type { Command } from 'commander'
import { readConfig } from '../platform/config.ts'
import { openKeyring, saveKeyring } from '../platform/keyring.ts'
import { serviceSeal } from '../platform/keyring-seal.ts'
import { Stop } from '../platform/refusal.ts'
import { example, withPlace, type Place } from './options.ts'
import { alone } from './passphrase.ts'
import { print, printJson } from './terminal.ts'

type Options = Place & {
  to: string
  address?: string
  mount: string
  namespace?: string
  name?: string
  region?: string
  endpoint?: string
}

export function addMove(key: Command): void {
  const move = withPlace(key.command('move'))
    .description('Seal the keyring file under a key of OpenBao, Vault or AWS KMS, or take it back; the server must be stopped')
    .requiredOption('--to <WHERE>', 'transit (OpenBao or Vault), kms (AWS), or file (sealed by nothing)')
    .option('--name <KEY>', 'the name of the transit key, or the id or ARN of the KMS key')
    .option('--address <URL>', 'transit: where the service is, such as https://bao.example:8200')
    .option('--mount <PATH>', 'transit: where the engine is mounted', 'transit')
    .option('--namespace <NS>', 'transit: the namespace')
    .option('--region <R>', 'kms: the region')
    .option('--endpoint <URL>', 'kms: another address than the region’s own')
  example(
    move,
    'SUBROSA_VAULT_TOKEN_FILE=/run/bao-token subrosa key move --to transit --address https://bao.example:8200 --name subrosa',
  ).action(run)
}

async function run(options: Options): Promise<void> {
  const config = readConfig(options)
  const service = serviceIn(options)
  await alone(config, async () => {
    const root = await openKeyring(config.keyring, config.data)
    root.seal = service && (await serviceSeal(service))
    await saveKeyring(config.keyring, root)
    await openKeyring(config.keyring, config.data)
  })
  if (options.json) return printJson({ keyring: config.keyring, sealedBy: service?.kind ?? 'nothing' })
  if (!service) return print(`${config.keyring} is sealed by nothing: whoever can read it holds the root key.`)
  print(`${config.keyring} opens only with the key service now; without it the server does not start. Keep the recovery sheet.`)
  print('Copies of the file that were made before, as in a key backup, are not sealed with it.')
}

function serviceIn({ to, address, mount, namespace, name, region, endpoint }: Options) {
  if (to === 'file') return null
  if (to === 'transit' && address && name) return { kind: 'transit' as const, address, mount, key: name, namespace: namespace ?? null }
  if (to === 'kms' && name && region) return { kind: 'kms' as const, keyId: name, region, endpoint: endpoint ?? null }
  throw new Stop('usage.move', '--to takes file; transit, with --address and --name; or kms, with --name and --region.')
}
