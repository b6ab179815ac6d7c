import type { RefusalCode } from '../../contract/errors.ts'
import { sqlState } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'

/** What PostgreSQL says no with (db/access/people.sql), in the contract's words. */
const CODES: Record<string, RefusalCode> = {
  SR010: 'role.guarded',
  SR011: 'person.last_administrator',
  SR012: 'person.oneself',
  SR013: 'person.state',
  SR015: 'approval.decided',
  SR016: 'approval.waits',
  SR018: 'successor.unfit',
}

type Options = { /** for what is said of one thing only */ [state: string]: { code?: RefusalCode; text?: string } }

/** For `.catch`: words the firm's rules; anything else stays what it was. @throws Refusal */
export const refuse =
  (options: Options = {}) =>
  (fault: unknown): never => {
    const state = sqlState(fault) ?? ''
    const code = options[state]?.code ?? CODES[state]
    throw code ? new Refusal(code, { text: options[state]?.text, cause: fault }) : fault
  }
