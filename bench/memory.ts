import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { found, start, type Firm } from './firm.ts'
import { row, type Figure, type Row } from './measure.ts'
import type { Stage } from './stage.ts'
import { pathOf, to } from './transfer.ts'

const MIB = 1024 * 1024

export const memoryIdle: Figure = {
  id: 'memory-idle',
  unit: 'MiB',
  bar: { most: 300 },
  what: 'PSS of the firm’s node and every postgres process, idle, after ready',
  measure: async (stage) => {
    const running = await start(await stage.folder('idle'))
    try {
      await found(running, await stage.folder('idle-token'))
      const seconds = stage.quick ? 10 : 60
      await pause(seconds * 1000)
      const pids = await family(running.pid)
      const [node, ...postgres] = await Promise.all(pids.map(pssOf))
      const all = postgres.reduce((sum, pss) => sum + pss, node!)
      const note = `${seconds} s after the firm was set up; node ${Math.round(node! / MIB)} MiB, ${postgres.length} postgres processes ${Math.round((all - node!) / MIB)} MiB`
      return [row(memoryIdle, all / MIB, null, note)]
    } finally {
      await running.stop()
    }
  },
}

export const uploadMemory: Figure = {
  id: 'upload-memory',
  unit: 'MiB',
  bar: { most: 100 },
  what: 'RSS that the server’s node process takes beyond what it had, at its peak during an upload of 2 GiB',
  measure: (stage) =>
    inFreshFirm(stage, async (firm, matter) => {
      const before = await rssOf(firm.pid)
      const size = (stage.quick ? 512 : 2048) * MIB
      const large = { kind: 'upload', method: 'POST', ...to(firm), path: pathOf(matter, 'large'), size } as const
      const peak = await peakOf(firm.pid, () => stage.client(large))
      const note = `${Math.round(before / MIB)} MiB before, in a firm just set up; looked at every 50 ms${stage.quick ? '; 512 MiB only' : ''}`
      return [row(uploadMemory, (peak - before) / MIB, null, note)]
    }),
}

export const manyMemory: Figure = {
  id: 'memory-8-uploads',
  unit: 'MiB',
  bar: { most: 250 },
  what: 'PSS of the firm’s node and every postgres process beyond what they had idle, at its peak while 8 clients each send 1 GiB',
  measure: (stage) =>
    inFreshFirm(stage, async (firm, matter) => {
      const before = await pssOfAll(firm.pid)
      const size = (stage.quick ? 128 : 1024) * MIB
      const paths = Array.from({ length: 8 }, (_, i) => pathOf(matter, `large ${i}`))
      let peak = before
      let isOver = false
      const sending = stage.client({ kind: 'uploads', method: 'POST', ...to(firm), paths, size }).finally(() => (isOver = true))
      sending.catch(() => {})
      for (; !isOver; await pause(100)) peak = Math.max(peak, await pssOfAll(firm.pid))
      const { seconds } = await sending
      const note = `${Math.round(before / MIB)} MiB before; looked at every 100 ms; ${Math.round((8 * size) / 1e6 / seconds)} MB/s in all${stage.quick ? '; 128 MiB each only' : ''}`
      return [row(manyMemory, (peak - before) / MIB, null, note)]
    }),
}

/** Does `work` in a firm of its own that has taken in one file of 1 MiB: one that has served large files has its memory already. */
async function inFreshFirm(stage: Stage, work: (firm: Firm, matter: string) => Promise<Row[]>): Promise<Row[]> {
  const running = await start(await stage.folder('fresh'))
  try {
    const firm = await found(running, await stage.folder('fresh-token'))
    const matter = await firm.matter('memory')
    await stage.client({ kind: 'upload', method: 'POST', ...to(firm), path: pathOf(matter, 'before'), size: MIB })
    await pause(2000)
    return await work(firm, matter)
  } finally {
    await running.stop()
  }
}

async function pssOfAll(pid: number): Promise<number> {
  const all = await Promise.all((await family(pid)).map((one) => pssOf(one).catch(() => 0)))
  return all.reduce((sum, pss) => sum + pss, 0)
}

async function peakOf(pid: number, work: () => Promise<unknown>): Promise<number> {
  let peak = await rssOf(pid)
  const watch = setInterval(() => void rssOf(pid).then((rss) => (peak = Math.max(peak, rss))), 50)
  try {
    await work()
  } finally {
    clearInterval(watch)
  }
  return peak
}

/** A process and all that hang on it. */
async function family(root: number): Promise<number[]> {
  const parents = new Map<number, number>()
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => null)
    if (stat) parents.set(Number(entry), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
  }
  const found = [root]
  for (const pid of found) for (const [child, parent] of parents) if (parent === pid) found.push(child)
  return found
}

const kilobytes = (text: string, name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)![1]) * 1024
const pssOf = async (pid: number): Promise<number> => kilobytes(await readFile(`/proc/${pid}/smaps_rollup`, 'utf8'), 'Pss')
const rssOf = async (pid: number): Promise<number> => kilobytes(await readFile(`/proc/${pid}/status`, 'utf8'), 'VmRSS')
