import { randomBytes } from 'node:crypto'
import { joinBase } from '../src/platform/base.ts'
import { readConfig } from '../src/platform/config.ts'
import { readFirmKeys, type FirmKeys } from '../src/platform/firm-keys.ts'
import { openKeyring } from '../src/platform/keyring.ts'
import { connect, openPool, transaction, type Db } from '../src/platform/postgres.ts'
import { openWays, type Secret } from '../src/platform/ways.ts'
import { emailToken } from '../src/features/sign-in/proofs.ts'
import { secretHash } from '../src/features/sign-in/secrets.ts'
import { alternate, median, row, scatter, type Figure } from './measure.ts'
import type { Stage } from './stage.ts'

/** The database behind the running firm, as its owner sees it, and the firm's keys. */
async function behind(stage: Stage): Promise<{ db: Db; keys: FirmKeys; door: Parameters<typeof openPool>[0] }> {
  const { data, keyring } = (await stage.firm()).place
  const root = await openKeyring(keyring, data)
  const base = await joinBase(readConfig({ data, keyring }, {}), root)
  const { db, end } = await connect(base!.migrator)
  stage.closing(end)
  return { db, keys: (await readFirmKeys(db, root))!, door: base!.door }
}

export const timing: Figure = {
  id: 'timing',
  unit: '%',
  what: 'a wrong password for a known and for an unknown account: how far the means of their answers lie apart',
  bar: { most: 5 },
  measure: async (stage) => {
    const firm = await stage.firm()
    const { db, keys } = await behind(stage)
    const accounts = 100
    const tries = stage.quick ? 100 : 500
    const known = Array.from({ length: accounts }, (_, i) => `known${i}@bench.test`)
    for (const email of known) {
      await db.run(
        `insert into app.people (id, sealed_name, sealed_email, email_token, roles, password_hash, sealed_totp, joined_at)
         select gen_random_uuid(), sealed_name, sealed_email, $1, '{staff}', password_hash, sealed_totp, now() from app.people where password_hash is not null limit 1`,
        [emailToken({ keys }, email)],
      )
    }
    // each try from an address of its own, so that none is slowed down
    let address = 0
    const attempt = async (email: string): Promise<number> => {
      address += 1
      const begun = performance.now()
      const reply = await fetch(`http://localhost:${firm.port}/api/sessions`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'sec-fetch-site': 'same-origin',
          'x-forwarded-for': `10.${address >> 16}.${(address >> 8) & 255}.${address & 255}`,
        },
        body: JSON.stringify({ email, password: 'not the pass phrase', code: '123456' }),
      })
      await reply.arrayBuffer()
      if (reply.status !== 401) throw new Error(`a wrong password was answered with ${reply.status}`)
      return performance.now() - begun
    }
    await attempt('warm@bench.test')
    const { ours, theirs } = await alternate(
      tries,
      (round) => attempt(known[round % accounts]!),
      (round) => attempt(`unknown${round % accounts}@bench.test`),
    )
    const mean = (times: number[]) => times.reduce((sum, one) => sum + one, 0) / times.length
    const apart = (Math.abs(mean(ours) - mean(theirs)) / mean(theirs)) * 100
    return [
      row(timing, apart, null, `${tries} tries each over ${accounts} accounts`),
      row({ id: 'timing-known', unit: 'ms', what: 'timing: mean of the known, beside that of the unknown' }, mean(ours), mean(theirs)),
    ]
  },
}

const SESSIONS = 10_000

export const sessionLookup: Figure = {
  id: 'session-lookup',
  unit: 'ms',
  what: `what knowing who asks adds to a request with ${SESSIONS} live sessions: a look, less the same transaction without a session`,
  bar: { most: 0.3 },
  measure: async (stage) => {
    const { db, door } = await behind(stage)
    const secrets = Array.from({ length: SESSIONS }, () => randomBytes(32).toString('hex'))
    await db.run(
      `insert into app.sessions (id, person_id, secret_hash, kind, idle_limit, ends_at, factor_at)
       select gen_random_uuid(), (select id from app.people order by created_at limit 1), h, 'browser', interval '30 minutes', now() + interval '12 hours', now()
       from unnest($1::bytea[]) h`,
      [secrets.map(secretHash)],
    )
    await db.run('analyze app.sessions')
    const pool = openPool(door, 1)
    stage.closing(() => pool.end())
    const ways = openWays(
      pool,
      pool,
      async () => {},
      () => {},
    )
    const requests = stage.quick ? 300 : 1000
    const timed = async (one: (i: number) => Promise<unknown>): Promise<number> => {
      const begun = performance.now()
      for (let i = 0; i < requests; i += 1) await one(i)
      return (performance.now() - begun) / requests
    }
    const look = () =>
      timed((i) =>
        ways.look(
          secrets[(i * 7919) % SESSIONS] as Secret,
          () => {},
          (here) => here.row('select 1 as one'),
        ),
      )
    const bare = () => timed(() => transaction(pool, { readOnly: true, role: 'subrosa_person' }, (here) => here.row('select 1 as one')))
    await look()
    await bare()
    const runs = await alternate(stage.quick ? 3 : 9, look, bare)
    const added = runs.ours.map((ms, i) => ms - runs.theirs[i]!)
    return [
      row(sessionLookup, median(added), null, scatter(added)),
      row(
        { id: 'session-request', unit: 'ms', what: 'session-lookup: the look, beside the bare transaction' },
        median(runs.ours),
        median(runs.theirs),
      ),
    ]
  },
}
