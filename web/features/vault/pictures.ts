import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { DocumentView } from '../../../src/contract/document.ts'
import { Refused } from '../../lib/refused.ts'
import { readThumbnail } from './api.ts'
import { isHeld } from './scan-words.ts'

const AT_ONCE = 4
/** A card that only passes by is not asked for. */
const PASSING_MS = 120

/** What a picture can be made of at all. A TIFF or AVIF is known by its name here: asking in vain does no harm. */
const mayHavePicture = ({ shown, name, scan }: DocumentView): boolean =>
  !isHeld(scan) && (shown === 'pdf' || shown === 'image' || (shown === 'no' && /\.(tiff?|avif|hei[cf])$/i.test(name)))

/** The address of a document’s small picture, in memory, while it is on the screen; null: none, or not yet. */
export function usePicture(document: DocumentView): string | null {
  const { id, version, class: its } = document
  const { data } = useQuery({
    enabled: mayHavePicture(document),
    // another class is another answer
    queryKey: ['thumbnail', id, version, its],
    queryFn: async ({ signal }) => {
      await passing(signal)
      return inTurn(signal, () => readThumbnail(document, signal))
    },
    staleTime: Infinity,
    gcTime: 60_000,
    // what was too much at once, or did not get through, is asked for again
    retry: (tries, fault) => tries < 4 && fault instanceof Refused && ['streams.too_many', 'unreached'].includes(fault.code),
    retryDelay: (tries) => 1000 * 2 ** tries,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    if (!data) return
    const made = URL.createObjectURL(data)
    setUrl(made)
    return () => {
      setUrl(null)
      URL.revokeObjectURL(made)
    }
  }, [data])
  return url
}

const passing = (signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const late = window.setTimeout(resolve, PASSING_MS)
    signal.addEventListener('abort', () => {
      window.clearTimeout(late)
      reject(gone())
    })
  })
const gone = () => new DOMException('It is no longer on the screen.', 'AbortError')

let running = 0
const waiting: (() => void)[] = []
async function inTurn<T>(signal: AbortSignal, run: () => Promise<T>): Promise<T> {
  while (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  if (signal.aborted) {
    waiting.shift()?.()
    throw gone()
  }
  running += 1
  try {
    return await run()
  } finally {
    running -= 1
    waiting.shift()?.()
  }
}
