import type { EntryView } from '../../../../src/contract/ledger.ts'

export type Detail = EntryView['details'][string]
/** What a detail says as a part of its entry’s sentence. Empty: it is said elsewhere on the line, or is no sentence (a bare hash, raw input). */
export type Worded = (value: Detail, entry: EntryView) => string
/** By the names of details, in the order of a sentence. */
export type Words = Record<string, Worded>

export const on =
  (words: string): Worded =>
  (value) =>
    value === true ? words : ''
export const before =
  (words: string): Worded =>
  (value) =>
    `${words} ${String(value)}`
export const nothing = () => ''
export const isOf = ({ deed }: EntryView, room: string) => deed.startsWith(`${room}.`)
export const spaced = (name: string) =>
  name.replace(/[._]/g, ' ').replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
/** A detail that has no words of its own yet. */
export const plainly =
  (name: string): Worded =>
  (value) =>
    value === true ? spaced(name) : value === false ? `not ${spaced(name)}` : `${spaced(name)}: ${String(value)}`
