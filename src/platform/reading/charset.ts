/** Code pages that Windows numbers and the WHATWG Encoding Standard names. */
const PAGES: Record<number, string> = {
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  10000: 'macintosh',
  20127: 'us-ascii',
  20866: 'koi8-r',
  21866: 'koi8-u',
  50220: 'iso-2022-jp',
  50221: 'iso-2022-jp',
  50222: 'iso-2022-jp',
  51932: 'euc-jp',
  51949: 'euc-kr',
  54936: 'gb18030',
  65001: 'utf-8',
}
export const charsetOfPage = (page: number): string =>
  PAGES[page] ?? (page >= 1250 && page <= 1258 ? `windows-${page}` : page >= 28591 && page <= 28606 ? `iso-8859-${page - 28590}` : '')

/** The ANSI code page of a Windows language id, by its primary language; null for 1252 and what has none. */
const LOCALES: Record<number, number> = {
  1: 1256,
  2: 1251,
  5: 1250,
  8: 1253,
  13: 1255,
  14: 1250,
  17: 932,
  18: 949,
  21: 1250,
  25: 1251,
  30: 874,
  31: 1254,
  34: 1251,
}
export const pageOfLocale = (locale: number): number | null =>
  (locale & 0x3ff) === 4 ? ([0x804, 0x1004].includes(locale) ? 936 : 950) : (LOCALES[locale & 0x3ff] ?? null)

/**
 * Text in the charset it claims, as far as that can be so. What claims none, ASCII, or one that nobody knows is UTF-8 where
 * its bytes are that, and Windows-1252 otherwise; so is what claims UTF-8 and is not.
 */
export function textOf(bytes: Uint8Array, charset: string): string {
  const label = charset.trim().toLowerCase()
  if (!['', 'us-ascii', 'ascii', 'utf-8', 'utf8', 'unknown-8bit', 'x-unknown'].includes(label)) {
    try {
      return new TextDecoder(label).decode(bytes)
    } catch {
      // not a label of the standard
    }
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
