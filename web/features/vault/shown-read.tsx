import { useQuery } from '@tanstack/react-query'
import type { DocumentView } from '../../../src/contract/document.ts'
import type { Preview } from '../../../src/contract/preview.ts'
import type { OpeningId } from '../../../src/contract/ids.ts'
import { ask } from '../../lib/ask.ts'
import { bytes, count, counted } from '../../lib/format.ts'
import { Refused } from '../../lib/refused.ts'
import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { useMe } from '../session/api.ts'
import { ReadMail, ReadMails } from './read-mail.tsx'
import { ReadSheets } from './read-sheets.tsx'
import { Unpack } from './unpacking.tsx'
import { Well } from './well.tsx'

type Props = { document: DocumentView; opening: OpeningId; mark: React.ReactNode }

/** An e-mail, a Word file, a spreadsheet or an archive, as the reader made it text. */
export function ShownRead({ document, opening, mark }: Props) {
  const mayAdd = useMe().data?.may.includes('document.upload') ?? false
  const preview = useQuery({
    queryKey: ['preview', opening],
    queryFn: ({ signal }) => ask('document.preview', { params: { opening }, signal }),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    retry: false,
  })
  if (preview.error instanceof Refused && preview.error.code === 'preview.refused')
    return (
      <div className="well">
        <p>It cannot be shown here. {preview.error.message}</p>
      </div>
    )
  const says = preview.data && unpackWords(preview.data)
  return (
    <Well label="What the file says" mark={mark}>
      {preview.isPending && <Lines count={4} />}
      {preview.error && <Fault fault={preview.error} retry={() => void preview.refetch()} />}
      {preview.data && mayAdd && says && <Unpack key={document.id} document={document} says={says} />}
      {preview.data && <Shown of={preview.data} />}
      {preview.data?.cut && <p className="meta">It is longer than what is shown here.</p>}
    </Well>
  )
}

/** What can be taken out of it, as an act; null when there is nothing. */
function unpackWords(of: Preview): string | null {
  if (of.kind === 'mail' && of.attachments.length > 0)
    return `File its ${of.attachments.length === 1 ? 'attachment' : counted(of.attachments.length, 'attachment')}`
  if (of.kind === 'mails' && of.mails.length > 0) return `File its ${counted(of.mails.length, 'message')}`
  const entries = of.kind === 'archive' ? of.entries.filter((entry) => !entry.isDirectory).length : 0
  return entries > 0 ? `Unpack ${counted(entries, 'file')}` : null
}

function Shown({ of }: { of: Preview }) {
  switch (of.kind) {
    case 'mail':
      return <ReadMail mail={of} />
    case 'mails':
      return <ReadMails of={of} />
    case 'text':
      return <ReadText blocks={of.blocks} />
    case 'sheets':
      return <ReadSheets sheets={of.sheets} />
    case 'archive':
      return <ReadArchive of={of} />
  }
}

type Block = Extract<Preview, { kind: 'text' }>['blocks'][number]

/** Rows that follow one another are one table. */
function ReadText({ blocks }: { blocks: Block[] }) {
  const parts: React.ReactNode[] = []
  for (let at = 0; at < blocks.length; at += 1) {
    const block = blocks[at]!
    if (block.type !== 'table-row') {
      parts.push(<Paragraph key={at} of={block} />)
      continue
    }
    const rows = [block.cells]
    for (let next = blocks[at + 1]; next?.type === 'table-row'; next = blocks[at + 1]) {
      rows.push(next.cells)
      at += 1
    }
    parts.push(<Table key={at} rows={rows} />)
  }
  return <article className="sheet read">{parts.length > 0 ? parts : <p className="soft">It holds no text.</p>}</article>
}

function Paragraph({ of }: { of: Exclude<Block, { type: 'table-row' }> }) {
  if (of.type === 'heading') return <p className={of.level <= 2 ? 'h' : 'h minor'}>{of.text}</p>
  return <p className={of.type === 'list' ? 'item' : undefined}>{of.text}</p>
}

const Table = ({ rows }: { rows: string[][] }) => (
  <div className="scrolls">
    <table className="cells">
      <tbody>
        {rows.map((cells, row) => (
          <tr key={row}>
            {cells.map((cell, at) => (
              <td key={at}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

function ReadArchive({ of }: { of: Extract<Preview, { kind: 'archive' }> }) {
  const files = of.entries.filter((entry) => !entry.isDirectory)
  return (
    <article className="sheet read">
      <p className="meta">
        {count(files.length)} {files.length === 1 ? 'file' : 'files'} in it, {bytes(files.reduce((sum, { size }) => sum + size, 0))}{' '}
        unpacked
      </p>
      <table className="cells wide">
        <TableHead columns={['Name', { title: 'Size', className: 'num' }]} />
        <tbody>
          {files.map((entry, at) => (
            <tr key={at}>
              <td>
                {entry.path}
                {entry.isEncrypted && <span className="meta"> under a password</span>}
                {entry.refused && <span className="meta"> {REFUSED}</span>}
              </td>
              <td className="num">{bytes(entry.size)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  )
}
const REFUSED = 'cannot be a file’s name here'
