import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf } from './world/build.ts'
import { makeFolder, remove, run, serve } from './world/process.ts'

// one firm, told in order: each test goes on where the one before it ended
const home = await makeFolder('cli')
const data = join(home, 'data')
const password = join(home, 'password')
const sheet = join(home, 'sheet.txt')
const tokenFile = join(home, 'token')
const tree = join(home, 'tree')
let totp = ''
let used = 0

/** A code that was not used yet: each serves once, so this may wait for the next half minute. */
async function freshCode(): Promise<string> {
  for (;;) {
    const step = Math.floor(Date.now() / 30_000)
    // one step ahead is still taken (RFC 6238, 5.2), which saves the wait
    const next = Math.max(step, used + 1)
    if (next <= step + 1) {
      used = next
      return codeOf(totp, next * 30_000)
    }
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}
const json = (text: string) => JSON.parse(text) as Record<string, never>
const on = (...args: string[]) => [...args, '--data', data]

beforeAll(async () => {
  await writeFile(password, 'a long enough pass phrase\n', { mode: 0o600 })
  await mkdir(join(tree, 'Pleadings', 'Exhibits'), { recursive: true })
  await writeFile(join(tree, 'Engagement letter.txt'), 'You engage us to act for you.\n')
  await writeFile(join(tree, 'Pleadings', 'Claim.txt'), 'Outfall 3.\n'.repeat(1000))
  await writeFile(join(tree, 'Pleadings', 'Exhibits', 'Photograph.bin'), Buffer.alloc(100_000, 7))
  await writeFile(join(tree, 'Pleadings', 'empty.txt'), '')
})
afterAll(() => remove(home))

test('init founds the firm without a browser and writes the recovery sheet for its owner alone', async () => {
  const done = await run(
    home,
    on(
      'init',
      '--firm',
      'Wren & Ames LLP',
      '--name',
      'Ada Wren',
      '--email',
      'ada@wren-ames.test',
      '--password-file',
      password,
      '--recovery-sheet',
      sheet,
      '--json',
    ),
  )
  expect([done.code, done.stderr]).toEqual([0, expect.any(String)])
  const answer = JSON.parse(done.stdout) as { totp: { uri: string; secret: string }; recoveryCodes: string[] }
  totp = answer.totp.secret
  used = Math.floor(Date.now() / 30_000)
  expect(answer.totp.uri).toMatch(/^otpauth:\/\/totp\//)
  expect(answer.recoveryCodes).toHaveLength(10)
  expect((await stat(sheet)).mode & 0o777).toBe(0o600)
  expect((await stat(`${data}.keyring`)).mode & 0o777).toBe(0o600)
})

test('a second init is refused and changes nothing', async () => {
  const again = await run(
    home,
    on('init', '--firm', 'Other', '--name', 'Eve', '--email', 'eve@other.test', '--password-file', password, '--json'),
  )
  expect([again.code, json(again.stdout)]).toMatchObject([73, { error: { code: 'setup.done' } }])
})

test('a shell on the host is nobody', async () => {
  const tried = await run(home, on('import', tree, '--client', 'Orchard', '--matter', 'Orchard v. Mill', '--json'))
  expect([tried.code, json(tried.stdout)]).toMatchObject([77, { error: { code: 'session.none' } }])
})

test('a wrong password and a wrong code are not allowed', async () => {
  const wrong = join(home, 'wrong')
  await writeFile(wrong, 'not the pass phrase')
  expect((await run(home, on('login', '--email', 'ada@wren-ames.test', '--password-file', wrong, '--code', await freshCode()))).code).toBe(
    77,
  )
  expect((await run(home, on('login', '--email', 'ada@wren-ames.test', '--password-file', password, '--code', '000000'))).code).toBe(77)
})

test('a token is made once, and its secret is not in the data folder', async () => {
  const made = await run(
    home,
    on(
      'token',
      'create',
      '--email',
      'ada@wren-ames.test',
      '--name',
      'nightly import',
      '--password-file',
      password,
      '--code',
      await freshCode(),
      '--expires',
      '30d',
      '--json',
    ),
  )
  expect([made.code, made.stderr]).toEqual([0, expect.any(String)])
  const { token } = JSON.parse(made.stdout) as { token: string }
  await writeFile(tokenFile, token, { mode: 0o600 })
  expect(execFileSync('sh', ['-c', 'grep -rlaF -- "$1" "$2" || true', 'sh', token.slice('subrosa_'.length), data]).toString()).toBe('')
}, 90_000)

test('import seals a tree, lists what it could not take, and duplicates nothing when it runs again', async () => {
  const once = await run(
    home,
    on('import', tree, '--client', 'Orchard', '--matter', 'Orchard v. Mill', '--token-file', tokenFile, '--json'),
  )
  expect([once.code, JSON.parse(once.stdout)]).toMatchObject([
    1,
    { imported: 3, already: 0, failed: [{ path: 'Pleadings/empty.txt', code: 'document.empty' }] },
  ])
  await rm(join(tree, 'Pleadings', 'empty.txt'))
  const manifest = join(home, 'manifest')
  const again = await run(
    home,
    on('import', tree, '--client', 'Orchard', '--matter', 'Orchard v. Mill', '--token-file', tokenFile, '--json', '--manifest', manifest),
  )
  // the second run tells of what the first has brought
  const lines = (await readFile(manifest, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(lines.map((line) => Object.keys(line))).toEqual(Array(3).fill(['path', 'size', 'sha256', 'id']))
  for (const { path, size, sha256 } of lines) {
    const content = await readFile(join(tree, path as string))
    expect([size, sha256]).toEqual([content.length, createHash('sha256').update(content).digest('hex')])
  }
  const overwriting = on(
    'import',
    tree,
    ...['--client', 'Orchard', '--matter', 'Orchard v. Mill', '--token-file', tokenFile, '--manifest', manifest, '--json'],
  )
  const refused = await run(home, overwriting)
  expect([refused.code, json(refused.stdout)]).toMatchObject([2, { error: { code: 'usage.manifest' } }])
  expect([again.code, JSON.parse(again.stdout)]).toMatchObject([0, { imported: 0, already: 3, failed: [] }])
  await writeFile(join(tree, 'Engagement letter.txt'), 'Other words, same name.\n')
  const changed = await run(
    home,
    on('import', tree, '--client', 'Orchard', '--matter', 'Orchard v. Mill', '--token-file', tokenFile, '--json'),
  )
  expect([changed.code, JSON.parse(changed.stdout)]).toMatchObject([
    1,
    { imported: 0, already: 2, failed: [{ path: 'Engagement letter.txt' }] },
  ])
}, 90_000)

test('export writes a matter as one zip for its owner alone, with its manifest, and overwrites nothing', async () => {
  const zip = join(home, 'orchard.zip')
  const again = json(
    (await run(home, on('import', tree, '--client', 'Orchard', '--matter', 'Orchard v. Mill', '--token-file', tokenFile, '--json'))).stdout,
  )
  const taken = await run(home, on('export', again.matter!, '--to', zip, '--token-file', tokenFile, '--json'))
  expect([taken.code, JSON.parse(taken.stdout)]).toMatchObject([0, { documents: 3, heldBack: [] }])
  expect((await stat(zip)).mode & 0o777).toBe(0o600)
  const listed = execFileSync('unzip', ['-Z1', zip]).toString().trim().split('\n')
  expect(listed).toEqual([
    'Engagement letter.txt',
    'Pleadings/Claim.txt',
    'Pleadings/Exhibits/Photograph.bin',
    'manifest.csv',
    'manifest.json',
  ])
  expect(execFileSync('unzip', ['-p', zip, 'Pleadings/Claim.txt']).toString()).toBe('Outfall 3.\n'.repeat(1000))
  expect(json((await run(home, on('export', again.matter!, '--to', zip, '--token-file', tokenFile, '--json'))).stdout)).toMatchObject({
    error: { code: 'file.exists' },
  })
  const folder = await run(home, on('export', again.matter!, '--to', home, '--folder', 'Pleadings', '--token-file', tokenFile, '--json'))
  expect(json(folder.stdout)).toMatchObject({ documents: 2, heldBack: [] })
  expect((await readdir(home)).filter((name) => name.endsWith('.part'))).toEqual([])
})

test('while the server runs: a second start and an init are refused, import and verify join it, and it stops with Ctrl-C', async () => {
  const server = await serve(home, data)
  try {
    expect(server.setup).toBeNull()
    expect(server.url).toMatch(/^http:\/\/localhost:\d+$/)
    const second = await run(home, on('start', '--port', '0', '--json'))
    expect([second.code, json(second.stdout)]).toMatchObject([73, { error: { code: 'data.in_use' } }])
    expect((await run(home, on('init', '--firm', 'F', '--name', 'N', '--email', 'n@f.test', '--password-file', password))).code).toBe(73)
    await writeFile(join(tree, 'Later.txt'), 'Filed later.\n')
    const joined = await run(home, on('import', tree, '--client', 'Orchard', '--matter', 'Orchard v. Mill', '--json'), '', {
      SUBROSA_TOKEN_FILE: tokenFile,
    })
    expect(JSON.parse(joined.stdout)).toMatchObject({ imported: 1, already: 2 })
    expect((await run(home, on('verify'))).code).toBe(0)
    expect((await run(home, on('backup', '--to', join(home, 'backup-x'), '--keys-to', join(home, 'keys-x')))).code).toBe(73)
  } finally {
    expect(await server.stop('SIGINT')).toBe(0)
  }
  expect(execFileSync('sh', ['-c', `ps -eo args | grep -F "${data}" | grep -v grep || true`]).toString()).toBe('')
}, 90_000)

test('a lost keyring stops the start with what to do; a wrong one too; the sheet makes it again', async () => {
  await rename(`${data}.keyring`, join(home, 'mislaid'))
  const without = await run(home, on('start', '--port', '0', '--json'))
  expect([without.code, json(without.stdout)]).toMatchObject([
    78,
    { error: { code: 'keyring.missing', text: expect.stringContaining('subrosa key recover') } },
  ])
  await writeFile(`${data}.keyring`, JSON.stringify({ v: 1, key: Buffer.alloc(32, 9).toString('base64') }), { mode: 0o600 })
  const wrong = await run(home, on('start', '--port', '0', '--json'))
  expect([wrong.code, json(wrong.stdout)]).toMatchObject([78, { error: { code: 'keyring.wrong' } }])
  await rm(`${data}.keyring`)
  expect((await run(home, on('key', 'recover', '--sheet', sheet))).code).toBe(0)
  expect(JSON.parse(await readFile(`${data}.keyring`, 'utf8'))).toMatchObject({
    key: (JSON.parse(await readFile(join(home, 'mislaid'), 'utf8')) as { key: string }).key,
  })
  expect((await run(home, on('verify'))).code).toBe(0)
}, 90_000)

test('a backup without its keys opens nothing; with them it is the firm again, byte for byte', async () => {
  const [to, keys, again] = [join(home, 'backup'), join(home, 'keys'), join(home, 'again')]
  expect(await run(home, on('backup', '--to', to, '--keys-to', keys))).toMatchObject({ code: 0 })
  const rootKey = (JSON.parse(await readFile(`${data}.keyring`, 'utf8')) as { key: string }).key
  expect(execFileSync('sh', ['-c', 'grep -rlaF -- "$1" "$2" || true', 'sh', rootKey, to]).toString()).toBe('')
  const restored = await run(home, ['restore', '--from', to, '--keys-from', keys, '--data', again])
  expect([restored.code, restored.stderr]).toEqual([0, expect.any(String)])
  expect(await run(home, ['verify', '--data', again])).toMatchObject({ code: 0 })
  const joined = await run(home, [
    'import',
    tree,
    '--client',
    'Orchard',
    '--matter',
    'Orchard v. Mill',
    '--token-file',
    tokenFile,
    '--json',
    '--data',
    again,
  ])
  // the same contents, by their SHA-256: only the changed letter differs
  expect(JSON.parse(joined.stdout)).toMatchObject({ imported: 0, already: 3, failed: [{ path: 'Engagement letter.txt' }] })
}, 300_000)

test('verify names the first fault: a byte of a blob, and a field of the ledger', async () => {
  const harmed = join(home, 'harmed')
  await cp(data, harmed, { recursive: true, preserveTimestamps: true, filter: (path) => !path.endsWith('.sock') })
  execFileSync('chown', ['-R', '--reference', join(data, 'postgres'), join(harmed, 'postgres')])
  await chmod(join(harmed, 'postgres'), 0o700)
  await cp(`${data}.keyring`, `${harmed}.keyring`)
  const folders = (await readdir(join(harmed, 'blobs'))).filter((name) => name !== 'incoming')
  const [blob] = await readdir(join(harmed, 'blobs', folders[0]!))
  const path = join(harmed, 'blobs', folders[0]!, blob!)
  const bytes = await readFile(path)
  bytes[bytes.length - 20]! ^= 1
  await writeFile(path, bytes)
  const verified = await run(home, ['verify', '--data', harmed])
  expect(verified.code).toBe(1)
  expect(verified.stdout + verified.stderr).toContain(blob)
}, 90_000)

test('settings that cannot be meant are refused by name', async () => {
  const unknown = await run(home, on('start', '--json'), '', { SUBROSA_DATTA: '/tmp/x' })
  expect([unknown.code, unknown.stdout]).toEqual([78, expect.stringContaining('SUBROSA_DATTA')])
  const open = await run(home, on('start', '--host', '0.0.0.0', '--json'))
  expect([open.code, json(open.stdout)]).toMatchObject([78, { error: { code: 'host.unsafe' } }])
  const settings: Record<string, string>[] = [
    { SUBROSA_PORT: '70000' },
    { SUBROSA_ORIGIN: 'files.example.com' },
    { SUBROSA_TLS_CERT: '/nowhere' },
    { SUBROSA_TRUSTED_PROXIES: 'proxy' },
    { DATABASE_URL: 'mysql://x' },
  ]
  for (const setting of settings) {
    expect([setting, (await run(home, on('start', '--json'), '', setting)).code]).toEqual([setting, 78])
  }
}, 60_000)

test('doctor finds a keyring that others can read, and says what to do', async () => {
  await chmod(`${data}.keyring`, 0o644)
  const found = await run(home, on('doctor', '--json'))
  expect(found.code).toBe(1)
  const findings = (JSON.parse(found.stdout) as { findings: { id: string; state: string; text: string; do: string }[] }).findings
  expect(findings.filter((one) => one.state === 'unsafe' && one.text.includes('keyring'))).not.toEqual([])
  await chmod(`${data}.keyring`, 0o600)
})

test('every command says what it does', async () => {
  for (const command of [
    ['start'],
    ['init'],
    ['login'],
    ['token', 'create'],
    ['import'],
    ['verify'],
    ['backup'],
    ['restore'],
    ['key', 'recover'],
    ['doctor'],
  ]) {
    const help = await run(home, [...command, '--help'])
    expect([command.join(' '), help.code, help.stdout.includes('Usage: subrosa')]).toEqual([command.join(' '), 0, true])
  }
  expect((await run(home, ['no-such-command'])).code).toBe(2)
}, 60_000)

const openssl = (() => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

test.skipIf(!openssl)(
  'over https the cookie is bound to this host, and the plain name is not taken',
  async () => {
    const [cert, key] = [join(home, 'cert.pem'), join(home, 'key.pem')]
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        key,
        '-out',
        cert,
        '-days',
        '2',
        '-subj',
        '/CN=localhost',
        '-addext',
        'subjectAltName=DNS:localhost',
      ],
      { stdio: 'ignore' },
    )
    const server = await serve(home, data, { SUBROSA_TLS_CERT: cert, SUBROSA_TLS_KEY: key })
    try {
      const ca = await readFile(cert)
      const send = (method: string, path: string, headers: Record<string, string>, body = '') =>
        new Promise<IncomingMessage>((resolve, reject) => {
          const asked = request(server.url + path, { method, headers, ca }, (answer) => (answer.resume(), resolve(answer)))
          asked.on('error', reject)
          asked.end(body)
        })
      const body = JSON.stringify({ email: 'ada@wren-ames.test', password: 'a long enough pass phrase', code: await freshCode() })
      const signedIn = await send('POST', '/api/sessions', { 'content-type': 'application/json' }, body)
      const [cookie] = signedIn.headers['set-cookie']!
      expect(cookie).toMatch(/^__Host-subrosa=[^;]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+; Secure$/)
      expect(signedIn.headers['strict-transport-security']).toBe('max-age=31536000')
      const value = cookie!.split(';')[0]!.split('=')[1]!
      expect((await send('GET', '/api/me', { cookie: `__Host-subrosa=${value}` })).statusCode).toBe(200)
      expect((await send('GET', '/api/me', { cookie: `subrosa=${value}` })).statusCode).toBe(401)
    } finally {
      await server.stop()
    }
  },
  90_000,
)
