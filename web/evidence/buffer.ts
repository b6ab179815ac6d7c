/**
 * What src/core uses of Node's Buffer, in a browser: the page runs the same verifier, and not another one. It must be imported
 * before anything of src/core.
 */
class Bytes extends Uint8Array {
  static override from(value: unknown, encoding?: unknown, length?: number): Bytes {
    if (typeof value === 'string') return ofText(value, encoding as string | undefined)
    if (value instanceof ArrayBuffer) return new Bytes(value, (encoding as number | undefined) ?? 0, length)
    return new Bytes(value as ArrayLike<number>)
  }
  static override of(...values: number[]): Bytes {
    return new Bytes(values)
  }
  static alloc(size: number, fill = 0): Bytes {
    return new Bytes(size).fill(fill)
  }
  static concat(parts: readonly Uint8Array[], length = parts.reduce((sum, part) => sum + part.length, 0)): Bytes {
    const whole = new Bytes(length)
    let at = 0
    for (const part of parts) {
      whole.set(part, at)
      at += part.length
    }
    return whole
  }
  override subarray(start?: number, end?: number): Bytes {
    const part = super.subarray(start, end)
    return new Bytes(part.buffer as ArrayBuffer, part.byteOffset, part.length)
  }
  /** As UTF-8; how many bytes that were. */
  write(text: string, at = 0): number {
    return new TextEncoder().encodeInto(text, this.subarray(at)).written
  }
  readUInt32BE(at = 0): number {
    return new DataView(this.buffer, this.byteOffset, this.length).getUint32(at)
  }
  writeUInt32BE(value: number, at = 0): number {
    new DataView(this.buffer, this.byteOffset, this.length).setUint32(at, value)
    return at + 4
  }
  readBigUInt64BE(at = 0): bigint {
    return new DataView(this.buffer, this.byteOffset, this.length).getBigUint64(at)
  }
  equals(other: Uint8Array): boolean {
    return this.length === other.length && this.every((byte, at) => byte === other[at])
  }
  override toString(encoding?: string): string {
    if (encoding === 'hex') return Array.from(this, (byte) => byte.toString(16).padStart(2, '0')).join('')
    const binary = () => Array.from(this, (byte) => String.fromCharCode(byte)).join('')
    if (encoding === 'base64') return btoa(binary())
    if (encoding === 'binary') return binary()
    return new TextDecoder().decode(this)
  }
}

function ofText(text: string, encoding: string | undefined): Bytes {
  if (encoding === 'hex') return new Bytes((text.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)))
  if (encoding === 'latin1') return Bytes.from(Array.from(text, (unit) => unit.charCodeAt(0)))
  if (encoding !== 'base64') return new Bytes(new TextEncoder().encode(text))
  try {
    const binary = atob(text)
    const bytes = new Bytes(binary.length)
    for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at)
    return bytes
  } catch {
    // as Buffer does: what is no base64 gives other bytes, and whoever reads strictly notices
    return new Bytes(0)
  }
}

;(globalThis as { Buffer?: unknown }).Buffer ??= Bytes
