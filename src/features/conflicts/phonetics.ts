import { doubleMetaphone } from 'double-metaphone'
import { daitchMokotoff } from './daitch-mokotoff.ts'

/** Of a longer word the sound of its start counts; no name is longer. */
const HEARD = 40

export type Sounds = { metaphone: string[]; daitchMokotoff: string[] }

/**
 * How a folded word sounds: its Double Metaphone keys (Lawrence Philips, 2000; one, or two where it can be said two ways),
 * made for names as English ears hear them, and its Daitch-Mokotoff codes, for Slavic, Germanic and Yiddish names. Both are
 * empty for a word outside a to z and for one letter.
 */
export function soundsOf(word: string): Sounds {
  if (!/^[a-z]{2,}$/.test(word)) return { metaphone: [], daitchMokotoff: [] }
  const heard = word.slice(0, HEARD)
  return {
    metaphone: [...new Set(doubleMetaphone(heard))].filter((key) => key.length > 1),
    daitchMokotoff: daitchMokotoff(heard),
  }
}
