import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { now } from '../platform/clock.ts'
import type { Config } from '../platform/config.ts'
import { whoHolds } from '../platform/data-folder.ts'
import { note, ok, unsafe, type Finding } from './finding.ts'
import { join as joinFirm } from './join.ts'

const OLD_DAYS = 8

/** Whether the firm stands, and whether there is a copy of it. */
export async function lookAtFirm(config: Config): Promise<Finding[]> {
  return [...(await standing(config)), await backup(config)]
}

async function standing(config: Config): Promise<Finding[]> {
  if (!(await whoHolds(config.data))) return []
  const firm = await joinFirm(config)
  try {
    const { state } = await firm.ask('firm.state', {})
    return [
      state === 'ready'
        ? ok('firm.state', 'The firm is set up.')
        : note('firm.state', 'The firm is not set up yet.', 'Open the set-up link that the start printed.'),
    ]
  } finally {
    await firm.close()
  }
}

async function backup({ data }: Config): Promise<Finding> {
  const text = await readFile(join(data, 'last-backup.json'), 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT' || fault.code === 'ENOTDIR') return null
    throw fault
  })
  const advice = 'subrosa backup --to DIR --keys-to DIR, with the two on different media.'
  if (text === null)
    return (await hasMatters(data))
      ? unsafe('backup.never', 'No backup was ever made.', advice)
      : note('backup.never', 'There is nothing to back up yet.')
  const { at, to } = JSON.parse(text) as { at: string; to: string }
  const days = Math.floor((now() - Date.parse(at)) / 86_400_000)
  if (!(days < OLD_DAYS)) return note('backup.old', `The last backup was made ${days} days ago (${at.slice(0, 10)}, ${to}).`, advice)
  return ok('backup.made', `The last backup was made on ${at.slice(0, 16).replace('T', ' ')} UTC (${to}).`)
}

const hasMatters = (data: string): Promise<boolean> =>
  readdir(join(data, 'keystore')).then(
    (names) => names.length > 0,
    () => false,
  )
