import type { ScanView } from '../../../src/contract/scan.ts'

const WHY: Record<NonNullable<ScanView['why']>, string> = {
  'away': 'the scanner did not answer',
  'too-large': 'it is larger than the scanner takes',
  'unclear': 'the scanner gave no verdict',
}
const DISGUISES: Record<string, string> = {
  'Disguised.Program': 'It is a program under the name of something else.',
  'Disguised.Shortcut': 'It is a shortcut that runs something, under the name of something else.',
  'Disguised.Script': 'It is a script under the name of a document.',
  'Disguised.HtmlApplication': 'It is an HTML application under the name of something else.',
  'Disguised.Macros': 'It holds macros under a name that promises none.',
}

/** Whether it is opened by nobody for what was found in it, or because nobody has looked yet. */
export const isHeld = ({ state }: ScanView): boolean => state === 'waiting' || state === 'quarantined'

/** The mark in a list; null where there is nothing to say. */
export const scanMark = ({ state }: ScanView): string | null =>
  state === 'quarantined' ? 'Quarantine' : state === 'waiting' ? 'Waits for the scanner' : null

/** What was found, as a sentence. */
export const foundIn = (signature: string | null): string =>
  signature === null ? '' : (DISGUISES[signature] ?? `The malware scanner found ${signature} in it.`)

/** What was said of it when it was looked at for malware. */
export function scanWords({ state, why, signature }: ScanView): string {
  if (state === 'clean') return 'Looked at, nothing found'
  if (state === 'quarantined') return `In quarantine. ${foundIn(signature)}`
  if (state === 'waiting') return `Not looked at yet: ${why ? WHY[why] : 'the scanner was away'}`
  if (state === 'released') return `Released by hand. ${foundIn(signature)}`.trim()
  return why ? `Not looked at: ${WHY[why]}` : 'Not looked at: no malware scanner was set'
}

/** Why it is not opened, and what to do. */
export const heldFor = (scan: ScanView): string =>
  scan.state === 'quarantined'
    ? `${foundIn(scan.signature)} Nobody opens it. Put it into the trash, or ask compliance to release it.`
    : `It is opened once the malware scanner has looked at it${scan.why === 'away' ? '' : `; ${scan.why ? WHY[scan.why] : ''}, so ask compliance to release it`}.`
