import { refuse } from '../access/refused.ts'

/** What PostgreSQL says no with (db/access/holding.sql, destroying.sql), in the contract's words. @throws Refusal */
export const refuseIt = refuse({
  SR012: { code: 'hold.oneself' },
  SR013: { code: 'person.state', text: 'A custodian is not in the firm. Choose someone who is.' },
  SR025: { code: 'hold.state' },
  SR030: { code: 'matter.closed', text: 'The matter is closed. Destroy it as a whole, or open it again first.' },
  SR031: { code: 'document.locked' },
  SR032: { code: 'document.out' },
  SR050: { code: 'hold.stands' },
  SR051: { code: 'destruction.state' },
  SR052: { code: 'matter.state', text: 'Only a closed matter is destroyed. Close it first.' },
})
