import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { walk } from './import-walk.ts'
import { safe } from './terminal.ts'

let root: string
beforeEach(async () => void (root = await mkdtemp(join(tmpdir(), 'subrosa-walk-'))))
afterEach(() => rm(root, { recursive: true }))
const put = async (path: string | Buffer, text = 'x') =>
  writeFile(typeof path === 'string' ? join(root, path) : Buffer.concat([Buffer.from(`${root}/`), path]), text)

test('folders are kept below the named one, whose own name is not', async () => {
  await mkdir(join(root, 'filings/2026'), { recursive: true })
  await put('filings/2026/a.txt', 'abc')
  await put('b.txt')
  const { files, leftOut } = await walk(root)
  expect(files.map(({ folder, name, size }) => ({ folder, name, size }))).toEqual([
    { folder: '', name: 'b.txt', size: 1 },
    { folder: 'filings/2026', name: 'a.txt', size: 3 },
  ])
  expect(leftOut).toEqual([])
})

test('what cannot be imported is named with its reason, and links are never followed', async () => {
  await put('fine.txt')
  await put('empty.txt', '')
  await put('turned\u202e.txt')
  await put('back\\slash.txt')
  await put(Buffer.from([0xff, 0xfe, 0x61]))
  await symlink('fine.txt', join(root, 'link.txt'))
  await symlink('/', join(root, 'away'))
  const { files, leftOut } = await walk(root)
  expect(files.map((file) => file.name)).toEqual(['fine.txt'])
  expect(Object.fromEntries(leftOut.map((one) => [one.path, one.code]))).toEqual({
    'empty.txt': 'document.empty',
    'turned\u202e.txt': 'name.refused',
    'back\\slash.txt': 'name.refused',
    '\\xff\\xfea': 'name.refused',
    'link.txt': 'file.link',
    'away': 'file.link',
  })
})

test('the one file that is named is taken, also through a link', async () => {
  await put('fine.txt')
  await symlink('fine.txt', join(root, 'link.txt'))
  expect((await walk(join(root, 'link.txt'))).files.map((file) => [file.folder, file.name])).toEqual([['', 'link.txt']])
})

test('a path is printed without what would steer a terminal', () => {
  expect(safe('a\nb\u001b[31m\u202e\u2028é')).toBe('a\\x0ab\\x1b[31m\\u{202e}\\u{2028}é')
})
