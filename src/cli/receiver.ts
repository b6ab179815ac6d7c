import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { ReceiverSettings, ReceiverView } from '../contract/receiver.ts'
import { readConfig } from '../platform/config.ts'
import { Stop } from '../platform/refusal.ts'
import type { Joined } from './join.ts'
import { example, withPlace, type Place } from './options.ts'
import { asFresh, withCode, type Fresh } from './people.ts'
import { asPerson } from './person.ts'
import { print, printJson, safe } from './terminal.ts'

type Adding = Fresh & {
  to: string
  form: string
  secretFile?: string
  ca?: string
  certificate?: string
  key?: string
  names?: boolean
  fromBeginning?: boolean
  reason: string
}

/** `ledger receiver`: where the ledger is sent to. */
export function addReceiver(ledger: Command): void {
  const receiver = ledger.command('receiver').description('Where the ledger is sent to (SIEM)')
  receiver.addHelpText(
    'after',
    '\nIds, deeds, times and addresses leave; no word of a matter, client or document ever\ndoes. Nothing is sent before a second person has agreed, under Receivers in the page.',
  )
  const shown = withPlace(receiver.command('list')).description('Which there are, how far each has taken the ledger, and why it does not')
  example(shown, 'subrosa ledger receiver list').action(list)
  const add = withCode(withPlace(receiver.command('add')))
    .argument('<name>', 'what it is called')
    .description('Ask for the ledger to be sent to a receiver; a second person agrees to it in the page')
    .requiredOption('--to <WHERE>', 'syslog-tls://HOST:PORT, or the https address of a webhook')
    .option('--form <FORM>', 'rfc5424 (syslog only), cef or ocsf', 'ocsf')
    .option('--secret-file <FILE>', 'webhook: a file that holds the shared secret')
    .option('--ca <FILE>', 'the private CA (PEM file) of the receiver’s certificate')
    .option('--certificate <FILE>', 'syslog: the certificate (PEM file) that is shown to the receiver')
    .option('--key <FILE>', 'syslog: its private key (PEM file)')
    .option('--names', 'names of people go along')
    .option('--from-beginning', 'all that is in the ledger, and not only what comes from now on')
    .requiredOption('--reason <R>', 'why; the second person reads it, and it stands in the ledger')
  example(
    add,
    'subrosa ledger receiver add "Watch post" --to syslog-tls://siem.firm.example:6514 --form rfc5424 \\\n    --ca siem-ca.pem --reason "The insurer asks for it" --code 123456',
  ).action(ask)
  const test = withCode(withPlace(receiver.command('test')))
    .argument('<name>', 'what it is called')
    .description('Send it a test message, which holds nothing of the ledger')
  example(test, 'subrosa ledger receiver test "Watch post"').action(tryOne)
  const retire = withCode(withPlace(receiver.command('retire')))
    .argument('<name>', 'what it is called')
    .description('Send it nothing any more, once it was sent this')
    .requiredOption('--reason <R>', 'why; it stands in the ledger')
  example(retire, 'subrosa ledger receiver retire "Watch post" --reason "Replaced" --code 123456').action(end)
}

async function list(options: Place): Promise<void> {
  const { receivers } = await asPerson(readConfig(options), (firm) => firm.ask('receiver.list', {}))
  if (options.json) return printJson({ receivers })
  for (const one of receivers) print(lineOf(one))
  if (receivers.length === 0) print('The ledger is sent nowhere.')
}

function lineOf({ name, state, settings, asked, behind, takenAt, fault }: ReceiverView): string {
  const where = (settings ?? asked?.settings)?.to ?? ''
  const standing = {
    asked: 'waits for a second person',
    over: 'over',
    live: `${behind.entries} behind, last taken ${takenAt ?? 'never'}${fault ? `; failing since ${fault.since}: ${fault.text}` : ''}`,
  }[state]
  return safe(`${name} (${where}): ${standing}${state === 'live' && asked ? '; other settings wait for a second person' : ''}`)
}

async function ask(name: string, options: Adding): Promise<void> {
  const settings = await settingsIn(options)
  const from = options.fromBeginning ? 'beginning' : 'now'
  const made = await asFresh(options, (firm) => firm.ask('receiver.add', { body: { name, settings, from, reason: options.reason } }))
  if (options.json) return printJson(made)
  print(`${safe(made.name)} waits for a second person, who agrees under Receivers in the page. Nothing is sent until then.`)
}

/** @throws Stop `usage.receiver` */
async function settingsIn({ to, form, secretFile, ca, certificate, key, names }: Adding): Promise<ReceiverSettings> {
  const shared = { ca: await textIn(ca), names: names === true }
  const url = URL.canParse(to) ? new URL(to) : null
  if (url?.protocol === 'syslog-tls:' && url.hostname !== '' && (form === 'rfc5424' || form === 'cef' || form === 'ocsf')) {
    const own = await textIn(key)
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const port = url.port === '' ? 6514 : Number(url.port)
    return { kind: 'syslog', form, host, port, certificate: await textIn(certificate), ...(own !== null && { key: own }), ...shared }
  }
  const secret = await textIn(secretFile)
  if (url && /^https?:$/.test(url.protocol) && (form === 'cef' || form === 'ocsf') && secret !== null)
    return { kind: 'webhook', form, url: to, secret: secret.trim(), ...shared }
  throw new Stop(
    'usage.receiver',
    '--to takes syslog-tls://HOST:PORT with --form rfc5424, cef or ocsf; or an https address with --secret-file and --form cef or ocsf.',
  )
}

const textIn = async (file: string | undefined): Promise<string | null> =>
  file === undefined
    ? null
    : readFile(file, 'utf8').catch((fault: NodeJS.ErrnoException) => {
        throw new Stop('usage.receiver', `${file} cannot be read (${fault.code}).`, fault)
      })

async function found(firm: Joined, name: string): Promise<ReceiverView> {
  const all = (await firm.ask('receiver.list', {})).receivers.filter(
    (one) => one.state !== 'over' && one.name === name.normalize('NFC').trim(),
  )
  if (all.length !== 1)
    throw new Stop(
      'usage.receiver',
      `There is ${all.length === 0 ? 'no receiver' : 'more than one receiver'} ${safe(name)}. Ask: subrosa ledger receiver list`,
    )
  return all[0]!
}

async function tryOne(name: string, options: Fresh): Promise<void> {
  const { taken, why } = await asFresh(options, async (firm) =>
    firm.ask('receiver.test', { params: { receiver: (await found(firm, name)).id } }),
  )
  if (options.json) return printJson({ taken, why })
  if (!taken) throw new Stop('receiver.away', why ?? 'The receiver did not take it.')
  print(`${safe(name)} took the test message.`)
}

async function end(name: string, options: Fresh & { reason: string }): Promise<void> {
  await asFresh(options, async (firm) =>
    firm.ask('receiver.retire', { params: { receiver: (await found(firm, name)).id }, body: { reason: options.reason } }),
  )
  if (options.json) return printJson({ retired: name })
  print(`${safe(name)} is retired: it is sent that, and nothing after it.`)
}
