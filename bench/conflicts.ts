import { openConflictsDesk } from '../src/features/conflicts/conflicts-desk.ts'
import type { Entry } from '../src/features/conflicts/name-index.ts'
import { row, type Figure } from './measure.ts'
import { madeNames } from './names.ts'

const NAMES = 200_000

/** Through the desk and its thread, as a check goes; what reading and opening the sealed register adds is not in it. */
export const conflicts: Figure = {
  id: 'conflicts',
  unit: 'ms',
  what: `a conflicts check of one name over ${NAMES} names of parties: the slowest`,
  bar: { most: 150 },
  measure: async (stage) => {
    const names = [...madeNames(NAMES)]
    const desk = openConflictsDesk(async function* () {
      for (let from = 0; from < names.length; from += 1000) yield names.slice(from, from + 1000) as Entry[]
    })
    stage.closing(() => desk.close())
    const ask = async (name: string, kind: Entry['kind']) => {
      const begun = performance.now()
      const { hits } = await desk.check({ names: [{ name, kind }], domains: [] })
      return { took: performance.now() - begun, hits: hits.length, name }
    }
    const begun = performance.now()
    await ask('Somebody Else', 'person')
    const built = (performance.now() - begun) / 1000
    const { bytes, names: kept } = (await desk.memory())!
    if (kept < NAMES * 0.99) throw new Error(`${kept} names are in the index, and not ${NAMES}`)
    // the names that are there, strangers, and the commonest words together
    const some = [...names.filter((_, n) => n % (stage.quick ? 2000 : 250) === 0), ...madeNames(stage.quick ? 50 : 200, 2)]
    const asked = [...some.map(({ name, kind }) => ({ name, kind })), ...COMMON.map((name) => ({ name, kind: 'organization' as const }))]
    const runs = []
    for (const { name, kind } of asked) runs.push(await ask(name, kind))
    const found = runs.slice(0, names.length / (stage.quick ? 2000 : 250)).filter((one) => one.hits > 0).length
    const sorted = runs.toSorted((a, b) => a.took - b.took)
    const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)]!.took
    const figure = (id: string, unit: string, what: string, value: number) =>
      row({ id: `conflicts-${id}`, unit, what: `conflicts: ${what}` }, value)
    return [
      row(conflicts, at(1), null, `“${sorted.at(-1)!.name}”; ${runs.length} names, of those in the register ${found} found something`),
      figure('p50', 'ms', 'half within', at(0.5)),
      figure('p95', 'ms', '95 of 100 within', at(0.95)),
      figure('build', 's', 'the first check, which starts the thread and fills the index', built),
      figure('memory', 'MiB', 'what the thread takes with the index in it', bytes / 1024 / 1024),
    ]
  },
}

const COMMON = [
  'Smith',
  'John Smith',
  'James Smith Johnson',
  'Bank Trust International Holdings Group',
  'Capital Partners Ltd',
  'Anna Maria Garcia Rodriguez',
]
