import type { RefusalCode } from '../../contract/errors.ts'
import { sqlState, type Db } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'

/** What PostgreSQL says no with (db/access/filing.sql), in the contract's words. */
const SAID: Record<string, [code: RefusalCode, text?: string]> = {
  '23505': ['name.taken'],
  'SR030': ['matter.closed', 'The matter is closed; nothing in it is changed. Reopen it first.'],
  'SR031': ['document.locked'],
  'SR032': ['document.out'],
  'SR033': ['version.old', 'There is a newer version than the one this was made from. Read that first.'],
  'SR034': ['version.same'],
  'SR035': ['folder.inside'],
  'SR036': ['folder.full'],
  'SR050': ['hold.stands'],
  'SR038': ['group.unfit', 'Its class lets no group in there, and you reach that matter by a group. Ask someone on its team to do it.'],
  'SR037': ['version.old', 'Someone removed that folder just now. Look at the folders again.'],
}

/** For `.catch`: words what the law of filing refuses; anything else stays what it was. @throws Refusal */
export const refuse = (fault: unknown): never => {
  const said = SAID[sqlState(fault) ?? '']
  throw said ? new Refusal(said[0], { text: said[1], cause: fault }) : fault
}

/** Calls one of the law's functions; false: there is nothing, or nothing of theirs. @throws Refusal */
export async function isDone(db: Db, call: string, values: unknown[]): Promise<boolean> {
  return (await db.row<{ done: boolean | null }>(`select hidden.${call} as done`, values).catch(refuse))?.done === true
}
