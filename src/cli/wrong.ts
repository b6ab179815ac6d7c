import { randomBytes } from 'node:crypto'
import { stderrLog } from '../platform/log.ts'
import { Stop } from '../platform/refusal.ts'
import { Refused } from './exchange.ts'
import { EXIT, exitOf, type Exit } from './exit.ts'
import { printJson, safe, tell } from './terminal.ts'

/** Says what went wrong, in a sentence, and gives the exit code. Of a fault only its kind, its place and a reference are shown. */
export function report(fault: unknown, json: boolean): Exit {
  const { code, text, exit } = reading(fault)
  tell(safe(text))
  if (fault instanceof Refused)
    for (const [field, why] of Object.entries(fault.fields)) if (why !== text) tell(`  ${safe(field)}: ${safe(why)}`)
  if (json) printJson({ error: { code, text } })
  return exit
}

function reading(fault: unknown): { code: string; text: string; exit: Exit } {
  if (fault instanceof Stop) return { code: fault.code, text: fault.message, exit: exitOf(fault.code) }
  if (fault instanceof Refused) {
    const text = fault.reference ? `${fault.message} Its reference in the server’s log is ${fault.reference}.` : fault.message
    return { code: fault.code, text, exit: exitOf(fault.code, fault.status) }
  }
  const system = fault instanceof Error && 'code' in fault && typeof fault.code === 'string' ? fault.code : null
  if (system === 'ENOSPC' || system === 'EDQUOT') return { code: 'disk.full', text: 'The disk is full.', exit: EXIT.notCreated }
  const reference = randomBytes(5).toString('hex')
  stderrLog().error(`fault ${reference}`, fault)
  return {
    code: 'fault',
    text: `couldn’t do that${system ? ` (${system})` : ''}: a fault of Subrosa’s own. Its reference is ${reference}.`,
    exit: EXIT.broken,
  }
}
