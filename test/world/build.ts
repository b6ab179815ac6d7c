import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import { readConfig } from '../../src/platform/config.ts'
import { silentLog, type Log } from '../../src/platform/log.ts'
import { reviewRound } from '../../src/features/log-reviews/reviewing.ts'
import { openFirm } from '../../src/main.ts'
import type { Role } from '../../src/contract/roles.ts'
import { Authenticator } from './authenticator.ts'
import { CANARIES } from './canaries.ts'
import { Caller, type Visit } from './caller.ts'
import type { Callers } from './planting.ts'

/** `visit`: the cookies with which they are signed in when the firm is built. */
export type Account = { email: string; password: string; totp: string; visit?: Visit }

export const codeOf = (secret: string, at = Date.now()): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at })
const PASSWORD = 'a long enough pass phrase'

/** Who works at Wren & Ames LLP. Cora is kept from *Orchard v. Mill*; Eve is nobody and has no account. */
const STAFF: [name: string, person: string, email: string, roles: Role[]][] = [
  // while nobody else could be the second person, a guarded role is given at once
  ['ruth', 'Ruth Okafor', 'ruth@wren-ames.test', ['compliance']],
  ['ben', CANARIES.person, 'ben@wren-ames.test', ['lawyer']],
  ['cora', 'Cora Lind', 'cora@wren-ames.test', ['paralegal', 'lawyer']],
  ['sam', 'Sam Holt', 'sam@wren-ames.test', ['administrator']],
]

type Options = {
  /** Without one: the PostgreSQL that comes along. */ databaseUrl?: string
  log?: Log
  /** Settings beyond those. */ env?: Record<string, string>
  /** What is done in it before it is stopped. */ more?: (callers: Callers, matter: string) => Promise<void>
}

/** Builds the firm through its own door: set-up, invitations, a client, two matters, a file. */
export async function buildWorld(dir: string, { databaseUrl, log = silentLog, env, more }: Options = {}): Promise<Record<string, Account>> {
  const config = readConfig({ data: join(dir, 'data'), port: '0' }, { ...env, ...(databaseUrl && { DATABASE_URL: databaseUrl }) })
  const firm = await openFirm(config, { log, network: true, web: null })
  const people: Record<string, Account> = {}
  const door = new Caller(firm.url!)
  const enrolment = await door.ok('setup.enrol', { body: { secret: firm.house.setup.secret!, email: CANARIES.email } })
  const account = { email: CANARIES.email, password: PASSWORD, totp: enrolment.totpSecret }
  people.ada = account
  await door.ok('setup.finish', {
    body: {
      secret: firm.house.setup.secret!,
      firm: 'Wren & Ames LLP',
      name: 'Ada Wren',
      email: account.email,
      password: account.password,
      totpSecret: account.totp,
      code: codeOf(account.totp),
    },
  })
  // a minute after it is founded
  await reviewRound(firm.house)
  const callers: Record<string, Caller> = {}
  for (const [name, person, email, roles] of STAFF) {
    const invited = await door.ok('person.invite', { body: { name: person, email, roles } })
    const visitor = new Caller(firm.url!)
    callers[name] = visitor
    const read = await visitor.ok('invitation.read', { body: { secret: invited.invitation.secret! } })
    people[name] = { email, password: PASSWORD, totp: read.totpSecret }
    await visitor.ok('invitation.accept', {
      body: { secret: invited.invitation.secret!, password: PASSWORD, totpSecret: read.totpSecret, code: codeOf(read.totpSecret) },
    })
  }
  // Sam's role is given by two people
  const [asked] = (await callers.ruth!.ok('approval.list')).approvals
  await callers.ruth!.ok('approval.decide', { params: { approval: asked!.id }, body: { approve: true } })
  await plantInAccess(door, firm.url!)
  const client = await door.ok('client.create', { body: { name: CANARIES.client } })
  const orchard = await door.ok('matter.create', { body: { client: client.id, title: CANARIES.title, class: 'privileged' } })
  await door.upload(orchard.id, CANARIES.file, CANARIES.folder, Buffer.from(`${CANARIES.content}\n`.repeat(40)))
  const ben = (await door.ok('person.list', {})).people.find((one) => one.email === 'ben@wren-ames.test')!
  await door.ok('team.join', { params: { matter: orchard.id }, body: { person: ben.id, reason: CANARIES.reason } })
  await more?.({ ada: door, ben: callers.ben!, cora: callers.cora!, ruth: callers.ruth!, sam: callers.sam! }, orchard.id)
  for (const [name, caller] of Object.entries({ ada: door, ...callers })) people[name]!.visit = caller.visit
  await firm.stop()
  return people
}

/** A role, a group, a passkey, an identity provider's secret and a reason, each with its mark. */
async function plantInAccess(door: Caller, origin: string): Promise<void> {
  await door.ok('role.create', { body: { name: CANARIES.role, words: CANARIES.role, permissions: ['matter.list'] } })
  await door.ok('group.create', { body: { name: CANARIES.group } })
  const { passkeyOptions } = await door.ok('passkey.begin')
  const { id } = await door.ok('passkey.create', {
    body: { name: CANARIES.passkey, passkey: new Authenticator().create(passkeyOptions, origin) },
  })
  // the people of the world sign in with codes alone, until a test says otherwise
  await door.ok('passkey.revoke', { params: { passkey: id } })
  const value = {
    on: false,
    label: 'Login',
    issuer: 'https://login.example',
    clientId: 'subrosa',
    clientSecret: CANARIES.secret,
    secondFactor: { acr: [], amr: [] },
    joining: 'invited',
    groupsClaim: 'groups',
  }
  await door.ok('setting.change', { params: { setting: 'sso' }, body: { value, reason: CANARIES.why } })
}
