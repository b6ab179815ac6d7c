import { useQuery } from '@tanstack/react-query'
import { bytes } from '../../lib/format.ts'
import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { readContent } from './api.ts'
import { Well } from './well.tsx'

const AT_MOST = 1_000_000

/** Text on paper. A long one is shown by its beginning, and says so. */
export function ShownText({ content, size, mark }: { content: string; size: number; mark: React.ReactNode }) {
  const text = useQuery({
    queryKey: ['content', content],
    queryFn: async ({ signal }) => decoded(await readContent(content, AT_MOST, signal)),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  return (
    <Well label="Text of the file" mark={mark}>
      {text.isPending && <Lines count={4} />}
      {text.error && <Fault fault={text.error} retry={() => void text.refetch()} />}
      {text.data !== undefined && <pre className="sheet text">{text.data}</pre>}
      {size > AT_MOST && (
        <p className="meta">
          The first {bytes(AT_MOST)} of {bytes(size)} are shown.
        </p>
      )}
    </Well>
  )
}

/** UTF-8 or what its byte order mark says; else Windows-1252, in which older office files were written. */
function decoded(content: Uint8Array): string {
  const [a, b] = content
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(content)
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(content)
  try {
    // `stream` forgives a character that the cut at the end has halved.
    return new TextDecoder('utf-8', { fatal: true }).decode(content, { stream: true })
  } catch {
    return new TextDecoder('windows-1252').decode(content)
  }
}
