import type { Command } from 'commander'
import { backup, type BackupDone } from '../features/backup/backup.ts'
import { readConfig } from '../platform/config.ts'
import { EXIT } from './exit.ts'
import { exitOnSignals, quietLog, refuseForeign } from './join.ts'
import { example, withPlace, type Place } from './options.ts'
import { bytes, print, printJson, tell } from './terminal.ts'
import { count, showFaults, withProgress } from './verify.ts'

type Options = Place & { to: string; keysTo: string }

export function addBackup(program: Command): void {
  const command = withPlace(program.command('backup'))
    .description('Back the firm up while its server is stopped: sealed data to one place, the keys to another')
    .requiredOption('--to <DIR>', 'where the data goes; backups after the first copy new documents only')
    .requiredOption('--keys-to <DIR>', 'where the keys go: another place, best another disk')
  example(command, 'subrosa backup --to /mnt/backup/subrosa --keys-to /mnt/safe/subrosa-keys').action(run)
}

async function run(options: Options): Promise<void> {
  const config = readConfig(options)
  await refuseForeign(config)
  const stopWatching = exitOnSignals()
  const done = await withProgress((onProgress) => backup(config, options, { log: quietLog, onProgress }))
  stopWatching()
  if (options.json) printJson(done)
  else show(done, options)
  if (done.faults.length > 0) process.exitCode = EXIT.notWhole
}

function show(done: BackupDone, { keysTo }: Options): void {
  const { blobs, ledger } = done
  print(
    `Backed up to ${done.dir}: ${count(blobs.count, 'document')} (${blobs.copied} of them new, ${bytes(blobs.bytes)} in all)${done.postgres ? `, the database (PostgreSQL ${done.postgres})` : ''}, the ledger up to entry ${ledger.size}.`,
  )
  print(
    `The keys are in ${keysTo}: the root key and those of ${count(done.keys, 'matter')}. Nothing in the backup can be read without them.`,
  )
  done.notes.forEach((note) => tell(`Note: ${note}`))
  showFaults(done.faults)
  if (done.faults.length > 0)
    print('The backup is made. What is missing or broken here should be put right from an earlier one: run subrosa verify.')
}
