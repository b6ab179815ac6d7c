import { EVERY, fieldTerms, wordTerm, wordTerms, type FieldTerm, type TermField } from '../../finding/index-terms.ts'
import type { Field, Node } from '../../finding/query.ts'
import { type Language, stemsOf } from '../../finding/stems.ts'

/** Words that begin so, or are like this; which there are, a matter's list of words says. */
export type Expanded = Extract<Node, { kind: 'prefix' | 'pattern' }>
/** One of these terms, or of the words that one of those stands for, must be there. */
export type Clause = { terms: FieldTerm[]; expanded: Expanded[] }

/**
 * What the index is asked for. Every document that answers holds one of each clause and none of `nots`; where `needsText`, not every
 * such document answers, and its text is looked into.
 */
export type Plan = {
  clauses: Clause[]
  nots: FieldTerm[]
  needsText: boolean
  /** Asked of the whole search and not of a part of it. */
  dates: { from: string | null; to: string | null }[]
  classes: string[][]
  matters: { field: 'matter' | 'client'; words: string[] }[]
}

/** Clauses of one term, and those of which each has several: PostgreSQL is asked for no more of them than this. */
const MOST_SINGLES = 64
const MOST_LISTS = 8
type Part = { clauses: Clause[]; isExact: boolean }
const ALL: Part = { clauses: [], isExact: true }
const INEXACT: Part = { clauses: [], isExact: false }

export function planOf(node: Node, languages: readonly Language[]): Plan {
  const plan: Plan = { clauses: [], nots: [], needsText: false, dates: [], classes: [], matters: [] }
  for (const part of node.kind === 'and' ? node.nodes : [node]) {
    if (part.kind === 'date') plan.dates.push(part)
    else if (part.kind === 'field' && part.field === 'class') plan.classes.push(part.words)
    else if (part.kind === 'field' && isOfMatter(part.field)) plan.matters.push({ field: part.field, words: part.words })
    else if (part.kind === 'not' && part.node.kind === 'word') plan.nots.push(...wordTerms(part.node.word, languages))
    else {
      const { clauses, isExact } = partOf(part, languages)
      plan.clauses.push(...clauses)
      plan.needsText ||= !isExact
    }
  }
  return within(plan)
}

/** Single terms are asked for together and cost little, longer words before shorter ones; of lists the shortest are kept. */
function within(plan: Plan): Plan {
  const isList = ({ terms, expanded }: Clause) => terms.length !== 1 || expanded.length > 0
  const lists = plan.clauses.filter(isList).sort((a, b) => a.expanded.length - b.expanded.length || a.terms.length - b.terms.length)
  const singles = plan.clauses.filter((clause) => !isList(clause)).sort((a, b) => b.terms[0]!.word.length - a.terms[0]!.word.length)
  const kept = new Set([...lists.slice(0, MOST_LISTS), ...singles.slice(0, MOST_SINGLES)])
  const clauses = plan.clauses.filter((clause) => kept.has(clause))
  // a matter, a day or a class alone: of all documents there
  if (clauses.length === 0) clauses.push({ terms: [EVERY], expanded: [] })
  return { ...plan, clauses, needsText: plan.needsText || clauses.length < plan.clauses.length }
}

const isOfMatter = (field: Field): field is 'matter' | 'client' => field === 'matter' || field === 'client'

function partOf(node: Node, languages: readonly Language[]): Part {
  const words = (all: readonly string[]): Clause[] => all.map((word) => ({ terms: stemsOf(word, languages).map(wordTerm), expanded: [] }))
  switch (node.kind) {
    case 'word':
      return { clauses: words([node.word]), isExact: true }
    case 'phrase':
      return { clauses: words(node.words), isExact: false }
    case 'prefix':
    case 'pattern':
      return { clauses: [{ terms: [], expanded: [node] }], isExact: false }
    case 'near':
      return { clauses: [node.left, node.right].flatMap((side) => partOf(side, languages).clauses), isExact: false }
    case 'and':
      return together(node.nodes.map((part) => partOf(part, languages)))
    case 'or':
      return either(node.nodes.map((part) => partOf(part, languages)))
    case 'field':
      return inField(node.field, node.words, languages)
    // what is left out, or asked of a part of the search only, is seen when the text is looked into
    case 'not':
    case 'date':
      return INEXACT
  }
}

function inField(field: Field, words: readonly string[], languages: readonly Language[]): Part {
  if (isOfMatter(field) || field === 'class') return INEXACT
  // one of several types or endings, all of several words
  if (field === 'type' || field === 'ext')
    return { clauses: [{ terms: words.map((word) => ({ field, word })), expanded: [] }], isExact: true }
  return { clauses: words.map((word) => ({ terms: fieldTerms(field as TermField, word, languages), expanded: [] })), isExact: true }
}

const together = (parts: readonly Part[]): Part => ({
  clauses: parts.flatMap(({ clauses }) => clauses),
  isExact: parts.every(({ isExact }) => isExact),
})

/** One clause of all where each has but one; else of each the shortest, which every answer must hold one of. */
function either(parts: readonly Part[]): Part {
  if (parts.length === 0) return ALL
  if (parts.some(({ clauses }) => clauses.length === 0)) return INEXACT
  const chosen = parts.map(
    ({ clauses }) => [...clauses].sort((a, b) => a.terms.length + 9 * a.expanded.length - (b.terms.length + 9 * b.expanded.length))[0]!,
  )
  return {
    clauses: [{ terms: chosen.flatMap(({ terms }) => terms), expanded: chosen.flatMap(({ expanded }) => expanded) }],
    isExact: parts.every(({ clauses, isExact }) => isExact && clauses.length === 1),
  }
}
