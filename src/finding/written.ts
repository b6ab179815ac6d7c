import type { Node } from './query.ts'
import { isUnspaced } from './words.ts'

/** What a text is searched for. */
export type Leaf = Extract<Node, { kind: 'word' | 'phrase' | 'prefix' | 'pattern' }>

/** The words, phrases, prefixes and patterns that are asked for, each once, in the order of the search; not what is left out. */
export function leavesOf(node: Node | null): Leaf[] {
  const leaves = new Map<string, Leaf>()
  const collect = (part: Node): void => {
    if (part.kind === 'and' || part.kind === 'or') return part.nodes.forEach(collect)
    if (part.kind === 'near') return [part.left, part.right].forEach(collect)
    if (isLeaf(part)) {
      const name = written(part)
      if (!leaves.has(name)) leaves.set(name, part)
    }
  }
  if (node) collect(node)
  return [...leaves.values()]
}

export const isLeaf = (node: Node): node is Leaf =>
  node.kind === 'word' || node.kind === 'phrase' || node.kind === 'prefix' || node.kind === 'pattern'

/** How many parts are asked for or left out, each time that it stands there. */
export function sizeOf(node: Node): number {
  if (node.kind === 'and' || node.kind === 'or') return node.nodes.reduce((sum, part) => sum + sizeOf(part), 0)
  if (node.kind === 'near') return sizeOf(node.left) + sizeOf(node.right)
  return node.kind === 'not' ? sizeOf(node.node) : 1
}

/**
 * A search as one would write it; `parse` gives the same node again. KNOWN: not for the few signs that decompose into several words
 * (½, ⑴), nor for words of more than 48 letters that hold ß or æ.
 */
export function written(node: Node): string {
  switch (node.kind) {
    case 'word':
      return node.word
    case 'phrase':
      return `"${spelled(node.words)}"`
    case 'prefix':
      return `${node.prefix}*`
    case 'pattern':
      return node.pattern
    case 'near': {
      const reach = node.within === 'sentence' ? 's' : node.within === 'paragraph' ? 'p' : node.within
      const right = node.right.kind === 'near' ? `(${written(node.right)})` : within(node.right)
      const left = node.left.kind === 'near' ? written(node.left) : within(node.left)
      return `${left} ${node.isOrdered ? 'pre' : 'w'}/${reach} ${right}`
    }
    case 'and':
      return node.nodes.map((part) => (part.kind === 'near' ? written(part) : within(part))).join(' ')
    case 'or':
      return node.nodes.map(within).join(' OR ')
    case 'not':
      return `NOT ${within(node.node)}`
    case 'field':
      return `${node.field}:${node.words.length === 1 ? node.words[0] : `"${spelled(node.words)}"`}`
    case 'date':
      if (node.from === null) return `date<=${node.to}`
      if (node.to === null) return `date>=${node.from}`
      return `date:${node.from === node.to ? node.from : `${node.from}..${node.to}`}`
  }
}

/** Words beside each other, without spaces where their script sets none. */
export const spelled = (words: readonly string[]): string =>
  words.map((word, index) => (index === 0 || (isUnspaced(word) && isUnspaced(words[index - 1]!)) ? word : ` ${word}`)).join('')

/** A part of a greater one: in parentheses where it has parts itself. */
const within = (node: Node): string =>
  node.kind === 'and' || node.kind === 'or' || node.kind === 'near' ? `(${written(node)})` : written(node)
