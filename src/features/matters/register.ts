import type { MatterId } from '../../contract/ids.ts'
import type { FirmKeys } from '../../platform/firm-keys.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'

/** A matter as the register knows it: under the firm's key, for those who read no content. */
export type Card = { number: string; title: string }

export const sealCard = (keys: FirmKeys, matter: string, card: Card) =>
  sealFirmText(keys, 'register', 'sealed_card', matter, JSON.stringify(card))
/** @throws BrokenSeal */
export const cardOf = (keys: FirmKeys, matter: MatterId | string, sealed: Buffer): Card =>
  JSON.parse(firmText(keys, 'register', 'sealed_card', matter, sealed)) as Card
