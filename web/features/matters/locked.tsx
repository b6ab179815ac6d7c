import { Button } from '@mantine/core'
import { useState } from 'react'
import type { MatterId } from '../../../src/contract/ids.ts'
import { Destroy } from '../destruction/destroy.tsx'
import { PlaceHold } from '../destruction/place-hold.tsx'
import { useMe } from '../session/api.ts'
import { useMatters } from './api.ts'
import { CloseMatter } from './close-matter.tsx'

type Props = { id: MatterId; /** As the server says it. */ text: string; retry: () => void }
type Doing = 'close' | 'hold' | 'destroy'

/** A matter whose client withholds its key: nothing of it opens, and what is done without opening it is done here. */
export function Locked({ id, text, retry }: Props) {
  const [doing, setDoing] = useState<Doing | null>(null)
  const may = useMe().data?.may ?? []
  const status = useMatters().data?.find((matter) => matter.id === id)?.status
  const acts = [
    { name: 'Place a legal hold', does: 'hold' as const, here: may.includes('hold.keep') },
    {
      name: 'Close the matter',
      does: 'close' as const,
      here: may.includes('matter.change') && status !== undefined && status !== 'closed',
    },
    { name: 'Destroy the matter for good', does: 'destroy' as const, here: may.includes('matter.destroy') && status === 'closed' },
  ].filter(({ here }) => here)
  const close = () => setDoing(null)
  return (
    <>
      <div className="empty">
        <h1>Locked by its owner’s key</h1>
        <p className="soft" role="alert">
          {text} This page opens by itself once the key is given out.
        </p>
        <div className="row wrap">
          <Button onClick={retry}>Ask again</Button>
          {acts.map(({ name, does }) => (
            <Button key={does} onClick={() => setDoing(does)}>
              {name}
            </Button>
          ))}
        </div>
      </div>
      <CloseMatter matter={{ id, number: 'The matter' }} opened={doing === 'close'} onClose={close} />
      <PlaceHold matter={id} opened={doing === 'hold'} onClose={close} />
      <Destroy matter={id} documents={null} opened={doing === 'destroy'} onClose={close} />
    </>
  )
}
