import child from 'node:child_process'
import fs from 'node:fs'
import { Worker } from 'node:worker_threads'

// In the place of what draws: tries what it must not do, and tells as a number of pages which of it was refused, a bit each.

const refused = (run: () => unknown): boolean => {
  try {
    run()
    return false
  } catch (fault) {
    return (fault as { code?: string }).code === 'ERR_ACCESS_DENIED'
  }
}
const OF_A_SHELL = ['TMPDIR', 'PWD', 'OLDPWD', '_', 'SHLVL']
const said = [
  Object.keys(process.env).every((name) => OF_A_SHELL.includes(name)),
  refused(() => fs.readFileSync('/etc/passwd')),
  refused(() => fs.readFileSync('/proc/self/environ')),
  refused(() => fs.writeFileSync(new URL('left', import.meta.url), 'x')),
  refused(() => child.execSync('true')),
  refused(() => new Worker('1', { eval: true })),
]
const pages = Buffer.from([1, 0, 0, 0, 4, 0, 0, 0, 0])
pages.writeUInt32BE(
  said.reduce((sum, one, at) => sum + (one ? 1 << at : 0), 0),
  5,
)
fs.readSync(0, Buffer.alloc(100_000))
fs.writeSync(3, pages)
fs.readSync(0, Buffer.alloc(100_000))
