import { readSync, writeSync } from 'node:fs'

// In the place of what draws: gives a picture that is none.

const picture = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')
const header = Buffer.from([2, 0, 0, 0, 8 + picture.length, 0, 0, 0, 9, 0, 0, 0, 9])
for (;;) {
  if (readSync(0, Buffer.alloc(100_000)) === 0) process.exit(0)
  writeSync(3, Buffer.concat([header, picture]))
}
