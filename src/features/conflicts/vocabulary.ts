import { givenNamesLike } from './given-names.ts'
import { bonesOf, skeletonOf } from './name-letters.ts'
import { soundsOf } from './phonetics.ts'
import { hashOf, openPostings } from './postings.ts'
import { likenessOf, NO_VOWELS, type AskedWord, type Likeness, type Met } from './word-likeness.ts'

export type Alike = Likeness & { word: number }

const SKELETON = 1
const SOUND = 2
const BONES = 3
const BARE = 4
const NEARBY: Met = { isHeard: false, hasSkeleton: false }
const SOUNDING: Met = { isHeard: true, hasSkeleton: false }
const SAME_SKELETON: Met = { isHeard: true, hasSkeleton: true }

/** Trigrams of longer words are not looked at. */
const LONGEST = 40
/** So many words nearest by trigrams are compared letter by letter. */
const MOST_COMPARED = 400
/** The given names and common words of a few checks. */
const MOST_REMEMBERED = 500
/** Of words that sound alike so many are compared; real names have a few hundred. */
const MOST_HEARD = 4000
/** A trigram that more words have tells too little to be worth their number, while others are there. */
const COMMON = 20_000

/** All words of all names, each once, by number, and the words that are like a given one. */
export function openVocabulary() {
  const numbers = new Map<string, number>()
  const texts: string[] = []
  const keys = openPostings()
  const trigrams = openPostings()
  /** What was found for words asked before, until a new word comes. */
  const remembered = new Map<string, Alike[]>()
  let counts = new Uint8Array(1024)
  let touched = new Int32Array(1024)

  const learn = (text: string, number: number): void => {
    makeRoom(number)
    if (text.startsWith(NO_VOWELS)) return keys.add(hashOf(bonesOf(text.slice(1)), BARE), number)
    keys.add(hashOf(skeletonOf(text), SKELETON), number)
    for (const sound of allSoundsOf(text)) keys.add(hashOf(sound, SOUND), number)
    if (/^[a-z]+$/.test(text)) keys.add(hashOf(bonesOf(text), BONES), number)
    for (const trigram of trigramsOf(text)) trigrams.add(trigram, number)
  }
  const makeRoom = (number: number): void => {
    if (number < counts.length) return
    counts = new Uint8Array(number * 2)
    touched = new Int32Array(number * 2)
  }

  /** Words that share the most trigrams, weighed by length. */
  const nearby = (text: string): number[] => {
    let found = 0
    const own = trigramsOf(text)
    for (const trigram of own.length > 3 ? own.filter((one) => trigrams.count(one) < COMMON) : own) {
      trigrams.each(trigram, (word) => {
        if (counts[word] === 0) touched[found++] = word
        if (counts[word]! < 255) counts[word]! += 1
      })
    }
    const near: { word: number; share: number }[] = []
    for (let at = 0; at < found; at += 1) {
      const word = touched[at]!
      const share = counts[word]! / (own.length + Math.min(texts[word]!.length, LONGEST))
      counts[word] = 0
      if (share >= 0.14 && Math.abs(texts[word]!.length - text.length) <= 4) near.push({ word, share })
    }
    return near
      .sort((a, b) => b.share - a.share)
      .slice(0, MOST_COMPARED)
      .map(({ word }) => word)
  }

  return {
    textOf: (word: number): string => texts[word]!,
    numberOf: (text: string): number | null => numbers.get(text) ?? null,
    /** The word's number, a new one when it is new. `isName` false: a domain, which nothing is like. */
    take(text: string, isName = true): number {
      const known = numbers.get(text)
      if (known !== undefined) return known
      const number = texts.push(text) - 1
      remembered.clear()
      numbers.set(text, number)
      if (isName) learn(text, number)
      return number
    },
    /** The known words that are like this one, itself among them, the most alike first. */
    like(text: string, isBare: boolean): Alike[] {
      const key = isBare ? `${NO_VOWELS}${text}` : text
      const kept = remembered.get(key)
      if (kept !== undefined) return kept
      const found = likeAnew(text, isBare)
      if (remembered.size >= MOST_REMEMBERED) remembered.clear()
      remembered.set(key, found)
      return found
    },
    bytes: (): number => keys.bytes() + trigrams.bytes() + counts.byteLength + touched.byteLength,
    size: (): number => texts.length,
  }

  function likeAnew(text: string, isBare: boolean): Alike[] {
    const asked = { text, skeleton: skeletonOf(text), isBare }
    const candidates = new Map<number, Met>()
    const take = (word: number): void => void (candidates.has(word) || candidates.set(word, NEARBY))
    const hear = (word: number): void => void (candidates.size < MOST_HEARD && candidates.set(word, SOUNDING))
    const own = numbers.get(isBare ? `${NO_VOWELS}${text}` : text)
    if (own !== undefined) take(own)
    keys.each(hashOf(bonesOf(text), BARE), take)
    if (isBare) keys.each(hashOf(bonesOf(text), BONES), take)
    else {
      for (const sound of allSoundsOf(text)) keys.each(hashOf(sound, SOUND), hear)
      keys.each(hashOf(asked.skeleton, SKELETON), (word) => candidates.set(word, SAME_SKELETON))
      for (const word of nearby(text)) take(word)
      for (const name of givenNamesLike(text)) {
        const number = numbers.get(name)
        if (number !== undefined) take(number)
      }
    }
    return alikeOf(asked, candidates)
  }

  function alikeOf(asked: AskedWord, candidates: Map<number, Met>): Alike[] {
    const alike: Alike[] = []
    for (const [word, met] of candidates) {
      const text = texts[word]!
      if (text.startsWith('@') || Math.abs(text.length - asked.text.length) > 8) continue
      const likeness = likenessOf(asked, text, met)
      if (likeness !== null) alike.push({ ...likeness, word })
    }
    return alike.sort((a, b) => b.likeness - a.likeness)
  }
}
export type Vocabulary = ReturnType<typeof openVocabulary>

const allSoundsOf = (word: string): string[] => {
  const { metaphone, daitchMokotoff } = soundsOf(word)
  return [...metaphone, ...daitchMokotoff]
}

/** Of `$word$`, each once; words of one letter and of other scripts have them too. */
function trigramsOf(word: string): number[] {
  const text = `$${word.slice(0, LONGEST)}$`
  const found = new Set<number>()
  for (let at = 0; at + 3 <= text.length; at += 1)
    found.add(((text.charCodeAt(at) * 65_599 + text.charCodeAt(at + 1)) * 65_599 + text.charCodeAt(at + 2)) >>> 0)
  return [...found]
}
