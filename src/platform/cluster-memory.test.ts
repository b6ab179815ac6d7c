import { mkdir, mkdtemp, truncate, writeFile } from 'node:fs/promises'
import { tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pages } from './cluster-memory.ts'

const MIB = 1024 * 1024
const shared = (dir: string): number => Number(/^(\d+)MB$/.exec(pages(dir).shared_buffers)![1])

test('memory for pages grows with what the database holds, and stays within a share of the machine', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'subrosa-pages-'))
  expect(shared(dir)).toBe(64)
  await mkdir(join(dir, 'base', '5'), { recursive: true })
  const [file, other] = [join(dir, 'base', '5', '1'), join(dir, 'base', '5', '2')]
  await writeFile(file, '')
  expect(shared(dir)).toBe(64)
  await truncate(file, 100 * MIB)
  await writeFile(other, '')
  await truncate(other, 60 * MIB)
  expect(shared(dir)).toBe(80)
  await truncate(file, 1024 * 1024 * MIB)
  expect(shared(dir)).toBeGreaterThanOrEqual(80)
  expect(shared(dir)).toBeLessThanOrEqual(Math.min(4096, Math.max(64, totalmem() / MIB / 8)))
})
