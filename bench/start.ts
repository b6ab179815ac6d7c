import { start } from './firm.ts'
import { median, row, scatter, type Figure } from './measure.ts'
import type { Stage } from './stage.ts'

export const startFirst: Figure = {
  id: 'start-first',
  unit: 's',
  bar: { most: 15 },
  what: 'subrosa start in a fresh data folder (key, database, migration; web app built before), command to ready line',
  measure: async (stage) => {
    await buildWeb(stage)
    const runs = await timesOf(stage, () => stage.folder('first'))
    return [row(startFirst, median(runs), null, scatter(runs))]
  },
}

export const startSecond: Figure = {
  id: 'start-second',
  unit: 's',
  bar: { most: 3 },
  what: 'subrosa start in a data folder that stands, command to ready line',
  measure: async (stage) => {
    const folder = await stage.folder('second')
    await (await start(folder)).stop()
    const runs = await timesOf(stage, async () => folder)
    return [row(startSecond, median(runs), null, scatter(runs))]
  },
}

/** The first start after a change of the pages builds them; that one is not counted. */
async function buildWeb(stage: Stage): Promise<void> {
  await (await start(await stage.folder('web'))).stop()
}

async function timesOf(stage: Stage, folder: () => Promise<string>): Promise<number[]> {
  const seconds: number[] = []
  for (let run = 0; run < (stage.quick ? 3 : 5); run += 1) {
    const running = await start(await folder())
    await running.stop()
    seconds.push(running.seconds)
  }
  return seconds
}
