import { Button, Drawer, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { PasskeyView } from '../../../src/contract/factor.ts'
import { useAct } from '../../app/acts.ts'
import { dateOf, momentOf } from '../../lib/format.ts'
import { placeRefusal } from '../../lib/form.ts'
import { passkeysHere } from '../../lib/passkey.ts'
import { Wrong } from '../../ui/fact.tsx'
import { line } from '../../ui/icons.ts'
import { Asks } from '../people/asks.tsx'
import { EnrolPasskey, firstPasskeyName } from '../setup/enrol-passkey.tsx'
import { useAddPasskey, useRenamePasskey, useRevokePasskey } from './api.ts'
import { Panel } from './panel.tsx'

export function PasskeysPanel({ passkeys }: { passkeys: PasskeyView[] }) {
  const [adding, drawer] = useDisclosure()
  const here = passkeysHere()
  useAct(here, 'Add a passkey', drawer.open)
  return (
    <Panel
      id="passkeys"
      title="Passkeys"
      acts={
        here && (
          <Button size="xs" leftSection={<IconPlus {...line} />} onClick={drawer.open}>
            Add a passkey
          </Button>
        )
      }
    >
      {passkeys.length === 0 && (
        <p className="body soft">You have none. A passkey opens with your finger, your face or a PIN, and no other site can ask for it.</p>
      )}
      {!here && <p className="body soft">Passkeys do not work under this address. Open the firm’s own address to add one.</p>}
      {passkeys.length > 0 && (
        <ul className="items">
          {passkeys.map((passkey) => (
            <Passkey key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
      <Drawer opened={adding} onClose={drawer.close} title="Add a passkey">
        <Add onDone={drawer.close} />
      </Drawer>
    </Panel>
  )
}

function Passkey({ passkey }: { passkey: PasskeyView }) {
  const revoke = useRevokePasskey()
  const [doing, setDoing] = useState<'rename' | 'revoke' | null>(null)
  if (doing === 'rename')
    return (
      <li>
        <Rename passkey={passkey} onDone={() => setDoing(null)} />
      </li>
    )
  if (doing === 'revoke')
    return (
      <li>
        <Asks act="Revoke the passkey" keep="Keep it" run={() => revoke.mutateAsync(passkey.id)} onKeep={() => setDoing(null)}>
          {passkey.name} opens nothing here any more. What your device keeps of it you can delete there.
        </Asks>
      </li>
    )
  return (
    <li>
      <div>
        <b>{passkey.name}</b>
        <p className="meta">
          Made {dateOf(passkey.createdAt)}, {passkey.usedAt ? `last used ${momentOf(passkey.usedAt)}` : 'never used'}.{' '}
          {passkey.synced ? 'Kept in step between your devices by their maker.' : 'It stays on one device.'}
        </p>
      </div>
      <span className="row">
        <Button size="xs" variant="subtle" onClick={() => setDoing('rename')} aria-label={`Rename ${passkey.name}`}>
          Rename
        </Button>
        <Button size="xs" variant="subtle" onClick={() => setDoing('revoke')} aria-label={`Revoke ${passkey.name}`}>
          Revoke
        </Button>
      </span>
    </li>
  )
}

function Rename({ passkey, onDone }: { passkey: PasskeyView; onDone: () => void }) {
  const rename = useRenamePasskey()
  const [name, setName] = useState(passkey.name)
  const [fault, setFault] = useState<string | null>(null)
  const send = async (event: React.FormEvent) => {
    event.preventDefault()
    try {
      await rename.mutateAsync({ passkey: passkey.id, name: name.trim() })
      onDone()
    } catch (refused) {
      const placed = placeRefusal(refused, ['name'])
      setFault(placed.fields.name ?? placed.text)
    }
  }
  return (
    <form className="row wrap renaming" onSubmit={(event) => void send(event)} noValidate>
      <TextInput
        aria-label="Name of the passkey"
        maxLength={100}
        autoFocus
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={fault}
      />
      <Button size="xs" type="submit" loading={rename.isPending}>
        Name it so
      </Button>
      <Button size="xs" variant="subtle" onClick={onDone}>
        Keep the name
      </Button>
    </form>
  )
}

function Add({ onDone }: { onDone: () => void }) {
  const add = useAddPasskey()
  const [name, setName] = useState(firstPasskeyName)
  const [fault, setFault] = useState<string | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const send = async (event: React.FormEvent) => {
    event.preventDefault()
    setWrong(null)
    setFault(name.trim() ? null : 'This is needed.')
    if (!name.trim()) return
    try {
      if (await add.mutateAsync(name.trim())) onDone()
      else setWrong('The browser made no passkey. Nothing has changed.')
    } catch (refused) {
      const placed = placeRefusal(refused, ['name'])
      setFault(placed.fields.name ?? null)
      setWrong(placed.text)
    }
  }
  return (
    <form className="stack lg" onSubmit={(event) => void send(event)} noValidate>
      <p className="soft">
        Your device or your security key keeps it, and opens it with your finger, your face or a PIN. It lets you in by itself, without the
        password.
      </p>
      <EnrolPasskey name={name} onName={setName} error={fault} />
      <Wrong>{wrong}</Wrong>
      <div>
        <Button type="submit" variant="filled" loading={add.isPending}>
          Make the passkey
        </Button>
      </div>
    </form>
  )
}
