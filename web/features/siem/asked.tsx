import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { ReceiverView } from '../../../src/contract/receiver.ts'
import { fullTime } from '../../lib/format.ts'
import { Wrong } from '../../ui/fact.tsx'
import { useDecideReceiver } from './api.ts'
import { whatGoes, whereTo, wordsOf } from './words.ts'

type Props = { receiver: Pick<ReceiverView, 'id' | 'name' | 'settings'>; asked: NonNullable<ReceiverView['asked']> }

/** What waits for a second person, and their word. */
export function Asked({ receiver, asked }: Props) {
  const decide = useDecideReceiver(receiver.id, asked.id)
  const say = (approve: boolean) =>
    decide.mutate(approve, {
      onSuccess: () =>
        notifications.show({ message: approve ? `Agreed: ${receiver.name}.` : asked.mine ? 'Taken back.' : `Refused: ${receiver.name}.` }),
    })
  return (
    <div className="stack sm">
      <p>
        <b>
          {receiver.settings ? 'To be sent from then on as' : 'To be sent as'} {whereTo(asked.settings)}.
        </b>{' '}
        {whatGoes(asked.settings)}
      </p>
      <p className="meta">
        {asked.mine ? 'You' : asked.by} asked for it on {fullTime(asked.at)}.
      </p>
      <p className="reason">{asked.reason}</p>
      {!asked.mayAgree && (
        <p className="soft">
          {asked.mine && asked.ripeAt
            ? `Nobody else could agree: you may yourself from ${fullTime(asked.ripeAt)} on.`
            : 'It waits for someone else who may be the second person. Nothing is sent before.'}
        </p>
      )}
      <Wrong>{wordsOf(decide.error)}</Wrong>
      <div className="row wrap">
        {asked.mayAgree && (
          <Button
            size="xs"
            variant="filled"
            loading={decide.isPending && decide.variables}
            disabled={decide.isPending}
            onClick={() => say(true)}
            aria-label={`Agree: ${receiver.name}`}
          >
            Agree
          </Button>
        )}
        {(asked.mayAgree || asked.mine) && (
          <Button
            size="xs"
            loading={decide.isPending && !decide.variables}
            disabled={decide.isPending}
            onClick={() => say(false)}
            aria-label={`${asked.mine ? 'Take back' : 'Refuse'}: ${receiver.name}`}
          >
            {asked.mine ? 'Take back' : 'Refuse'}
          </Button>
        )}
      </div>
    </div>
  )
}
