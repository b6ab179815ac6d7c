import type { Command } from 'commander'
import { readConfig } from '../platform/config.ts'
import { example, withPlace, type Place } from './options.ts'
import { asFresh, withCode, type Fresh } from './people.ts'
import { asPerson } from './person.ts'
import { print, printJson } from './terminal.ts'

export function addIndex(program: Command): void {
  const index = program.command('index').description('The index of search, for whoever keeps it')
  example(
    withPlace(index.command('status')).description('How many documents can be found by what they say: counts alone'),
    'subrosa index status',
  ).action(status)
  example(
    withCode(withPlace(index.command('rebuild')))
      .description('Have everything indexed anew from the text that was read, while people work')
      .option('--read', 'open and read every file again first, scans too; takes far longer'),
    'subrosa index rebuild --read --code 123456',
  ).action(rebuild)
}

async function status(options: Place): Promise<void> {
  const counts = await asPerson(readConfig(options), (firm) => firm.ask('index.progress', {}))
  if (options.json) return printJson(counts)
  const { indexed, waiting, scan, unreadable, left } = counts
  print(`Can be found by what they say: ${indexed}`)
  print(`Waiting to be read: ${waiting}`)
  print(`Pages wait to be read by machine: ${scan}`)
  print(`Cannot be read: ${unreadable}`)
  print(`Pieces of work left: ${left}`)
}

async function rebuild(options: Fresh & { read?: boolean }): Promise<void> {
  const begun = await asFresh(options, (firm) => firm.ask('index.rebuild', { body: { read: options.read === true } }))
  if (options.json) printJson(begun)
  else print(`Begun: ${begun.left} pieces of work. The server does them while people work; subrosa index status says how far it is.`)
}
