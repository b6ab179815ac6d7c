import { Button, Modal } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import type { WallView } from '../../../src/contract/wall.ts'
import { line } from '../../ui/icons.ts'
import { Period } from '../../ui/period.tsx'
import { packAddress } from './api.ts'
import { dayAt, dayBegins, dayEnds } from './days.ts'

type Props = { wall: WallView; opened: boolean; onClose: () => void }

/** The screening pack as a PDF, with the ledger’s proof over a period. */
export function Pack({ wall, opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Screening pack">
      <Choose wall={wall} />
    </Modal>
  )
}

function Choose({ wall }: { wall: WallView }) {
  const names = wall.screened.map(({ name }) => name)
  const [from, setFrom] = useState(dayAt(wall.startsAt))
  const [to, setTo] = useState('')
  const wrong = from && to && to < from ? 'The last day is before the first.' : null
  const begins = from === dayAt(wall.startsAt) ? wall.startsAt : from && dayBegins(from)
  const period = { ...(begins && { from: begins }), ...(to && { to: dayEnds(to) }) }
  return (
    <div className="stack lg">
      <p className="soft">
        For the affected client: the notice, a description of the screen, its certifications, what was seen before, and the ledger’s proof
        that {names.length === 1 ? `${names[0]} has` : 'those screened have'} no entry there in the time that you choose.
      </p>
      <Period label="Proof from" from={from} to={to} onFrom={setFrom} onTo={setTo} wrong={wrong} />
      <div className="stack sm">
        <div>
          {wrong ? (
            <Button onClick={() => setTo('')}>Choose a later last day</Button>
          ) : (
            <Button component="a" variant="filled" href={packAddress(wall.id, period)} download leftSection={<IconDownload {...line} />}>
              Download the pack
            </Button>
          )}
        </div>
        <p className="meta">That it was made is recorded.</p>
      </div>
    </div>
  )
}
