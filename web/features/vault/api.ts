import { useMutation, useQuery } from '@tanstack/react-query'
import { queries } from '../../app/queries.ts'
import type { DocumentView } from '../../../src/contract/document.ts'
import type { ConfirmationId, DocumentId, MatterId } from '../../../src/contract/ids.ts'
import type { IntoVersion } from '../../../src/contract/upload.ts'
import type { MatterView } from '../../../src/contract/matter.ts'
import { type Answer, address, ask, freshly, heard } from '../../lib/ask.ts'
import { refusalOf, unreached } from '../../lib/refused.ts'
import { save } from '../../lib/save.ts'
import { inOrder, sortInPieces } from '../../../src/contract/order.ts'
import { changeEarly } from './early-parts.ts'

export const documentsKey = (matter: MatterId) => ['documents', matter]

/** All documents of a matter: the tree needs every one. */
export const useDocuments = (matter: MatterId, enabled = true) =>
  useQuery({ enabled, queryKey: documentsKey(matter), queryFn: ({ signal }) => allDocuments(matter, signal) })

/** Acts of one's own while a list is on its way: an answer that left before them does not undo them. */
const meanwhile = new Map<MatterId, Set<Change[]>>()
type Change = (known: DocumentView[]) => DocumentView[]

/** By name, as the tree wants them first. */
async function allDocuments(matter: MatterId, signal: AbortSignal): Promise<DocumentView[]> {
  const changes: Change[] = []
  const under = meanwhile.get(matter) ?? new Set()
  meanwhile.set(matter, under.add(changes))
  try {
    const found = await sortInPieces(await everyPage(matter, signal), inOrder('name', false), breathe)
    return changes.reduce((known, change) => change(known), found)
  } finally {
    under.delete(changes)
  }
}
const breathe = () => new Promise((resolve) => setTimeout(resolve))

async function everyPage(matter: MatterId, signal: AbortSignal): Promise<DocumentView[]> {
  const found: DocumentView[] = []
  let after: DocumentId | undefined
  do {
    const page: Answer<'document.list'> = await ask('document.list', { params: { matter }, query: { after, limit: 1000 }, signal })
    found.push(...page.documents)
    after = page.next ?? undefined
  } while (after)
  return found
}

/** Documents as they are now take their places in the list, without asking for the list again; new ones join it. */
export function keepInList(matter: MatterId, documents: readonly DocumentView[]): void {
  const fresh = new Set(documents.map(({ id }) => id))
  setList(matter, (known) => [...known.filter(({ id }) => !fresh.has(id)), ...documents])
}

/** The list after an act of one's own; what is told of the matter elsewhere is asked for when it is next looked at. */
export function setList(matter: MatterId, change: (known: DocumentView[]) => DocumentView[]): void {
  queries.setQueryData<DocumentView[]>(documentsKey(matter), (known) => known && change(known))
  for (const changes of meanwhile.get(matter) ?? []) changes.push(change)
  changeEarly(matter, change)
  for (const queryKey of [
    ['matter', matter],
    ['entries', matter],
  ])
    void queries.invalidateQueries({ queryKey, refetchType: 'none' })
}

type MatterClass = MatterView['class']
const touched = (matter: MatterId) =>
  Promise.all(
    [documentsKey(matter), ['entries', matter], ['confirmations'], ['me']].map((queryKey) => queries.invalidateQueries({ queryKey })),
  )

/** Raises the class of a document, for the page at once. */
export async function classify({ id, matter }: DocumentView, its: MatterClass): Promise<DocumentView> {
  const document = await ask('document.classify', { params: { document: id }, body: { class: its } })
  keepInList(matter, [document])
  await touched(matter)
  return document
}
export const useClassify = (document: DocumentView) => useMutation({ mutationFn: (its: MatterClass) => classify(document, its) })

export const useLowerDocument = ({ id, matter }: DocumentView) =>
  useMutation({
    mutationFn: (body: { class: MatterClass; reason: string }) => ask('document.lower', { params: { document: id }, body }),
    onSuccess: () => touched(matter),
  })
export type Lowering = Answer<'confirmation.list'>['confirmations'][number]
/** The milder class of a document that waits for a second person. */
export const useLowering = (document: DocumentId): Lowering | undefined =>
  useQuery({
    queryKey: ['confirmations'],
    queryFn: async ({ signal }) => (await ask('confirmation.list', { signal })).confirmations,
  }).data?.find((one) => one.document === document && one.state === 'waiting')
export const useDecideDocument = ({ matter }: DocumentView) =>
  useMutation({
    mutationFn: ({ confirmation, approve }: { confirmation: ConfirmationId; approve: boolean }) =>
      ask('confirmation.decide', { params: { confirmation }, body: { approve } }),
    onSuccess: () => touched(matter),
  })

/** What is known of one document, for where no list of them is. */
export const useDocument = (document: DocumentId) =>
  useQuery({
    queryKey: ['documents', 'one', document],
    queryFn: ({ signal }) => ask('document.read', { params: { document }, signal }),
  })

/** One look, one entry: an opening is asked for once and dropped as soon as the pane is closed. Another class ends it. */
export const useOpening = ({ id, class: its, version }: DocumentView) =>
  useQuery({
    queryKey: ['opening', id, its, version],
    queryFn: () => ask('document.open', { params: { document: id }, query: { version } }),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

export const downloadAddress = ({ id, version }: DocumentView) => address('document.download', { document: id }, { version })

/** The first bytes of an opening’s content, and whether there are more. */
export async function readContent(content: string, atMost: number, signal: AbortSignal): Promise<Uint8Array> {
  const answer = await fetch(content, { signal, cache: 'no-store', headers: { range: `bytes=0-${atMost - 1}` } }).catch(
    (fault: unknown) => {
      throw fault instanceof DOMException ? fault : unreached()
    },
  )
  if (!answer.ok) throw heard(refusalOf(await answer.text()))
  return new Uint8Array(await answer.arrayBuffer()).subarray(0, atMost)
}

/** A part of an opening’s content, from `start` up to and without `end`. Rejects with `Refused`, and with `AbortError`. */
export async function readPart(content: string, start: number, end: number, signal: AbortSignal): Promise<Uint8Array> {
  const answer = await fetch(content, { signal, cache: 'no-store', headers: { range: `bytes=${start}-${end - 1}` } }).catch(
    (fault: unknown) => {
      throw fault instanceof DOMException ? fault : unreached()
    },
  )
  if (!answer.ok) throw heard(refusalOf(await answer.text()))
  return new Uint8Array(await answer.arrayBuffer())
}

/** The small picture of a document’s first page; null where it has none. Rejects with `Refused`, and with `AbortError`. */
export async function readThumbnail({ id, version }: DocumentView, signal: AbortSignal): Promise<Blob | null> {
  const answer = await fetch(address('document.thumbnail', { document: id }, { version }), { signal, cache: 'no-store' }).catch(
    (fault: unknown) => {
      throw fault instanceof DOMException ? fault : unreached()
    },
  )
  if (answer.status === 204 || answer.status === 404) return null
  if (!answer.ok) throw heard(refusalOf(await answer.text()))
  return answer.blob()
}

/**
 * Takes a copy as the page’s own request, so that a fresh factor can be asked for, and hands it to the browser to keep.
 * Rejects with `Refused`, and with `AbortError` when the signal says so.
 */
export async function takeCopy(document: DocumentView, signal: AbortSignal, onRead: (bytes: number) => void): Promise<void> {
  const answer = await freshly(async () => {
    const answer = await fetch(downloadAddress(document), { signal, cache: 'no-store' }).catch((fault: unknown) => {
      throw fault instanceof DOMException ? fault : unreached()
    })
    if (!answer.ok) throw heard(refusalOf(await answer.text()))
    return answer
  })
  let read = 0
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(part, onward) {
      onRead((read += part.length))
      onward.enqueue(part)
    },
  })
  const copy = await new Response(answer.body?.pipeThrough(counting)).blob().catch((fault: unknown) => {
    throw fault instanceof DOMException ? fault : unreached()
  })
  save(copy, document.name)
}

export type Added = Answer<'document.upload'>
export type Sending = { done: Promise<Added>; cancel: () => void }
export type Sent = {
  matter: MatterId
  folder: string
  file: File
  /** Null: its matter’s class. */ label: MatterClass | null
  /** The next version of which document. */ into?: IntoVersion
}

/** Sends one file as a raw body; `onSent` tells the bytes that have left. Rejects with `Refused`, also when cancelled. */
export function send({ matter, folder, file, label }: Sent, onSent: (bytes: number) => void): Sending {
  const request = new XMLHttpRequest()
  const done = new Promise<Added>((resolve, reject) => {
    request.open('POST', address('document.upload', { matter }, { class: label ?? undefined }))
    request.setRequestHeader('content-type', 'application/octet-stream')
    // in headers: an address is what logs on the way keep
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name))
    request.setRequestHeader('x-file-folder', encodeURIComponent(folder))
    request.upload.onprogress = ({ loaded }) => onSent(loaded)
    request.onload = () =>
      request.status === 201 ? resolve(JSON.parse(request.responseText) as Added) : reject(heard(refusalOf(request.responseText)))
    request.onerror = request.onabort = () => reject(unreached())
    request.send(file)
  })
  return { done, cancel: () => request.abort() }
}
