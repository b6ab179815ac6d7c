import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { TokenView } from '../../../src/contract/factor.ts'
import type { Me } from '../../../src/contract/session.ts'
import { sentenceOf } from '../../../src/contract/roles.ts'
import { useAct } from '../../app/acts.ts'
import { counted, dateOf } from '../../lib/format.ts'
import { placeRefusal } from '../../lib/form.ts'
import { Wrong } from '../../ui/fact.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { When } from '../../ui/values.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { useRevokeToken, useTokens } from './api.ts'
import { MakeToken } from './make-token.tsx'

export function Tokens({ me }: { me: Me }) {
  const tokens = useTokens()
  const [making, drawer] = useDisclosure()
  useAct(true, 'Make an access token', drawer.open)
  return (
    <section className="panel clip" aria-labelledby="tokens">
      <header>
        <h2 className="sub" id="tokens">
          Access tokens
        </h2>
        <Button className="push" size="xs" onClick={drawer.open}>
          Make an access token
        </Button>
      </header>
      {tokens.isPending && <Lines count={2} />}
      {tokens.error && <Fault fault={tokens.error} retry={() => void tokens.refetch()} />}
      {tokens.data?.length === 0 && (
        <p className="body soft">
          You hold none. A token lets a script act in your name, within your reach, and every act is recorded as yours.
        </p>
      )}
      {tokens.data && tokens.data.length > 0 && (
        <table className="table">
          <TableHead
            columns={[
              'Name',
              { title: 'May', className: 'hide-s' },
              { title: 'Last used', className: 'hide-s' },
              'Ends',
              { title: 'Do', unseen: true },
            ]}
          />
          <tbody>
            {tokens.data.map((token) => (
              <Token key={token.id} token={token} />
            ))}
          </tbody>
        </table>
      )}
      <MakeToken me={me} opened={making} onClose={drawer.close} />
    </section>
  )
}

function Token({ token }: { token: TokenView }) {
  const revoke = useRevokeToken()
  const [asks, setAsks] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const revokeIt = () =>
    revoke.mutate(token.id, {
      onSuccess: () => notifications.show({ message: `The token ${token.name} no longer works.` }),
      onError: (fault) => setWrong(placeRefusal(fault, []).text),
    })

  if (asks)
    return (
      <tr>
        <td colSpan={5}>
          <div className="row wrap asks">
            <span>Scripts that use {token.name} stop working at once.</span>
            <Wrong>{wrong}</Wrong>
            <span className="row push">
              <Button size="xs" variant="filled" loading={revoke.isPending} onClick={revokeIt} autoFocus>
                Revoke the token
              </Button>
              <Button size="xs" variant="subtle" onClick={() => (setAsks(false), setWrong(null))}>
                Keep it
              </Button>
            </span>
          </div>
        </td>
      </tr>
    )
  return (
    <tr>
      <th scope="row">{token.name}</th>
      <td className="soft hide-s">
        <details>
          <summary>{counted(token.scope.length, 'permission')}</summary>
          <ul>
            {token.scope.map((permission) => (
              <li key={permission}>{sentenceOf(permission)}</li>
            ))}
          </ul>
        </details>
      </td>
      <td className="dim hide-s">{token.lastUsedAt ? <When at={token.lastUsedAt} /> : 'Never'}</td>
      <td className="dim nowrap">{dateOf(token.endsAt)}</td>
      <td className="num">
        <Button size="xs" variant="subtle" onClick={() => setAsks(true)} aria-label={`Revoke the token ${token.name}`}>
          Revoke
        </Button>
      </td>
    </tr>
  )
}
