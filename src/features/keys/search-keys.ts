import { derive } from '../../core/keys.ts'
import type { MatterKeys } from './matter-keys.ts'

/** What a matter's index is made with. It hangs on the matter's token key, which stays when its key is wrapped anew. */
export type SearchKeys = {
  /** Keyed tokens of terms. */ terms: Buffer
  /** Seals cards. */ cards: Buffer
  /** Seals blocks of words. */ words: Buffer
}

export function searchKeysOf({ token }: Pick<MatterKeys, 'token'>): SearchKeys {
  const key = derive(token, 'search v1')
  return { terms: derive(key, 'terms'), cards: derive(key, 'cards'), words: derive(key, 'words') }
}

/** Seals a version's text; out of its own key, which ends with it. */
export const textKeyOf = (versionKey: Uint8Array): Buffer => derive(versionKey, 'text v1')

const known = new Map<string, SearchKeys>()
const MOST_KNOWN = 50_000

/** Those of a matter that were made before; to be asked for only what the wall has shown in this very transaction, and never where a client's own key stands before it. */
export const knownSearchKeys = (matter: string): SearchKeys | null => known.get(matter) ?? null
export function noteSearchKeys(matter: string, keys: SearchKeys): void {
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(matter, keys)
}
export const forgetSearchKeys = (matter: string): boolean => known.delete(matter)
