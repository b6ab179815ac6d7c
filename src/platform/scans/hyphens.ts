/** Where a line of a PDF ended in a hyphen, PDFium gives one of these and no line end. */
const BROKEN = /([\p{L}\p{N}]+)[\ufffe\u0002](?:\r?\n)?([\p{L}\p{N}]+)/gu
const WORDS = 300_000

/**
 * Puts words together that were divided at a line's end, page after page. A hyphen stays where it belongs to the word
 * ("vendor-plaintiffs"): when the same text has the word with it, or both halves as words of their own and not the whole.
 */
export function hyphens(): (page: string) => string {
  const known = new Set<string>()
  return (page) => {
    if (known.size < WORDS) for (const word of wordsOf(page)) known.add(word)
    return page.replace(BROKEN, (_, before: string, after: string) => {
      const [first, second] = [before.toLowerCase(), after.toLowerCase()]
      if (known.has(`${first}-${second}`)) return `${before}-${after}`
      if (known.has(first + second)) return before + after
      const isTwo = /^[\p{Lu}\p{N}]/u.test(after) || (known.has(first) && known.has(second))
      return isTwo ? `${before}-${after}` : before + after
    })
  }
}

function wordsOf(page: string): string[] {
  const whole = page.replace(BROKEN, ' ').toLowerCase()
  return [...(whole.match(/[\p{L}\p{N}]+/gu) ?? []), ...(whole.match(/[\p{L}\p{N}]+-[\p{L}\p{N}]+/gu) ?? [])]
}
