import child from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import { Worker } from 'node:worker_threads'

// In the place of what reads: tries what it must not do, and gives in the form of a page which of it was refused, as ones; then its
// priority.

const refused = (run: () => unknown): boolean => {
  try {
    run()
    return false
  } catch (fault) {
    return ['ERR_ACCESS_DENIED', 'ERR_DLOPEN_DISABLED'].includes((fault as { code?: string }).code ?? '')
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
  refused(() => process.dlopen({ exports: {} } as NodeJS.Module, '/nonexistent.node')),
]
const say = (kind: number, bytes: Buffer) => {
  const header = Buffer.alloc(5)
  header[0] = kind
  header.writeUInt32BE(bytes.length, 1)
  fs.writeSync(3, Buffer.concat([header, bytes]))
}
const text = `${said.map(Number).join('')} ${os.getPriority()}`
const job = fs.readSync(0, Buffer.alloc(100_000))
if (job > 0) {
  say(1, Buffer.from(`\0${text}`))
  say(2, Buffer.of(0))
}
fs.readSync(0, Buffer.alloc(100_000))
