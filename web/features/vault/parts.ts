import type { UploadId } from '../../../src/contract/ids.ts'
import type { IntoVersion } from '../../../src/contract/upload.ts'
import { address, ask, heard } from '../../lib/ask.ts'
import { canRetry, refusalOf, Refused, unreached } from '../../lib/refused.ts'
import type { Added, Sending, Sent } from './api.ts'

/** From so many bytes on a file goes in parts, and goes on where it was when the line breaks. */
export const IN_PARTS = 16 * 1024 * 1024
/** What goes in one request: less than what proxies refuse, more than what waiting costs. */
const MOST = 64 * 1024 * 1024
const TRIES = 12
const TUS = { 'tus-resumable': '1.0.0' }

/** An answer to HEAD has no words. */
const GONE = new Refused('nothing', 'What had arrived of it is gone. Send the file again.')

type Answered = { status: number; text: string; header: (name: string) => string | null }

/**
 * Sends one file in parts (tus 1.0.0); what had arrived of the same file before, also from another page, is not sent again.
 * `onWait` hears that the line is broken, and that it goes on. Rejects with `Refused`, also when cancelled.
 */
export function sendInParts(sent: Sent, onSent: (bytes: number) => void, onWait: (waits: boolean) => void): Sending {
  const { file } = sent
  let cancelled = false
  let upload: UploadId | null = null
  let request: XMLHttpRequest | null = null
  const exchange = (method: string, path: string, headers: Record<string, string>, body: Blob | null, from = 0) =>
    new Promise<Answered>((resolve, reject) => {
      if (cancelled) return reject(unreached())
      const own = new XMLHttpRequest()
      request = own
      own.open(method, path)
      for (const [name, value] of Object.entries({ ...TUS, ...headers })) own.setRequestHeader(name, value)
      if (body) own.upload.onprogress = ({ loaded }) => onSent(from + loaded)
      own.onload = () =>
        own.status < 300
          ? resolve({ status: own.status, text: own.responseText, header: (name) => own.getResponseHeader(name) })
          : reject(own.status === 404 ? GONE : heard(refusalOf(own.responseText)))
      own.onerror = own.onabort = () => reject(unreached())
      own.send(body)
    })
  const offsetIn = ({ header }: Answered) => Number(header('upload-offset'))

  /** Again and again, as long as a moment may change what went wrong. */
  const patiently = async <T>(step: (again: boolean) => Promise<T>): Promise<T> => {
    for (let tries = 0; ;) {
      try {
        return await step(tries > 0)
      } catch (fault) {
        if (cancelled || !passes(fault) || (tries += 1) > TRIES) throw fault
        onWait(true)
        await new Promise((resolve) => window.setTimeout(resolve, Math.min(30_000, 500 * 2 ** tries)))
      }
    }
  }

  const run = async (): Promise<Added> => {
    // one whose beginning was not answered stands already
    const begun = await patiently(async () => (await standing(sent)) ?? (await begin(sent, exchange)))
    const id = (upload = begun.id)
    const path = address('upload.part', { upload: id })
    let offset = begun.offset
    let last = null as Answered | null
    while (offset < file.size)
      offset = await patiently(async (again) => {
        const from = again ? offsetIn(await exchange('HEAD', path, {}, null)) : offset
        onWait(false)
        if (from >= file.size) return from
        const headers = { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(from) }
        last = await exchange('PATCH', path, headers, file.slice(from, from + MOST), from)
        return offsetIn(last)
      })
    return patiently(() => whatItBecame(id, last))
  }
  const cancel = () => {
    cancelled = true
    request?.abort()
    if (!upload) return
    // once the server has seen the line end; if that fails it lapses by itself
    const gone = upload
    window.setTimeout(() => {
      const ending = new XMLHttpRequest()
      ending.open('DELETE', address('upload.end', { upload: gone }))
      ending.setRequestHeader('tus-resumable', '1.0.0')
      ending.send()
    }, 1000)
  }
  return { done: run(), cancel }
}

/** What a moment may change: a broken line, a part that the server still takes for running. */
const passes = (fault: unknown): boolean =>
  fault instanceof Refused && (canRetry(fault) || fault.code === 'upload.busy' || fault.code === 'upload.offset')

/** The same file, as far as can be told: its name, place, size and when it was last changed; of a version what is said of it too. */
async function standing({ matter, folder, file, into }: Sent) {
  const { uploads } = await ask('upload.list', { params: { matter } })
  return uploads.find(
    (one) =>
      one.name === file.name &&
      one.folder === folder &&
      one.size === file.size &&
      one.modified === file.lastModified &&
      isSame(one.into, into),
  )
}

const isSame = (one: IntoVersion | null, other: IntoVersion | undefined): boolean =>
  one && other
    ? one.document === other.document && one.from === other.from && one.reason === other.reason && one.keep === other.keep
    : !one && !other

async function begin(
  { matter, folder, file, label, into }: Sent,
  exchange: (method: string, path: string, headers: Record<string, string>, body: null) => Promise<Answered>,
): Promise<{ id: UploadId; offset: number }> {
  const said = {
    filename: file.name,
    folder,
    modified: String(file.lastModified),
    ...(label && { class: label }),
    ...(into && intoOf(into)),
  }
  const metadata = Object.entries(said).map(([key, value]) => `${key} ${inBase64(value)}`)
  const headers = { 'upload-length': String(file.size), 'upload-metadata': metadata.join(',') }
  const answer = await exchange('POST', address('upload.begin', { matter }), headers, null)
  return JSON.parse(answer.text) as { id: UploadId; offset: number }
}

const intoOf = ({ document, from, reason, keep }: IntoVersion) => ({ document, from: String(from), reason, keep: String(keep) })
const inBase64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)))

/** Where the last answer was lost, nothing is known of what was read: then nothing was. */
async function whatItBecame(upload: UploadId, last: Answered | null): Promise<Added> {
  const { document } = await ask('upload.read', { params: { upload } })
  if (!document) throw unreached()
  const view = await ask('document.read', { params: { document } })
  const read = (last?.header('subrosa-read') ?? 'no') as Added['read']
  const suggested = (last?.header('subrosa-suggested') || null) as Added['suggested']
  const { same } = await ask('document.same', { params: { document } })
  return { ...view, same, read, raised: last?.header('subrosa-raised') === 'yes', suggested }
}
