import { Button, Modal } from '@mantine/core'
import { useDebouncedValue, useDisclosure } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import { Link } from 'react-router'
import type { MatterId } from '../../../src/contract/ids.ts'
import { count } from '../../lib/format.ts'
import { sayRefusal } from '../vault/try.ts'
import { askStatusAgain, type IndexStatus, useIndexStatus, useReadAgain } from './api.ts'
import { stateLine } from './words.ts'

type Props = { matter: MatterId; /** How many the matter has: when that changes, it is asked again. */ documents: number; mayRead: boolean }

/** How many documents of a matter cannot be found by what they say, and which; nothing while all can. */
export function Unfound({ matter, documents, mayRead }: Props) {
  const status = useIndexStatus(matter).data
  const [opened, list] = useDisclosure()
  const [settled] = useDebouncedValue(documents, 3000)
  const before = useRef(settled)
  useEffect(() => {
    if (before.current !== settled) askStatusAgain(matter)
    before.current = settled
  }, [matter, settled])
  if (!status) return null
  const without = status.waiting + status.scan + status.unreadable
  const partly = status.documents.filter(({ state }) => state === 'indexed').length
  if (without === 0 && partly === 0) return null
  return (
    <>
      <p className="meta listwrong">
        <button type="button" className="plainlink" onClick={list.open}>
          {without > 0
            ? `${count(without)} of ${count(without + status.indexed)} documents cannot be found by what they say`
            : `${count(partly)} ${partly === 1 ? 'document' : 'documents'} can be found by a part of what they say`}
        </button>
      </p>
      <Modal opened={opened} onClose={list.close} title="Not found by what they say" size="40rem">
        <List matter={matter} status={status} without={without} mayRead={mayRead} />
      </Modal>
    </>
  )
}

function List({ matter, status, without, mayRead }: { matter: MatterId; status: IndexStatus; without: number; mayRead: boolean }) {
  const again = useReadAgain(matter)
  const waits = [
    status.waiting > 0 && `${count(status.waiting)} ${status.waiting === 1 ? 'waits' : 'wait'} to be read`,
    status.scan > 0 && `${count(status.scan)} ${status.scan === 1 ? 'waits' : 'wait'} for pages to be read by machine`,
    status.unreadable > 0 && `${count(status.unreadable)} cannot be read`,
  ].filter((text) => text !== false)
  return (
    <div className="stack">
      <p className="soft">
        {waits.length > 0 && `${new Intl.ListFormat('en-GB').format(waits)}. `}
        {status.documents.length === 1 ? 'It is' : 'They are'} found by name, folder, matter and date all the same.
      </p>
      <ul className="unfound">
        {status.documents.map((one) => (
          <li key={one.document}>
            <div>
              <Link to={`/matters/${matter}/documents/${one.document}`}>{one.name}</Link>
              <p className="meta">{stateLine(one)}</p>
            </div>
            {mayRead && one.state !== 'waiting' && (
              <Button
                size="xs"
                loading={again.isPending && again.variables === one.document}
                onClick={() => again.mutate(one.document, { onError: sayRefusal })}
              >
                Read it again<span className="vh">: {one.name}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
      {status.documents.length < without && <p className="meta">The first {count(status.documents.length)} are shown.</p>}
    </div>
  )
}
