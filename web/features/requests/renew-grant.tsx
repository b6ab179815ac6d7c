import { Button, Modal, Textarea } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { calls } from '../../../src/contract/calls.ts'
import type { MatterId, PersonId } from '../../../src/contract/ids.ts'
import { fullTime } from '../../lib/format.ts'
import { faultsOf } from '../../lib/form.ts'
import { useSent } from '../../lib/sent.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { WholeNumber } from '../../ui/whole-number.tsx'
import { useRenew } from './api.ts'

type Member = { person: PersonId; name: string; until: string | null }

/** In the team table, for whoever may approve on this matter: gives a grant more days before it ends. */
export function RenewGrant({ matter, member }: { matter: MatterId; member: Member }) {
  const [opened, dialog] = useDisclosure()
  return (
    <>
      <Button size="xs" variant="subtle" onClick={dialog.open} aria-label={`Renew the access of ${member.name}`}>
        Renew
      </Button>
      <Modal opened={opened} onClose={dialog.close} title={`Renew the access of ${member.name}`}>
        <RenewForm matter={matter} member={member} onClose={dialog.close} />
      </Modal>
    </>
  )
}

function RenewForm({ matter, member, onClose }: { matter: MatterId; member: Member; onClose: () => void }) {
  const renew = useRenew(matter, member.person)
  const { form, submit, wrong } = useSent(
    {
      initialValues: { days: 7 as number | string, reason: '' },
      validate: (values) => faultsOf(calls['grant.renew'].body, values),
    },
    async ({ days, reason }) => {
      const { until } = await renew.mutateAsync({ days: Number(days), reason: reason.trim() })
      notifications.show({ message: `${member.name} has access until ${fullTime(until)}.` })
      onClose()
    },
    ['days', 'reason'],
  )
  return (
    <form className="stack lg" onSubmit={submit} noValidate>
      {member.until && <p className="soft">It ends by itself on {fullTime(member.until)}.</p>}
      <WholeNumber className="short" label="Days" min={1} max={365} data-autofocus {...form.getInputProps('days')} />
      <Textarea
        label="Reason"
        description="It stands in the history of the matter."
        autosize
        minRows={2}
        maxLength={2000}
        {...form.getInputProps('reason')}
      />
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onClose}>
        Renew the access
      </FormEnd>
    </form>
  )
}
