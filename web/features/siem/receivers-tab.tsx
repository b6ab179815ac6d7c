import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Fact } from '../../ui/fact.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { useMe } from '../session/api.ts'
import { useReceivers } from './api.ts'
import { KeepReceiver } from './keep-receiver.tsx'
import { Receiver } from './receiver.tsx'

/** Where the ledger is sent to: how far each receiver has taken it, what waits for a second person, and what leaves at all. */
export function ReceiversTab() {
  const may = useMe().data?.may ?? []
  const mayLook = may.includes('receiver.keep') || may.includes('approval.give')
  const mayKeep = may.includes('receiver.keep')
  const receivers = useReceivers(mayLook)
  const [opened, { open, close }] = useDisclosure(false)
  if (!mayLook) return <p className="soft">Where the ledger is sent to, administrators see, and those who may be the second person.</p>
  const all = receivers.data ?? []
  const now = all.filter((one) => one.state !== 'over')
  const over = all.filter((one) => one.state === 'over')
  return (
    <>
      <section className="panel" aria-labelledby="receivers">
        <header>
          <h2 className="sub" id="receivers">
            Receivers of the ledger
          </h2>
          {mayKeep && (
            <Button className="push" size="xs" onClick={open}>
              Add a receiver
            </Button>
          )}
        </header>
        {receivers.isPending && <Lines count={2} />}
        {receivers.error && !receivers.data && <Fault fault={receivers.error} retry={() => void receivers.refetch()} />}
        {now.length > 0 && (
          <ul className="facts">
            {now.map((one) => (
              <Receiver key={one.id} receiver={one} mayKeep={mayKeep} />
            ))}
          </ul>
        )}
        <div className="body stack">
          {receivers.data && now.length === 0 && (
            <p>The ledger is sent nowhere.{mayKeep && ' Add a receiver, and a second person agrees to it before anything is sent.'}</p>
          )}
          <Fact>
            <p>
              A receiver is a monitoring system (SIEM), outside of the walls. Of each entry it gets the deed, the time, ids, the way in and
              the address, and its hash. Names of people go along only where its settings say so. No name, number, title or detail of a
              matter, client or document ever goes there.
            </p>
          </Fact>
        </div>
      </section>
      {over.length > 0 && (
        <section className="panel" aria-labelledby="receivers-over">
          <header>
            <h2 className="sub" id="receivers-over">
              Not sent to any more
            </h2>
          </header>
          <ul className="facts">
            {over.map((one) => (
              <Receiver key={one.id} receiver={one} mayKeep={false} />
            ))}
          </ul>
        </section>
      )}
      <KeepReceiver opened={opened} onClose={close} receiver={null} />
    </>
  )
}
