import type { Passage as Found } from '../../../src/contract/search.ts'

/** A text with what was found in it marked; marks that do not fit it are left away. */
export function Marked({ text, marks }: Pick<Found, 'text' | 'marks'>) {
  const pieces: React.ReactNode[] = []
  let at = 0
  for (const [from, to] of marks.toSorted((a, b) => a[0] - b[0])) {
    if (from < at || to <= from || to > text.length) continue
    pieces.push(text.slice(at, from), <mark key={from}>{text.slice(from, to)}</mark>)
    at = to
  }
  return (
    <>
      {pieces}
      {text.slice(at)}
    </>
  )
}
