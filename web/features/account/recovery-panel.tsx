import { Button, Drawer } from '@mantine/core'
import { useState } from 'react'
import { counted } from '../../lib/format.ts'
import { useUnsaved } from '../../lib/unsaved.ts'
import { Copy } from '../../ui/copy.tsx'
import { Asks } from '../people/asks.tsx'
import { useMakeCodes } from './api.ts'
import { Panel } from './panel.tsx'

export function RecoveryPanel({ left }: { left: number }) {
  const make = useMakeCodes()
  const [asks, setAsks] = useState(false)
  const codes = make.data ?? []
  useUnsaved(codes.length > 0)
  return (
    <Panel
      id="recovery"
      title="Recovery codes"
      acts={
        <Button size="xs" onClick={() => setAsks(true)}>
          Make new codes
        </Button>
      }
    >
      <div className="body">
        {asks ? (
          <Asks
            act="Make ten new codes"
            keep="Keep those I have"
            run={async () => {
              await make.mutateAsync(undefined)
              setAsks(false)
            }}
            onKeep={() => setAsks(false)}
          >
            {left > 0 ? `The ${counted(left, 'code')} from before ${left === 1 ? 'serves' : 'serve'} no more.` : 'They are shown once.'}
          </Asks>
        ) : (
          <p className="soft">
            {left > 0 ? `${counted(left, 'code')} left.` : 'None left.'} Each stands in once for your second factor, should the device be
            lost.
          </p>
        )}
      </div>
      <Drawer
        opened={codes.length > 0}
        onClose={make.reset}
        title="New recovery codes"
        closeOnClickOutside={false}
        closeOnEscape={false}
        withCloseButton={false}
      >
        <div className="stack lg">
          <p className="soft">They are shown now and never again. Keep them where you can reach them without your device.</p>
          <div className="sheet codes">
            <ol>
              {codes.map((code) => (
                <li key={code}>{code}</li>
              ))}
            </ol>
          </div>
          <div className="row wrap">
            <Copy text={codes.join('\n')} what="the codes" />
            <Button variant="filled" onClick={make.reset}>
              I have stored them
            </Button>
          </div>
        </div>
      </Drawer>
    </Panel>
  )
}
