import { CHANNELS, VERIFICATION } from './matrix.ts'

export type Channel = (typeof CHANNELS)[number]
/** How sure the firm is of a recipient's address (catalogue 6.16): V0 not at all, to V4. */
export type Level = (typeof VERIFICATION)[number]
