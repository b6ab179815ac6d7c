import type { FirmKeys } from '../../platform/firm-keys.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'

/** What was typed into a request: which matter, in words or by number, and why. */
export type RequestWords = { about: string; reason: string }

export const sealWords = (keys: FirmKeys, request: string, words: RequestWords) =>
  sealFirmText(keys, 'requests', 'sealed_words', request, JSON.stringify(words))
/** @throws BrokenSeal */
export const openWords = (keys: FirmKeys, request: string, sealed: Buffer): RequestWords =>
  JSON.parse(firmText(keys, 'requests', 'sealed_words', request, sealed)) as RequestWords

const moments = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
/** "4 March 2026 at 14:05 UTC", for a notice. */
export const momentOf = (date: Date): string => `${moments.format(date)} UTC`
