import type { Extracted, Part, Picture } from '../../platform/reading/extracted.ts'
import { MOST_TEXT, type KeptText } from './texts.ts'

/** A text of its parts, in their order; what goes beyond the limit is cut. */
export function assembled({ kind, facts, parts, isCut, unread, pictures }: Extracted): Omit<KeptText, 'language'> {
  const { text, places, isOver } = joined(parts)
  return { type: kind, ...facts, parts: places, isCut: isCut || isOver, unread, pictures, text }
}

/** The same with the letters that a machine has read of some of its pictures; `left`: those that it could not, in words. */
export function withLetters(
  kept: KeptText,
  read: readonly (Picture & { text: string; sureness: number })[],
  left: readonly string[],
): Omit<KeptText, 'language'> {
  const before = kept.parts.map((part, at): Part => ({
    ...part,
    text: kept.text.slice(part.at, (kept.parts[at + 1]?.at ?? kept.text.length + 1) - 1),
  }))
  const isRead = ({ page, within }: Pick<Part, 'page' | 'within'>) => read.some((one) => one.page === page && one.within === within)
  const parts = [...before.filter((part) => !(part.text.trim() === '' && isRead(part))), ...read].sort(
    (a, b) => (a.within < b.within ? -1 : a.within > b.within ? 1 : 0) || (a.page ?? 0) - (b.page ?? 0),
  )
  const { text, places, isOver } = joined(parts)
  return { ...kept, parts: places, isCut: kept.isCut || isOver, unread: [...kept.unread, ...left].slice(0, 20), pictures: [], text }
}

/** Parts with a form feed between two, which no sentence and no phrase goes across. */
function joined(parts: readonly Part[]): { text: string; places: KeptText['parts']; isOver: boolean } {
  let text = ''
  let isOver = false
  const places: KeptText['parts'] = []
  for (const { text: its, page, within, sureness } of parts) {
    if (text.length >= MOST_TEXT) {
      isOver = true
      break
    }
    if (places.length > 0) text += '\f'
    places.push({ at: text.length, page, within, sureness })
    isOver ||= text.length + its.length > MOST_TEXT
    text += its.slice(0, MOST_TEXT - text.length).replaceAll('\f', '\n')
  }
  return { text, places, isOver }
}
