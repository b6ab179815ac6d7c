import type { ReceiverView } from '../../../src/contract/receiver.ts'
import { sentence } from '../../lib/form.ts'
import { Refused } from '../../lib/refused.ts'

export type Shown = NonNullable<ReceiverView['settings']>
export const FORMS: Record<Shown['form'], string> = { rfc5424: 'structured syslog', cef: 'CEF', ocsf: 'OCSF' }
/** `structured syslog over TLS to siem.firm.example:6514`. */
export const whereTo = ({ kind, form, to }: Shown): string => `${FORMS[form]} ${kind === 'syslog' ? 'over TLS' : 'by webhook'} to ${to}`
export const whatGoes = ({ names }: Shown): string =>
  names ? 'Names of people go along; no word of a matter does.' : 'No name of anyone and no word of a matter goes along.'
/** Why it was not done; null where nothing is wrong. */
export const wordsOf = (fault: unknown): string | null =>
  fault instanceof Refused ? sentence(fault) : fault ? 'Something broke. Try again.' : null
