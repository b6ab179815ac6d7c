import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { touchyProgram } from '../../test/world/touchy.ts'
import { openPasswordJudge, type PasswordJudge } from './password-strength.ts'
import { Refusal } from './refusal.ts'

let dir: string
const judges: PasswordJudge[] = []
const opened = (...given: Parameters<typeof openPasswordJudge>): PasswordJudge => {
  judges.push(openPasswordJudge(...given))
  return judges.at(-1)!
}
beforeEach(async () => (dir = await mkdtemp(join(tmpdir(), 'subrosa-judge-'))))
afterEach(async () => {
  await Promise.all(judges.splice(0).map((one) => one.close()))
  await rm(dir, { recursive: true })
})

const GOOD = 'velvet turbine oxbow lantern'
const accepted = { score: 4, fault: null, hint: null }

const breaking = () => touchyProgram(dir, new URL('./password-worker.ts', import.meta.url))

test('a thread that dies fails its question and no other; the next gets a new thread', async () => {
  const touchy = opened(null, { program: await breaking() })
  const asked = [GOOD, 'die now please', GOOD, 'throw now please', 'P@ssw0rd2026!']
  const told = await Promise.allSettled(asked.map((one) => touchy.judgePassword(one, [])))
  expect(told).toMatchObject([
    { value: accepted },
    { reason: { message: 'couldn’t judge a password: the thread ended (3)' } },
    { value: accepted },
    { reason: { message: 'couldn’t judge a password: the thread ended (TypeError)' } },
    { status: 'fulfilled', value: { score: 1 } },
  ])
})

test('a thread that hangs is ended, and the question fails', async () => {
  const touchy = opened(null, { program: await breaking(), limitMs: 8000 })
  const told = await Promise.allSettled([touchy.judgePassword('hang now please', []), touchy.judgePassword(GOOD, [])])
  expect(told).toMatchObject([{ reason: { message: 'couldn’t judge a password: the thread hung' } }, { value: accepted }])
})

test('a program that cannot start accepts nothing', async () => {
  const broken = opened(null, { program: pathToFileURL(join(dir, 'not-there.mjs')) })
  await expect(broken.judgePassword(GOOD, [])).rejects.toThrow(/the thread ended/)
  await expect(broken.judgePassword(GOOD, [])).rejects.toThrow(/the thread ended/)
})

test('more than thirty at once are turned away, and afterwards there is room', async () => {
  const judge = opened(null)
  const told = await Promise.allSettled(Array.from({ length: 35 }, () => judge.judgePassword(GOOD, [])))
  expect(told.filter((one) => one.status === 'fulfilled')).toHaveLength(30)
  for (const one of told.slice(30)) {
    expect(one).toMatchObject({ reason: { code: 'session.too_many' } })
    expect((one as PromiseRejectedResult).reason).toBeInstanceOf(Refusal)
  }
  expect(await judge.judgePassword(GOOD, [])).toEqual(accepted)
})

test('closing fails what is under way', async () => {
  const other = opened(null)
  const asked = other.judgePassword(GOOD, [])
  const told = expect(asked).rejects.toThrow(/the thread ended/)
  await new Promise((resolve) => setTimeout(resolve, 5))
  await other.close()
  await told
})
