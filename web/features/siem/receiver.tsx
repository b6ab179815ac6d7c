import { Button, Modal, Textarea } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { calls } from '../../../src/contract/calls.ts'
import type { ReceiverView } from '../../../src/contract/receiver.ts'
import { counted, dateOf, fullTime } from '../../lib/format.ts'
import { faultsOf } from '../../lib/form.ts'
import { useSent } from '../../lib/sent.ts'
import { Fact, Wrong } from '../../ui/fact.tsx'
import { FormEnd } from '../../ui/form-end.tsx'
import { State } from '../../ui/state.tsx'
import { useRetireReceiver, useTestReceiver } from './api.ts'
import { Asked } from './asked.tsx'
import { KeepReceiver } from './keep-receiver.tsx'
import { whatGoes, whereTo, wordsOf } from './words.ts'

/** One receiver: where, how far, what is wrong, what waits, and what can be done. */
export function Receiver({ receiver, mayKeep }: { receiver: ReceiverView; mayKeep: boolean }) {
  const { name, state, by, addedAt, settings, asked, behind, takenAt, fault, retiredAt } = receiver
  return (
    <li className="stack sm">
      <div className="row spread wrap top">
        <div>
          <h3 className="name">{name}</h3>
          {settings && (
            <p>
              Sent as {whereTo(settings)}. {whatGoes(settings)}
            </p>
          )}
          {state !== 'asked' && (
            <p className="meta">
              {by} asked for it on {dateOf(addedAt)}.{retiredAt && ` Retired on ${dateOf(retiredAt)}.`}
              {state === 'over' && !retiredAt && ' It was refused, and nothing was ever sent there.'}
            </p>
          )}
        </div>
        {state === 'live' &&
          (fault ? (
            <State kind="bad">Not taking it</State>
          ) : behind.entries === 0 ? (
            <State kind="ok">Up to date</State>
          ) : (
            <State kind="wait">Catching up</State>
          ))}
        {state === 'asked' && <State kind="wait">Waits for a second person</State>}
      </div>
      {state === 'live' && (
        <p className="soft">
          {behind.entries === 0
            ? takenAt
              ? 'It has everything that there is to send.'
              : 'Nothing was there to send yet.'
            : `${counted(behind.entries, 'entry', 'entries')} behind, the first since ${fullTime(behind.since!)}.`}{' '}
          {takenAt ? `It last took something on ${fullTime(takenAt)}.` : behind.entries > 0 && 'It has taken no entry yet.'}
        </p>
      )}
      {state === 'live' && fault && (
        <Fact kind="refuse">
          <p>
            {fault.text} That is so since {fullTime(fault.since)}; it is tried again on {fullTime(fault.nextAt)}. Nothing is lost: it gets
            everything once it is back.
          </p>
        </Fact>
      )}
      {asked && <Asked receiver={receiver} asked={asked} />}
      {mayKeep && state !== 'over' && <Acts receiver={receiver} />}
    </li>
  )
}

function Acts({ receiver }: { receiver: ReceiverView }) {
  const { id, name, state, asked } = receiver
  const test = useTestReceiver(id)
  const [changing, change] = useDisclosure(false)
  const [retiring, retire] = useDisclosure(false)
  const [why, setWhy] = useState<string | null>(null)
  const ask = () =>
    test.mutate(null, {
      onSuccess: (answer) => {
        setWhy(answer.taken ? null : answer.why)
        if (answer.taken) notifications.show({ message: `${name} took the test message.` })
      },
    })
  return (
    <>
      <Wrong>{why ?? wordsOf(test.error)}</Wrong>
      <div className="row wrap">
        <Button size="xs" onClick={ask} loading={test.isPending} aria-label={`Send a test message: ${name}`}>
          Send a test message
        </Button>
        {state === 'live' && !asked && (
          <Button size="xs" onClick={change.open} aria-label={`Change: ${name}`}>
            Change
          </Button>
        )}
        {state === 'live' && (
          <Button size="xs" variant="subtle" onClick={retire.open} aria-label={`Retire: ${name}`}>
            Retire
          </Button>
        )}
      </div>
      <KeepReceiver opened={changing} onClose={change.close} receiver={receiver} />
      <Modal opened={retiring} onClose={retire.close} title={`Retire ${name}`}>
        <Retiring receiver={receiver} onClose={retire.close} />
      </Modal>
    </>
  )
}

function Retiring({ receiver: { id, name }, onClose }: { receiver: ReceiverView; onClose: () => void }) {
  const retire = useRetireReceiver(id)
  const { form, submit, wrong } = useSent(
    { initialValues: { reason: '' }, validate: (values) => faultsOf(calls['receiver.retire'].body, values) },
    async ({ reason }) => {
      await retire.mutateAsync(reason.trim())
      notifications.show({ message: `${name} is retired.` })
      onClose()
    },
    ['reason'],
  )
  return (
    <form className="stack lg" onSubmit={submit} noValidate>
      <p className="soft">It is sent that it is retired, and nothing after that. Everyone who may be the second person is told.</p>
      <Textarea
        label="Reason"
        description="It stands in the ledger."
        autosize
        minRows={2}
        maxLength={2000}
        data-autofocus
        {...form.getInputProps('reason')}
      />
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onClose}>
        Retire it
      </FormEnd>
    </form>
  )
}
