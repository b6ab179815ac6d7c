import type { Command } from 'commander'
import { readConfig } from '../platform/config.ts'
import { Stop } from '../platform/refusal.ts'
import { Refused } from './exchange.ts'
import { join } from './join.ts'
import { example, withPlace, type Place } from './options.ts'
import { asVisitor, forgetSession, keepSession, readSession } from './person.ts'
import { readFactor, readPassword } from './secrets.ts'
import { print, printJson } from './terminal.ts'

type Options = Place & { email: string; passwordFile?: string; code?: string; recoveryCode?: string }

export function addLogin(program: Command): void {
  const login = withPlace(program.command('login'))
    .description('Sign in; the commands that follow act as this person, for at most twelve hours')
    .requiredOption('--email <E>', 'your e-mail address')
    .option('--password-file <P>', 'a file that holds the password; - reads standard input; asked for otherwise')
    .option('--code <C>', 'the authenticator’s code; asked for otherwise')
    .option('--recovery-code <R>', 'a recovery code in its place')
  example(login, 'subrosa login --email ada@wren.example').action(begin)
  example(withPlace(program.command('logout')).description('Sign out, and forget the session'), 'subrosa logout').action(end)
}

async function begin(options: Options): Promise<void> {
  const config = readConfig(options)
  const password = await readPassword(options.passwordFile)
  const factor = await readFactor(options)
  const session = await asVisitor(config, (firm) =>
    firm.ask('session.create', { body: { email: options.email, password, ...factor, as: 'bearer' } }),
  )
  if (!session.token || !session.endsAt) throw new Stop('password.due', `${session.next!.why} Sign in with a browser and choose it there.`)
  const file = await keepSession(config, session.token)
  if (options.json) printJson({ name: session.name, endsAt: session.endsAt, session: file })
  else
    print(`Signed in as ${session.name}, until ${new Date(session.endsAt).toLocaleString('en-GB')} at the latest. subrosa logout ends it.`)
}

async function end(options: Place): Promise<void> {
  const config = readConfig(options)
  const token = await readSession(config)
  if (token) {
    const firm = await join(config, token)
    try {
      await firm.ask('session.end', {})
    } catch (fault) {
      // it had ended by itself
      if (!(fault instanceof Refused) || fault.code !== 'session.none') throw fault
    } finally {
      await firm.close()
    }
    await forgetSession(config)
  }
  if (options.json) printJson({ ended: token !== null })
  else print(token ? 'Signed out.' : 'Nobody was signed in here.')
}
