import { alternate, median, row, type Figure, type Row } from './measure.ts'
import type { Done, Order } from './client.ts'
import type { Stage } from './stage.ts'

const CONNECTIONS = 8

export const look: Figure = {
  id: 'look',
  unit: '1/s',
  what: `matter.read over ${CONNECTIONS} connections, beside one bare select 1 a request on the same database`,
  measure: async (stage) => {
    const firm = await stage.firm()
    const matter = await firm.matter('read often')
    return compare(stage, look, { method: 'GET', path: `/api/matters/${matter}`, body: null }, { method: 'GET', path: '/look', body: null })
  },
}

export const act: Figure = {
  id: 'act',
  unit: '1/s',
  what: `client.create over ${CONNECTIONS} connections, beside one insert and commit a request on the same database`,
  measure: (stage) => {
    const body = JSON.stringify({ name: 'Client %' })
    return compare(stage, act, { method: 'POST', path: '/api/clients', body }, { method: 'POST', path: '/act', body })
  },
}

type Asked = Pick<Order & { kind: 'load' }, 'method' | 'path' | 'body'>

async function compare(stage: Stage, figure: Figure, ours: Asked, theirs: Asked): Promise<Row[]> {
  const firm = await stage.firm()
  const { port } = await stage.baseline()
  const seconds = stage.quick ? 2 : 4
  const run = (port: number, authorization: string | null, asked: Asked) => () =>
    stage.client({ kind: 'load', port, authorization, ...asked, connections: CONNECTIONS, seconds })
  const [mine, bare] = [run(firm.port, `Bearer ${firm.token}`, ours), run(port, null, theirs)]
  // both are warm before anything counts
  await mine()
  await bare()
  const runs = await alternate(stage.quick ? 2 : 5, mine, bare)
  const rate = (done: Done) => done.latencies.length / done.seconds
  const at = (share: number) => (done: Done) =>
    done.latencies[Math.min(done.latencies.length - 1, Math.floor(done.latencies.length * share))]!
  const line = (more: Pick<Figure, 'id' | 'what' | 'unit'>, of: (done: Done) => number) =>
    row(more, median(runs.ours.map(of)), median(runs.theirs.map(of)))
  return [
    line(figure, rate),
    line({ id: `${figure.id}-p50`, unit: 'ms', what: `${figure.id}: half of the answers came within` }, at(0.5)),
    line({ id: `${figure.id}-p99`, unit: 'ms', what: `${figure.id}: 99 of 100 answers came within` }, at(0.99)),
  ]
}
