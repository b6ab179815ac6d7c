import type { Command } from 'commander'
import { addLedgerWitness } from './ledger-witness.ts'

export function addLedger(program: Command): void {
  const ledger = program.command('ledger').description('The firm’s ledger: who witnesses it')
  addLedgerWitness(ledger)
}
