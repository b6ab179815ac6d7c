import { randomBytes } from 'node:crypto'

// The 74 free bits of a version 7 id are a counter of 42 bits, which starts at a random place (below half,
// so that it cannot run over) in each millisecond, and 32 random bits.
let lastMillis = -1
let counter = 0

/**
 * RFC 9562 UUID version 7 of this Unix time in milliseconds. Ids made in one process within one
 * millisecond sort in the order in which they were made (section 6.2, method 1).
 */
export function uuidv7(unixMillis: number): string {
  if (!Number.isInteger(unixMillis) || unixMillis < 0 || unixMillis >= 2 ** 48) {
    throw new RangeError('a version 7 id needs whole milliseconds from 0 to 2^48 - 1')
  }
  const id = randomBytes(16)
  counter = unixMillis === lastMillis ? counter + 1 : id.readUIntBE(4, 6) % 2 ** 41
  lastMillis = unixMillis
  id.writeUIntBE(unixMillis, 0, 6)
  id.writeUInt16BE(0x7000 + Math.floor(counter / 2 ** 30), 6)
  id.writeUInt32BE(0x80000000 + (counter % 2 ** 30), 8)
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** The least id that a version 7 id of this Unix time in milliseconds, or a later one, can be. */
export const idNotBefore = (unixMillis: number): string =>
  `${Math.min(Math.max(unixMillis, 0), 2 ** 48 - 1)
    .toString(16)
    .padStart(12, '0')}0000000000000000000000`
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
