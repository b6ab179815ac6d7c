import { setTimeout as pause } from 'node:timers/promises'
import { Sequencer } from '../src/features/ledger/sequencer.ts'
import { openLog } from '../src/platform/log.ts'
import { ledgerStage, SEED_ENTRIES, type LedgerStage } from './ledger-stage.ts'
import { scatter, median, row, type Figure } from './measure.ts'
import { writeEntries } from './ledger-writing.ts'

const sequencerOf = (ledger: LedgerStage): Sequencer =>
  new Sequencer({ clerk: ledger.clerk, log: openLog((line) => console.error(line)) }, ledger.keys, (why) => {
    throw new Error(why)
  })

/** How fast what waits is numbered, hashed, put into the tree and signed for. */
export const backlog: Figure = {
  id: 'ledger-sequence',
  what: 'entries that wait, numbered and in the tree; beside the same rows read and inserted by one statement of PostgreSQL’s',
  unit: '1/s',
  bar: { least: 50_000 },
  measure: async (stage) => {
    const ledger = await ledgerStage(stage)
    const many = stage.quick ? 50_000 : 200_000
    const sequencer = sequencerOf(ledger)
    await sequencer.run()
    await ledger.db.run('create table if not exists public.bare_leaves (n bigint primary key, id uuid not null, hash bytea not null)')
    const [ours, bare]: [number[], number[]] = [[], []]
    for (let round = 0; round < (stage.quick ? 2 : 3); round += 1) {
      await seedWaiting(ledger, many)
      const begun = performance.now()
      await sequencer.run()
      ours.push((many / (performance.now() - begun)) * 1000)
      await ledger.db.run('truncate public.bare_leaves')
      const again = performance.now()
      await ledger.db.run(
        `insert into public.bare_leaves select row_number() over (order by at, id), id, sha256(salt || sealed_details) from ledger.entries order by at desc limit $1`,
        [many],
      )
      bare.push((many / (performance.now() - again)) * 1000)
    }
    return [row(backlog, median(ours), median(bare), `${many} at a time; ${scatter(ours)}`)]
  },
}

async function seedWaiting({ db }: LedgerStage, many: number): Promise<void> {
  const { n } = (await db.row<{ n: number }>('select count(*) as n from ledger.entries'))!
  await db.run('begin')
  await db.run('set local session_replication_role = replica')
  await db.run(SEED_ENTRIES, [many, 2000, 300, 0.5, n])
  await db.run(
    'insert into ledger.pending (entry_id) select id from ledger.entries e where not exists (select from ledger.leaves l where l.entry_id = e.id) on conflict do nothing',
  )
  await db.run('commit')
  await db.run('analyze ledger.entries, ledger.pending, ledger.leaves')
}

/** How long an entry waits for its place while others come at a pace. */
export const lag: Figure = {
  id: 'ledger-lag',
  what: 'from an entry’s time to the signed checkpoint over it, at 2,000 entries a second: the slowest of all',
  unit: 's',
  bar: { most: 1 },
  measure: async (stage) => {
    const ledger = await ledgerStage(stage)
    const sequencer = sequencerOf(ledger)
    await sequencer.run()
    const before = (await ledger.db.row<{ n: number }>('select coalesce(max(n), -1) as n from ledger.leaves'))!.n
    sequencer.start()
    const seconds = stage.quick ? 4 : 15
    const written = await writeEntries(ledger, { connections: 8, seconds, rate: 2000, after: () => sequencer.nudge() })
    await pause(1200)
    await sequencer.stop()
    const { worst, p50, p99 } = (await ledger.db.row<{ worst: number; p50: number; p99: number }>(
      `select max(s) as worst, percentile_cont(0.5) within group (order by s) as p50, percentile_cont(0.99) within group (order by s) as p99
       from (select extract(epoch from (select c.signed_at from ledger.checkpoints c where c.size > l.n order by c.size limit 1) - e.at)::float8 as s
         from ledger.leaves l join ledger.entries e on e.id = l.entry_id where l.n > $1) t`,
      [before],
    ))!
    const note = `${Math.round(written.count / written.seconds)} a second came; half within ${p50.toFixed(3)} s, 99 of 100 within ${p99.toFixed(3)} s`
    return [row(lag, worst, null, note)]
  },
}
