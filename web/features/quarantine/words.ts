import type { HeldView } from '../../../src/contract/quarantine.ts'
import type { Answer } from '../../lib/ask.ts'
import { foundIn, scanWords } from '../vault/scan-words.ts'

/** Why nobody opens it, as a sentence. */
export const whyHeld = ({ state, why, signature }: HeldView): string =>
  state === 'quarantined' ? foundIn(signature) || 'The malware scanner found something in it.' : `${scanWords({ state, why, signature })}.`

/** What is looked for on this server, and what happens while nobody looks. */
export const SCANNER: Record<Answer<'quarantine.list'>['scanner'], string> = {
  hold: 'Files are looked at as they come in. What the scanner cannot look at waits here.',
  accept: 'Files are looked at as they come in. What the scanner cannot look at is opened with a mark.',
  none: 'No malware scanner is set on this server: only what hides under a false name is found. A scanner is set with SUBROSA_CLAMD.',
}
