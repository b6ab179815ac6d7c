import { Button, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { calls } from '../../../src/contract/calls.ts'
import type { WitnessView } from '../../../src/contract/witness.ts'
import { ask } from '../../lib/ask.ts'
import { faultsOf, sentence } from '../../lib/form.ts'
import { counted, dateOf, fullTime, momentOf } from '../../lib/format.ts'
import { Refused } from '../../lib/refused.ts'
import { useSent } from '../../lib/sent.ts'
import { Copy } from '../../ui/copy.tsx'
import { Fact, Wrong } from '../../ui/fact.tsx'
import { FormEnd } from '../../ui/form-end.tsx'
import { Lines } from '../../ui/lines.tsx'
import { State } from '../../ui/state.tsx'
import { useMe } from '../session/api.ts'
import { offerUndo } from '../vault/undo.tsx'
import { useWitnesses, WITNESSES } from './api.ts'

/** Above the ledger, while a witness holds another history than the one here. */
export function Contradicted() {
  const against = (useWitnesses().data?.witnesses ?? []).filter((one) => !one.retiredAt && one.fault?.isAlarming)
  if (against.length === 0) return null
  return (
    <Fact kind="refuse" title={`${against.map(({ name }) => name).join(' and ')} contradicts this ledger`}>
      <p>
        {against[0]!.fault!.text} Change nothing on the server: keep a copy of the database as it is, run{' '}
        <span className="hash">subrosa verify</span> on the server, and ask the witness’s operator for the checkpoint that it signed.
      </p>
    </Fact>
  )
}

/** Who outside the firm signs that the ledger only grows: each with what it signed last and what is wrong. */
export function Witnesses() {
  const all = useWitnesses()
  const mayKeep = useMe().data?.may.includes('witness.keep') ?? false
  const [adding, add] = useDisclosure()
  const live = all.data?.witnesses.filter((one) => !one.retiredAt) ?? []
  const gone = all.data?.witnesses.filter((one) => one.retiredAt) ?? []
  return (
    <section className="body stack ruled" aria-labelledby="witnesses">
      <h2 className="sub" id="witnesses">
        Witnesses
      </h2>
      {all.isPending && <Lines count={2} />}
      {all.error && !all.data && <Wrong>Who witnesses the ledger could not be read.</Wrong>}
      {all.data && live.length === 0 && (
        <p className="soft">
          Nobody outside the firm signs this ledger yet. A witness remembers what was signed: a history that is rewritten or cut off then
          shows, whoever did it.
        </p>
      )}
      {live.length > 0 && (
        <ul className="facts flush">
          {live.map((one) => (
            <One key={one.id} witness={one} mayKeep={mayKeep} />
          ))}
        </ul>
      )}
      {gone.map((one) => (
        <p className="meta" key={one.id}>
          {one.name} was let go on {dateOf(one.retiredAt!)}
          {one.last ? `; it signed ${counted(one.last.size, 'entry', 'entries')} last` : ''}.
        </p>
      ))}
      {all.data && adding && <Add ours={all.data.key} onDone={add.close} />}
      {mayKeep && !adding && all.data && (
        <div>
          <Button onClick={add.open}>Name a witness</Button>
        </div>
      )}
    </section>
  )
}

function One({ witness, mayKeep }: { witness: WitnessView; mayKeep: boolean }) {
  const queries = useQueryClient()
  const { name, url, addedBy, addedAt, last, fault } = witness
  const letGo = useMutation({
    mutationFn: () => ask('witness.retire', { params: { witness: witness.id } }),
    onSuccess: () =>
      offerUndo({
        id: `witness ${witness.id}`,
        said: `${name} is let go. What it signed stays.`,
        undo: async () => {
          await ask('witness.add', { body: { url, key: witness.key } })
          await queries.invalidateQueries({ queryKey: WITNESSES })
        },
        undone: `${name} is a witness again.`,
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: WITNESSES }),
  })
  return (
    <li className="stack sm">
      <div className="row spread wrap top">
        <h3 className="name">{name}</h3>
        {fault ? (
          <State kind={fault.isAlarming || fault.code === 'lied' ? 'bad' : 'wait'}>
            {fault.isAlarming ? 'Contradicts the ledger' : fault.code === 'lied' ? 'Does not count' : 'Does not sign'}
          </State>
        ) : (
          <State kind={last ? 'ok' : 'wait'}>{last ? 'Signs' : 'Not asked yet'}</State>
        )}
      </div>
      <p>{last ? `Signed ${counted(last.size, 'entry', 'entries')} ${momentOf(last.at)}.` : 'Has signed nothing yet.'}</p>
      {fault && (
        <Fact kind={fault.isAlarming ? 'refuse' : 'plain'}>
          <p>
            {fault.text} <span className="meta">Since {fullTime(fault.since)}.</span>
          </p>
        </Fact>
      )}
      <p className="meta">
        {url}. {addedBy} named it on {dateOf(addedAt)}.
      </p>
      <Wrong>{letGo.error && (letGo.error instanceof Refused ? sentence(letGo.error) : letGo.error.message)}</Wrong>
      {mayKeep && (
        <div>
          <Button size="xs" onClick={() => letGo.mutate()} loading={letGo.isPending} aria-label={`Let it go: ${name}`}>
            Let it go
          </Button>
        </div>
      )}
    </li>
  )
}

type Values = { url: string; key: string }

function Add({ ours, onDone }: { ours: string; onDone: () => void }) {
  const queries = useQueryClient()
  const { form, submit, wrong } = useSent<Values>(
    { initialValues: { url: '', key: '' }, validate: (values) => faultsOf(calls['witness.add'].body, values) },
    async (values) => {
      const { name } = await ask('witness.add', { body: { url: values.url.trim(), key: values.key.trim() } })
      await queries.invalidateQueries({ queryKey: WITNESSES })
      notifications.show({ message: `${name} is a witness of this ledger.` })
      onDone()
    },
    ['url', 'key'],
  )
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <p>Give its operator the key of this ledger:</p>
      <p className="hash">{ours}</p>
      <div>
        <Copy text={ours} what="the ledger’s key" />
      </div>
      <TextInput
        label="Address"
        description="Where it is asked, over https."
        placeholder="https://witness.notary.example"
        {...form.getInputProps('url')}
      />
      <TextInput label="Its key" description="Its operator gives it to you by a way that you trust." {...form.getInputProps('key')} />
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onDone}>
        Name it
      </FormEnd>
    </form>
  )
}
