import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Secret, TOTP } from 'otpauth'
import { Caller } from '../test/world/caller.ts'

export const SUBROSA = join(import.meta.dirname, '../bin/subrosa')

type Place = { data: string; keyring: string }
/** `seconds`: from the command to its ready line. */
export type Running = { place: Place; pid: number; port: number; setup: string | null; seconds: number; stop(): Promise<void> }
export type Firm = Running & { token: string; tokenFile: string; caller: Caller; client: string; matter(title: string): Promise<string> }

/** Our settings come from flags alone. */
export const surroundings = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SUBROSA_') && name !== 'DATABASE_URL'))

/** `subrosa start --json` on `folder`, as a stranger would run it. Nothing of the product is switched off or set but by `settings`. */
export async function start(folder: string, settings: NodeJS.ProcessEnv = {}): Promise<Running> {
  const place = { data: join(folder, 'data'), keyring: join(folder, 'data.keyring') }
  const begun = performance.now()
  const child = spawn(SUBROSA, ['start', '--json', '--data', place.data, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // so that the client may come from many addresses
    env: { ...surroundings(), SUBROSA_TRUSTED_PROXIES: '127.0.0.1,::1', ...settings },
  })
  const said: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text))
  const ended = once(child, 'exit')
  const first = await Promise.race([once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>, ended])
  if (child.exitCode !== null) throw new Error(`subrosa start ended with ${child.exitCode}: ${said.join('')}`)
  const seconds = (performance.now() - begun) / 1000
  const { url, setup } = JSON.parse(first[0] as string) as { url: string; setup: string | null }
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  return { place, pid: child.pid!, port: Number(new URL(url).port), setup, seconds, stop }
}

/** Sets the firm up through its own door, and makes an access token. */
export async function found(running: Running, dir: string): Promise<Firm> {
  const caller = new Caller(`http://localhost:${running.port}`)
  const secret = new URLSearchParams(new URL(running.setup!).hash.slice(1)).get('s')!
  const email = 'ada@bench.test'
  const password = 'a long enough pass phrase'
  const { totpSecret } = await caller.ok('setup.enrol', { body: { secret, email } })
  const code = new TOTP({ secret: Secret.fromBase32(totpSecret) }).generate()
  await caller.ok('setup.finish', {
    body: { secret, firm: 'Bench LLP', name: 'Ada Bench', email, password, totpSecret, code },
  })
  const { token } = await caller.ok('token.create', { body: { name: 'bench' } })
  await mkdir(dir, { recursive: true })
  const tokenFile = join(dir, 'token')
  await writeFile(tokenFile, token, { mode: 0o600 })
  caller.bearer = token
  const client = (await caller.ok('client.create', { body: { name: 'Bench Client' } })).id
  return {
    ...running,
    token,
    tokenFile,
    caller,
    client,
    matter: async (title) => (await caller.ok('matter.create', { body: { client, title, class: 'confidential' } })).id,
  }
}
