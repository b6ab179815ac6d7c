import pg from 'pg'
import { clusterTag } from './cluster-processes.ts'
import { pages } from './cluster-memory.ts'

export type Reach = { host: string; port: number; superuser: string; password: string }

/**
 * The server's settings, given on its command line, where nothing in the data folder can override them.
 *
 * [Note: What the database's log may say]
 * PostgreSQL puts values into its messages: `invalid input syntax for type uuid: "…"`, `Key (name)=(…) already exists`,
 * `Failed process was running: select …`. So `log_error_verbosity=terse` drops every detail line, and `quietSessions`
 * keeps whatever a session does, below FATAL, out of the log altogether; the session's own client still gets the error.
 * Checkpointer, startup and the other background processes keep speaking: they handle no statement.
 */
export function serverSettings(
  place: { dir: string; host: string; port: number },
  given: Record<string, string> = {},
): Record<string, string> {
  const listening: Record<string, string> =
    process.platform === 'win32'
      ? { listen_addresses: '127.0.0.1', unix_socket_directories: '' }
      : { listen_addresses: '', unix_socket_directories: place.host, unix_socket_permissions: '0700' }
  return {
    cluster_name: clusterTag(place.dir),
    port: String(place.port),
    ...listening,
    ...memory,
    ...pages(place.dir),
    ...durability,
    ...silence,
    timezone: 'UTC',
    log_timezone: 'UTC',
    password_encryption: 'scram-sha-256',
    ...given,
  }
}

/** Keeps what sessions say below FATAL out of the server's log, now and in every later session of every role. */
export async function quietSessions(reach: Reach): Promise<void> {
  await asSuperuser(reach, async (client) => {
    const { rowCount } = await client.query(
      `select from pg_db_role_setting where setdatabase = 0 and setrole = 0 and 'log_min_messages=log' = any(setconfig)`,
    )
    if (rowCount === 0) await client.query(`alter role all set log_min_messages = 'log'`)
  })
}

/** Whether the server takes this password by now; false while it is still starting, throws when it will never. */
export async function answers(reach: Reach): Promise<boolean> {
  try {
    await asSuperuser(reach, (client) => client.query('select 1'))
    return true
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    if (code === '28P01' || code === '28000')
      throw new Error(`PostgreSQL refuses the password that was kept for it: is this the data folder that the password belongs to?`, {
        cause: error,
      })
    if (code === 'EACCES')
      throw new Error(`couldn't reach PostgreSQL in ${reach.host}: run this as the user who runs the server, or as root`, { cause: error })
    if (['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P03'].includes(code ?? '') || /terminated|timeout/.test(message)) return false
    throw error
  }
}

async function asSuperuser(reach: Reach, act: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const { host, port, superuser: user, password } = reach
  // Each of these is said, or pg would take it from the environment.
  const client = new pg.Client({
    host,
    port,
    user,
    password,
    database: 'postgres',
    ssl: false,
    options: '',
    application_name: 'subrosa start',
    connectionTimeoutMillis: 5_000,
  })
  // Lost after it answered: the awaited query says so.
  client.on('error', () => {})
  try {
    await client.connect()
    await act(client)
  } finally {
    await client.end().catch(() => {})
  }
}

const memory = {
  max_connections: '60',
  // what is not in memory stands on a disk without a moving head; PostgreSQL's own figure is of one with
  random_page_cost: '1.1',
  huge_pages: 'off',
  jit: 'off',
  io_method: 'sync',
  max_worker_processes: '4',
  max_parallel_workers: '2',
  max_parallel_workers_per_gather: '1',
  max_parallel_maintenance_workers: '1',
  max_logical_replication_workers: '0',
  max_wal_senders: '4',
  max_replication_slots: '4',
  autovacuum: 'on',
  // a firm's first days: until PostgreSQL has counted a table it takes it for all but empty, and reads the whole of an index for one row
  autovacuum_naptime: '5s',
  autovacuum_max_workers: '2',
  autovacuum_worker_slots: '4',
}

const durability = { wal_level: 'replica', max_wal_size: '512MB', fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' }

const silence = {
  log_destination: 'stderr',
  logging_collector: 'off',
  log_line_prefix: '[%b] ',
  log_checkpoints: 'off',
  log_statement: 'none',
  log_min_error_statement: 'panic',
  log_min_messages: 'warning',
  log_error_verbosity: 'terse',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
}
