import { useEffect } from 'react'
import { useLocation } from 'react-router'
import { fullTime } from '../../lib/format.ts'
import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { useFirm, useMe } from '../session/api.ts'
import { useFactors } from './api.ts'
import { AppPanel } from './app-panel.tsx'
import { IdentityPanel } from './identity-panel.tsx'
import { Panel } from './panel.tsx'
import { PasskeysPanel } from './passkeys-panel.tsx'
import { PasswordPanel } from './password-panel.tsx'
import { RecoveryPanel } from './recovery-panel.tsx'
import { SharesPanel } from './shares-panel.tsx'

export function SigningInTab() {
  const me = useMe().data
  const sso = useFirm().data?.sso ?? null
  const factors = useFactors()
  useReach(factors.isSuccess)
  if (!me) return null
  return (
    <>
      <Panel id="you" title="You">
        <dl className="kv body">
          <dt>E-mail</dt>
          <dd>{me.email}</dd>
          <dt>Signed in</dt>
          <dd>until {fullTime(me.session.endsAt)} at the latest</dd>
        </dl>
      </Panel>
      {factors.isPending && <Lines count={4} />}
      {factors.error && !factors.data && <Fault fault={factors.error} retry={() => void factors.refetch()} />}
      {factors.data && (
        <>
          <PasswordPanel me={me} password={factors.data.password} />
          <PasskeysPanel passkeys={factors.data.passkeys} />
          <AppPanel totp={factors.data.totp} />
          <RecoveryPanel left={factors.data.recoveryCodesLeft} />
          {(sso || factors.data.identity) && <IdentityPanel identity={factors.data.identity} sso={sso} />}
        </>
      )}
      <SharesPanel />
    </>
  )
}

/** Brings the section that the address names into view, once it stands. */
function useReach(ready: boolean): void {
  const { hash, key } = useLocation()
  useEffect(() => {
    if (ready && hash) document.getElementById(hash.slice(1))?.scrollIntoView()
  }, [ready, hash, key])
}
