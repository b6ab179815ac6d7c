import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { forgetUses, markUse, sharesUsed } from './recovery-mark.ts'

test('a use of shares that is marked while an earlier one is told is told next', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'subrosa-mark-'))
  const keyring = join(dir, 'keyring')
  const use = (at: number) => ({ set: 'a1b2c3d4', shares: [at, at + 1], at: `2026-01-0${at}T00:00:00.000Z` })
  expect(await sharesUsed(keyring)).toEqual([])
  await markUse(keyring, use(1))
  await markUse(keyring, use(2))
  expect(await sharesUsed(keyring)).toEqual([use(1), use(2)])
  await markUse(keyring, use(3))
  // a crash before they were told: the same ones again
  expect(await sharesUsed(keyring)).toEqual([use(1), use(2)])
  await forgetUses(keyring)
  expect(await sharesUsed(keyring)).toEqual([use(3)])
  await forgetUses(keyring)
  expect(await sharesUsed(keyring)).toEqual([])
  await rm(dir, { recursive: true })
})
