import { iso } from '../../platform/clock.ts'
import { act, inPerson, look, may, own, signedIn, visit, type Here, type Input, type Route, type Visit } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { create, list, me } from './people.ts'
import { shown } from './secrets.ts'
import { signIn } from './sign-in.ts'
import * as tokens from './tokens.ts'

export const routes: Route[] = [
  visit('session.create', begin),
  act('session.end', signedIn, 'session.ended', end),
  look('person.me', signedIn, me),
  look('person.list', may('person.list'), list),
  act('person.create', (who) => (inPerson(who), may('person.create')(who)), 'person.invited', create),
  own('token.create', (who) => (inPerson(who), may('token.manage')(who)), tokens.create),
  visit('token.issue', tokens.issue),
  look('token.list', may('token.manage'), tokens.list),
  act('token.revoke', may('token.manage'), 'token.revoked', tokens.revoke),
]

async function begin(from: Visit, { body }: Input<'session.create'>) {
  const { person, name, begun } = await signIn(from, body)
  const answer = { person, name, endsAt: iso(begun.endsAt) }
  return body.as === 'bearer' ? { answer: { ...answer, token: shown(begun.secret) } } : { answer, begun }
}

async function end({ db, me }: Here) {
  await db.run('update app.sessions set revoked_at = transaction_timestamp() where id = $1', [me.session])
  return remembered({ object: me.session, details: {} }, undefined)
}
