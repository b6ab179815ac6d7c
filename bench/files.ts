import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { alternate, median, row, scatter, type Figure } from './measure.ts'
import type { Done } from './client.ts'
import { pathOf } from './transfer.ts'

const SIZE = 100_000
const COUNT = 200
const CONNECTIONS = 4

export const filesUp: Figure = {
  id: 'files-up',
  unit: 'files/s',
  bar: { least: 500, goal: 0.6 },
  what: `${COUNT} files of 100 KB up over HTTP on loopback, ${CONNECTIONS} at a time, each durable and in the ledger when it is answered, beside a server that writes, fsyncs and inserts a row without sealing; the same client`,
  measure: async (stage) => {
    const firm = await stage.firm()
    const { port, dir } = await stage.baseline()
    const ours = async (round: number) => {
      const matter = await firm.matter(`small files ${round}`)
      return rate(await stage.client(order('POST', firm.port, firm.token, (i) => pathOf(matter, `file ${i}.bin`))))
    }
    const theirs = async (round: number) => {
      const done = await stage.client(order('POST', port, null, (i) => `/files/small-${round}-${i}`))
      for (let i = 0; i < COUNT; i += 1) await rm(join(dir, `small-${round}-${i}`))
      return rate(done)
    }
    const runs = await alternate(stage.quick ? 4 : 9, ours, theirs)
    return [row(filesUp, median(runs.ours), median(runs.theirs), `${scatter(runs.ours)} beside ${scatter(runs.theirs)}`)]
  },
}

export const filesDown: Figure = {
  id: 'files-down',
  unit: 'files/s',
  bar: { least: 1000, goal: 0.6 },
  what: `${COUNT} files of 100 KB down over HTTP on loopback, ${CONNECTIONS} at a time, each an act, beside a server that looks a row up and streams the file; the same client`,
  measure: async (stage) => {
    const firm = await stage.firm()
    const { port } = await stage.baseline()
    const matter = await firm.matter('small files down')
    const sent = await stage.client(order('POST', firm.port, firm.token, (i) => pathOf(matter, `file ${i}.bin`)))
    const documents = (JSON.parse(sent.answer) as string[]).map((text) => JSON.parse(text) as { id: string; sha256: string })
    await stage.client(order('POST', port, null, (i) => `/files/fetch-${i}`))
    const ours = async () => {
      const done = await stage.client(order('GET', firm.port, firm.token, (i) => `/api/documents/${documents[i]!.id}/download`))
      if ((JSON.parse(done.answer) as string[]).some((sha256, i) => sha256 !== documents[i]!.sha256))
        throw new Error('what came down is not what went up')
      return rate(done)
    }
    const theirs = async () => rate(await stage.client(order('GET', port, null, (i) => `/files/fetch-${i}`)))
    const runs = await alternate(stage.quick ? 4 : 9, ours, theirs)
    return [row(filesDown, median(runs.ours), median(runs.theirs), `${scatter(runs.ours)} beside ${scatter(runs.theirs)}`)]
  },
}

const order = (method: 'POST' | 'GET', port: number, token: string | null, pathAt: (i: number) => string) => ({
  kind: 'files' as const,
  method,
  port,
  token,
  size: SIZE,
  connections: CONNECTIONS,
  paths: Array.from({ length: COUNT }, (_, i) => pathAt(i)),
})

const rate = ({ seconds }: Done): number => COUNT / seconds
