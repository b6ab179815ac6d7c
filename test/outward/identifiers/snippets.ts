import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Identifier, IdentifierKind } from '../../../src/outward/identifiers/kinds.ts'
import { drawnFrom, numberOf, wrongOf, type Chance } from './numbers.ts'

/** A piece of a document, and what is to be found in it. */
export type Snippet = { text: string; wanted: Identifier[]; near: Near[]; from: string }
/** A number that is written as one of a kind is, and is none. */
export type Near = { kind: IdentifierKind; at: number }
export type SetName = 'tuned' | 'held-out'

/**
 * The snippets of a set: one in a line, `\n` and `\t` as such, `//` before a remark. In braces stands a number, made anew from a seed:
 * `{us-ssn ###-##-####}` one that is to be found, `{~us-ssn #########}` one that obeys the rules and is not to be found, `{!nl-bsn}` one
 * whose check is wrong, `{# 24-cv-#####}` any digits (`@` any letters, `%` any hexadecimal digits). What has no `#` stands there as it is,
 * and is to be found: `{date-of-birth 4 May 1971}`. The words are written by hand.
 * The rules are tuned on `tuned` alone; `held-out` was written before they were first measured, and is only measured.
 */
export function snippetsOf(set: SetName): Snippet[] {
  const folder = join(import.meta.dirname, set)
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .flatMap((name) =>
      readFileSync(join(folder, name), 'utf8')
        .split('\n')
        .map((line, index) => ({ line, from: `${set}/${name}:${index + 1}` }))
        .filter(({ line }) => line.trim() !== '' && !line.startsWith('//'))
        .map(({ line, from }) => snippetOf(line, from)),
    )
}

export function snippetOf(line: string, from: string): Snippet {
  const chance = chanceOf(from)
  const snippet: Snippet = { text: '', wanted: [], near: [], from }
  for (const part of line
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t')
    .split(/(\{[^}]*\})/)) {
    const [, mark, kind, pattern] = /^\{([~!]?)([a-z0-9-]+|#)(?: ([^}]*))?\}$/s.exec(part) ?? []
    if (kind === undefined) {
      snippet.text += part
      continue
    }
    const at = snippet.text.length
    const written = kind === '#' ? anyOf(pattern!, chance) : writtenOf(kind as IdentifierKind, mark!, pattern ?? null, chance)
    snippet.text += written
    if (kind === '#') continue
    if (mark === '') snippet.wanted.push({ kind: kind as IdentifierKind, at, length: written.length })
    else snippet.near.push({ kind: kind as IdentifierKind, at })
  }
  return snippet
}

function writtenOf(kind: IdentifierKind, mark: string, pattern: string | null, chance: Chance): string {
  if (pattern !== null && !pattern.includes('#')) return pattern
  if (kind === 'passport' || kind === 'driving-licence') return anyOf(pattern!, chance)
  const length = pattern === null ? null : pattern.replace(/[^#]/g, '').length
  const number = mark === '!' ? wrongOf(kind, chance, length) : numberOf(kind, chance, length)
  let at = 0
  return pattern === null ? number : pattern.replace(/#/g, () => number[at++]!)
}

const anyOf = (pattern: string, chance: Chance): string =>
  drawnFrom(pattern, chance).replace(/%/g, () => Math.floor(chance() * 16).toString(16))

/** The same numbers for the same name (mulberry32 over FNV-1a). */
export function chanceOf(name: string): Chance {
  let state = 0x811c9dc5
  for (const letter of name) state = Math.imul(state ^ letter.charCodeAt(0), 0x01000193) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
