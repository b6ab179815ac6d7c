import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterEach, expect, test, vi } from 'vitest'
import { all, codeOf, docx, message, sourceOf, zip } from '../../../test/reading/made.ts'
import { openReaders, type Readers } from './readers.ts'
import type { Source } from './reading.ts'

const MB = 1024 * 1024
let readers: Readers
afterEach(() => readers.close())
const open = (options: Parameters<typeof openReaders>[0] = {}) => (readers = openReaders(options))

/** The readers that were started; each with a promise of its end. */
const watch = () => {
  const started = new Set<Worker>()
  const ends: Promise<unknown>[] = []
  const posted = vi.spyOn(Worker.prototype, 'postMessage').mockImplementation(function (this: Worker, ...args) {
    if (!started.has(this)) ends.push(new Promise((resolve) => this.once('exit', resolve)))
    started.add(this)
    return original.apply(this, args)
  })
  return { started, ended: () => Promise.all(ends), stop: () => posted.mockRestore() }
}
const original = Worker.prototype.postMessage

const LETTER = sourceOf(Buffer.from('From: a@b\nTo: c@d\nSubject: s\n\nhello'))
const hello = () => readers.read(LETTER, 'eml').then((reading) => (reading.kind === 'mail' ? reading.text : ''))
const big = (size: number): Source => sourceOf(zip([{ path: 'a', data: Buffer.alloc(size, 'abcdefghijklmnop'), stored: true }]), 1 << 20)

test('all kinds are read away from here', async () => {
  open()
  expect(await hello()).toBe('hello')
  expect(await readers.read(sourceOf(docx('<w:p><w:r><w:t>word</w:t></w:r></w:p>')), 'docx')).toMatchObject({ blocks: [{ text: 'word' }] })
  expect(await readers.read(sourceOf(message()), 'msg')).toMatchObject({ subject: 'Orchard v. Mill' })
  expect((await all(readers.attachment(sourceOf(message()), 'msg', 0))).length).toBe(1300)
  expect((await all(readers.archiveEntry(big(3 * MB), 0))).length).toBe(3 * MB)
})

test('at most two readers, however many ask, and each answer is its own', async () => {
  const seen = watch()
  open({ idleMs: 20 })
  const letters = Array.from({ length: 30 }, (_, n) => readers.read(sourceOf(Buffer.from(`From: a@b\nSubject: ${n}\n\n`)), 'eml'))
  const subjects = (await Promise.all(letters)).map((reading) => (reading.kind === 'mail' ? reading.subject : ''))
  expect(subjects).toEqual(Array.from({ length: 30 }, (_, n) => `${n}`))
  expect(seen.started.size).toBe(2)
  // idle: gone without being asked
  await seen.ended()
  expect([...seen.started].map(({ threadId }) => threadId)).toEqual([-1, -1])
  expect(await hello()).toBe('hello')
  expect(seen.started.size).toBe(3)
  seen.stop()
})

test('a file with a fault of its own costs nobody else', async () => {
  const seen = watch()
  open({ most: 1 })
  for (const bytes of [Buffer.alloc(0), zip([]).subarray(1), Buffer.alloc(100)])
    expect(await codeOf(readers.read(sourceOf(bytes), 'docx'))).toBe('broken')
  expect(await codeOf(readers.read(sourceOf(docx('<!DOCTYPE a>')), 'docx'))).toBe('hostile')
  expect(await hello()).toBe('hello')
  expect(seen.started.size).toBe(1)
  seen.stop()
})

test('a reader out of memory is too much, and the next job has another reader', async () => {
  open({ most: 1, memoryMb: 40 })
  const many = zip(Array.from({ length: 200_000 }, (_, n) => ({ path: `folder/${n}`, stored: true })))
  expect(await codeOf(readers.read(sourceOf(many, 1 << 20), 'zip'))).toBe('too-much')
  expect(await hello()).toBe('hello')
})

test('a reader that does not come to an end is ended', async () => {
  open({ most: 1 })
  await hello()
  const long = sourceOf(
    Buffer.concat([Buffer.from('From: a@b\nContent-Transfer-Encoding: base64\n\n'), Buffer.alloc(300 * MB, 'A\n')]),
    1 << 20,
  )
  expect(await codeOf(readers.read(long, 'eml', { ms: 150 }))).toBe('took-too-long')
  expect(await hello()).toBe('hello')
})

test('a source that hangs, fails, gives too little or too much', async () => {
  open({ most: 1 })
  const odd = (read: Source['read']): Source => ({ size: 100, read })
  const never = odd(async function* () {
    await new Promise(() => {})
    yield Buffer.alloc(0)
  })
  expect(await codeOf(readers.read(never, 'eml', { ms: 300 }))).toBe('took-too-long')
  const failing = odd(async function* (start, end) {
    yield Buffer.alloc(end - start - 1)
    throw new Error('the seal is broken')
  })
  await expect(readers.read(failing, 'eml')).rejects.toThrow('the seal is broken')
  for (const size of [99, 101]) {
    const wrong = odd(async function* () {
      yield Buffer.alloc(size)
    })
    await expect(readers.read(wrong, 'eml')).rejects.toThrow('couldn’t read a file')
  }
  expect(await hello()).toBe('hello')
})

test('whoever leaves a stream gives its reader back, and who takes nothing loses it', async () => {
  open({ most: 1 })
  for await (const part of readers.archiveEntry(big(8 * MB), 0)) {
    expect(part.length).toBeGreaterThan(0)
    break
  }
  expect(await hello()).toBe('hello')
  const slow = readers.archiveEntry(big(8 * MB), 0, { ms: 300 })
  await slow.next()
  // it holds the only reader: this waits until that is taken from it
  expect(await hello()).toBe('hello')
  expect(await codeOf(all(slow))).toBe('took-too-long')
})

test('no file here can write to a disk, ask the network or start a program', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => !name.endsWith('.test.ts'))
  const imported = files.flatMap((name) =>
    [
      ...readFileSync(join(import.meta.dirname, name), 'utf8').matchAll(
        /^(?:import|export)\s[^'"]*?from '([^'.][^']*)'|\bimport\('([^'.][^']*)'\)/gm,
      ),
    ].map((match) => (match[1] ?? match[2])!),
  )
  expect(files.length).toBeGreaterThan(20)
  expect([...new Set(imported)].sort()).toEqual(['node:module', 'node:path', 'node:stream', 'node:worker_threads', 'node:zlib'])
})
