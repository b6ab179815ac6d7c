import { openText, sealField, type Sealed } from '../../core/field.ts'
import { FIRM_KEY_VERSION, type FirmKeys } from '../../platform/firm-keys.ts'

type Table =
  | 'people'
  | 'clients'
  | 'firm'
  | 'sessions'
  | 'devices'
  | 'passkeys'
  | 'identities'
  | 'roles'
  | 'groups'
  | 'approvals'
  | 'leavings'
  | 'settings'
  | 'register'
  | 'names'
  | 'walls'
  | 'wall_certifications'
  | 'wall_notes'
  | 'confirmations'
  | 'requests'
  | 'checks'
  | 'check_hits'
  | 'check_decisions'
  | 'matrix'
  | 'probes'
  | 'holds'
  | 'destructions'
  | 'versions'
  | 'own_roots'
  | 'receivers'
  | 'receiver_settings'
  | 'receiver_cursors'
  | 'log_reviews'
  | 'log_review_tasks'
  | 'log_review_items'
  | 'saved_searches'
  | 'recipients'
  | 'recipient_addresses'

/** Seals a word of the firm's directory for its row. */
export const sealFirmText = (keys: FirmKeys, table: Table, column: string, row: string, text: string): Sealed =>
  sealField(keys.field, FIRM_KEY_VERSION, { table: `app.${table}`, column, row }, text)

/** Opens a word of the firm's directory. @throws BrokenSeal */
export const firmText = (keys: FirmKeys, table: Table, column: string, row: string, sealed: Buffer): string =>
  openText(keys.field, { table: `app.${table}`, column, row }, sealed)
