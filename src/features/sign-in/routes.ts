import { act, all, inPerson, look, own, signedIn, visit, type Route } from '../../platform/route.ts'
import { me } from './me.ts'
import * as sessions from './sessions.ts'
import { challenge as anyPasskey, signIn } from './sign-in.ts'
import { challenge, prove } from './step-up.ts'

const oneself = all(signedIn, inPerson)
export const routes: Route[] = [
  visit('session.create', signIn),
  visit('passkey.challenge', anyPasskey),
  act('session.end', signedIn, 'session.ended', sessions.end),
  look('session.list', oneself, sessions.list),
  act('session.revoke', oneself, 'session.revoked', sessions.revoke),
  act('session.revokeAll', oneself, 'session.revoked', sessions.revokeAll),
  look('session.challenge', oneself, challenge),
  own('session.prove', oneself, prove),
  act('device.lost', oneself, 'device.lost', sessions.lose),
  look('person.me', signedIn, me),
]
