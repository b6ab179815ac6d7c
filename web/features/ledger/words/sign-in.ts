import type { EntryView } from '../../../../src/contract/ledger.ts'
import { count, counted, timeOf } from '../../../lib/format.ts'
import { before, type Detail, on, spaced, type Worded, type Words } from './worded.ts'

const FACTORS: Record<string, string> = {
  totp: 'an authenticator app',
  passkey: 'a passkey',
  recovery: 'a recovery code',
  identity: 'the identity provider',
}
/** Where a client’s key is. */
const ROOTS: Record<string, string> = { transit: 'in OpenBao or Vault', kms: 'in AWS KMS', file: 'in a file on the server' }
const at =
  (words: string): Worded =>
  (value) =>
    `${words} ${timeOf(String(value), true)}`

function countWords(value: Detail, { deed }: EntryView): string {
  const n = Number(value)
  return deed === 'recovery.created' || deed === 'notice.seen' ? `${count(n)} of them` : `${counted(n, 'session')} ended`
}

/** Of signing in, factors, sessions and the directory. */
export const SIGN_IN_WORDS: Words = {
  kind: (kind, { deed }) =>
    deed === 'root.added'
      ? (ROOTS[String(kind)] ?? '')
      : deed.startsWith('receiver.')
        ? ''
        : kind === 'command'
          ? 'for the command line'
          : '',
  factor: (factor, { deed }) => {
    if (deed === 'factor.removed') return ''
    const words = FACTORS[String(factor)] ?? spaced(String(factor))
    return deed === 'factor.enrolled' ? `namely ${words}` : `with ${words}`
  },
  link: (kind) => (kind === 'invitation' ? 'by invitation' : 'by a renewal link'),
  device: before('on'),
  newDevice: on('a device not seen before'),
  address: (address) => (address === true ? 'with a new address' : `from ${String(address)}`),
  tries: (tries) => `after ${counted(Number(tries), 'try', 'tries')}`,
  passkeyOnly: on('since a role asks for a passkey'),
  passkey: on('with a passkey'),
  stepUp: on('when asked for the second factor anew'),
  reset: on('while renewing the password'),
  identity: on('through the identity provider'),
  label: String,
  synced: (synced) => (synced ? 'kept in step between devices' : 'on one device'),
  counter: before('at count'),
  count: countWords,
  tokens: on('access tokens too'),
  reportedAt: at('reported at'),
  endedAt: at('ended at'),
  scope: (scope) => `for ${counted(String(scope).split(' ').length, 'permission')}`,
  days: (days) => `for ${counted(Number(days), 'day')}`,
  directory: on('as the directory says'),
  brought: on('brought in by the directory'),
  removed: on('taken out there'),
}
