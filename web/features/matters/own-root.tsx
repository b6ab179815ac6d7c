import { Button, Modal, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { calls } from '../../../src/contract/calls.ts'
import type { MatterPage } from '../../../src/contract/matter.ts'
import { faultsOf } from '../../lib/form.ts'
import { useSent } from '../../lib/sent.ts'
import { Wrong } from '../../ui/fact.tsx'
import { usePutUnder, useTakeOff } from './api.ts'

type Props = { matter: MatterPage; opened: boolean; onClose: () => void }

/** Asks for the matter to come under a key that its client brings; a second person on the matter decides. */
export const PutUnder = ({ opened, ...props }: Props) => (
  <Modal opened={opened} onClose={props.onClose} title="Put the matter under a client’s key">
    <Putting {...props} />
  </Modal>
)
/** Asks for the matter to come off it again. */
export const TakeOff = ({ opened, ...props }: Props) => (
  <Modal opened={opened} onClose={props.onClose} title="Take the matter off its client’s key">
    <Taking {...props} />
  </Modal>
)

const ASKED = 'Asked. Nothing changes until a second person on the matter agrees.'
const REASON = { label: 'Reason', description: 'The second person reads it, and it stands in the history.', autosize: true, minRows: 2 }

function Putting({ matter, onClose }: Omit<Props, 'opened'>) {
  const put = usePutUnder(matter.id)
  const { form, submit, wrong } = useSent(
    { initialValues: { name: '', reason: '' }, validate: (values) => faultsOf(calls['root.put'].body, values) },
    async ({ name, reason }) => {
      await put.mutateAsync({ name: name.trim(), reason: reason.trim() })
      notifications.show({ message: ASKED })
      onClose()
    },
    ['name', 'reason'],
  )
  return (
    <form className="stack lg" onSubmit={submit} noValidate>
      <ul className="soft points">
        <li>From then on the matter opens with the client’s key and the firm’s keys together, and with neither alone.</li>
        <li>When the client withholds its key, nobody opens anything of the matter. If the key is lost, so is the matter.</li>
        <li>Backups made until then still open with the firm’s keys alone, until they are replaced.</li>
        <li>Its number and title in the register, and the names in the conflicts register, stay under the firm’s keys.</li>
      </ul>
      <TextInput
        label="Name of the key"
        description="As your administrator has added it."
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Textarea {...REASON} maxLength={2000} {...form.getInputProps('reason')} />
      <Wrong>{wrong}</Wrong>
      <Buttons sending={form.submitting} onClose={onClose} />
    </form>
  )
}

function Taking({ matter, onClose }: Omit<Props, 'opened'>) {
  const take = useTakeOff(matter.id)
  const { form, submit, wrong } = useSent(
    { initialValues: { reason: '' }, validate: (values) => faultsOf(calls['root.take'].body, values) },
    async ({ reason }) => {
      await take.mutateAsync({ reason: reason.trim() })
      notifications.show({ message: ASKED })
      onClose()
    },
    ['reason'],
  )
  return (
    <form className="stack lg" onSubmit={submit} noValidate>
      <ul className="soft points">
        <li>From then on the firm’s own keys open the matter, and the client can no longer lock it.</li>
        <li>The client’s key {matter.ownRoot.name} is needed once more, to open what stands under it.</li>
      </ul>
      <Textarea {...REASON} maxLength={2000} data-autofocus {...form.getInputProps('reason')} />
      <Wrong>{wrong}</Wrong>
      <Buttons sending={form.submitting} onClose={onClose} />
    </form>
  )
}

const Buttons = ({ sending, onClose }: { sending: boolean; onClose: () => void }) => (
  <div className="row">
    <Button type="submit" variant="filled" loading={sending}>
      Ask for it
    </Button>
    <Button variant="subtle" onClick={onClose}>
      Not now
    </Button>
  </div>
)
