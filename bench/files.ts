import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { alternate, median, row, scatter, type Figure } from './measure.ts'
import type { Done } from './client.ts'
import { pathOf, to } from './transfer.ts'

const SIZE = 100_000
const COUNT = 200
const CONNECTIONS = 4

export const filesUp: Figure = {
  id: 'files-up',
  unit: 'files/s',
  bar: { least: 500, goal: 0.6 },
  what: `${COUNT} files of 100 KB up over HTTP on loopback, ${CONNECTIONS} at a time, each durable and in the ledger when it is answered; the same client`,
  measure: async (stage) => {
    const firm = await stage.firm()
    const other = await stage.other()
    const ours = async (round: number) => {
      const matter = await firm.matter(`small files ${round}`)
      return rate(await stage.client(order('POST', to(firm), (i) => pathOf(matter, `file ${i}.bin`))))
    }
    const theirs = async (round: number) => {
      const done = await stage.client(order(other.method, other.to, (i) => other.path(`small-${round}-${i}`)))
      for (let i = 0; i < COUNT; i += 1) await other.remove(`small-${round}-${i}`)
      return rate(done)
    }
    const runs = await alternate(stage.quick ? 4 : 9, ours, theirs)
    return [row(filesUp, median(runs.ours), median(runs.theirs), `${scatter(runs.ours)} beside ${scatter(runs.theirs)} of ${other.what}`)]
  },
}

export const filesDown: Figure = {
  id: 'files-down',
  unit: 'files/s',
  bar: { least: 1000, goal: 0.6 },
  what: `${COUNT} files of 100 KB down over HTTP on loopback, ${CONNECTIONS} at a time, each an act; the same client`,
  measure: async (stage) => {
    const firm = await stage.firm()
    const other = await stage.other()
    const matter = await firm.matter('small files down')
    const sent = await stage.client(order('POST', to(firm), (i) => pathOf(matter, `file ${i}.bin`)))
    const documents = (JSON.parse(sent.answer) as string[]).map((text) => JSON.parse(text) as { id: string; sha256: string })
    await stage.client(order(other.method, other.to, (i) => other.path(`fetch-${i}`)))
    const ours = async () => {
      const done = await stage.client(order('GET', to(firm), (i) => `/api/documents/${documents[i]!.id}/download`))
      if ((JSON.parse(done.answer) as string[]).some((sha256, i) => sha256 !== documents[i]!.sha256))
        throw new Error('what came down is not what went up')
      return rate(done)
    }
    const theirs = async () => rate(await stage.client(order('GET', other.to, (i) => other.path(`fetch-${i}`))))
    const runs = await alternate(stage.quick ? 4 : 9, ours, theirs)
    return [row(filesDown, median(runs.ours), median(runs.theirs), `${scatter(runs.ours)} beside ${scatter(runs.theirs)} of ${other.what}`)]
  },
}

export const sizeOnDisk: Figure = {
  id: 'size-on-disk',
  unit: '×',
  bar: { most: 1.005 },
  what: `bytes in the blobs’ folder for ${COUNT} files of 100 KB, beside the bytes of the files`,
  measure: async (stage) => {
    const firm = await stage.firm()
    const blobs = join(firm.place.data, 'blobs')
    const before = await bytesUnder(blobs)
    const matter = await firm.matter('sizes')
    await stage.client(order('POST', to(firm), (i) => pathOf(matter, `file ${i}.bin`)))
    const after = await bytesUnder(blobs)
    const note = `in blocks of the disk ${((after.blocks - before.blocks) / (COUNT * Math.ceil(SIZE / 4096) * 4096)).toFixed(4)} ×`
    return [row(sizeOnDisk, (after.bytes - before.bytes) / (COUNT * SIZE), null, note)]
  },
}

async function bytesUnder(dir: string): Promise<{ bytes: number; blocks: number }> {
  const sums = { bytes: 0, blocks: 0 }
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const { size, blocks } = await stat(join(entry.parentPath, entry.name))
    sums.bytes += size
    sums.blocks += blocks * 512
  }
  return sums
}

const order = (method: 'POST' | 'PUT' | 'GET', at: { port: number; authorization: string | null }, pathAt: (i: number) => string) => ({
  kind: 'files' as const,
  method,
  ...at,
  size: SIZE,
  connections: CONNECTIONS,
  paths: Array.from({ length: COUNT }, (_, i) => pathAt(i)),
})

const rate = ({ seconds }: Done): number => COUNT / seconds
