import { randomBytes } from 'node:crypto'
import { secretHash } from '../src/features/sign-in/secrets.ts'
import { joinBase, openBase, type Base } from '../src/platform/base.ts'
import { readConfig } from '../src/platform/config.ts'
import { readFirmKeys, type FirmKeys } from '../src/platform/firm-keys.ts'
import { openKeyring } from '../src/platform/keyring.ts'
import { connect, openPool, type Db } from '../src/platform/postgres.ts'
import { openClerk, type Clerk, type Secret } from '../src/platform/ways.ts'
import { found, start } from './firm.ts'
import type { Stage } from './stage.ts'

/** A firm's own database without its program: whatever numbers, writes or reads the ledger is the figure's to do. */
export type LedgerStage = {
  base: Base
  keys: FirmKeys
  /** As the superuser, whom no policy binds. */
  db: Db
  clerk: Clerk
  /** The founder, a matter on whose team she is, and a live session of hers. */
  person: string
  matter: string
  secret: Secret
}

const opened = new WeakMap<Stage, Promise<LedgerStage>>()
/** Founded through its door at its first use; then only its PostgreSQL runs. */
export function ledgerStage(stage: Stage): Promise<LedgerStage> {
  const made = opened.get(stage) ?? open(stage)
  opened.set(stage, made)
  return made
}

async function open(stage: Stage): Promise<LedgerStage> {
  const folder = await stage.folder('ledger')
  const running = await start(folder)
  const firm = await found(running, folder)
  const matter = await firm.matter('of many entries')
  const { id: person } = await firm.caller.ok('person.me')
  const { data, keyring } = running.place
  const root = await openKeyring(keyring, data)
  const config = readConfig({ data, keyring }, {})
  if (!(await joinBase(config, root))) throw new Error('the firm does not run')
  await running.stop()
  const base = await openBase(config, root, () => {})
  stage.closing(() => base.stop())
  const { db, end } = await connect({ ...base.superuser!, database: base.door.database })
  stage.closing(end)
  const clerks = openPool(base.clerk, 2)
  stage.closing(() => clerks.end())
  const secret = randomBytes(32).toString('hex') as Secret
  await db.run(
    `insert into app.sessions (id, person_id, secret_hash, kind, idle_limit, ends_at, factor_at, factor)
     values (gen_random_uuid(), $1, $2, 'browser', interval '12 hours', now() + interval '12 hours', now(), 'passkey')`,
    [person, secretHash(secret)],
  )
  return {
    base,
    keys: (await readFirmKeys(db, root))!,
    db,
    clerk: openClerk(clerks),
    person,
    matter,
    secret,
  }
}

/**
 * SQL that writes `$1` entries as the superuser, past the trigger: of `$2` matters and `$3` people, within the `$4` seconds before now.
 * Their ids are UUIDv7 of the time they tell; what is sealed is as long as such a detail is, and random.
 */
export const SEED_ENTRIES = `
  insert into ledger.entries (id, at, deed, actor, session, via, matter_id, object, salt, details_commitment, sealed_details, v, ground)
  select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(k || 'a'), 1, 3) || '8' || substr(md5(k::text), 1, 15))::uuid,
    at, (array['document.opened', 'document.added', 'document.downloaded', 'matter.opened', 'ledger.read'])[1 + k % 5],
    ('00000000-0000-7000-8000-' || lpad(to_hex(k * 7919 % $3), 12, '0'))::uuid, md5('s' || k / 50)::uuid, 'browser',
    case when k % 10 > 0 then ('00000000-0000-7000-9000-' || lpad(to_hex(k * 104729 % $2), 12, '0'))::uuid end,
    ('00000000-0000-7000-a000-' || lpad(to_hex(k / 3), 12, '0'))::uuid,
    substr(sha256(('salt' || k)::bytea), 1, 16), encode(sha256(('commitment' || k)::bytea), 'base64'),
    sha256(('a' || k)::bytea) || sha256(('b' || k)::bytea) || sha256(('c' || k)::bytea) || sha256(('d' || k)::bytea), 2, 'team member'
  from generate_series($5::bigint + 1, $5::bigint + $1::bigint) k
  cross join lateral (select date_trunc('milliseconds', now()) - make_interval(secs => $4::float8 * (1 - (k - $5)::float8 / $1::bigint)) as at) t`
