import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { SETTINGS } from '../platform/config.ts'
import { EXIT, EXIT_WORDS } from './exit.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/settings.md'), 'utf8')
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim().replaceAll('`', '')),
  )

test('docs/settings.md lists every setting with its flag and its meaning, and no other', () => {
  const written = rows.filter((row) => row.length === 3 && row[0] !== 'variable')
  expect(written).toEqual(Object.entries(SETTINGS).map(([name, [flag, meaning]]) => [name, flag, meaning]))
})

test('docs/settings.md lists every exit code, and no other', () => {
  const written = rows.filter((row) => row.length === 2 && row[0] !== 'code')
  expect(written).toEqual(Object.entries(EXIT_WORDS).map(([code, words]) => [code, words]))
  expect(Object.values(EXIT).map(String)).toEqual(written.map(([code]) => code))
})
