import { Button, Drawer } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { Code } from '../../../src/contract/proof.ts'
import { dateOf } from '../../lib/format.ts'
import { placeRefusal } from '../../lib/form.ts'
import { Wrong } from '../../ui/fact.tsx'
import { Asks } from '../people/asks.tsx'
import { EnrolApp } from '../setup/enrol-app.tsx'
import { type Factors, useBeginApp, useRemoveApp, useUseApp } from './api.ts'
import { Panel } from './panel.tsx'

export function AppPanel({ totp }: { totp: Factors['totp'] }) {
  const begin = useBeginApp()
  const remove = useRemoveApp()
  const [removing, setRemoving] = useState(false)
  const act = totp ? 'Replace the app' : 'Add an app'
  return (
    <Panel
      id="app"
      title="Authenticator app"
      acts={
        <>
          {totp && (
            <Button size="xs" variant="subtle" onClick={() => setRemoving(true)}>
              Remove it
            </Button>
          )}
          <Button size="xs" loading={begin.isPending} onClick={() => begin.mutate()}>
            {act}
          </Button>
        </>
      }
    >
      <div className="body stack sm">
        {removing && totp ? (
          <Asks
            act="Remove the app"
            keep="Keep it"
            run={async () => {
              await remove.mutateAsync(undefined)
              setRemoving(false)
            }}
            onKeep={() => setRemoving(false)}
          >
            Its six digits open nothing any more. You sign in with a passkey.
          </Asks>
        ) : (
          <p className="soft">
            {totp ? `Enrolled ${dateOf(totp.createdAt)}.` : 'You have none. It shows six digits that go with your password.'}
          </p>
        )}
        <Wrong>{begin.error && placeRefusal(begin.error, []).text}</Wrong>
      </div>
      <Drawer opened={begin.data !== undefined} onClose={begin.reset} title={act}>
        {begin.data && <Enrol enrolment={begin.data} replaces={totp !== null} onDone={begin.reset} />}
      </Drawer>
    </Panel>
  )
}

type EnrolProps = { enrolment: { totpUri: string; totpSecret: string }; replaces: boolean; onDone: () => void }

function Enrol({ enrolment, replaces, onDone }: EnrolProps) {
  const use = useUseApp()
  const [code, setCode] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const send = async (event: React.FormEvent) => {
    event.preventDefault()
    setWrong(null)
    const unfit = Code.safeParse(code).error?.issues[0]?.message ?? null
    setFault(unfit)
    if (unfit) return
    try {
      await use.mutateAsync({ totpSecret: enrolment.totpSecret, code })
      onDone()
      notifications.show({ message: 'The authenticator app serves from now on.' })
    } catch (refused) {
      const placed = placeRefusal(refused, ['code'])
      setFault(placed.fields.code ?? null)
      setWrong(placed.text)
      setCode('')
    }
  }
  return (
    <form className="stack lg" onSubmit={(event) => void send(event)} noValidate>
      <p className="soft">
        Scan this with an authenticator on a device you carry, then type the six digits it shows.
        {replaces && ' The app from before then serves no more.'}
      </p>
      <EnrolApp enrolment={enrolment} code={code} onCode={setCode} error={fault} />
      <Wrong>{wrong}</Wrong>
      <div>
        <Button type="submit" variant="filled" loading={use.isPending}>
          Use it from now on
        </Button>
      </div>
    </form>
  )
}
