import { Button } from '@mantine/core'
import { useState } from 'react'
import { dateOf } from '../../lib/format.ts'
import { placeRefusal } from '../../lib/form.ts'
import { Wrong } from '../../ui/fact.tsx'
import { Asks } from '../people/asks.tsx'
import { type Factors, useBeginLink, useUnlink } from './api.ts'
import { Panel } from './panel.tsx'

/** One's account at the firm's identity provider. */
export function IdentityPanel({ identity, sso }: { identity: Factors['identity']; sso: { label: string } | null }) {
  const link = useBeginLink()
  const unlink = useUnlink()
  const [asks, setAsks] = useState(false)
  const provider = sso?.label ?? 'the identity provider'
  return (
    <Panel
      id="identity"
      title={`Account at ${provider}`}
      acts={
        identity ? (
          <Button size="xs" onClick={() => setAsks(true)}>
            Unlink it
          </Button>
        ) : (
          <Button size="xs" loading={link.isPending} onClick={() => link.mutate()}>
            Link my account
          </Button>
        )
      }
    >
      <div className="body stack sm">
        {asks && identity ? (
          <Asks
            act="Unlink the account"
            keep="Keep it"
            run={async () => {
              await unlink.mutateAsync(undefined)
              setAsks(false)
            }}
            onKeep={() => setAsks(false)}
          >
            Signing in through {provider} lets you in no more. Your own factors stay.
          </Asks>
        ) : (
          <p className="soft">
            {identity
              ? `${identity.label}, linked ${dateOf(identity.linkedAt)}. You can sign in through ${provider}.`
              : `Link it, and you can sign in through ${provider}.`}
          </p>
        )}
        <Wrong>{link.error && placeRefusal(link.error, []).text}</Wrong>
      </div>
    </Panel>
  )
}
