import { stat } from 'node:fs/promises'
import { dirname, join as joinPath } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import type { BundleId } from '../contract/ids.ts'
import { readConfig } from '../platform/config.ts'
import { Stop } from '../platform/refusal.ts'
import { EXIT } from './exit.ts'
import { allMatters } from './import-place.ts'
import type { Joined } from './join.ts'
import { example, withPlace, type Place } from './options.ts'
import { asPerson } from './person.ts'
import { saveAs } from './save-as.ts'
import { bytes, duration, print, printJson, progress, safe, tell } from './terminal.ts'

type Options = Place & { to: string; folder?: string; reason?: string; tokenFile?: string }

export function addExport(program: Command): void {
  const command = withPlace(program.command('export'))
    .description('Take copies of a matter, or of a folder in it, as one zip with its manifest; each copy is recorded')
    .argument('<matter>', 'the matter’s number or id')
    .requiredOption('--to <PATH>', 'the zip to write, or a folder to write it into; what stands there is not overwritten')
    .option('--folder <F>', 'only this folder and what is below it, as `Pleadings/Drafts`')
    .option('--reason <R>', 'why, for the record')
    .option('--token-file <T>', 'act with the access token in this file (default: the session of subrosa login)')
  example(command, 'subrosa export 2026-0042 --to ~/orchard.zip').action(take)
}

async function take(matter: string, options: Options): Promise<void> {
  await asPerson(readConfig(options), async (firm) => {
    const { id, number } = await find(firm, matter)
    const path = await placeOf(options.to, `${number} ${options.folder?.split('/').at(-1) ?? 'files'}.zip`)
    const of = options.folder === undefined ? { whole: true as const } : { folder: options.folder }
    const begun = performance.now()
    const made = await firm.ask('document.bundle', { params: { matter: id }, body: { of, reason: options.reason, leaveOut: true } })
    const size = await write(firm, made.bundle, path, made.bytes)
    const seconds = (performance.now() - begun) / 1000
    const left = made.heldBack.reduce((sum, { count }) => sum + count, 0)
    process.exitCode = left > 0 ? EXIT.notWhole : EXIT.done
    if (options.json) return printJson({ matter: id, path, documents: made.documents, bytes: size, heldBack: made.heldBack })
    print(`${made.documents} documents, ${bytes(size)} in ${duration(seconds)}, in ${path}. They lie there in the clear.`)
    for (const one of made.heldBack) tell(`${one.count} left out: ${safe(one.text)}`)
  })
}

/** @throws Stop `matter.missing` */
async function find(firm: Joined, matter: string) {
  const found = (await allMatters(firm)).find((one) => one.number === matter || one.id === matter.toLowerCase())
  if (!found) {
    const what = z.uuid().safeParse(matter).success ? 'of that id' : 'of that number'
    throw new Stop('matter.missing', `There is no matter ${what} within your reach.`)
  }
  return found
}

/** @throws Stop `file.exists`, `file.unwritable` */
async function placeOf(to: string, name: string): Promise<string> {
  const there = await stat(to).catch(() => null)
  // a number may be made of more than a file name bears
  const path = there?.isDirectory() ? joinPath(to, name.replace(/[/\\]/g, '-')) : to
  if (await stat(path).catch(() => null)) throw new Stop('file.exists', `${path} is there already, and is not overwritten.`)
  const room = await stat(dirname(path)).catch(() => null)
  if (!room?.isDirectory()) throw new Stop('file.unwritable', `${dirname(path)} is no folder to write into.`)
  return path
}

/** Writes the archive under a name of its own and gives it its name once all of it is on the disk; for this user alone. @throws Stop `export.broken` */
async function write(firm: Joined, bundle: BundleId, path: string, expected: number): Promise<number> {
  const line = progress()
  let size = 0
  try {
    return await saveAs(path, (write) =>
      firm.save('bundle.content', { params: { bundle } }, async (parts) => {
        for await (const part of parts) {
          await write(part)
          line.show(`${bytes((size += part.length))} of about ${bytes(expected)}`)
        }
      }),
    )
  } finally {
    line.end()
  }
}
