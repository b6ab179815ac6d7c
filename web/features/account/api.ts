import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { DeviceId, PasskeyId, SessionId } from '../../../src/contract/ids.ts'
import type { Permission } from '../../../src/contract/roles.ts'
import { type Answer, ask } from '../../lib/ask.ts'
import { makePasskey } from '../../lib/passkey.ts'

export type Factors = Answer<'factor.list'>
const factorsKey = ['factors']
const sessionsKey = ['sessions']
const tokensKey = ['tokens']
const meKey = ['me']

export const useFactors = () => useQuery({ queryKey: factorsKey, queryFn: ({ signal }) => ask('factor.list', { signal }) })
export const useSessions = () => useQuery({ queryKey: sessionsKey, queryFn: ({ signal }) => ask('session.list', { signal }) })
export const useTokens = () =>
  useQuery({ queryKey: tokensKey, queryFn: async ({ signal }) => (await ask('token.list', { signal })).tokens })
export const useNotices = () =>
  useQuery({ queryKey: ['notices'], queryFn: async ({ signal }) => (await ask('notice.list', { signal })).notices })

/** An act on one's own account. What it answers may be a secret, so nothing of it stays in memory. */
function useActing<G, A>(act: (given: G) => Promise<A>, ...touched: string[][]) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: () => Promise.all([meKey, ...touched].map((queryKey) => queries.invalidateQueries({ queryKey }))),
    gcTime: 0,
  })
}

export const useChangePassword = () =>
  useActing((body: { current?: string; password: string }) => ask('password.change', { body }), factorsKey, sessionsKey)

export const useBeginApp = () => useMutation({ mutationFn: () => ask('totp.begin'), gcTime: 0 })
export const useUseApp = () => useActing((body: { totpSecret: string; code: string }) => ask('totp.create', { body }), factorsKey)
export const useRemoveApp = () => useActing(() => ask('totp.remove'), factorsKey)

/** Has the browser make a passkey, and adds it. Null when the person turned away. */
export const useAddPasskey = () =>
  useActing(async (name: string) => {
    const passkey = await makePasskey((await ask('passkey.begin')).passkeyOptions)
    return passkey && ask('passkey.create', { body: { name, passkey } })
  }, factorsKey)
export const useRenamePasskey = () =>
  useActing(
    ({ passkey, name }: { passkey: PasskeyId; name: string }) => ask('passkey.rename', { params: { passkey }, body: { name } }),
    factorsKey,
  )
export const useRevokePasskey = () => useActing((passkey: PasskeyId) => ask('passkey.revoke', { params: { passkey } }), factorsKey)

export const useMakeCodes = () => useActing(async () => (await ask('recovery.create')).recoveryCodes, factorsKey)

/** Leaves for the identity provider; what it sends back is linked at `/sso`. */
export const useBeginLink = () =>
  useMutation({ mutationFn: async () => window.location.assign((await ask('sso.beginLink')).url), gcTime: 0 })
export const useUnlink = () => useActing(() => ask('sso.unlink'), factorsKey)

export const useEndSession = () => useActing((session: SessionId) => ask('session.revoke', { params: { session } }), sessionsKey)
export const useEndOthers = () => useActing((tokens: boolean) => ask('session.revokeAll', { body: { tokens } }), sessionsKey, tokensKey)
export const useReportLost = () =>
  useActing((device: DeviceId) => ask('device.lost', { params: { device } }), sessionsKey, tokensKey, factorsKey)

export type NewToken = { name: string; days: number; scope?: Permission[] }
export const useMakeToken = () => useActing((body: NewToken) => ask('token.create', { body }), tokensKey, sessionsKey)
export const useRevokeToken = () => useActing((token: SessionId) => ask('token.revoke', { params: { token } }), tokensKey, sessionsKey)
