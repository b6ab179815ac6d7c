import { Button } from '@mantine/core'
import { Link } from 'react-router'
import { AskLink } from '../features/requests/ask-link.tsx'
import { Refused } from '../lib/refused.ts'
import { useSection } from '../lib/section.ts'

/** The same page for what is not there, was never there, or stands behind a wall. */
export function Nothing() {
  useSection('Nothing here')
  return (
    <div className="empty">
      <h1 className="title">There is nothing here by that address.</h1>
      <p className="row wrap">
        <Link to="/">Go to the first page</Link>
        <AskLink />
      </p>
    </div>
  )
}

const TITLES: Partial<Record<Refused['code'], string>> = {
  'unreached': 'The server did not answer',
  'key.withheld': 'Locked by its owner’s key',
}

type Props = { fault: unknown; retry?: () => void; /** The page has no other title. */ top?: boolean }

/** A page or a part that could not be read. */
export function Fault({ fault, retry, top = false }: Props) {
  if (!(fault instanceof Refused)) throw fault
  if (fault.code === 'nothing' || fault.code === 'id.malformed') return <Nothing />
  const Title = top ? 'h1' : 'h2'
  return (
    <div className="empty" role="alert">
      <Title>{TITLES[fault.code] ?? 'This could not be read'}</Title>
      <p className="soft">
        {fault.code === 'unreached' ? 'Nothing of this page was read.' : fault.text} {fault.reference && <>Reference {fault.reference}.</>}
      </p>
      {retry && <Button onClick={retry}>Ask again</Button>}
    </div>
  )
}
