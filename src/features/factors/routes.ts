import { act, all, fresh, inPerson, look, may, own, sensitive, signedIn, visit, type Route } from '../../platform/route.ts'
import * as factors from './factors.ts'
import * as passwords from './passwords.ts'
import * as tokens from './tokens.ts'

const oneself = all(signedIn, inPerson)
export const routes: Route[] = [
  look('factor.list', oneself, factors.list),
  look('passkey.begin', fresh, factors.beginPasskey),
  own('passkey.create', fresh, factors.createPasskey),
  act('passkey.rename', oneself, 'passkey.renamed', factors.renamePasskey),
  act('passkey.revoke', fresh, 'passkey.revoked', factors.revokePasskey),
  look('totp.begin', fresh, factors.beginTotp),
  act('totp.create', fresh, 'factor.enrolled', factors.createTotp),
  act('totp.remove', fresh, 'factor.removed', factors.removeTotp),
  act('recovery.create', fresh, 'recovery.created', factors.createRecoveryCodes),
  visit('password.judge', passwords.judge),
  own('password.change', fresh, passwords.change),
  visit('password.forget', passwords.forget),
  visit('password.reset', passwords.reset),
  visit('password.renew', passwords.renewDue),
  act('token.create', sensitive('token.manage'), 'token.created', tokens.create),
  visit('token.issue', tokens.issue),
  look('token.list', may('token.manage'), tokens.list),
  act('token.revoke', may('token.manage'), 'token.revoked', tokens.revoke),
]
