import child from 'node:child_process'
import fs from 'node:fs'
import { Worker } from 'node:worker_threads'

// In the place of what draws: tries what it must not do, and gives in the form of a picture which of it was refused, as ones.

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
const webp = Buffer.concat([Buffer.from('RIFF0000WEBP'), Buffer.from(said.map(Number).join(''))])
const header = Buffer.alloc(5)
header.writeUInt32BE(webp.length, 1)
fs.writeSync(3, Buffer.concat([header, webp]))
fs.readSync(0, Buffer.alloc(100_000))
