// DER (ITU-T X.690) as far as RFC 3161 needs it: definite lengths, tags of one byte.

/** What cannot be read as DER, or is not what was looked for. */
export class BrokenDer extends Error {
  readonly kind = 'broken der'
  override readonly name = 'BrokenDer'
}

/** One value: its tag, its contents, and all of it as it stands. */
export type Der = { tag: number; content: Buffer; whole: Buffer }

export const TAG = { boolean: 1, integer: 2, octets: 4, none: 5, oid: 6, utf8: 12, time: 24, sequence: 48, set: 49 } as const

/** Reads one value that fills these bytes. @throws BrokenDer */
export function readDer(bytes: Buffer): Der {
  const [value, rest] = next(bytes)
  if (rest.length > 0) throw new BrokenDer('bytes behind the end')
  return value
}

/** The values that stand in a sequence, a set or a constructed tag. @throws BrokenDer */
export function within({ content }: Der): Der[] {
  const values = []
  for (let rest = content; rest.length > 0;) {
    const [value, more] = next(rest)
    values.push(value)
    rest = more
  }
  return values
}

function next(bytes: Buffer): [Der, Buffer] {
  const [tag, first] = [bytes[0], bytes[1]]
  if (tag === undefined || first === undefined || (tag & 31) === 31) throw new BrokenDer('no value')
  const more = first < 128 ? 0 : first - 128
  if (first === 128 || more > 4 || bytes.length < 2 + more) throw new BrokenDer('no length')
  const length = more === 0 ? first : bytes.readUIntBE(2, more)
  const start = 2 + more
  if (bytes.length < start + length) throw new BrokenDer('cut off')
  return [{ tag, content: bytes.subarray(start, start + length), whole: bytes.subarray(0, start + length) }, bytes.subarray(start + length)]
}

export function der(tag: number, ...contents: Uint8Array[]): Buffer {
  const content = Buffer.concat(contents)
  const length = content.length
  if (length < 128) return Buffer.concat([Buffer.of(tag, length), content])
  const bytes = Buffer.from(length.toString(16).padStart(length.toString(16).length + (length.toString(16).length % 2), '0'), 'hex')
  return Buffer.concat([Buffer.of(tag, 128 + bytes.length), bytes, content])
}

/** A number that is not negative. */
export const derInteger = (bytes: Buffer): Buffer => {
  const first = bytes.findIndex((byte) => byte !== 0)
  const short = first < 0 ? Buffer.of(0) : bytes.subarray(first)
  return der(TAG.integer, short[0]! >= 128 ? Buffer.concat([Buffer.of(0), short]) : short)
}

export function derOid(dotted: string): Buffer {
  const [a, b, ...rest] = dotted.split('.').map(Number) as [number, number, ...number[]]
  const bytes = [a * 40 + b, ...rest].flatMap((part) => {
    const septets = [part % 128]
    for (let left = Math.floor(part / 128); left > 0; left = Math.floor(left / 128)) septets.unshift((left % 128) + 128)
    return septets
  })
  return der(TAG.oid, Buffer.from(bytes))
}
