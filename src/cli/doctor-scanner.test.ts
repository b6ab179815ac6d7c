import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Clamd } from '../../test/world/clamd.ts'
import { readConfig } from '../platform/config.ts'
import { lookAtScanner } from './doctor-scanner.ts'

const clamd = new Clamd()
const dir = await mkdtemp(join(tmpdir(), 'subrosa-doctor-'))
const conf = join(dir, 'clamd.conf')
beforeAll(() => clamd.open())
afterAll(async () => {
  await clamd.close()
  await rm(dir, { recursive: true, force: true })
})
const look = (at = conf) => lookAtScanner(readConfig({}, { SUBROSA_CLAMD: `tcp://127.0.0.1:${clamd.port}` }), at)

test('doctor says that clamd writes what it looks at onto a disk, and that it does not where its folder is in memory', async () => {
  await writeFile(conf, '#TemporaryDirectory /proc\nTemporaryDirectory /usr\n')
  expect(await look()).toMatchObject([
    { id: 'scanner.answers', state: 'ok' },
    { id: 'scanner.spools', state: 'unsafe', text: expect.stringContaining('/usr'), do: expect.stringContaining('tmpfs') },
  ])
  await writeFile(conf, 'LogFile /var/log/clamav.log\nTemporaryDirectory /nowhere/at/all\n')
  expect((await look())[1]).toMatchObject({ state: 'unsafe' })
  expect((await look(join(dir, 'none')))[1]).toMatchObject({ state: 'note' })
})

test.skipIf(process.platform !== 'linux')('a folder in memory is known by its kind', async () => {
  await writeFile(conf, 'TemporaryDirectory /dev/shm\n')
  expect((await look())[1]).toEqual({
    id: 'scanner.spools',
    state: 'ok',
    text: 'clamd’s temporary folder /dev/shm is in memory.',
    do: null,
  })
})
