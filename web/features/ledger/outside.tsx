import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { Link } from 'react-router'
import { type Answer, ask } from '../../lib/ask.ts'
import { counted, momentOf } from '../../lib/format.ts'
import { Fact } from '../../ui/fact.tsx'
import { Fault } from '../../ui/fault.tsx'
import { useMe } from '../session/api.ts'
import { useWitnesses } from './api.ts'

type Published = Answer<'witness.list'>['published'][number]
const WORDS = {
  mail: {
    done: 'Mailed',
    none: 'No checkpoint was mailed yet.',
    act: 'Mail it now',
    asked: 'The newest checkpoint is mailed within a minute.',
  },
  stamp: {
    done: 'Stamped',
    none: 'No time-stamping authority has stamped a checkpoint yet.',
    act: 'Have it stamped now',
    asked: 'The newest checkpoint is stamped within a minute.',
  },
} as const

/** Where else checkpoints are kept: in mailboxes, and under the time stamp of an authority (RFC 3161). */
export function Outside() {
  const published = useWitnesses().data?.published ?? []
  const may = useMe().data?.may ?? []
  if (published.length === 0) return null
  return (
    <section className="body stack ruled" aria-labelledby="outside">
      <h2 className="sub" id="outside">
        Mail and time stamps
      </h2>
      {published.map((one) => (
        <Way key={one.what} way={one} mayKeep={may.includes('witness.keep')} />
      ))}
      {may.includes('setting.read') && (
        <p className="meta">
          <Link to="/settings/checkpoints">When checkpoints leave the firm, and to whom</Link>
        </p>
      )}
    </section>
  )
}

function Way({ way: { what, size, at, fault }, mayKeep }: { way: Published; mayKeep: boolean }) {
  const words = WORDS[what]
  const wanted = useMutation({
    mutationFn: () => ask('checkpoint.mail', { body: { what } }),
    onSuccess: () => notifications.show({ message: words.asked }),
  })
  return (
    <div className="stack sm">
      <div className="row spread wrap top">
        <p className={at ? undefined : 'soft'}>
          {at && size !== null ? `${words.done} over ${counted(size, 'entry', 'entries')} ${momentOf(at)}.` : words.none}
        </p>
        {mayKeep && (at !== null || fault !== null) && (
          <Button size="xs" onClick={() => wanted.mutate()} loading={wanted.isPending}>
            {words.act}
          </Button>
        )}
      </div>
      {fault && (
        <Fact>
          <p>The last try failed: {fault} It is tried again by itself.</p>
        </Fact>
      )}
      {wanted.error && <Fault fault={wanted.error} />}
    </div>
  )
}
