import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** `npm test`: every test, and at the end what was left out and one line with the counts. */
const dir = mkdtempSync(join(tmpdir(), 'subrosa-test-'))
const report = join(dir, 'report.json')
const args = [
  join(import.meta.dirname, '../node_modules/vitest/vitest.mjs'),
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
]
const child = spawn(process.execPath, args, { stdio: 'inherit' })
const code = await new Promise<number>((resolve) => child.on('close', (status) => resolve(status ?? 1)))

type Report = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  success: boolean
  testResults: { status: string; assertionResults: unknown[] }[]
}
const counts = existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as Report) : null
rmSync(dir, { recursive: true, force: true })

if (!existsSync('/usr/bin/chromium'))
  console.log('Left out: the browser tests, since /usr/bin/chromium is not here (Debian package chromium).')
if (!existsSync('/usr/lib/postgresql/15/bin/postgres'))
  console.log('Left out: the tests on PostgreSQL 15, since it is not here (Debian package postgresql-15).')
if (!process.env.SLOW) console.log('Left out: the slow proofs (SLOW=1 npm test).')
// a file that could not even be loaded has failed, though no test of it has
const unloaded = counts?.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length ?? 1
const failed = (counts?.numFailedTests ?? 0) + unloaded
console.log(`${counts?.numPassedTests ?? 0} passed, ${failed === 0 && code !== 0 ? 1 : failed} failed`)
process.exitCode = code
