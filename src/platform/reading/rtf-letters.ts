import { charsetOfPage } from './charset.ts'

/** Code pages by a font's charset (Rich Text Format 1.9.1, `\fcharset`); of 0, 1 and 2 the document's own. */
const CHARSETS: Record<number, number> = {
  77: 10000,
  128: 932,
  129: 949,
  134: 936,
  136: 950,
  161: 1253,
  162: 1254,
  163: 1258,
  177: 1255,
  178: 1256,
  186: 1257,
  204: 1251,
  222: 874,
  238: 1250,
}
const MOST_FONTS = 10_000

export type Letters = {
  add(byte: number): void
  /** Heeds a word about code pages; `font`: the one that a list of fonts is about, or null outside of it. */
  heed(word: string, value: number | null, font: number | null): void
  /** So many are gathered that they are to be flushed. */
  isLong(): boolean
  /** All since the last time as text; `font` -1: the document's. */
  flush(font: number): string
}

/** Letters in the code pages of an RTF, gathered in runs of one font: in some pages a letter takes two. */
export function rtfLetters(): Letters {
  const pages = new Map<number, number>()
  let page = 1252
  let defaultFont = -1
  let run: number[] = []
  const decoders = new Map<string, TextDecoder>()
  const decoderOf = (number: number): TextDecoder => {
    const label = charsetOfPage(number) || 'windows-1252'
    const decoder = decoders.get(label) ?? new TextDecoder(label)
    decoders.set(label, decoder)
    return decoder
  }
  return {
    add: (byte) => void run.push(byte),
    isLong: () => run.length >= 65_536,
    heed: (word, value, font) => {
      if (word === 'ansicpg' && value) page = value
      else if (word === 'mac') page = 10000
      else if (word === 'deff') defaultFont = value ?? 0
      else if (font === null || pages.size > MOST_FONTS || value === null) return
      else if (word === 'fcharset' && CHARSETS[value]) pages.set(font, CHARSETS[value])
      else if (word === 'cpg') pages.set(font, value)
    },
    flush: (font) => {
      if (run.length === 0) return ''
      const text = decoderOf(pages.get(font < 0 ? defaultFont : font) ?? page).decode(Uint8Array.from(run))
      run = []
      return text
    },
  }
}
