import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { readMail, type MailSettings } from './mail-settings.ts'
import { isLoopback } from './network.ts'
import { Stop } from './refusal.ts'
import { readScanner, type ScannerSettings } from './scanner-settings.ts'
import { readS3, type S3Settings } from './s3-settings.ts'

/** Every setting: the variable, the flag, and what it is for. The table in docs/settings.md is bound to this by a test. */
export const SETTINGS = {
  SUBROSA_DATA: ['--data', 'The data folder: database, sealed files, key store'],
  SUBROSA_PORT: ['--port', 'The port to listen on (default 7077; 0 takes any free one)'],
  SUBROSA_HOST: ['--host', 'The address to listen on (default 127.0.0.1)'],
  SUBROSA_ORIGIN: ['--origin', 'What browsers see, such as https://files.example.com'],
  SUBROSA_KEYRING: ['--keyring', 'The file of the root key (default: beside the data folder, named after it with .keyring)'],
  SUBROSA_PASSPHRASE_FILE: ['', 'A file that holds the keyring’s passphrase; systemd’s credential subrosa-passphrase comes before it'],
  SUBROSA_VAULT_TOKEN_FILE: ['', 'A file that holds the token for OpenBao or Vault, where the keyring is sealed under a transit key'],
  SUBROSA_VAULT_CA: ['', 'The private CA (PEM file) of that service’s certificate'],
  SUBROSA_OWN_KEYS: ['', 'The folder that says how to come to the keys that clients bring (default: the keyring’s name with .own)'],
  SUBROSA_OWN_KEY_MINUTES: ['', 'How many minutes such a key is held in memory at most, from 1 to 60 (default 10)'],
  SUBROSA_TLS_CERT: ['', 'Certificate chain (PEM file), to serve https ourselves'],
  SUBROSA_TLS_KEY: ['', 'Its private key (PEM file)'],
  SUBROSA_TRUSTED_PROXIES: ['', 'Addresses of the reverse proxies whose X-Forwarded-For counts, separated by commas'],
  SUBROSA_TOKEN_FILE: ['--token-file', 'A file that holds an access token; commands then act with it'],
  SUBROSA_SMTP_URL: ['', 'The mail server for the firm’s own mail: smtps://user:password@host, or smtp:// for STARTTLS'],
  SUBROSA_MAIL_FROM: ['', 'The sender of that mail, such as Wren & Ames <it@firm.example>'],
  SUBROSA_SMTP_CA: ['', 'The private CA (PEM file) of the mail server’s certificate, trusted in place of the public ones'],
  SUBROSA_BREACHED_PASSWORDS: ['', 'A list of Have I Been Pwned (SHA-1, ordered by hash); a password on it is refused'],
  SUBROSA_CLAMD: ['', 'The malware scanner clamd: unix:/run/clamav/clamd.ctl, or tcp://127.0.0.1:3310'],
  SUBROSA_CLAMD_AWAY: ['', 'What happens to a file that clamd cannot look at: hold (it is opened by nobody until then; default) or accept'],
  SUBROSA_S3_ENDPOINT: ['', 'An S3-compatible server for the sealed files, such as https://s3.eu-central-1.amazonaws.com'],
  SUBROSA_S3_BUCKET: [
    '',
    'The bucket there; it must exist, and keep no older versions of an object: what is erased would stay in them, sealed',
  ],
  SUBROSA_S3_CREDENTIALS: ['', 'A file with the lines aws_access_key_id = … and aws_secret_access_key = …'],
  SUBROSA_S3_REGION: ['', 'Its region (default us-east-1)'],
  SUBROSA_S3_PREFIX: ['', 'What every key begins with, such as firm/ (default: nothing)'],
  SUBROSA_S3_PATH_STYLE: ['', 'yes: the bucket stands in the path (default); no: in the host name'],
  SUBROSA_S3_CA: ['', 'The private CA (PEM file) of that server’s certificate, trusted in place of the public ones'],
  SUBROSA_SCRUB_DAYS: ['', 'Every stored file is read and checked every so many days (default 7; 0: only when asked for)'],
  SUBROSA_SCRUB_HOUR: [
    '',
    'The hour in which that begins, by this machine’s clock (0 to 23, default 2); the ledger is checked in it every day',
  ],
  SUBROSA_SCRUB_PACE: ['', 'How fast it reads, in MiB a second (default 20)'],
  DATABASE_URL: ['', 'A PostgreSQL of yours (15 or newer) in place of the one that comes along'],
} as const
export type Setting = keyof typeof SETTINGS
export type Flags = { data?: string; port?: string; host?: string; origin?: string; keyring?: string; tokenFile?: string }

export type Config = {
  data: string
  keyring: string
  host: string
  port: number
  /** What browsers see; null: http://localhost at the port that is listened on. */
  origin: string | null
  tls: { cert: Buffer; key: Buffer } | null
  trustedProxies: string[]
  databaseUrl: string | null
  breachedPasswords: string | null
  tokenFile: string | null
  /** Null: nothing is scanned. */
  scanner: ScannerSettings | null
  /** Null: the firm sends no mail. */
  mail: MailSettings | null
  /** Null: sealed files lie on the local disk only. */
  s3: S3Settings | null
  scrub: ScrubSettings
  /** Keys that clients bring: where the machine says how to come to them, and for how many minutes one is held. */
  ownKeys: { dir: string; minutes: number }
}
/** When every stored file is read: every so many days (0: never by itself), in which hour, and how many MiB a second. */
export type ScrubSettings = { days: number; hour: number; pace: number }

/**
 * Settings from flags and environment, flags first.
 * @throws Stop `setting.unknown`, `setting.malformed` or `host.unsafe`, each naming the setting.
 */
export function readConfig(flags: Flags, env: Record<string, string | undefined> = process.env): Config {
  const [unknown] = unknownSettings(env)
  if (unknown) throw new Stop('setting.unknown', `There is no setting ${unknown}. The settings are ${Object.keys(SETTINGS).join(', ')}.`)
  const data = resolve(flags.data ?? env.SUBROSA_DATA ?? defaultData(env))
  const keyring = resolve(flags.keyring ?? env.SUBROSA_KEYRING ?? `${data}.keyring`)
  const host = flags.host ?? env.SUBROSA_HOST ?? '127.0.0.1'
  const config: Config = {
    data,
    keyring,
    host,
    port: readPort(flags.port ?? env.SUBROSA_PORT ?? '7077'),
    origin: readOrigin(flags.origin ?? env.SUBROSA_ORIGIN),
    tls: readTls(env.SUBROSA_TLS_CERT, env.SUBROSA_TLS_KEY),
    trustedProxies: (env.SUBROSA_TRUSTED_PROXIES ?? '')
      .split(',')
      .map((address) => address.trim())
      .filter(Boolean),
    databaseUrl: readDatabaseUrl(env.DATABASE_URL),
    breachedPasswords: env.SUBROSA_BREACHED_PASSWORDS ? resolve(env.SUBROSA_BREACHED_PASSWORDS) : null,
    tokenFile: flags.tokenFile ?? env.SUBROSA_TOKEN_FILE ?? null,
    scanner: readScanner(env),
    mail: readMail(env),
    s3: readS3(env),
    scrub: {
      days: readWhole(env, 'SUBROSA_SCRUB_DAYS', 7, 0, 365),
      hour: readWhole(env, 'SUBROSA_SCRUB_HOUR', 2, 0, 23),
      pace: readWhole(env, 'SUBROSA_SCRUB_PACE', 20, 1, 10_000),
    },
    ownKeys: {
      dir: resolve(env.SUBROSA_OWN_KEYS || `${keyring}.own`),
      minutes: readWhole(env, 'SUBROSA_OWN_KEY_MINUTES', 10, 1, 60),
    },
  }
  const bad = config.trustedProxies.find((address) => isIP(address.replace(/\/\d+$/, '')) === 0)
  if (bad) throw new Stop('setting.malformed', `SUBROSA_TRUSTED_PROXIES: ${bad} is not an address.`)
  if (!isLoopback(host) && !config.origin?.startsWith('https://')) {
    throw new Stop(
      'host.unsafe',
      `Listening on ${host} would send client files over the network in the clear. Set SUBROSA_ORIGIN to the https address that browsers use, with SUBROSA_TLS_CERT and SUBROSA_TLS_KEY or behind a proxy that ends TLS.`,
    )
  }
  return config
}

/** Variables that look like settings and are none. */
export const unknownSettings = (env: Record<string, string | undefined> = process.env): string[] =>
  Object.keys(env).filter((name) => name.startsWith('SUBROSA_') && !(name in SETTINGS))
/** The environment without them, for who has to look on all the same. */
export const knownEnvironment = (env: Record<string, string | undefined> = process.env): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !unknownSettings({ [name]: '' }).length))

/** The file that gives the keyring's passphrase; null: it is asked for. */
export function passphraseFile(env: Record<string, string | undefined> = process.env): string | null {
  const credential = env.CREDENTIALS_DIRECTORY && join(env.CREDENTIALS_DIRECTORY, 'subrosa-passphrase')
  if (credential && existsSync(credential)) return credential
  return env.SUBROSA_PASSPHRASE_FILE ? resolve(env.SUBROSA_PASSPHRASE_FILE) : null
}

/** Who asks the transit engine, and whom it trusts. */
export const transitAccess = (env: Record<string, string | undefined> = process.env) => ({
  tokenFile: env.SUBROSA_VAULT_TOKEN_FILE ? resolve(env.SUBROSA_VAULT_TOKEN_FILE) : null,
  caFile: env.SUBROSA_VAULT_CA ? resolve(env.SUBROSA_VAULT_CA) : null,
})

/** Where a firm's data lives when nobody says: /var/lib for root, the user's own share folder otherwise. */
function defaultData(env: Record<string, string | undefined>): string {
  if (process.platform !== 'win32' && process.getuid?.() === 0) return '/var/lib/subrosa'
  return join(env.XDG_DATA_HOME ?? join(homedir(), '.local/share'), 'subrosa')
}

/** Where the command line keeps a person's session for this data folder; 0600, in the user's own state folder. */
export function sessionFile(config: Config, env: Record<string, string | undefined> = process.env): string {
  const name = createHash('sha256').update(config.data).digest('hex').slice(0, 16)
  return join(env.XDG_STATE_HOME ?? join(homedir(), '.local/state'), 'subrosa', `${name}.session`)
}

function readPort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65535) throw new Stop('setting.malformed', `SUBROSA_PORT: ${text} is not a port (0 to 65535).`)
  return port
}

function readWhole(env: Record<string, string | undefined>, name: Setting, usual: number, least: number, most: number): number {
  const text = env[name] || String(usual)
  if (!/^\d{1,6}$/.test(text) || Number(text) < least || Number(text) > most)
    throw new Stop('setting.malformed', `${name}: ${text} is not a whole number from ${least} to ${most}.`)
  return Number(text)
}

function readOrigin(text: string | undefined): string | null {
  if (text === undefined) return null
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.origin !== text.replace(/\/$/, ''))
    throw new Stop('setting.malformed', `SUBROSA_ORIGIN: ${text} is not an origin such as https://files.example.com.`)
  return url.origin
}

function readTls(cert: string | undefined, key: string | undefined): Config['tls'] {
  if (cert === undefined && key === undefined) return null
  if (cert === undefined || key === undefined) throw new Stop('setting.malformed', 'SUBROSA_TLS_CERT and SUBROSA_TLS_KEY go together.')
  try {
    return { cert: readFileSync(cert), key: readFileSync(key) }
  } catch (fault) {
    throw new Stop('setting.malformed', 'SUBROSA_TLS_CERT or SUBROSA_TLS_KEY cannot be read.', fault)
  }
}

function readDatabaseUrl(text: string | undefined): string | null {
  if (text === undefined || text === '') return null
  if (!URL.canParse(text) || !/^postgres(ql)?:$/.test(new URL(text).protocol))
    throw new Stop('setting.malformed', 'DATABASE_URL is not a postgres:// address.')
  return text
}
