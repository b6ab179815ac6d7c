import { useLocation } from 'react-router'
import type { DocumentId } from '../../../src/contract/ids.ts'
import { onSessionEnd } from '../../lib/ask.ts'

/*
 * Where a search says that a document is to be opened. The page’s number is in the state of the router; words that were found are in
 * memory alone, as the browser keeps its history on the disk.
 */
let found: { document: DocumentId; words: readonly string[] } | null = null

/** Has the words marked when the document is opened next; the words of another one are forgotten. */
export const lookFor = (document: DocumentId, words: readonly string[]) => void (found = { document, words })
export const wordsFor = (document: DocumentId): readonly string[] => (found?.document === document ? found.words : [])
onSessionEnd(() => (found = null))

/** What a search hands to the page of a document. */
export type OpenedAt = { page: number; version: number }

/** The page to open at, from 1. */
export const useFirstPage = (): number => useNumber('page') ?? 1
/** The version that a search found; null: none did. */
export const useFoundVersion = (): number | null => useNumber('version')

function useNumber(name: keyof OpenedAt): number | null {
  const { state } = useLocation() as { state: unknown }
  const value = typeof state === 'object' && state !== null && name in state ? Number((state as OpenedAt)[name]) : 0
  return Number.isInteger(value) && value > 0 ? value : null
}
