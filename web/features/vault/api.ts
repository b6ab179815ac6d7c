import { useQuery } from '@tanstack/react-query'
import { queries } from '../../app/queries.ts'
import type { DocumentView } from '../../../src/contract/document.ts'
import type { DocumentId, MatterId } from '../../../src/contract/ids.ts'
import { type Answer, address, ask, heard } from '../../lib/ask.ts'
import { refusalOf, unreached } from '../../lib/refused.ts'

const documentsKey = (matter: MatterId) => ['documents', matter]

/** All documents of a matter: the tree needs every one. */
export const useDocuments = (matter: MatterId) =>
  useQuery({ queryKey: documentsKey(matter), queryFn: ({ signal }) => allDocuments(matter, signal) })

async function allDocuments(matter: MatterId, signal: AbortSignal): Promise<DocumentView[]> {
  const found: DocumentView[] = []
  let after: DocumentId | undefined
  do {
    const page: Answer<'document.list'> = await ask('document.list', { params: { matter }, query: { after, limit: 1000 }, signal })
    found.push(...page.documents)
    after = page.next ?? undefined
  } while (after)
  return found
}

/** A document just sealed joins the list without asking for the list again. */
export function addToList(document: DocumentView): void {
  queries.setQueryData<DocumentView[]>(
    documentsKey(document.matter),
    (known) => known && [...known.filter((other) => other.id !== document.id), document],
  )
  void queries.invalidateQueries({ queryKey: ['matter', document.matter], refetchType: 'none' })
  void queries.invalidateQueries({ queryKey: ['entries', document.matter], refetchType: 'none' })
}

/** One look, one entry: an opening is asked for once and dropped as soon as the pane is closed. */
export const useOpening = (document: DocumentId) =>
  useQuery({
    queryKey: ['opening', document],
    queryFn: () => ask('document.open', { params: { document } }),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

export const downloadAddress = (document: DocumentId) => address('document.download', { document })

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

export type Sending = { done: Promise<DocumentView>; cancel: () => void }

/** Sends one file as a raw body; `onSent` tells the bytes that have left. Rejects with `Refused`, also when cancelled. */
export function send(matter: MatterId, folder: string, file: File, onSent: (bytes: number) => void): Sending {
  const request = new XMLHttpRequest()
  const done = new Promise<DocumentView>((resolve, reject) => {
    request.open('POST', address('document.upload', { matter }))
    request.setRequestHeader('content-type', 'application/octet-stream')
    // in headers: an address is what logs on the way keep
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name))
    request.setRequestHeader('x-file-folder', encodeURIComponent(folder))
    request.upload.onprogress = ({ loaded }) => onSent(loaded)
    request.onload = () =>
      request.status === 201 ? resolve(JSON.parse(request.responseText) as DocumentView) : reject(heard(refusalOf(request.responseText)))
    request.onerror = request.onabort = () => reject(unreached())
    request.send(file)
  })
  return { done, cancel: () => request.abort() }
}
