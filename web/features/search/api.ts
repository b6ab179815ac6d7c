import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import type { DocumentId, MatterId, SearchId } from '../../../src/contract/ids.ts'
import type { SavedSearch } from '../../../src/contract/search.ts'
import { queries } from '../../app/queries.ts'
import { type Answer, ask, take } from '../../lib/ask.ts'
import { type Asked, foundKey } from './asked.ts'

const PAGE = 20
/** The contract begins a page no further down. */
const DEEPEST = 2000

/** Each search is in the ledger: it is made once, and never again by itself. */
const ONCE = { staleTime: Infinity, refetchOnWindowFocus: false, refetchOnReconnect: false, retry: false } as const

/** What a search finds, page by page, with the seconds that each took. It stays until the search is dropped from memory. */
export const useFound = (search: string | null, asked: Asked | null) =>
  useInfiniteQuery({
    ...ONCE,
    queryKey: foundKey(search),
    queryFn: async ({ pageParam, signal }) => {
      const begun = performance.now()
      const view = await ask('search.run', { body: { ...asked!, start: pageParam, limit: PAGE }, signal })
      return { ...view, seconds: (performance.now() - begun) / 1000 }
    },
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    gcTime: Infinity,
    initialPageParam: 0,
    getNextPageParam: (page, pages) => {
      const shown = pages.reduce((sum, { hits }) => sum + hits.length, 0)
      return page.hits.length > 0 && shown < page.total && shown <= DEEPEST ? shown : undefined
    },
  })
export type Found = ReturnType<typeof useFound>
export const stopSearch = (search: string) => queries.cancelQueries({ queryKey: foundKey(search) })

export type Suggestions = Answer<'search.suggest'>
/** What begins like the words that are being typed. */
export const useSuggestions = (words: string, wanted: boolean) =>
  useQuery({
    queryKey: ['suggestions', words],
    queryFn: ({ signal }) => ask('search.suggest', { body: { words }, signal }),
    enabled: wanted && words.trim().length > 1 && words.length <= 200,
    placeholderData: keepPreviousData,
    gcTime: 30_000,
    retry: false,
  })

/** Every passage of one document that answers a search; dropped as soon as nobody looks at it. */
export const usePassages = (search: string, document: DocumentId, version: number, words: string) =>
  useQuery({
    ...ONCE,
    queryKey: ['passages', search, document, version],
    queryFn: ({ signal }) => ask('search.passages', { params: { document }, body: { words, version }, signal }),
    gcTime: 0,
  })

export const exportList = (asked: Asked) => take('search.csv', 'search.export', { body: asked })

const savedKey = ['searches']
const touched = () => queries.invalidateQueries({ queryKey: savedKey })
export const useSaved = (wanted = true) =>
  useQuery({ queryKey: savedKey, queryFn: async ({ signal }) => (await ask('search.saved', { signal })).searches, enabled: wanted })

export type Kept = Asked & { name: string; isTold: boolean }
const keptOf = ({ words, narrow, order, name, isTold }: Kept): Kept => ({ words, narrow, order, name, isTold })
export async function saveSearch(kept: Kept): Promise<void> {
  await ask('search.save', { body: keptOf(kept) })
  await touched()
}
export async function changeSearch(search: SearchId, kept: Kept): Promise<void> {
  await ask('search.change', { params: { search }, body: keptOf(kept) })
  await touched()
}
export async function forgetSearch({ id }: SavedSearch): Promise<void> {
  await ask('search.forget', { params: { search: id } })
  await touched()
}

export type IndexStatus = Answer<'index.status'>
const statusKey = (matter: MatterId) => ['index', matter]
/** Which documents of a matter can be found by what they say; asked for again while some wait. */
export const useIndexStatus = (matter: MatterId) =>
  useQuery({
    queryKey: statusKey(matter),
    queryFn: ({ signal }) => ask('index.status', { params: { matter }, signal }),
    refetchInterval: ({ state: { data } }) => (data && data.waiting + data.scan > 0 ? 10_000 : false),
    retry: false,
  })
export const askStatusAgain = (matter: MatterId) => void queries.invalidateQueries({ queryKey: statusKey(matter) })

export const useReadAgain = (matter: MatterId) =>
  useMutation({
    mutationFn: (document: DocumentId) => ask('index.again', { params: { document }, body: {} }),
    onSuccess: () => askStatusAgain(matter),
  })

const progressKey = ['index', 'progress']
export const useIndexProgress = () =>
  useQuery({
    queryKey: progressKey,
    queryFn: ({ signal }) => ask('index.progress', { signal }),
    refetchInterval: ({ state: { data } }) => (data && data.left > 0 ? 2000 : false),
  })
export const useRebuild = () =>
  useMutation({
    mutationFn: (read: boolean) => ask('index.rebuild', { body: { read } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: progressKey }),
  })
