import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest'
import type { MatterView } from '../../src/contract/matter.ts'
import { verifyLedger } from '../../src/features/ledger/verify.ts'
import { signingKey } from '../../src/features/ledger/tree.ts'
import { openFirm, type Running } from '../../src/main.ts'
import { readConfig } from '../../src/platform/config.ts'
import { openLog } from '../../src/platform/log.ts'
import { connect, type Db, type Where } from '../../src/platform/postgres.ts'
import { codeOf, type Account } from './build.ts'
import { canariesIn, type Canary } from './canaries.ts'
import { Caller, type Reply } from './caller.ts'
import { databaseUrl } from './template.ts'

/** The small firm, running: each test file has its own clone of the database and of the data folder. */
export class World {
  firm!: Running
  dir!: string
  database!: string
  ada!: Caller
  ben!: Caller
  cora!: Caller
  ruth!: Caller
  sam!: Caller
  /** Nobody: no account, no cookie. */
  eve!: Caller
  orchard!: MatterView
  readonly log: string[] = []
  readonly #leaks: string[] = []

  async open(): Promise<void> {
    const shared = inject('world')
    this.dir = await mkdtemp(join(tmpdir(), 'subrosa-firm-'))
    await cp(join(shared.dir, 'data'), join(this.dir, 'data'), {
      recursive: true,
      filter: (path) => !path.endsWith('.sock') && !path.endsWith('/lock'),
    })
    await cp(join(shared.dir, 'data.keyring'), join(this.dir, 'data.keyring'))
    this.database = `firm_${process.pid}_${Math.random().toString(36).slice(2, 8)}`
    await this.asSuperuser('postgres', (db) => db.run(`create database ${this.database} template world owner subrosa_migrator`))
    await this.start()
    // they are signed in since it was built; as if just now
    await this.asSuperuser(this.database, (db) => db.run('update app.sessions set used_at = now(), factor_at = now()'))
    for (const name of ['ada', 'ben', 'cora', 'ruth', 'sam'] as const) this[name] = this.caller(name).resume(shared.people[name]!.visit!)
    this.eve = this.caller('eve')
    this.orchard = (await this.ada.ok('matter.list')).matters[0]!
  }

  /** Settings beyond those every test has. */
  env: Record<string, string> = {}

  async start(): Promise<void> {
    const shared = inject('world')
    const config = readConfig(
      { data: join(this.dir, 'data'), port: '0' },
      // as behind a reverse proxy, so that a caller can come from any address
      { DATABASE_URL: databaseUrl(shared.host, shared.port, this.database), SUBROSA_TRUSTED_PROXIES: '127.0.0.1,::1', ...this.env },
    )
    this.firm = await openFirm(config, { log: openLog((line) => this.log.push(line)), network: true, web: null })
  }

  account = (name: string): Account => inject('world').people[name]!

  /** A caller whose replies are searched: Ada and Ben may read what is theirs, and no one else any canary. */
  caller(name: string): Caller {
    const caller = new Caller(this.firm.url!)
    caller.heard = (reply) => this.#hear(name, reply)
    return caller
  }

  #hear(name: string, reply: Reply): void {
    const found = [...canariesIn(reply.bytes), ...canariesIn(JSON.stringify(reply.headers))].filter(
      (canary) => !MAY_READ[name]?.includes(canary),
    )
    if (found.length > 0)
      this.#leaks.push(`${name} was sent ${found.join(', ')} in ${reply.status} ${reply.bytes.toString().slice(0, 200)}`)
  }

  /** Signs in without waiting for the next TOTP step: the world sets the used step back, as its superuser. */
  async signIn(account: Account, name: string): Promise<Caller> {
    const caller = this.caller(name)
    await this.forgetUsedCodes()
    await caller.ok('session.create', { body: { email: account.email, password: account.password, code: codeOf(account.totp) } })
    return caller
  }
  forgetUsedCodes = (): Promise<number> => this.asSuperuser(this.database, (db) => db.run('update app.people set totp_used_step = 0'))

  /** Every session's factor as if proved just now: the tests of a file may take longer than five minutes. */
  refresh = (): Promise<number> =>
    this.asSuperuser(this.database, (db) => db.run(`update app.sessions set factor_at = now() where kind <> 'token'`))

  /** Connections to this firm's database that nobody uses just now: to connect costs more than most of what is asked. */
  #idle: Awaited<ReturnType<typeof connect>>[] = []

  async asSuperuser<T>(database: string, fn: (db: Db) => Promise<T>): Promise<T> {
    const { host, port, superuser: user, password } = inject('world')
    const held = (database === this.database && this.#idle.pop()) || (await connect({ host, port, user, password, database }))
    try {
      const value = await fn(held.db)
      // what a test began or set ends with it
      if (database === this.database) await held.db.run('rollback; reset all').then(() => this.#idle.push(held))
      else await held.end()
      return value
    } catch (fault) {
      await held.end()
      throw fault
    }
  }

  /** Where the door and the clerk log in, for tests that speak SQL as an intruder would. */
  doorWhere = (): Where => this.firm.base.door
  clerkWhere = (): Where => this.firm.base.clerk

  /** False where a test writes matters into the tables without their keys. */
  hasKeys = true
  /** The whole chain verifies, after every test, and all details are what was committed to. */
  async checkLedger(): Promise<void> {
    await this.firm.sequencer.run()
    const { house } = this.firm
    const { faults } = await verifyLedger(
      house.clerk,
      { vkey: signingKey(house.keys).vkey, detailsOf: this.hasKeys ? house : undefined },
      () => {},
    )
    expect(faults).toEqual([])
  }

  /** What was done in a matter, newest first; that its history was looked at aside. */
  historyOf = async (matter: string, by: Caller = this.ada) =>
    (await by.ok('entry.list', { params: { matter: matter as MatterView['id'] } })).entries.filter(({ deed }) => deed !== 'ledger.read')

  /** Deeds written while `fn` ran, oldest first; that the ledger was looked at on the way aside. */
  async deedsOf(fn: () => Promise<unknown>): Promise<string[]> {
    const known = await this.asSuperuser(this.database, (db) => db.rows<{ id: string }>('select id from ledger.entries'))
    await fn()
    const rows = await this.asSuperuser(this.database, (db) =>
      db.rows<{ deed: string }>('select deed from ledger.entries where not (id = any ($1)) and not deed = any ($2) order by at, id', [
        known.map((row) => row.id),
        // the second of these is the firm's own, at its hour of the night
        ['ledger.read', 'ledger.checked'],
      ]),
    )
    return rows.map((row) => row.deed)
  }

  takeLeaks = (): string[] => [...this.#leaks.splice(0), ...this.log.filter((line) => canariesIn(line).length > 0)]

  async close(): Promise<void> {
    await this.firm.stop()
    for (const { end } of this.#idle.splice(0)) await end()
    await this.asSuperuser('postgres', (db) => db.run(`drop database ${this.database} with (force)`))
    await rm(this.dir, { recursive: true, force: true })
  }
}

/** What is said of files, and of what becomes of them. */
const FILING: Canary[] = ['about', 'out', 'version', 'place', 'wish', 'signature', 'hold', 'lifting', 'end']
const OWN: Canary[] = [
  ...FILING,
  'client',
  'title',
  'folder',
  'file',
  'content',
  'reason',
  'root',
  'person',
  'email',
  'token',
  'role',
  'group',
  'passkey',
  'why',
  'party',
  'recipient',
  'memorandum',
  'kind',
  'number',
  'external',
  'account',
  'query',
  'kept',
  'letters',
]
/** Roles and groups are the firm's common knowledge; a reason is for whoever decides or reads the settings. */
const DIRECTORY: Canary[] = ['person', 'email', 'role', 'group', 'why']
/** What was done to accounts, for those who run them and those who oversee the ledger. */
const ACCOUNTS: Canary[] = [...DIRECTORY, 'passkey', 'token']
/** Clients and matters by name, for those who keep the register; no content. */
const REGISTER: Canary[] = ['client', 'title', 'number', 'party', 'screen', 'memorandum', 'asked']
/** Who may be sent which canary: the team its matter, colleagues the directory, nobody nothing. */
const MAY_READ: Record<string, Canary[]> = {
  ada: [...OWN, 'watch'],
  ben: OWN,
  // her own words come back to her, and the memorandum that is addressed to her
  cora: [...DIRECTORY, 'asked', 'memorandum'],
  ruth: [...ACCOUNTS, ...REGISTER, 'watch'],
  sam: [...ACCOUNTS, 'root', 'watch'],
  noor: [...ACCOUNTS, ...REGISTER],
  eve: [],
}

/** `const world = useWorld()` at the top of a test file. */
export function useWorld(before: (world: World) => Promise<void> = async () => {}): World {
  const world = new World()
  beforeAll(async () => {
    await before(world)
    await world.open()
  })
  afterEach(async () => {
    expect(world.takeLeaks()).toEqual([])
    await world.checkLedger()
  })
  afterAll(() => world.close())
  return world
}
