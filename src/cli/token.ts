import type { Command } from 'commander'
import type { SessionId } from '../contract/ids.ts'
import type { TokenView } from '../contract/factor.ts'
import { PERMISSIONS, sentenceOf, type Permission } from '../contract/roles.ts'
import { readConfig } from '../platform/config.ts'
import { Stop } from '../platform/refusal.ts'
import { example, withPlace, type Place } from './options.ts'
import { asPerson, asVisitor } from './person.ts'
import { readFactor, readPassword } from './secrets.ts'
import { print, printJson } from './terminal.ts'

type Options = Place & {
  email: string
  name: string
  passwordFile?: string
  code?: string
  recoveryCode?: string
  scope?: string
  expires: string
}

export function addToken(program: Command): void {
  const token = program.command('token').description('Access tokens for scripts')
  const create = withPlace(token.command('create'))
    .description('Make an access token; it is printed this once')
    .requiredOption('--email <E>', 'your e-mail address')
    .requiredOption('--name <N>', 'what the token is for; it stands in the ledger')
    .option('--password-file <P>', 'a file that holds the password; - reads standard input; asked for otherwise')
    .option('--code <C>', 'the authenticator’s code; asked for otherwise')
    .option('--recovery-code <R>', 'a recovery code in its place')
    .option(
      '--scope <LIST>',
      'the permissions it has, separated by commas (default: all that a token of yours can have and that do not run the system)',
    )
    .option('--expires <DAYS>', 'how long it lasts, 1d to 366d', '30d')
  example(
    create,
    `subrosa token create --email ada@wren.example --name "nightly import" \\\n  --password-file password.txt --code 123456 --scope client.list,matter.list,document.list,document.upload --expires 90d`,
  )
    .addHelpText(
      'after',
      `\nPermissions:\n${(Object.keys(PERMISSIONS) as Permission[]).map((name) => `  ${name.padEnd(18)} ${sentenceOf(name)}`).join('\n')}`,
    )
    .action(issue)
  example(withPlace(token.command('list')).description('Your access tokens, newest first'), 'subrosa token list').action(list)
  example(
    withPlace(token.command('revoke'))
      .argument('<id>', 'the token’s id, as the list shows it')
      .description('Revoke an access token of yours'),
    'subrosa token revoke 019a1b2c-…',
  ).action(revoke)
}

/** Password and code are proved in the same call that makes the token: a code serves once. */
async function issue(options: Options): Promise<void> {
  const config = readConfig(options)
  const scope = options.scope === undefined ? undefined : readScope(options.scope)
  const days = readDays(options.expires)
  const password = await readPassword(options.passwordFile)
  const factor = await readFactor(options)
  const made = await asVisitor(config, (firm) =>
    firm.ask('token.issue', { body: { email: options.email, password, ...factor, name: options.name, days, ...(scope && { scope }) } }),
  )
  if (options.json) return printJson(made)
  print(made.token)
  // the line above is for a file; these are for the reader
  process.stderr.write(
    `Shown this once. It is ${made.name}, id ${made.id}, good until ${made.endsAt.slice(0, 10)}, for ${made.scope.join(', ')}.\n`,
  )
}

function readScope(text: string): Permission[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
  const unknown = names.find((name) => !(name in PERMISSIONS))
  if (unknown !== undefined || names.length === 0)
    throw new Stop(
      'usage.scope',
      `--scope: ${unknown === undefined ? 'it names no permission' : `there is no permission ${unknown}`}. subrosa token create --help lists them.`,
    )
  return names as Permission[]
}

function readDays(text: string): number {
  const days = Number(/^(\d{1,3})d?$/.exec(text)?.[1])
  if (!(days >= 1 && days <= 366)) throw new Stop('usage.expires', `--expires: ${text} is not a number of days from 1d to 366d.`)
  return days
}

async function list(options: Place): Promise<void> {
  const { tokens } = await asPerson(readConfig(options), (firm) => firm.ask('token.list', {}))
  if (options.json) return printJson({ tokens })
  if (tokens.length === 0) print('You have no access tokens.')
  tokens.forEach((token) => print(lineOf(token)))
}

const lineOf = (token: TokenView): string =>
  `${token.id}  ${token.name}, until ${token.endsAt.slice(0, 10)}, ${token.lastUsedAt ? `last used ${token.lastUsedAt.slice(0, 16).replace('T', ' ')} UTC` : 'never used'}: ${token.scope.join(', ')}`

async function revoke(id: string, options: Place): Promise<void> {
  await asPerson(readConfig(options), (firm) => firm.ask('token.revoke', { params: { token: id as SessionId } }))
  if (options.json) printJson({ revoked: id })
  else print('Revoked.')
}
