import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { madeNames } from '../../../bench/names.ts'
import { touchyProgram } from '../../../test/world/touchy.ts'
import { Refusal } from '../../platform/refusal.ts'
import { openConflictsDesk, type ConflictsDesk } from './conflicts-desk.ts'
import type { Asked, Entry } from './name-index.ts'

let dir: string
const desks: ConflictsDesk[] = []
const opened = (...given: Parameters<typeof openConflictsDesk>): ConflictsDesk => {
  desks.push(openConflictsDesk(...given))
  return desks.at(-1)!
}
beforeEach(async () => (dir = await mkdtemp(join(tmpdir(), 'subrosa-conflicts-'))))
afterEach(async () => {
  await Promise.all(desks.splice(0).map((one) => one.close()))
  await rm(dir, { recursive: true })
})

const idOf = (at: number): string => `11111111-1111-4111-8111-${String(at).padStart(12, '0')}`
const entry = (at: number, name: string): Entry => ({ id: idOf(at), name, kind: 'unknown', domains: [] })
const asking = (...names: string[]): Asked => ({ names: names.map((name) => ({ name, kind: 'unknown' })), domains: [] })

/** A register that counts how often it was read. */
function register(...batches: Entry[][]) {
  const read = { times: 0 }
  const load = async function* () {
    read.times += 1
    yield* batches
  }
  return { load, read }
}

const breaking = () => touchyProgram(dir, new URL('./conflicts-worker.ts', import.meta.url))

test('the first check loads the register, once for all that wait, and the next use it', async () => {
  const { load, read } = register([entry(1, 'John Smith')], [entry(2, 'Jane Doe')])
  const desk = opened(load)
  expect(await desk.memory()).toBeNull()
  expect(read.times).toBe(0)
  const told = await Promise.all([desk.check(asking('John Smith')), desk.check(asking('Doe, Jane')), desk.check(asking('Nobody Else'))])
  expect(told.map(({ hits }) => hits.map(({ id }) => id))).toEqual([[idOf(1)], [idOf(2)], []])
  expect((await desk.check(asking('Jon Smith'))).hits.map(({ id }) => id)).toEqual([idOf(1)])
  expect(read.times).toBe(1)
  const memory = (await desk.memory())!
  expect(memory.names).toBe(2)
  expect(memory.bytes).toBeGreaterThan(1_000_000)
})

test('what is added and removed while it runs is seen by the next check', async () => {
  const desk = opened(register([entry(1, 'John Smith')]).load)
  await desk.check(asking('x'))
  desk.add([entry(2, 'John Smith')])
  desk.remove([idOf(1)])
  expect((await desk.check(asking('John Smith'))).hits.map(({ id }) => id)).toEqual([idOf(2)])
})

test('what changes while the register is loading is not undone by what was read before', async () => {
  const gate = Promise.withResolvers<void>()
  const started = Promise.withResolvers<void>()
  const desk = opened(async function* () {
    yield [entry(1, 'Old One')]
    started.resolve()
    await gate.promise
    yield [entry(2, 'Removed Meanwhile'), entry(3, 'Old Name'), entry(4, 'Untouched Party')]
  })
  const told = desk.check(asking('Removed Meanwhile', 'Old Name', 'New Name', 'Untouched Party'))
  await started.promise
  desk.remove([idOf(2).toUpperCase()])
  desk.add([entry(3, 'New Name')])
  gate.resolve()
  expect((await told).hits.map(({ id, asked }) => [id, asked])).toEqual([
    [idOf(3), 2],
    [idOf(4), 3],
  ])
})

test('a thousand names are one check, each hit with its place', async () => {
  const made = [...madeNames(1000)]
  const desk = opened(register(made).load)
  const { hits } = await desk.check({ names: made, domains: [], most: 3 })
  const asked = new Set(hits.map((hit) => hit.asked))
  expect(asked.size).toBe(1000)
  expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).sort((a, b) => b - a))
})

test('a thread that dies fails the checks that wait, without their names, and the next starts anew', async () => {
  const { load, read } = register([entry(1, 'John Smith')])
  const desk = opened(load, { program: await breaking() })
  await desk.check(asking('x'))
  const told = await Promise.allSettled([desk.check(asking('die now')), desk.check(asking('John Smith'))])
  expect(told.map((one) => (one as PromiseRejectedResult).reason?.message)).toEqual(
    Array(2).fill('couldn’t check for conflicts: the thread ended (3)'),
  )
  expect((await desk.check(asking('John Smith'))).hits).toHaveLength(1)
  expect(read.times).toBe(2)
  const thrown = (await desk.check(asking('throw now John Secret')).catch((fault: Error) => fault)) as Error
  expect(thrown.message).toBe('couldn’t check for conflicts: the thread ended (TypeError)')
  expect((await desk.check(asking('John Smith'))).hits).toHaveLength(1)
})

test('a thread that hangs is ended, and the check fails', async () => {
  const desk = opened(register([entry(1, 'John Smith')]).load, { program: await breaking(), limitMs: 4000 })
  await expect(desk.check(asking('hang now'))).rejects.toThrow('couldn’t check for conflicts: the thread hung')
  expect((await desk.check(asking('John Smith'))).hits).toHaveLength(1)
})

test('a change that the index could not take ends it: the next check has the register’s word', async () => {
  const { load, read } = register([entry(1, 'John Smith')])
  const desk = opened(load)
  await desk.check(asking('x'))
  desk.add([{ ...entry(2, 'Jane Doe'), id: 'no uuid' }])
  await desk.check(asking('x')).catch(() => {})
  expect((await desk.check(asking('John Smith'))).hits).toHaveLength(1)
  expect(read.times).toBe(2)
})

test('a register that cannot be read fails the check, and is read again for the next', async () => {
  let times = 0
  const desk = opened(async function* () {
    times += 1
    yield [entry(1, 'John Smith')]
    if (times === 1) throw new Error('the database is gone')
  })
  await expect(desk.check(asking('John Smith'))).rejects.toThrow('the database is gone')
  expect((await desk.check(asking('John Smith'))).hits).toHaveLength(1)
})

test('an idle thread ends, and the next check starts another', async () => {
  const { load, read } = register([entry(1, 'John Smith')])
  const desk = opened(load, { idleMs: 20 })
  await desk.check(asking('John Smith'))
  while ((await desk.memory().catch(() => null)) !== null) await new Promise((resolve) => setTimeout(resolve, 20))
  expect((await desk.check(asking('John Smith'))).hits).toHaveLength(1)
  expect(read.times).toBe(2)
})

test('more than thirty at once are turned away, and afterwards there is room', async () => {
  const desk = opened(register([entry(1, 'John Smith')]).load)
  const told = await Promise.allSettled(Array.from({ length: 33 }, () => desk.check(asking('John Smith'))))
  expect(told.filter((one) => one.status === 'fulfilled')).toHaveLength(30)
  for (const one of told.slice(30)) {
    expect(one).toMatchObject({ reason: { code: 'session.too_many' } })
    expect((one as PromiseRejectedResult).reason).toBeInstanceOf(Refusal)
  }
  expect((await desk.check(asking('John Smith'))).hits).toHaveLength(1)
})

test('closing fails what is under way', async () => {
  const desk = opened(register([entry(1, 'John Smith')]).load)
  const told = expect(desk.check(asking('John Smith'))).rejects.toThrow(/the thread ended/)
  await desk.close()
  await told
})
