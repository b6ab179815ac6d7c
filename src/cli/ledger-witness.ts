import type { Command } from 'commander'
import type { WitnessView } from '../contract/witness.ts'
import { readConfig } from '../platform/config.ts'
import { Stop } from '../platform/refusal.ts'
import { example, withPlace, type Place } from './options.ts'
import { asFresh, withCode, type Fresh } from './people.ts'
import { asPerson } from './person.ts'
import { print, printJson, safe } from './terminal.ts'

/** `ledger witness`: who witnesses the firm's own ledger. To be a witness of others: `subrosa witness`. */
export function addLedgerWitness(ledger: Command): void {
  const witnesses = ledger.command('witness').description('The witnesses of the firm’s ledger')
  const add = withCode(withPlace(witnesses.command('add')))
    .argument('<url>', 'where it is asked, such as https://witness.notary.example')
    .argument('<key>', 'its verifier key, as its operator gives it')
    .description('Name a witness; it is sent each checkpoint from now on, and the key that its operator needs is printed')
  example(add, 'subrosa ledger witness add https://witness.notary.example witness.notary.example/1+1a2b3c4d+BA… --code 123456').action(
    named,
  )
  const shown = withPlace(witnesses.command('list')).description('Who they are, what each signed last, and what is wrong')
  example(shown, 'subrosa ledger witness list').action(list)
  const retire = withCode(withPlace(witnesses.command('retire')))
    .argument('<name>', 'its name, as the list shows it')
    .description('Let a witness go; what it signed stays')
  example(retire, 'subrosa ledger witness retire witness.notary.example/1 --code 123456').action(letGo)
}

async function named(url: string, key: string, options: Fresh): Promise<void> {
  const { witness, ours } = await asFresh(options, async (firm) => ({
    witness: await firm.ask('witness.add', { body: { url, key } }),
    ours: (await firm.ask('witness.list', {})).key,
  }))
  if (options.json) return printJson({ witness, key: ours })
  print(ours)
  process.stderr.write(
    `${safe(witness.name)} is a witness of this ledger. Its operator is given the line above: subrosa witness trust KEY\n`,
  )
}

async function list(options: Place): Promise<void> {
  const { witnesses, key, witnessed } = await asPerson(readConfig(options), (firm) => firm.ask('witness.list', {}))
  if (options.json) return printJson({ witnesses, key, witnessed })
  print(`The ledger’s key: ${key}`)
  if (witnesses.length === 0) print('Nobody witnesses this ledger yet: subrosa ledger witness add')
  witnesses.forEach((witness) => lines(witness).forEach((line) => print(line)))
}

function lines({ name, url, last, fault, retiredAt }: WitnessView): string[] {
  const signed = last ? `signed ${last.size} entries on ${minute(last.at)}` : 'has signed nothing yet'
  const head = `${safe(name)}  ${safe(url)}  ${retiredAt ? `let go on ${minute(retiredAt)}; ` : ''}${signed}`
  return fault && !retiredAt ? [head, `  since ${minute(fault.since)}: ${fault.text}`] : [head]
}
const minute = (at: string): string => `${at.slice(0, 16).replace('T', ' ')} UTC`

async function letGo(name: string, options: Fresh): Promise<void> {
  await asFresh(options, async (firm) => {
    const found = (await firm.ask('witness.list', {})).witnesses.filter((one) => one.name === name && !one.retiredAt)
    if (found.length === 0)
      throw new Stop('usage.witness', `No witness of this ledger is called ${safe(name)}. subrosa ledger witness list shows them.`)
    for (const { id } of found) await firm.ask('witness.retire', { params: { witness: id } })
  })
  if (options.json) printJson({ retired: name })
  else print('It is let go. What it signed stays.')
}
