import { z } from 'zod'
import { call } from './call.ts'
import { As, Factor, OneTimeSecret, SignedIn } from './proof.ts'

const back = z.object({
  code: z.string().max(4000).optional(),
  state: z.string().max(500).optional(),
  iss: z.string().max(500).optional(),
  error: z.string().max(200).optional(),
})
export const calls = {
  'sso.begin': call('POST /sso', 'Begin a sign-in at the firm’s identity provider (OpenID Connect, code with PKCE)', {
    answer: z.object({ url: z.string() }),
  }),
  'sso.finish': call('POST /sso/return', 'What the identity provider sent back', {
    status: 201,
    body: back.extend({ as: As }),
    answer: SignedIn,
  }),
  'sso.second': call('POST /sso/second', 'The second factor after the identity provider', {
    status: 201,
    body: z.object({ secret: OneTimeSecret, ...Factor, as: As }),
    answer: SignedIn,
  }),
  'sso.beginLink': call('POST /me/sso', 'Begin to link one’s account at the identity provider', { answer: z.object({ url: z.string() }) }),
  'sso.link': call('POST /me/sso/return', 'Link one’s account, by issuer and subject', { status: 204, body: back }),
  'sso.unlink': call('DELETE /me/sso', 'Unlink one’s account', { status: 204 }),
}
