import type { Command } from 'commander'
import type { PersonId, SessionId } from '../contract/ids.ts'
import type { PersonView } from '../contract/person.ts'
import type { Role } from '../contract/roles.ts'
import { readConfig } from '../platform/config.ts'
import { Stop } from '../platform/refusal.ts'
import type { Joined } from './join.ts'
import { example, withPlace, type Place } from './options.ts'
import { asPerson } from './person.ts'
import { print, printJson, safe } from './terminal.ts'

/** Sensitive acts ask for a factor within five minutes: that of `login`, or a code given with the command. */
export type Fresh = Place & { code?: string }
export const withCode = (command: Command): Command =>
  command.option('--code <C>', 'a code of the authenticator, when the sign-in is older than five minutes')

export async function asFresh<T>(options: Fresh, fn: (firm: Joined) => Promise<T>): Promise<T> {
  return asPerson(readConfig(options), async (firm) => {
    if (options.code !== undefined) await firm.ask('session.prove', { body: { code: options.code.replaceAll(/\s/g, '') } })
    return fn(firm)
  })
}

export function addPerson(program: Command): void {
  const person = program.command('person').description('The people of the firm')
  example(withPlace(person.command('list')).description('Who works in the firm, and what is overdue'), 'subrosa person list').action(list)
  example(
    withCode(withPlace(person.command('invite')))
      .description('Invite a person; the link goes by e-mail, or is printed where the firm sends none')
      .requiredOption('--name <N>', 'their name')
      .requiredOption('--email <E>', 'their e-mail address')
      .requiredOption('--role <LIST>', 'their roles, separated by commas'),
    'subrosa person invite --name "Ben Ames" --email ben@wren.example --role lawyer',
  ).action(invite)
  example(
    withCode(withPlace(person.command('leave')))
      .argument('<email>', 'the e-mail address of whoever leaves')
      .description('Let a person leave, now: sessions, access tokens and memberships end')
      .requiredOption('--successor <E>', 'who takes over what nobody else is on, by e-mail address')
      .option('--reason <R>', 'why; it stands in the ledger'),
    'subrosa person leave sam@wren.example --successor ada@wren.example --code 123456',
  ).action(leave)
}

/** @throws Stop `usage.person` */
export function idIn(people: PersonView[], address: string): PersonId {
  const found = people.find((one) => one.email === address.normalize('NFKC').trim().toLowerCase())
  if (!found) throw new Stop('usage.person', `Nobody in the firm has the address ${safe(address)}.`)
  return found.id
}

const roleList = (text: string): Role[] =>
  text
    .split(',')
    .map((role) => role.trim())
    .filter(Boolean) as Role[]

async function list(options: Place): Promise<void> {
  const { people } = await asPerson(readConfig(options), (firm) => firm.ask('person.list', {}))
  if (options.json) return printJson({ people })
  people.forEach((one) => print(lineOf(one)))
}
const lineOf = (one: PersonView): string =>
  safe(
    `${one.email}  ${one.name}, ${one.roleNames.join(', ') || 'no role'}, ${one.state}${one.signIn?.seenAt ? `, last seen ${one.signIn.seenAt.slice(0, 10)}` : ''}${
      one.signIn && one.signIn.overdue.length > 0 ? `: ${one.signIn.overdue.join(', ')}` : ''
    }`,
  )

async function invite(options: Fresh & { name: string; email: string; role: string }): Promise<void> {
  const body = { name: options.name, email: options.email, roles: roleList(options.role) }
  const made = await asFresh(options, (firm) => firm.ask('person.invite', { body }))
  if (options.json) return printJson(made)
  if (made.invitation.url) print(made.invitation.url)
  process.stderr.write(
    made.invitation.sent
      ? `The link went to ${safe(made.email)} and works once, until ${made.invitation.endsAt.slice(0, 10)}.\n`
      : `Hand this link to ${safe(made.name)}; it works once, until ${made.invitation.endsAt.slice(0, 10)}.\n`,
  )
  if (made.waiting.length > 0) process.stderr.write(`Waiting for a second person: ${safe(made.waiting.join(', '))}.\n`)
}

async function leave(email: string, options: Fresh & { successor: string; reason?: string }): Promise<void> {
  const left = await asFresh(options, async (firm) => {
    const { people } = await firm.ask('person.list', {})
    const idOf = (address: string): PersonId => idIn(people, address)
    return firm.ask('person.leave', {
      params: { person: idOf(email) },
      body: { successor: idOf(options.successor), ...(options.reason && { reason: options.reason }) },
    })
  })
  if (options.json) return printJson(left)
  const { report } = left
  print(
    safe(
      `${left.name} has left. Ended: ${report.sessionsEnded} sessions, ${report.tokensEnded} access tokens, ${report.passkeysEnded} passkeys.`,
    ),
  )
  report.rotate.forEach((one) => print(safe(`${one.what}: ${one.todo}`)))
}

export function addSession(program: Command): void {
  const session = program.command('session').description('Where you are signed in')
  example(withPlace(session.command('list')).description('Your sessions, newest first'), 'subrosa session list').action(
    async (options: Place) => {
      const { sessions } = await asPerson(readConfig(options), (firm) => firm.ask('session.list', {}))
      if (options.json) return printJson({ sessions })
      for (const one of sessions)
        print(
          safe(
            `${one.id}  ${one.description}${one.place && `, from ${one.place}`}, last used ${one.usedAt.slice(0, 16).replace('T', ' ')} UTC${one.current ? ' (this one)' : ''}`,
          ),
        )
    },
  )
  example(
    withPlace(session.command('revoke'))
      .argument('[id]', 'the session’s id, as the list shows it; without it all but this one end')
      .description('End one of your sessions, or all the others'),
    'subrosa session revoke',
  ).action(async (id: string | undefined, options: Place) => {
    const ended = await asPerson(readConfig(options), async (firm) => {
      if (id === undefined) return (await firm.ask('session.revokeAll', { body: { tokens: false } })).ended
      await firm.ask('session.revoke', { params: { session: id as SessionId } })
      return 1
    })
    if (options.json) printJson({ ended })
    else print(`Ended: ${ended}.`)
  })
}
