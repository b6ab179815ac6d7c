/**
 * Bytes as text, or null where they are none: UTF-8, UTF-16 of either order with or without its mark, otherwise an
 * eight-bit code of western Europe (Windows-1252, of which Latin-1 is a part).
 */
export function decoded(bytes: Buffer): string | null {
  const wide = widthOf(bytes)
  if (wide) return textOnly(new TextDecoder(wide).decode(bytes.subarray(0, bytes.length & ~1)))
  if (bytes.subarray(0, 4096).includes(0)) return null
  return textOnly(utf8Of(bytes) ?? new TextDecoder('windows-1252').decode(bytes))
}

/** By its mark, or because every other byte of its beginning is zero, as in western letters. */
function widthOf(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const head = bytes.subarray(0, 2048)
  const zeros = [0, 0]
  for (const [at, byte] of head.entries()) if (byte === 0) zeros[at % 2]! += 1
  const half = head.length / 2
  if (half < 4) return null
  if (zeros[1]! > 0.7 * half && zeros[0]! < 0.05 * half) return 'utf-16le'
  return zeros[0]! > 0.7 * half && zeros[1]! < 0.05 * half ? 'utf-16be' : null
}

/** Null where it is no UTF-8; a letter that the end cuts is none of its faults. */
function utf8Of(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
  } catch {
    return null
  }
}

/** Hardly any control characters at its beginning: a program or a picture has many. */
function textOnly(text: string): string | null {
  const head = text.slice(0, 4096)
  const controls = head.match(/[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]/g)?.length ?? 0
  return controls * 100 > head.length ? null : text
}
