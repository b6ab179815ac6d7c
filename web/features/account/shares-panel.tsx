import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { OwnShareView } from '../../../src/contract/key.ts'
import { ask } from '../../lib/ask.ts'
import { placeRefusal } from '../../lib/form.ts'
import { dateOf } from '../../lib/format.ts'
import { Wrong } from '../../ui/fact.tsx'
import { State } from '../../ui/state.tsx'
import { Panel } from './panel.tsx'

const sharesKey = ['own-shares']

/** The recovery shares of the firm’s root key that the reader keeps; nothing where there are none. */
export function SharesPanel() {
  const shares = useQuery({ queryKey: sharesKey, queryFn: async ({ signal }) => (await ask('key.shares', { signal })).shares })
  const stand = (shares.data ?? []).filter((one) => !one.isVoid)
  if (shares.error && !shares.data) return <Wrong>Whether you keep a recovery share could not be read. Load the page again.</Wrong>
  if (stand.length === 0) return null
  return (
    <Panel id="shares" title="Recovery shares that you keep">
      <ul className="body stack">
        {stand.map((one) => (
          <Share key={one.set} of={one} />
        ))}
      </ul>
    </Panel>
  )
}

function Share({ of: { set, place, of, need, by, at, acknowledgedAt } }: { of: OwnShareView }) {
  const queries = useQueryClient()
  const [wrong, setWrong] = useState<string | null>(null)
  const say = useMutation({
    mutationFn: () => ask('key.acknowledge', { body: { set } }),
    onError: (fault) => setWrong(placeRefusal(fault, []).text),
    onSuccess: () => setWrong(null),
    onSettled: () => queries.invalidateQueries({ queryKey: sharesKey }),
  })
  return (
    <li className="stack sm">
      <p>
        Share {place} of {of}, set <span className="hash">{set}</span>. Any {need} of them together are the firm’s root key.
      </p>
      <p className="meta">
        {by} had it made on {dateOf(at)}. Keep the printed sheet locked away, apart from the other shares and from the server.
      </p>
      <Wrong>{wrong}</Wrong>
      {acknowledgedAt ? (
        <State kind="ok">You have had the sheet since {dateOf(acknowledgedAt)}</State>
      ) : (
        <div className="row">
          <Button size="xs" loading={say.isPending} onClick={() => say.mutate()}>
            I have the sheet<span className="vh"> of set {set}</span>
          </Button>
        </div>
      )}
    </li>
  )
}
