/** Which letters a TrueType file draws, with which of its shapes, and how wide they are. */
export type Typeface = {
  /** 0: none of it */
  glyphOf(codePoint: number): number
  /** of the letter's height */
  widthOf(glyph: number): number
}

/** Reads tables of our own typeface (OpenType 1.9: `cmap` 4 and 12, `hhea`, `hmtx`, `head`). @throws Error when one is not there */
export function typefaceOf(file: Buffer): Typeface {
  const table = (tag: string): Buffer => {
    for (let at = 12; at < 12 + file.readUInt16BE(4) * 16; at += 16) {
      if (file.toString('latin1', at, at + 4) !== tag) continue
      const start = file.readUInt32BE(at + 8)
      return file.subarray(start, start + file.readUInt32BE(at + 12))
    }
    throw new Error(`couldn’t read the typeface: it has no ${tag}`)
  }
  const glyphs = mapOf(table('cmap'))
  const unit = table('head').readUInt16BE(18)
  const widths = table('hmtx')
  const last = table('hhea').readUInt16BE(34) - 1
  return {
    glyphOf: (point) => glyphs.get(point) ?? 0,
    widthOf: (glyph) => widths.readUInt16BE(Math.min(glyph, last) * 4) / unit,
  }
}

function mapOf(cmap: Buffer): Map<number, number> {
  const glyphs = new Map<number, number>()
  for (let at = 4; at < 4 + cmap.readUInt16BE(2) * 8; at += 8) {
    // Unicode, by either platform
    const isUnicode = cmap.readUInt16BE(at) === 0 || (cmap.readUInt16BE(at) === 3 && [1, 10].includes(cmap.readUInt16BE(at + 2)))
    const sub = cmap.subarray(cmap.readUInt32BE(at + 4))
    const format = sub.readUInt16BE(0)
    if (isUnicode && format === 12) groups(sub, glyphs)
    if (isUnicode && format === 4) segments(sub, glyphs)
  }
  if (glyphs.size === 0) throw new Error('couldn’t read the typeface: it has no Unicode letters')
  return glyphs
}

function groups(sub: Buffer, glyphs: Map<number, number>): void {
  for (let at = 16; at < 16 + sub.readUInt32BE(12) * 12; at += 12) {
    const [first, last, glyph] = [sub.readUInt32BE(at), sub.readUInt32BE(at + 4), sub.readUInt32BE(at + 8)]
    for (let point = first; point <= last; point += 1) glyphs.set(point, glyph + point - first)
  }
}

function segments(sub: Buffer, glyphs: Map<number, number>): void {
  const twice = sub.readUInt16BE(6)
  for (let at = 0; at < twice; at += 2) {
    const [last, first] = [sub.readUInt16BE(14 + at), sub.readUInt16BE(16 + twice + at)]
    const [delta, place] = [sub.readUInt16BE(16 + twice * 2 + at), 16 + twice * 3 + at]
    const offset = sub.readUInt16BE(place)
    for (let point = first; point <= last && point < 0xffff; point += 1) {
      const own = offset === 0 ? point : sub.readUInt16BE(place + offset + (point - first) * 2)
      const glyph = offset !== 0 && own === 0 ? 0 : (own + delta) & 0xffff
      if (glyph !== 0) glyphs.set(point, glyph)
    }
  }
}
