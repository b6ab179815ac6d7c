import { useQuery } from '@tanstack/react-query'
import { queries } from '../../app/queries.ts'
import type { DocumentView } from '../../../src/contract/document.ts'
import type { DocumentId } from '../../../src/contract/ids.ts'
import type { VersionView } from '../../../src/contract/version.ts'
import { type Answer, address, ask, freshly, heard } from '../../lib/ask.ts'
import { refusalOf, unreached } from '../../lib/refused.ts'
import { keepInList } from './api.ts'
import { IN_PARTS, sendInParts } from './parts.ts'

const versionsKey = (document: DocumentId) => ['versions', document]
/** The versions of a document, newest first; asked for again when the document has another newest one. */
export const useVersions = ({ id, version }: DocumentView) =>
  useQuery({
    queryKey: [...versionsKey(id), version],
    queryFn: () => readVersions(id),
    placeholderData: (before) => before,
  })
export const readVersions = async (document: DocumentId): Promise<VersionView[]> =>
  (await ask('version.list', { params: { document } })).versions

type Content = Pick<DocumentView, 'version' | 'size' | 'sha256' | 'mediaType' | 'shown' | 'by' | 'at' | 'scan'>
/** What of a document belongs to one version of it. */
export const contentOf = ({ version, size, sha256, mediaType, shown, by, at, scan }: Content): Content => ({
  version,
  size,
  sha256,
  mediaType,
  shown,
  by,
  at,
  scan,
})

/** A document as it was in one of its versions. */
export const asIn = (document: DocumentView, version: VersionView): DocumentView => ({
  ...document,
  ...contentOf({ ...version, version: version.number }),
})

export type Compared = Answer<'version.compare'>
/** Two versions side by side. It opens both: once for each look, and dropped after it. */
export const useCompared = ({ id, class: its }: DocumentView, older: number, newer: number) =>
  useQuery({
    queryKey: ['compared', id, its, older, newer],
    queryFn: () => ask('version.compare', { params: { document: id }, body: { older, newer } }),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

type Wish = { file: File; from: number; reason: string; /** What one has out stays out. */ keep: boolean }
type Added = Answer<'version.create'>

/** What is told while a version is sent: the bytes that have left, and whether the line is broken and waited for. */
type Told = { onSent: (bytes: number) => void; onWait: (waits: boolean) => void }

/** Sends a file as the next version, a large one in parts. Rejects with `Refused`, also when the signal stops it. */
export async function addVersion(document: DocumentView, wish: Wish, signal: AbortSignal, told: Told): Promise<Added> {
  const added = await (wish.file.size < IN_PARTS
    ? freshly(() => sendVersion(document, wish, signal, told.onSent))
    : versionInParts(document, wish, signal, told))
  keepInList(document.matter, [added])
  void queries.invalidateQueries({ queryKey: versionsKey(document.id) })
  return added
}

function versionInParts({ id, matter }: DocumentView, { file, ...wish }: Wish, signal: AbortSignal, { onSent, onWait }: Told) {
  const sending = sendInParts({ matter, folder: '', file, label: null, into: { document: id, ...wish } }, onSent, onWait)
  signal.addEventListener('abort', sending.cancel, { once: true })
  return sending.done
}

function sendVersion({ id }: DocumentView, { file, from, reason, keep }: Wish, signal: AbortSignal, onSent: (bytes: number) => void) {
  return new Promise<Added>((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', address('version.create', { document: id }, { from, keep }))
    // in a header: an address is what logs on the way keep
    request.setRequestHeader('x-reason', encodeURIComponent(reason))
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.onprogress = ({ loaded }) => onSent(loaded)
    request.onload = () =>
      request.status === 201 ? resolve(JSON.parse(request.responseText) as Added) : reject(heard(refusalOf(request.responseText)))
    request.onerror = request.onabort = () => reject(unreached())
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}
