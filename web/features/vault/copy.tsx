import { Button } from '@mantine/core'
import { IconDownload, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { DocumentView } from '../../../src/contract/document.ts'
import type { Handling } from '../../../src/contract/matrix.ts'
import { placeRefusal } from '../../lib/form.ts'
import { Refused } from '../../lib/refused.ts'
import { className } from '../../ui/class.tsx'
import { Wrong } from '../../ui/fact.tsx'
import { line } from '../../ui/icons.ts'
import { downloadAddress, takeCopy } from './api.ts'

type Props = {
  document: DocumentView
  /** Undefined: not known to this reader. */ handling: Handling | undefined
  /** As a button with words. */ wide?: boolean
}

/** A copy to take away. Where the class asks for more than a session it is fetched by the page, so that a refusal can be read. */
export function TakeCopy({ document, handling, wide = false }: Props) {
  if (handling?.downloadAsks === 'session') return <Plain document={document} wide={wide} />
  return <Asking document={document} wide={wide} />
}

const WORDS = 'Download a copy; it is recorded'

function Plain({ document, wide }: Omit<Props, 'handling'>) {
  const href = downloadAddress(document)
  if (wide)
    return (
      <Button component="a" href={href} download leftSection={<IconDownload {...line} />}>
        Download a copy
      </Button>
    )
  return (
    <a className="icon" href={href} download aria-label={WORDS} title={WORDS}>
      <IconDownload {...line} />
    </a>
  )
}

function Asking({ document, wide }: Omit<Props, 'handling'>) {
  const [done, setDone] = useState<number | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const under = useRef<AbortController | null>(null)
  useEffect(() => () => under.current?.abort(), [])
  const take = async () => {
    setWrong(null)
    setDone(0)
    const stop = new AbortController()
    under.current = stop
    try {
      await takeCopy(document, stop.signal, setDone)
    } catch (fault) {
      if (stop.signal.aborted) return
      const passkey = fault instanceof Refused && fault.code === 'factor.passkey'
      setWrong(
        passkey ? `${className(document.class)} asks for a passkey. Sign in with one, then take the copy.` : placeRefusal(fault, []).text,
      )
    } finally {
      setDone(null)
    }
  }
  if (done !== null)
    return (
      <span className="row copying" role="status">
        <span className="meta nowrap">Copying, {Math.floor((100 * done) / document.size)} %</span>
        <button className="icon" type="button" aria-label="Stop copying" onClick={() => under.current?.abort()}>
          <IconX {...line} />
        </button>
      </span>
    )
  return (
    <>
      {wide ? (
        <Button leftSection={<IconDownload {...line} />} onClick={() => void take()}>
          Download a copy
        </Button>
      ) : (
        <button className="icon" type="button" aria-label={WORDS} title={WORDS} onClick={() => void take()}>
          <IconDownload {...line} />
        </button>
      )}
      {wrong && (
        <div className="copywrong">
          <Wrong>{wrong}</Wrong>
        </div>
      )}
    </>
  )
}
