import { ledgerStage } from './ledger-stage.ts'
import { makeBare, writeBare, writeEntries } from './ledger-writing.ts'
import { alternate, median, row, scatter, type Figure } from './measure.ts'

const CONNECTIONS = 32

export const entries: Figure = {
  id: 'ledger-entries',
  what: `durable entries over ${CONNECTIONS} connections, one a transaction, asked and stamped as in an act; beside the same row into a bare table`,
  unit: '1/s',
  bar: { least: 5000, goal: 0.6 },
  measure: async (stage) => {
    const ledger = await ledgerStage(stage)
    await makeBare(ledger.db)
    const load = { connections: CONNECTIONS, seconds: stage.quick ? 2 : 5 }
    const ours = () => writeEntries(ledger, load)
    const bare = () => writeBare(ledger, load)
    await ours()
    await bare()
    const runs = await alternate(stage.quick ? 2 : 5, ours, bare)
    const rates = (of: { count: number; seconds: number }[]) => of.map((one) => one.count / one.seconds)
    return [row(entries, median(rates(runs.ours)), median(rates(runs.theirs)), scatter(rates(runs.ours)))]
  },
}
