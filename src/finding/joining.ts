import type { Node } from './query.ts'
import { isLeaf, sizeOf } from './written.ts'

/** Tells the person what was read otherwise than it was written. */
export type Note = (text: string) => void
/** `written`: the operator as it was written, for a note. */
export type Nearness = { within: number | 'sentence' | 'paragraph'; isOrdered: boolean; written: string }

/** Parts that a search may have. */
export const MOST_LEAVES = 64
/** Proximities within each other: more take long in a text of one word, and mean little. */
const MOST_NEAR_DEEP = 8
/** A search while it is read. `spare`: parts that it may still grow by. */
export type Reading = { note: Note; spare: number }

/**
 * All of them. What is left out stands in an `and` only, beside something to look for; where nothing is looked for, it is a `not` of
 * its own. `null` where there is nothing at all.
 */
export function allOf(nodes: readonly (Node | null)[]): Node | null {
  const parts = nodes.flatMap((node) => (node === null ? [] : node.kind === 'and' ? node.nodes : [node]))
  if (parts.length < 2) return parts[0] ?? null
  const left = parts.flatMap((part) => (part.kind === 'not' ? [part.node] : []))
  return left.length < parts.length ? { kind: 'and', nodes: parts } : noneOf(anyOf(left, () => {}))
}

/** Any of them. What would only leave something out is no alternative: nearly everything would answer. */
export function anyOf(nodes: readonly (Node | null)[], note: Note): Node | null {
  const parts = nodes.flatMap((node) => (node === null ? [] : node.kind === 'or' ? node.nodes : [node]))
  const asked = parts.filter((part) => part.kind !== 'not')
  if (asked.length < parts.length) note('NOT beside OR was left out: OR stands between things to look for.')
  return asked.length < 2 ? (asked[0] ?? null) : { kind: 'or', nodes: asked }
}

export function noneOf(node: Node | null): Node | null {
  if (node === null) return null
  return node.kind === 'not' ? node.node : { kind: 'not', node }
}

/**
 * Both near each other. Of `(a b) w/5 c` each is asked for near c; fields and dates stand nowhere in the text and are asked for
 * beside; what is left out within it is not read.
 */
export function nearOf(left: Node | null, nearness: Nearness, right: Node | null, reading: Reading): Node | null {
  const { note } = reading
  const [one, other] = [askedOf(left), askedOf(right)]
  if (one.isCut || other.isCut) note(`NOT beside “${nearness.written}” was left out: it stands between things to look for.`)
  if (one.node === null || other.node === null) return one.node ?? other.node
  if (!isOfText(one.node) || !isOfText(other.node)) {
    note(`“${nearness.written}” was read as AND: it stands between words, not fields.`)
    return allOf([one.node, other.node])
  }
  if (Math.max(nearDeep(one.node), nearDeep(other.node)) >= MOST_NEAR_DEEP) {
    note(`“${nearness.written}” was read as AND: more than ${MOST_NEAR_DEEP} stand within each other.`)
    return allOf([one.node, other.node])
  }
  if (isWhole(one.node) && isWhole(other.node)) return nearEachOther(one.node, nearness, other.node)
  const growth = (pairsOf(other.node) - 1) * sizeOf(one.node) + (pairsOf(one.node) - 1) * sizeOf(other.node)
  if (growth > reading.spare) {
    note(`“${nearness.written}” was read as AND: too much stands on its sides.`)
    return allOf([one.node, other.node])
  }
  reading.spare -= growth
  note(`“${nearness.written}” was read for each word beside it that must be found.`)
  return spread(one.node, (part) => spread(other.node!, (beside) => nearEachOther(part, nearness, beside)))
}

const nearEachOther = (left: Node, { within, isOrdered }: Nearness, right: Node): Node => ({ kind: 'near', within, isOrdered, left, right })

/** Without what is left out in it. */
function askedOf(node: Node | null): { node: Node | null; isCut: boolean } {
  if (node?.kind === 'not') return { node: null, isCut: true }
  if (node?.kind !== 'and' && node?.kind !== 'or') return { node, isCut: false }
  const parts = node.nodes.map(askedOf)
  const nodes = parts.map((part) => part.node)
  return { node: node.kind === 'and' ? allOf(nodes) : anyOf(nodes, () => {}), isCut: parts.some((part) => part.isCut) }
}

const isOfText = (node: Node): boolean =>
  isLeaf(node) || node.kind === 'near' || ((node.kind === 'and' || node.kind === 'or') && node.nodes.every(isOfText))
/** Whether it can stand beside a proximity as it is. */
const isWhole = (node: Node): boolean => isLeaf(node) || node.kind === 'near' || (node.kind === 'or' && node.nodes.every(isWhole))
/** How many proximities stand within each other. */
function nearDeep(node: Node): number {
  if (node.kind === 'near') return 1 + Math.max(nearDeep(node.left), nearDeep(node.right))
  return node.kind === 'and' || node.kind === 'or' ? Math.max(...node.nodes.map(nearDeep)) : 0
}
/** Into how many it would be spread. */
const pairsOf = (node: Node): number =>
  isWhole(node) || (node.kind !== 'and' && node.kind !== 'or') ? 1 : node.nodes.reduce((sum, part) => sum + pairsOf(part), 0)

function spread(node: Node, each: (part: Node) => Node): Node {
  if (isWhole(node) || (node.kind !== 'and' && node.kind !== 'or')) return each(node)
  const nodes = node.nodes.map((part) => spread(part, each))
  return (node.kind === 'and' ? allOf(nodes) : anyOf(nodes, () => {}))!
}
