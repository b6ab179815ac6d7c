import { Button, Drawer, Textarea } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import { calls } from '../../../src/contract/calls.ts'
import { faultsOf } from '../../lib/form.ts'
import { useSent } from '../../lib/sent.ts'
import { Fact } from '../../ui/fact.tsx'
import { FormEnd } from '../../ui/form-end.tsx'
import { WholeNumber } from '../../ui/whole-number.tsx'
import { useBreakGlass } from './api.ts'
import { Sent } from './sent.tsx'

type Props = { opened: boolean; onClose: () => void; onSent: () => void }

export function BreakGlass({ opened, onClose, onSent }: Props) {
  return (
    <Drawer opened={opened} onClose={onClose} title="Go in by emergency">
      <Body onClose={onClose} onSent={onSent} />
    </Drawer>
  )
}

function Body({ onClose, onSent }: Omit<Props, 'opened'>) {
  const [sent, setSent] = useState(false)
  if (!sent) return <GlassForm onSent={() => (onSent(), setSent(true))} onClose={onClose} />
  return (
    <Sent
      onClose={onClose}
      act={
        <Button variant="filled" component={Link} to="/matters">
          Go to Matters
        </Button>
      }
    >
      <p>What came into your reach stands in Matters now, until the hours are over.</p>
      <p>If what you need is not there, speak with those who oversee access. The reasons are never given here.</p>
    </Sent>
  )
}

function GlassForm({ onSent, onClose }: { onSent: () => void; onClose: () => void }) {
  const goIn = useBreakGlass()
  const { form, submit, wrong } = useSent(
    {
      initialValues: { about: '', reason: '', hours: 1 as number | string },
      validate: (values) => faultsOf(calls['grant.break-glass'].body, values),
    },
    async ({ about, reason, hours }) => {
      await goIn.mutateAsync({ about: about.trim(), reason: reason.trim(), hours: Number(hours) })
      onSent()
    },
    ['about', 'reason', 'hours'],
  )
  return (
    <form className="stack lg" onSubmit={submit} noValidate>
      <Fact>
        <p>The responsible lawyer and compliance are told at once, with your name and your reason.</p>
        <p>Someone else than you reviews what you did. The review stays open until it is closed.</p>
      </Fact>
      <Textarea
        label="Number of the matter"
        description="As it stands on its papers, and nothing else. Where you do not have it, ask those who oversee access."
        autosize
        minRows={2}
        maxLength={300}
        data-autofocus
        {...form.getInputProps('about')}
      />
      <Textarea
        label="What the emergency is"
        description="It stands in the ledger and in the review."
        autosize
        minRows={3}
        maxLength={2000}
        {...form.getInputProps('reason')}
      />
      <WholeNumber
        className="short"
        label="Hours"
        description="As few as will do. The firm may set fewer."
        min={1}
        max={24}
        {...form.getInputProps('hours')}
      />
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onClose}>
        Go in now
      </FormEnd>
    </form>
  )
}
