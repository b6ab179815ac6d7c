import { setTimeout as pause } from 'node:timers/promises'
import type { Command } from 'commander'
import { StoreKind, type StorageView } from '../contract/storage.ts'
import { Stop } from '../platform/refusal.ts'
import { EXIT } from './exit.ts'
import type { Joined } from './join.ts'
import { example, withPlace } from './options.ts'
import { asFresh, withCode, type Fresh } from './people.ts'
import { bytes, print, printJson, progress } from './terminal.ts'

const LOOK_EVERY_MS = 1000

export function addStorage(program: Command): void {
  const storage = program.command('storage').description('Where sealed files are kept')
  example(
    withCode(withPlace(storage.command('move')))
      .description('Keep new files on the disk or on the S3 server, and move those that there are; people go on working meanwhile')
      .requiredOption('--to <STORE>', 'disk or s3'),
    'subrosa storage move --to s3 --code 123456',
  ).action(move)
}

async function move(options: Fresh & { to: string }): Promise<void> {
  const to = StoreKind.safeParse(options.to)
  if (!to.success) throw new Stop('usage.store', '--to takes disk or s3.')
  const ended = await asFresh(options, async (firm) => {
    await firm.ask('storage.move', { body: { to: to.data } })
    return atItsEnd(firm)
  })
  if (options.json) printJson(ended)
  else
    print(
      `Moved ${ended.move!.moved} files (${bytes(ended.move!.bytes)}) to ${ended.target}, each read back and compared. New files go there.${
        ended.move!.failed > 0 ? ` ${ended.move!.failed} could not be copied and are where they were; the server’s log names them.` : ''
      }`,
    )
  if (ended.move!.failed > 0) process.exitCode = EXIT.notWhole
}

/** Shows how far it is; when this command is ended the move goes on. */
async function atItsEnd(firm: Joined): Promise<StorageView> {
  const line = progress()
  try {
    for (;;) {
      const view = await firm.ask('storage.read', {})
      if (view.move?.state === 'ended') return view
      line.show(`${view.move?.moved ?? 0} files moved, ${bytes(view.move?.bytes ?? 0)}`)
      await pause(LOOK_EVERY_MS)
    }
  } finally {
    line.end()
  }
}
