import { useEffect } from 'react'

/** A long text is looked through so far, and so many places of it are marked. */
const MOST_LETTERS = 200_000
const MOST_MARKS = 1000

/**
 * Marks words within an element, also in what comes into it later, and brings the first of them into view. The marks are the browser’s
 * own (CSS Custom Highlight API): nothing of what is shown is changed. Where the browser has none, nothing is marked.
 */
export function useFoundMarks(inside: React.RefObject<HTMLElement | null>, words: readonly string[]): void {
  useEffect(() => {
    const well = inside.current
    if (!well || words.length === 0 || !('highlights' in CSS)) return
    let frame = 0
    let isFirst = true
    const mark = () => {
      const ranges = placesOf(well, words)
      CSS.highlights.set('found', new Highlight(...ranges))
      if (!ranges[0] || !isFirst) return
      isFirst = false
      bring(ranges[0], well)
    }
    const soon = () => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(mark)
    }
    const watch = new MutationObserver(soon)
    watch.observe(well, { childList: true, subtree: true, characterData: true })
    soon()
    return () => {
      watch.disconnect()
      cancelAnimationFrame(frame)
      CSS.highlights.delete('found')
    }
  }, [inside, words])
}

/** Where the words stand, whole and in either case; one may run over a line’s end, and in a PDF over its pieces. */
function placesOf(well: HTMLElement, words: readonly string[]): Range[] {
  const nodes: Text[] = []
  const at: [node: number, offset: number][] = []
  let text = ''
  const walk = document.createTreeWalker(well, NodeFilter.SHOW_TEXT)
  for (let node = walk.nextNode(); node && text.length < MOST_LETTERS; node = walk.nextNode()) {
    const its = nodes.push(node as Text) - 1
    if (!text.endsWith(' ')) {
      text += ' '
      at.push([its, 0])
    }
    for (const [offset, letter] of [...(node as Text).data.slice(0, MOST_LETTERS)].entries()) {
      if (/\s/.test(letter) && text.endsWith(' ')) continue
      const small = /\s/.test(letter) ? ' ' : letter.toLowerCase()
      text += small
      for (let unit = 0; unit < small.length; unit += 1) at.push([its, offset])
    }
  }
  const ranges: Range[] = []
  for (const word of new Set(words.map((one) => one.toLowerCase().replace(/\s+/g, ' ').trim()))) {
    if (word === '') continue
    for (let from = text.indexOf(word); from >= 0 && ranges.length < MOST_MARKS; from = text.indexOf(word, from + word.length)) {
      const [start, end] = [at[from], at[from + word.length - 1]]
      if (!start || !end || isLetter(text[from - 1]) || isLetter(text[from + word.length])) continue
      const range = new Range()
      range.setStart(nodes[start[0]]!, start[1])
      range.setEnd(nodes[end[0]]!, end[1] + 1)
      ranges.push(range)
    }
  }
  return ranges.sort((one, other) => one.compareBoundaryPoints(Range.START_TO_START, other))
}
const isLetter = (letter: string | undefined) => letter !== undefined && /[\p{L}\p{N}]/u.test(letter)

function bring(range: Range, well: HTMLElement): void {
  const top = range.getBoundingClientRect().top - well.getBoundingClientRect().top
  if (top > well.clientHeight - 80) well.scrollTop += top - well.clientHeight / 3
}
