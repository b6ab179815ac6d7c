import type { Command } from 'commander'
import { restore, type Restored } from '../features/backup/restore.ts'
import { readConfig } from '../platform/config.ts'
import { EXIT } from './exit.ts'
import { exitOnSignals } from './join.ts'
import { example, withPlace, type Place } from './options.ts'
import { bytes, print, printJson } from './terminal.ts'
import { asJson, check, count, faultsOf, show, showFaults, withProgress, type Checked } from './verify.ts'

type Options = Place & { from: string; keysFrom: string }

export function addRestore(program: Command): void {
  const command = withPlace(program.command('restore'))
    .description('Put a backup into a new data folder, and check all of it')
    .requiredOption('--from <DIR>', 'where backup put the data (the newest one is taken), or one backup’s own folder')
    .requiredOption('--keys-from <DIR>', 'where backup put the keys')
  example(command, 'subrosa restore --from /mnt/backup/subrosa --keys-from /mnt/safe/subrosa-keys --data /srv/subrosa').action(run)
}

async function run(options: Options): Promise<void> {
  const config = readConfig(options)
  const stopWatching = exitOnSignals()
  const restored = await withProgress((onProgress) => restore(config, options, onProgress))
  stopWatching()
  const checked = await withProgress((onProgress) => check(config, onProgress, restored.manifest.ledger))
  const faults = [...restored.faults, ...faultsOf(checked)]
  if (options.json)
    printJson({
      backup: restored.backup,
      made: restored.manifest.made,
      data: config.data,
      keyring: config.keyring,
      ledger: restored.manifest.ledger,
      blobs: restored.blobs,
      keys: restored.keys,
      check: asJson(checked),
      faults,
    })
  else tellAll(restored, checked, config)
  if (faults.length > 0) process.exitCode = EXIT.notWhole
}

function tellAll(restored: Restored, checked: Checked, { data, keyring }: { data: string; keyring: string }): void {
  const { manifest, blobs, keys } = restored
  print(
    `Restored the backup of ${manifest.made} into ${data}: ${count(blobs.count, 'document')} (${bytes(blobs.bytes)} sealed)${manifest.postgres ? ' and the database' : ''}, the keys of ${count(keys, 'matter')}; the root key is in ${keyring}.`,
  )
  if (checked.ledger.faults.length === 0)
    print(`The ledger stands as it was backed up, up to entry ${manifest.ledger.size}. What was done after that is not in it.`)
  showFaults(restored.faults)
  show(checked)
}
