import { inOrder, near, within, type IsWithin, type Side, type Stretch } from './nearness.ts'
import type { Prepared } from './prepared.ts'
import type { Node } from './query.ts'
import { stemsOf, type Language } from './stems.ts'
import { likeness } from './terms.ts'
import { isLeaf, leavesOf, written, type Leaf } from './written.ts'
import { wordsOf } from './words.ts'

/** Where something asked for stands: from `start` up to and without `end`, in UTF-16 units of the text; `leaf`: its index in `leavesOf`. */
export type Hit = { start: number; end: number; leaf: number }
/** `hits`: of what made it answer, in order; they may overlap. None where it does not answer. */
export type Matched = { isFound: boolean; hits: Hit[] }

/** A stretch of words, and what was found there. */
type Place = Stretch & { leaf: number }
/**
 * What was found of a part, in order. `hulls`: from the first to the last word of each answer, where that is more than one place; made
 * only where it is asked for.
 */
type Found = { isFound: boolean; places: readonly Place[]; hulls: (() => readonly Stretch[]) | null }
type Looking = { prepared: Prepared; languages: Language[]; leaves: Map<string, { index: number; found: Found | null }> }

const NOTHING: Found = { isFound: false, places: [], hulls: null }

/**
 * Whether a text answers a search, and where. A word is found by its stem in the text's language or one of the firm's (`languages`),
 * a phrase in one part of the text, prefixes and patterns in the words as they are compared. `w/5`: the words' places differ by five at
 * most, and no word is near itself; sentences and paragraphs end with their part. Fields hold all of the words, in any order; `name` by
 * stems. Time grows with n log n of the text's words, whatever the search.
 */
export function matchesOf(node: Node, prepared: Prepared, languages: readonly Language[]): Matched {
  const leaves = new Map(leavesOf(node).map((leaf, index) => [written(leaf), { index, found: null as Found | null }]))
  const looking: Looking = { prepared, languages: [...new Set([prepared.looked.language, ...languages])], leaves }
  const { isFound, places } = foundOf(node, looking)
  if (!isFound) return { isFound, hits: [] }
  // what is only left out is no place to show
  const shown = places.filter(({ leaf }) => leaf >= 0)
  const hits = shown.map(({ from, to, leaf }) => ({
    start: prepared.words[from]!.start,
    end: prepared.words[to]!.end,
    leaf,
  }))
  return { isFound, hits }
}

function foundOf(node: Node, looking: Looking): Found {
  if (isLeaf(node)) return leafIn(node, looking)
  switch (node.kind) {
    case 'and': {
      const parts = node.nodes.map((part) => foundOf(part, looking))
      return parts.every((part) => part.isFound) ? together(parts) : NOTHING
    }
    case 'or':
      return together(node.nodes.map((part) => foundOf(part, looking)).filter((part) => part.isFound))
    case 'not':
      return { ...NOTHING, isFound: !foundOf(node.node, looking).isFound }
    case 'near':
      return nearIn(node, looking)
    case 'field':
      return { ...NOTHING, isFound: isInField(node, looking) }
    case 'date': {
      const { date } = looking.prepared.looked
      return { ...NOTHING, isFound: date !== null && date >= (node.from ?? '') && (node.to === null || date <= node.to) }
    }
  }
}

/** What is found of any of these. */
function together(parts: readonly Found[]): Found {
  if (parts.length === 1) return parts[0]!
  const isLoose = parts.some((part) => part.hulls !== null)
  return {
    isFound: parts.length > 0,
    places: mergedPlaces(parts.map((part) => part.places)),
    hulls: isLoose ? () => inOrder(parts.flatMap((part) => part.hulls?.() ?? part.places)) : null,
  }
}

function nearIn({ within: reach, isOrdered, left, right }: Extract<Node, { kind: 'near' }>, looking: Looking): Found {
  const [one, other] = [foundOf(left, looking), foundOf(right, looking)]
  if (!one.isFound || !other.isFound) return NOTHING
  const { ones, others, hulls } = near(sideOf(one), sideOf(other), isOrdered, withinReach(reach, looking.prepared))
  if (ones.length === 0) return NOTHING
  return { isFound: true, places: mergedPlaces([within(one.places, ones), within(other.places, others)]), hulls }
}

const sideOf = ({ hulls, places }: Found): Side => ({ stretches: hulls?.() ?? places, isLoose: hulls !== null })

function withinReach(reach: number | 'sentence' | 'paragraph', prepared: Prepared): IsWithin {
  const counts = reach === 'sentence' ? prepared.sentences() : reach === 'paragraph' ? prepared.paragraphs() : prepared.places()
  const most = typeof reach === 'number' ? reach : 0
  return (first, last) => counts[last]! - counts[first]! <= most
}

function leafIn(leaf: Leaf, looking: Looking): Found {
  const known = looking.leaves.get(written(leaf))
  // what stands under NOT only is no leaf that is shown
  if (known?.found) return known.found
  const index = known?.index ?? -1
  const stretches = leaf.kind === 'phrase' ? phraseIn(leaf.words, looking.prepared) : wordsLike(leaf, looking)
  const found = { isFound: stretches.length > 0, places: stretches.map(({ from, to }) => ({ from, to, leaf: index })), hulls: null }
  if (known) known.found = found
  return found
}

function wordsLike(leaf: Exclude<Leaf, { kind: 'phrase' }>, { prepared, languages }: Looking): Stretch[] {
  const words = matchingWords(leaf, prepared, languages)
  return [...inOrder(words.flatMap((word) => prepared.at.get(word)!.map((place) => ({ from: place, to: place }))))]
}

/** The words of the text, each once, that answer. */
function matchingWords(leaf: Exclude<Leaf, { kind: 'phrase' }>, prepared: Prepared, languages: readonly Language[]): string[] {
  if (leaf.kind === 'word') {
    const stems = prepared.stems(languages)
    return [...new Set(stemsOf(leaf.word, languages).flatMap((stem) => stems.get(stem) ?? []))]
  }
  const isLike = leaf.kind === 'pattern' ? likeness(leaf.pattern) : (word: string) => word.startsWith(leaf.prefix)
  return [...prepared.at.keys()].filter(isLike)
}

/** Every place where the words stand in a row, also where two overlap (Knuth, Morris and Pratt: one pass, whatever repeats). */
function phraseIn(words: readonly string[], prepared: Prepared): Stretch[] {
  if (words.length === 0 || !words.every((word) => prepared.at.has(word))) return []
  if (words.length === 1) return prepared.at.get(words[0]!)!.map((place) => ({ from: place, to: place }))
  const back = fallbacks(words)
  const places = prepared.places()
  const found: Stretch[] = []
  let held = 0
  prepared.words.forEach(({ word }, index) => {
    if (index > 0 && places[index]! - places[index - 1]! > 1) held = 0
    while (held > 0 && words[held] !== word) held = back[held - 1]!
    if (words[held] === word) held += 1
    if (held < words.length) return
    found.push({ from: index - words.length + 1, to: index })
    held = back[held - 1]!
  })
  return found
}

/** For each word of a phrase: how many of its first words also end there. */
function fallbacks(words: readonly string[]): number[] {
  const back = [0]
  for (let index = 1, held = 0; index < words.length; index += 1) {
    while (held > 0 && words[held] !== words[index]) held = back[held - 1]!
    if (words[held] === words[index]) held += 1
    back.push(held)
  }
  return back
}

function isInField({ field, words }: Extract<Node, { kind: 'field' }>, { prepared, languages }: Looking): boolean {
  const held = wordsOf(prepared.looked.fields[field] ?? '').map(({ word }) => word)
  const formsOf = (word: string): string[] => (field === 'name' ? [word, ...stemsOf(word, languages)] : [word])
  const forms = new Set(held.flatMap(formsOf))
  return words.every((word) => formsOf(word).some((form) => forms.has(form)))
}

const byPlace = (one: Place, other: Place): number => one.from - other.from || one.to - other.to || one.leaf - other.leaf

/** In order, each once. */
function mergedPlaces(lists: readonly (readonly Place[])[]): readonly Place[] {
  const filled = lists.filter((places) => places.length > 0)
  if (filled.length < 2) return filled[0] ?? []
  return filled
    .flat()
    .sort(byPlace)
    .filter((place, index, all) => index === 0 || byPlace(all[index - 1]!, place) !== 0)
}
