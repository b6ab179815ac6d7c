import { openText, sealField, type Sealed } from '../../core/field.ts'
import type { MatterKeys, Shut } from './matter-keys.ts'

type Table =
  | 'matters'
  | 'matter_groups'
  | 'parties'
  | 'standings'
  | 'verifications'
  | 'team_members'
  | 'folders'
  | 'documents'
  | 'versions'
  | 'bundles'
  | 'destructions'
  | 'uploads'

/** In the place of a matter's name that does not open. */
export const SHUT: Record<Shut, string> = { withheld: 'Locked by its owner’s key', gone: 'A matter whose key is gone' }

/** Seals a word of a matter, such as a file's name, for its row. */
export const sealMatterText = (keys: MatterKeys, table: Table, column: string, row: string, text: string): Sealed =>
  sealField(keys.field, keys.fieldVersion, { table: `app.${table}`, column, row }, text)

/** Opens a word of a matter. @throws BrokenSeal */
export const matterText = (keys: MatterKeys, table: Table, column: string, row: string, sealed: Buffer): string =>
  openText(keys.field, { table: `app.${table}`, column, row }, sealed)
