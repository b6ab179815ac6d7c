import type { DocumentView } from '../../contract/document.ts'
import { DATA_TYPE_WORDS } from '../../contract/matrix.ts'
import { CLASSES, type Class, MatterClass, stricter } from '../../contract/words.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer } from '../../platform/route.ts'
import type { Versioned } from '../matrix/matrix.ts'
import { capital } from './handling.ts'

type Found = DocumentView['found']
export type Labelled = { class: DocumentView['class']; raised: boolean; suggested: Answer<'document.upload'>['suggested'] }

const isMilder = (one: Class, other: Class): boolean => CLASSES.indexOf(one) < CLASSES.indexOf(other)
const listed = (words: string[]): string => new Intl.ListFormat('en-GB').format(words)
export const foundWords = (found: Found): string =>
  listed(found.map(({ type, count }) => (count === 1 ? DATA_TYPE_WORDS[type][0] : `${count} ${DATA_TYPE_WORDS[type][1]}`)))

/** Types that keep a file from a class this mild; `suggest` keeps it from none. */
export const holdingBack = ({ matrix }: Versioned, found: Found, its: Class): Found =>
  found.filter(({ type }) => matrix.dataTypes[type].does !== 'suggest' && isMilder(its, matrix.dataTypes[type].minimum))

/** @throws Refusal `matrix.refused`: what it holds asks for a stricter class than `its` */
export function refuseFor(now: Versioned, found: Found, its: Class): never {
  const least = found.map(({ type }) => now.matrix.dataTypes[type].minimum).reduce(stricter)
  const decides = found.find(({ type }) => now.matrix.dataTypes[type].minimum === least)!
  const rule = `${decides.type}.minimum`
  throw new Refusal('matrix.refused', {
    text: `It holds ${foundWords(found)}, and so is ${capital(least)} at least and not ${capital(its)} (rule ${rule}, version ${now.version} of the handling matrix).`,
    fields: { class: least },
    decided: { rule, version: now.version },
  })
}

/**
 * The class of a file that comes in: its label, or its matter's class where it has none, raised by what it holds as the
 * matrix says for each kind of data. `refuse` refuses a milder label; without a label there is none to refuse, and it raises.
 * @throws Refusal `matrix.refused`, with what was found; `class.milder` than its matter
 */
export function labelOf(now: Versioned, label: Class | null, floor: Class, found: Found): Labelled {
  const wanted = label ?? floor
  const holding = holdingBack(now, found, wanted)
  const refusing = label === null ? [] : holding.filter(({ type }) => now.matrix.dataTypes[type].does === 'refuse')
  if (refusing.length > 0) refuseFor(now, refusing, wanted)
  const its = holding.map(({ type }) => now.matrix.dataTypes[type].minimum).reduce(stricter, wanted)
  if (isMilder(its, floor)) {
    const holds = found.length > 0 ? ` It holds ${foundWords(found)}.` : ''
    throw new Refusal('class.milder', {
      text: `The matter is ${capital(floor)}, and nothing in it has a milder class.${holds}`,
      fields: { class: floor },
    })
  }
  const most = found.map(({ type }) => now.matrix.dataTypes[type].minimum).reduce(stricter, its)
  return { class: MatterClass.parse(its), raised: its !== wanted, suggested: most === its ? null : MatterClass.parse(most) }
}
