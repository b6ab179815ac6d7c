import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { alternate, median, row, scatter, type Figure } from './measure.ts'
import type { Done } from './client.ts'
import type { Stage } from './stage.ts'

const SIZE = 512 * 1024 * 1024

export const upload: Figure = {
  id: 'upload-512m',
  unit: 'MB/s',
  bar: { least: 300, goal: 0.6 },
  what: '512 MiB up over HTTP on loopback until answered; the same node:net client in its own process',
  measure: async (stage) => {
    const firm = await stage.firm()
    const other = await stage.other()
    const matter = await firm.matter('uploads')
    const ours = async (name: string) => {
      await touchMemory(stage)
      const done = await stage.client({ kind: 'upload', method: 'POST', ...to(firm), path: pathOf(matter, name), size: SIZE })
      refuseOther(done, 'sha256', (JSON.parse(done.answer) as { sha256: string }).sha256)
      return speed(done)
    }
    const theirs = async (name: string) => {
      await touchMemory(stage)
      const done = await stage.client({ kind: 'upload', method: other.method, ...other.to, path: other.path(name), size: SIZE })
      await other.remove(name)
      return speed(done)
    }
    const runs = await alternate(
      stage.quick ? 3 : 7,
      (round) => ours(`file ${round}`),
      (round) => theirs(`up-${round}`),
    )
    return [row(upload, median(runs.ours), median(runs.theirs), `${scatter(runs.ours)} beside ${scatter(runs.theirs)} of ${other.what}`)]
  },
}

export const download: Figure = {
  id: 'download-512m',
  unit: 'MB/s',
  bar: { least: 400, goal: 0.6 },
  what: '512 MiB down over HTTP on loopback; the same client',
  measure: async (stage) => {
    const firm = await stage.firm()
    const other = await stage.other()
    const matter = await firm.matter('downloads')
    const sent = await stage.client({ kind: 'upload', method: 'POST', ...to(firm), path: pathOf(matter, 'one file'), size: SIZE })
    await stage.client({ kind: 'upload', method: other.method, ...other.to, path: other.path('down'), size: SIZE })
    const document = (JSON.parse(sent.answer) as { id: string }).id
    const ours = (isChecked: boolean) =>
      stage.client({
        kind: 'download',
        ...to(firm),
        path: `/api/documents/${document}/download`,
        size: SIZE,
        isChecked,
      })
    // one whose bytes are looked at, and not timed
    const checked = await ours(true)
    refuseOther(checked, 'sha256', sent.sha256)
    const runs = await alternate(
      stage.quick ? 3 : 7,
      async () => speed(await ours(false)),
      async () => speed(await stage.client({ kind: 'download', ...other.to, path: other.path('down'), size: SIZE, isChecked: false })),
    )
    return [row(download, median(runs.ours), median(runs.theirs), `${scatter(runs.ours)} beside ${scatter(runs.theirs)} of ${other.what}`)]
  },
}

/**
 * Leaves as much free memory behind, touched a moment ago, as an upload takes of the page cache. In a virtual machine
 * memory that was never touched, or not for long, costs several times as much: whoever came second would pay it.
 */
async function touchMemory(stage: Stage): Promise<void> {
  const scratch = join(stage.dir, 'scratch')
  const file = await open(scratch, 'w')
  const block = Buffer.alloc(1024 * 1024)
  for (let written = 0; written < SIZE; written += block.length) await file.write(block)
  await file.close()
  await rm(scratch)
}

export const to = ({ port, token }: { port: number; token: string }) => ({ port, authorization: `Bearer ${token}` })
export const pathOf = (matter: string, name: string): string => `/api/matters/${matter}/documents?name=${encodeURIComponent(name)}`

/** 10^6 bytes a second. */
const speed = (done: Done): number => SIZE / 1e6 / done.seconds

function refuseOther(done: Done, name: 'sha256', wanted: string | null): void {
  if (done[name] !== wanted) throw new Error(`what was transferred is not what was sent: ${name} ${done[name]}, not ${wanted}`)
}
