import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { cosignaturesOn, parseCosignerKey } from '../src/core/cosignature.ts'
import { openWitness } from '../src/witness/folder.ts'
import { lastCosigned, logOf } from '../src/witness/logs.ts'
import { makeFolder, remove, run, serveWitnessing } from './world/process.ts'
import { MadeLog, post } from './world/witnessing.ts'

const TIMES = process.env.SLOW ? 20 : 1
const home = await makeFolder('witness-kill')
const dir = join(home, 'witness')
afterAll(() => remove(home))

type Cosigned = { size: number; body: string }

/** Grows a log and its fork at once, from twelve sides, until the witness is gone; `cosigned` takes what it cosigned for whom. */
async function pressUntilDeath(url: string, logs: MadeLog[], from: number, cosigned: Cosigned[]): Promise<void> {
  let size = from
  const worker = async (mine: MadeLog, n: number) => {
    for (let turn = n; ; turn += 1) {
      const [old, next] = [size, size + 1 + (turn % 3)]
      const answer = await post(url, mine.body(old, next)).catch(() => null)
      if (answer === null) return
      if (answer.status === 200) cosigned.push({ size: next, body: answer.body })
      if (answer.status === 409) size = Math.max(size, Number(answer.body))
      if (answer.status === 200) size = Math.max(size, next)
    }
  }
  await Promise.all(logs.flatMap((log) => Array.from({ length: 6 }, (_, n) => worker(log, n))))
}

const isOf = (log: MadeLog, { size, body }: Cosigned, key: ReturnType<typeof parseCosignerKey>): boolean => {
  try {
    return cosignaturesOn(log.note(size) + body, [key]).length === 1
  } catch {
    return false
  }
}

test(`kill -9 under load, ${TIMES} times: nothing that was cosigned is forgotten, and no fork is cosigned`, async () => {
  const made = await run(home, ['witness', 'init', '--dir', dir, '--name', 'witness.notary.example/1', '--json'])
  expect(made.code, made.stderr).toBe(0)
  const { vkey } = JSON.parse(made.stdout) as { vkey: string }
  const log = new MadeLog().grow(4000)
  const fork = log.forked(0, 4000)
  expect((await run(home, ['witness', 'trust', '--dir', dir, log.vkey])).code).toBe(0)
  const key = parseCosignerKey(vkey)

  const all: Cosigned[] = []
  let history: MadeLog | null = null
  for (let kill = 0, size = 0; kill < TIMES; kill += 1) {
    const witness = await serveWitnessing(home, dir)
    const cosigned: Cosigned[] = []
    const pressing = pressUntilDeath(witness.url, [log, fork], size, cosigned)
    await expect.poll(() => cosigned.length, { interval: 10 }).toBeGreaterThan(1)
    await pause((kill * 97) % 400)
    await witness.stop('SIGKILL')
    await pressing
    all.push(...cosigned)
    history ??= cosigned[0] ? (isOf(log, cosigned[0], key) ? log : fork) : null
    // what is on the disk is at least what left, and of that one history
    const here = await openWitness(dir)
    const last = await lastCosigned(here, (await logOf(here, log.origin))!)
    size = last?.checkpoint.size ?? 0
    expect(size).toBeGreaterThanOrEqual(Math.max(0, ...cosigned.map((one) => one.size)))
    if (last) history ??= last.note.startsWith(log.text(size)) ? log : fork
    if (last) expect(last.note.startsWith(history!.text(size))).toBe(true)
  }
  expect(all.length).toBeGreaterThan(TIMES)
  expect(all.filter((one) => !isOf(history!, one, key))).toEqual([])

  // it goes on where it was, and what a kill left half written is gone
  const witness = await serveWitnessing(home, dir)
  const conflict = await post(witness.url, history!.body(0, 4000))
  expect(conflict.status).toBe(409)
  expect((await post(witness.url, history!.body(Number(conflict.body), 4000))).status).toBe(200)
  expect(await witness.stop()).toBe(0)
  const left = await readdir(dir, { recursive: true })
  expect(left.filter((name) => name.endsWith('.new'))).toEqual([])
  const listed = await run(home, ['witness', 'logs', '--dir', dir, '--json'])
  expect(JSON.parse(listed.stdout)).toMatchObject({ vkey, logs: [{ origin: log.origin, size: 4000 }] })
}, 600_000)

test('the command says what is wrong: a second program, an unknown log, a key that is none', async () => {
  const witness = await serveWitnessing(home, dir)
  const second = await run(home, ['witness', 'run', '--dir', dir, '--port', '0'])
  expect([second.code, second.stderr]).toEqual([73, expect.stringContaining('runs already')])
  const away = await run(home, ['witness', 'forget', '--dir', dir, 'nobody.example'])
  expect([away.code, away.stderr]).toEqual([78, expect.stringContaining('knows no log nobody.example')])
  expect((await run(home, ['witness', 'trust', '--dir', dir, 'nonsense'])).code).toBe(78)
  expect((await run(home, ['witness', 'run', '--dir', dir, '--host', '0.0.0.0'])).code).toBe(78)
  await witness.stop()
})
