import type { Command } from 'commander'
import { readConfig } from '../platform/config.ts'
import { example, withPlace, type Place } from './options.ts'
import { asPerson } from './person.ts'
import { print, printJson } from './terminal.ts'

export function addClock(program: Command): void {
  const clock = program.command('clock').description('The clock that the ledger hangs on')
  const confirm = withPlace(clock.command('confirm')).description(
    'Say that a clock that went back is right again, as the administrator who is signed in; the ledger remembers it',
  )
  example(confirm, 'subrosa clock confirm').action(async (options: Place) => {
    await asPerson(readConfig(options), (firm) => firm.ask('clock.confirm', {}))
    if (options.json) printJson({ confirmed: true })
    else print('The clock is confirmed. Acts are accepted again within a second.')
  })
}
