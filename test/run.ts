import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { freemem, tmpdir } from 'node:os'
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
const memory = folderInMemory()
const child = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...(memory && { TMPDIR: memory }) } })
const code = await new Promise<number>((resolve) => child.on('close', (status) => resolve(status ?? 1)))

type Report = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  success: boolean
  testResults: { status: string; assertionResults: unknown[] }[]
}
const counts = existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as Report) : null
for (const made of [dir, memory]) if (made) rmSync(made, { recursive: true, force: true })

if (!existsSync('/usr/bin/chromium'))
  console.log('Left out: the browser tests, since /usr/bin/chromium is not here (Debian package chromium).')
if (!existsSync('/usr/lib/postgresql/15/bin/postgres'))
  console.log('Left out: the tests on PostgreSQL 15, since it is not here (Debian package postgresql-15).')
if (!existsSync('/usr/sbin/clamd'))
  console.log('Left out: the tests with the real clamd, since /usr/sbin/clamd is not here (Debian package clamav-daemon).')
if (!existsSync('/usr/sbin/rsyslogd'))
  console.log('Left out: the tests with a real rsyslog, since /usr/sbin/rsyslogd is not here (Debian packages rsyslog and rsyslog-gnutls).')
if (!process.env.SUBROSA_TEST_S3)
  console.log('Left out: the tests with a real S3 server, since SUBROSA_TEST_S3 names none (http://KEY:SECRET@127.0.0.1:PORT/BUCKET).')
if (!process.env.BAO_ADDR && !process.env.VAULT_ADDR)
  console.log('Left out: the test with a real OpenBao or Vault, since neither BAO_ADDR nor VAULT_ADDR names one (with TRANSIT_TOKEN_FILE).')
if (spawnSync('python3', ['--version']).status !== 0) console.log('Left out: the second verifier, since python3 is not here.')
if (!process.env.SLOW) console.log('Left out: the slow proofs (SLOW=1 npm test).')
// a file that could not even be loaded has failed, though no test of it has
const unloaded = counts?.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length ?? 1
const failed = (counts?.numFailedTests ?? 0) + unloaded
console.log(`${counts?.numPassedTests ?? 0} passed, ${failed === 0 && code !== 0 ? 1 : failed} failed`)
process.exitCode = code

/**
 * What the tests write lies in memory where there is room: most of their time goes into waiting until a disk has it. Neither a
 * killed process nor a killed database can tell the difference. `TMPDIR=/var/tmp npm test` keeps it on a disk; null: it is kept there.
 */
function folderInMemory(): string | null {
  const at = '/dev/shm'
  const mount = existsSync('/proc/mounts') ? readFileSync('/proc/mounts', 'utf8').match(/^\S+ \/dev\/shm tmpfs (\S+)/m) : null
  if (process.env.TMPDIR || !mount || mount[1]!.split(',').includes('noexec')) return null
  const { bavail, bsize } = statfsSync(at)
  if (Math.min(bavail * bsize, freemem()) < 8 * 1024 ** 3) return null
  const made = mkdtempSync(join(at, 'sr-'))
  // the database's own user passes through it
  chmodSync(made, 0o711)
  return made
}
