import { mkdir, readFile, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { sessionFile, type Config } from '../platform/config.ts'
import { writeWhole } from '../platform/durable.ts'
import { Stop } from '../platform/refusal.ts'
import { Refused } from './exchange.ts'
import { join, type Joined } from './join.ts'

/** Runs `fn` as the person of the access token, or of the session that `login` keeps. A shell on the host is nobody. */
export async function asPerson<T>(config: Config, fn: (firm: Joined) => Promise<T>): Promise<T> {
  const { token, isSession } = await readSecret(config)
  return withFirm(config, token, fn).catch((fault: unknown) => {
    if (!(fault instanceof Refused) || fault.code !== 'session.none') throw fault
    throw new Stop(
      'session.none',
      isSession
        ? 'The session has ended. Sign in again: subrosa login --email ADDRESS'
        : 'The access token is not valid: it was revoked, has run out, or is of another firm.',
      fault,
    )
  })
}

/** Runs `fn` as nobody yet, for what comes before a session. */
export const asVisitor = <T>(config: Config, fn: (firm: Joined) => Promise<T>): Promise<T> => withFirm(config, null, fn)

async function withFirm<T>(config: Config, token: string | null, fn: (firm: Joined) => Promise<T>): Promise<T> {
  const firm = await join(config, token)
  try {
    return await fn(firm)
  } finally {
    await firm.close()
  }
}

async function readSecret(config: Config): Promise<{ token: string; isSession: boolean }> {
  if (config.tokenFile) {
    const text = await readFile(config.tokenFile, 'utf8').catch((fault: NodeJS.ErrnoException) => {
      throw new Stop('token.unreadable', `The token file ${config.tokenFile} cannot be read (${fault.code}).`, fault)
    })
    return { token: checked(text.trim(), config.tokenFile), isSession: false }
  }
  const kept = await readSession(config)
  if (!kept)
    throw new Stop(
      'session.none',
      'Sign in first: subrosa login --email ADDRESS, or name a file that holds an access token with --token-file or SUBROSA_TOKEN_FILE.',
    )
  return { token: kept, isSession: true }
}

// it becomes a header: what is not a token is refused here, and never quoted
function checked(token: string, file: string): string {
  if (!/^[\w-]{20,200}$/.test(token)) throw new Stop('token.malformed', `${file} does not hold an access token.`)
  return token
}

export async function readSession(config: Config): Promise<string | null> {
  const file = sessionFile(config)
  const text = await readFile(file, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return null
    throw new Stop('session.unreadable', `The session file ${file} cannot be read (${fault.code}).`, fault)
  })
  return text === null ? null : checked(text.trim(), file)
}

/** Keeps the session for the commands that follow; for this user alone. On the disk when this resolves. */
export async function keepSession(config: Config, token: string): Promise<string> {
  const file = sessionFile(config)
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await writeWhole(file, `${token}\n`, 0o600)
  return file
}

export const forgetSession = (config: Config): Promise<void> => rm(sessionFile(config), { force: true })
