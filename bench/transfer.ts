import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { alternate, median, row, scatter, type Figure } from './measure.ts'
import type { Done } from './client.ts'
import type { Stage } from './stage.ts'

const SIZE = 512 * 1024 * 1024

export const upload: Figure = {
  id: 'upload-512m',
  unit: 'MB/s',
  bar: { least: 150, goal: 0.6 },
  what: '512 MiB up over HTTP on loopback until answered, beside a server that streams, fsyncs and inserts a row without sealing; the same node:net client in its own process',
  measure: async (stage) => {
    const firm = await stage.firm()
    const { port, dir } = await stage.baseline()
    const matter = await firm.matter('uploads')
    const ours = async (name: string) => {
      await touchMemory(stage)
      const done = await stage.client({ kind: 'upload', port: firm.port, path: pathOf(matter, name), token: firm.token, size: SIZE })
      refuseOther(done, 'sha256', (JSON.parse(done.answer) as { sha256: string }).sha256)
      return speed(done)
    }
    const theirs = async (name: string) => {
      await touchMemory(stage)
      const done = await stage.client({ kind: 'upload', port, path: `/files/${name}`, token: null, size: SIZE })
      await rm(join(dir, name))
      return speed(done)
    }
    const runs = await alternate(
      stage.quick ? 3 : 7,
      (round) => ours(`file ${round}`),
      (round) => theirs(`up-${round}`),
    )
    return [row(upload, median(runs.ours), median(runs.theirs), `${scatter(runs.ours)} beside ${scatter(runs.theirs)}`)]
  },
}

export const download: Figure = {
  id: 'download-512m',
  unit: 'MB/s',
  bar: { least: 150, goal: 0.6 },
  what: '512 MiB down over HTTP on loopback, beside a server that looks a row up and streams the file; the same client',
  measure: async (stage) => {
    const firm = await stage.firm()
    const { port } = await stage.baseline()
    const matter = await firm.matter('downloads')
    const sent = await stage.client({ kind: 'upload', port: firm.port, path: pathOf(matter, 'one file'), token: firm.token, size: SIZE })
    await stage.client({ kind: 'upload', port, path: '/files/down', token: null, size: SIZE })
    const document = (JSON.parse(sent.answer) as { id: string }).id
    const ours = (isChecked: boolean) =>
      stage.client({
        kind: 'download',
        port: firm.port,
        path: `/api/documents/${document}/download`,
        token: firm.token,
        size: SIZE,
        isChecked,
      })
    // one whose bytes are looked at, and not timed
    const checked = await ours(true)
    refuseOther(checked, 'sha256', sent.sha256)
    const runs = await alternate(
      stage.quick ? 3 : 7,
      async () => speed(await ours(false)),
      async () => speed(await stage.client({ kind: 'download', port, path: '/files/down', token: null, size: SIZE, isChecked: false })),
    )
    return [row(download, median(runs.ours), median(runs.theirs), `${scatter(runs.ours)} beside ${scatter(runs.theirs)}`)]
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

export const pathOf = (matter: string, name: string): string => `/api/matters/${matter}/documents?name=${encodeURIComponent(name)}`

/** 10^6 bytes a second. */
const speed = (done: Done): number => SIZE / 1e6 / done.seconds

function refuseOther(done: Done, name: 'sha256', wanted: string | null): void {
  if (done[name] !== wanted) throw new Error(`what was transferred is not what was sent: ${name} ${done[name]}, not ${wanted}`)
}
