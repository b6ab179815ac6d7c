import { IconFileText } from '@tabler/icons-react'
import { Link, useLocation } from 'react-router'
import { line } from '../../ui/icons.ts'
import { useMemoranda } from './api.ts'

/** On top of the pages while a memorandum waits to be read. */
export function MemorandaNotice() {
  const memoranda = useMemoranda()
  const { pathname } = useLocation()
  const open = (memoranda.data ?? []).filter((memorandum) => memorandum.acknowledgedAt === null)
  if (pathname === '/memoranda') return null
  if (!memoranda.data && memoranda.error) return <Line says="Whether a memorandum waits for you could not be read." act="Look again" />
  if (open.length === 0) return null
  return (
    <Line
      says={open.length === 1 ? 'A memorandum is addressed to you.' : `${open.length} memoranda are addressed to you.`}
      act={open.length === 1 ? 'Read it' : 'Read them'}
    />
  )
}

const Line = ({ says, act }: { says: string; act: string }) => (
  <ul className="standing" aria-label="Memoranda">
    <li>
      <IconFileText {...line} />
      <span>
        {says} <Link to="/memoranda">{act}</Link>
      </span>
    </li>
  </ul>
)
