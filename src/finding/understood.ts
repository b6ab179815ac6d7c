import { datesInWords } from './dates.ts'
import { CLASS_NAMES } from './fields.ts'
import type { Field, Node, Said } from './query.ts'
import { isLeaf, spelled } from './written.ts'

const BEFORE: Record<Field, string> = {
  matter: 'in matter ',
  client: 'of client ',
  from: 'from ',
  to: 'to ',
  author: 'written by ',
  name: 'named ',
  type: 'of type ',
  class: 'classed ',
  ext: 'ending in .',
}
const SPOKEN: Record<string, string> = { pdf: 'PDF' }

/**
 * A search in a sentence, as: “outfall 3” in one sentence with a word that begins notif or warn, dated after 1 March 2025, leaving out
 * Internal. What comes from the search is asked. Empty where nothing is looked for.
 */
export function understood(node: Node | null): Said[] {
  if (node === null) return []
  const parts = node.kind === 'and' ? node.nodes : [node]
  const texts = parts.filter((part) => part.kind !== 'not' && !isBeside(part))
  const beside = parts.filter(isBeside)
  const out = parts.flatMap((part) => (part.kind === 'not' ? [part.node] : []))
  const isPlain = texts.every((part) => isLeaf(part))
  return merged([
    ...(texts.length === 0
      ? [said('anything ')]
      : list(
          texts.map((part) => top(part, texts.length > 1)),
          isPlain ? ' and ' : ', and ',
        )),
    ...beside.flatMap((part, index) => [...(texts.length + index > 0 ? [said(', ')] : []), ...top(part, true)]),
    ...out.flatMap((part, index) => [said(index === 0 ? ', leaving out ' : ', and '), ...leftOut(part)]),
    said('.'),
  ])
}

/** Fields, dates and choices of them: they are said after the words. */
const isBeside = (node: Node): boolean =>
  node.kind === 'field' || node.kind === 'date' || (node.kind === 'or' && node.nodes.every((part) => isBeside(part)))

/** A part that stands by itself in the sentence. */
function top(node: Node, isAmongOthers: boolean): Said[] {
  if (node.kind === 'near') return nearness(node, true)
  if (node.kind !== 'or') return inside(node)
  return isAmongOthers && !isBeside(node) ? [said('either '), ...choice(node.nodes)] : choice(node.nodes)
}

/** A part of a greater one: in parentheses where it has parts itself. */
function inside(node: Node): Said[] {
  switch (node.kind) {
    case 'word':
      return [asked(node.word)]
    case 'phrase':
      return [asked(`“${spelled(node.words)}”`)]
    case 'prefix':
      return [said('a word that begins '), asked(node.prefix)]
    case 'pattern':
      return [said('a word like '), asked(node.pattern)]
    case 'field':
      return [said(BEFORE[node.field]), asked(valueOf(node))]
    case 'date': {
      const [before, days] = datesInWords(node)
      return [said(before), asked(days)]
    }
    case 'near':
      return bracketed(nearness(node, false))
    case 'or':
      return bracketed(choice(node.nodes))
    case 'and':
      return bracketed(list(node.nodes.map(inside), ' and '))
    case 'not':
      return [said('not '), ...inside(node.node)]
  }
}

function nearness({ within, isOrdered, left, right }: Extract<Node, { kind: 'near' }>, isTop: boolean): Said[] {
  const between = isOrdered ? ORDERED(within) : UNORDERED(within)
  // what ends the sentence needs no parentheses, and what begins alike is said once
  const after = isTop && right.kind === 'or' ? choice(right.nodes) : inside(right)
  return [...(left.kind === 'near' && isTop ? nearness(left, false) : inside(left)), said(between), ...after]
}

const UNORDERED = (within: number | 'sentence' | 'paragraph'): string =>
  typeof within === 'number' ? ` within ${words(within)} of ` : ` in one ${within} with `
const ORDERED = (within: number | 'sentence' | 'paragraph'): string => {
  if (typeof within !== 'number') return ` before, in one ${within}, `
  return within === 1 ? ' right before ' : ` at most ${words(within)} before `
}
const words = (count: number): string => (count === 1 ? '1 word' : `${count} words`)

/** `breach or waiver`; words before the asked that are alike are said once: `a word that begins notif or warn`. */
function choice(nodes: readonly Node[]): Said[] {
  let before: string | null = null
  const parts = nodes.map((node) => {
    const part = inside(node)
    const isAlike = part.length === 2 && part[0]!.text === before
    before = part.length === 2 ? part[0]!.text : null
    return isAlike ? part.slice(1) : part
  })
  return list(parts, ' or ')
}

function leftOut(node: Node): Said[] {
  if (node.kind === 'field' && (node.field === 'class' || node.field === 'type')) return [asked(valueOf(node))]
  if (node.kind === 'or' && !isBeside(node)) return choice(node.nodes)
  return isBeside(node) ? [said('what is '), ...top(node, true)] : top(node, true)
}

function valueOf({ field, words }: Extract<Node, { kind: 'field' }>): string {
  const value = field === 'ext' ? words.join('.') : spelled(words)
  if (field === 'class' && Object.hasOwn(CLASS_NAMES, value)) return `${value[0]!.toUpperCase()}${value.slice(1)}`
  return field === 'type' && Object.hasOwn(SPOKEN, value) ? SPOKEN[value]! : value
}

const said = (text: string): Said => ({ text, isAsked: false })
const asked = (text: string): Said => ({ text, isAsked: true })
const bracketed = (parts: Said[]): Said[] => [said('('), ...parts, said(')')]
/** `a, b and c` */
const list = (parts: readonly Said[][], last: string): Said[] =>
  parts.flatMap((part, index) => [...(index === 0 ? [] : [said(index === parts.length - 1 ? last : ', ')]), ...part])

/** Pieces of one kind beside each other as one. */
function merged(parts: readonly Said[]): Said[] {
  const whole: Said[] = []
  for (const { text, isAsked } of parts) {
    const last = whole.at(-1)
    if (last?.isAsked === isAsked) last.text += text
    else whole.push({ text, isAsked })
  }
  return whole
}
