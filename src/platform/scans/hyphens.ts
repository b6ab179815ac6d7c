/** Where a line of a PDF ended in a hyphen, PDFium gives one of these and no line end. */
const BROKEN = /([\p{L}\p{N}]+)[\ufffe\u0002](?:\r?\n)?([\p{L}\p{N}]+)/gu
const WORDS = 300_000

/**
 * Puts words together that were divided at a line's end, page after page. A hyphen stays where it belongs to the word
 * ("vendor-plaintiffs"): when the same text has the word with it, or its second half as a word of its own, and not the whole. Where
 * nothing tells, it is as it mostly was so far: most letters are written without dividing words. What comes on later pages is not
 * known yet. KNOWN: "under-taken" keeps its hyphen where "taken" was said before and "undertaken" was not.
 */
export function hyphens(): (page: string) => string {
  const known = new Set<string>()
  let [kept, joined] = [0, 0]
  const isOne = (before: string, after: string): boolean => {
    const [first, second] = [before.toLowerCase(), after.toLowerCase()]
    const isCompound = known.has(`${first}-${second}`)
    if (!isCompound && known.has(first + second)) {
      joined += 1
      return true
    }
    const isWord = known.has(second) && (known.has(first) || Math.min(first.length, second.length) > 3)
    if (isCompound || isWord || /^[\p{Lu}\p{N}]/u.test(after)) {
      kept += 1
      return false
    }
    return kept < 2 || kept <= joined
  }
  return (page) => {
    if (known.size < WORDS) for (const word of wordsOf(page)) known.add(word)
    return page.replace(BROKEN, (_, before: string, after: string) => before + (isOne(before, after) ? '' : '-') + after)
  }
}

function wordsOf(page: string): string[] {
  const whole = page.replace(BROKEN, ' ').toLowerCase()
  return [...(whole.match(/[\p{L}\p{N}]+/gu) ?? []), ...(whole.match(/[\p{L}\p{N}]+-[\p{L}\p{N}]+/gu) ?? [])]
}
