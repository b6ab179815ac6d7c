import { readSync, writeSync } from 'node:fs'

// In the place of what reads: says two pages and dies; or, of a file of one byte, what it must not say.

const job = Buffer.alloc(100_000)
const length = readSync(0, job)
const page = (text: string) => Buffer.concat([Buffer.of(1, 0, 0, 0, text.length + 1, 0), Buffer.from(text)])
const asked = JSON.parse(job.toString('utf8', 4, length)) as { size: number }
// more bytes than the file has
if (asked.size === 1) writeSync(3, Buffer.from('00 0000000a 000000000000 000fffff'.replace(/ /g, ''), 'hex'))
else writeSync(3, Buffer.concat([page('one'), page('two')]))
if (asked.size > 1) process.kill(process.pid, 'SIGKILL')
readSync(0, job)
