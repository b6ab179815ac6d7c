import { Button } from '@mantine/core'
import { useState } from 'react'
import type { MatterId } from '../../../src/contract/ids.ts'
import { Fault } from '../../ui/fault.tsx'
import { Destroy } from '../destruction/destroy.tsx'
import { PlaceHold } from '../destruction/place-hold.tsx'
import { useMe } from '../session/api.ts'
import { useMatters } from './api.ts'
import { CloseMatter } from './close-matter.tsx'

type Props = { id: MatterId; fault: unknown; retry: () => void }
type Doing = 'close' | 'hold' | 'destroy'

/** A matter whose client withholds its key: nothing of it opens, and what is done without opening it is done here. */
export function Locked({ id, fault, retry }: Props) {
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
      <Fault top fault={fault} retry={retry} />
      <div className="page stack">
        <p className="soft">This page opens by itself once the key is given out. {acts.length > 0 && 'Without it you can:'}</p>
        <div className="row wrap">
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
