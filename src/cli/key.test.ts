import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { subrosa, type Said } from '../../test/world/own-firm.ts'
import { keyId, newKey } from '../core/keys.ts'
import { wordsOf } from '../core/sheet.ts'
import { writeKeyring } from '../platform/keyring.ts'

let dir: string
let key: Buffer
const at = (name: string) => join(dir, name)
const recover = (...args: string[]): Promise<Said> => subrosa('key', 'recover', '--data', at('data'), '--sheet', at('sheet.txt'), ...args)
const kept = async () => (JSON.parse(await readFile(at('data.keyring'), 'utf8')) as { key: string }).key

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'subrosa-key-'))
  key = newKey()
  await mkdir(at('data'))
  await writeFile(at('data/firm.json'), JSON.stringify({ v: 1, rootKey: keyId(key) }))
  await writeFile(
    at('sheet.txt'),
    `Recovery sheet\n${wordsOf(key)
      .map((word, k) => `${k + 1}. ${word}`)
      .join('\n')}\n`,
  )
})
afterEach(() => rm(dir, { recursive: true, force: true }))

test('the keyring is written again from the sheet, for its owner alone', async () => {
  const said = await recover()
  expect(said).toMatchObject({ code: 0, err: '' })
  expect(said.out).toContain(keyId(key))
  expect(await kept()).toBe(key.toString('base64'))
  expect((await stat(at('data.keyring'))).mode & 0o777).toBe(0o600)
  expect(said.out).not.toContain(wordsOf(key).slice(0, 3).join(' '))
})

test('the words can come from standard input', async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), 'key', 'recover', '--sheet', '-', '--data', at('data')], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH: process.env.PATH },
  })
  child.stdin.end(wordsOf(key).join(' ').toUpperCase())
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0)
  expect(await kept()).toBe(key.toString('base64'))
})

test('another firm’s sheet is refused with both ids, and nothing is written', async () => {
  const other = newKey()
  await writeFile(at('sheet.txt'), wordsOf(other).join(' '))
  const said = await recover()
  expect(said.code).toBe(78)
  expect(said.err).toContain(keyId(key))
  expect(said.err).toContain(keyId(other))
  expect(await readdir(dir)).toEqual(['data', 'sheet.txt'])
})

test('a mistyped word, a missing sheet and a folder without a firm are refused in a sentence', async () => {
  await writeFile(at('sheet.txt'), wordsOf(key).with(5, 'zzz').join(' '))
  expect(await recover()).toMatchObject({ code: 78, err: expect.stringMatching(/“zzz”.*is not on the list/) })
  await rm(at('sheet.txt'))
  expect(await recover()).toMatchObject({ code: 2, err: expect.stringMatching(/cannot be read \(ENOENT\)/) })
  await writeFile(at('sheet.txt'), wordsOf(key).join(' '))
  await rm(at('data/firm.json'))
  expect(await recover()).toMatchObject({ code: 78, err: expect.stringMatching(/There is no firm in/) })
})

test('a different key is not overwritten; with --replace it is set aside, never destroyed', async () => {
  const other = newKey()
  await writeKeyring(at('data.keyring'), other)
  expect(await recover()).toMatchObject({ code: 78, err: expect.stringMatching(/a different key/) })
  expect(await kept()).toBe(other.toString('base64'))
  expect((await recover('--replace')).code).toBe(0)
  expect(await kept()).toBe(key.toString('base64'))
  const aside = (await readdir(dir)).find((name) => name.startsWith(`data.keyring.${keyId(other)}`))!
  expect(await readFile(at(aside), 'utf8')).toContain(other.toString('base64'))
})

test('a broken keyring file is set aside, the right one is left, and one that others can read is closed', async () => {
  await writeFile(at('data.keyring'), '{"v":1,"key":"')
  expect((await recover()).out).toMatch(/kept as .*unreadable/)
  expect((await recover()).out).toMatch(/already; nothing was changed/)
  await chmod(at('data.keyring'), 0o644)
  expect((await recover()).code).toBe(0)
  expect((await stat(at('data.keyring'))).mode & 0o777).toBe(0o600)
})
