import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  bytesUnder,
  copyOf,
  dropFirm,
  filesUnder,
  ownFirm,
  running,
  started,
  subrosa,
  type OwnFirm,
  type Said,
} from '../../../test/world/own-firm.ts'
import { canariesIn } from '../../../test/world/canaries.ts'
import { wordsOf } from '../../core/sheet.ts'
import { newKey } from '../../core/keys.ts'
import { endServerProcesses, serverProcesses } from '../../platform/cluster-processes.ts'
import { readKeyring, writeKeyring } from '../../platform/keyring.ts'
import { openPool } from '../../platform/postgres.ts'
import { wasShutDown } from './known.ts'

vi.setConfig({ testTimeout: 180_000 })

let original: OwnFirm
let firm: OwnFirm
const at = (name: string) => join(firm.dir, name)
const backUp = (...args: string[]): Promise<Said> =>
  subrosa('backup', '--data', firm.data, '--to', at('sealed'), '--keys-to', at('keys'), ...args)
const restore = (...args: string[]): Promise<Said> =>
  subrosa('restore', '--from', at('sealed'), '--keys-from', at('keys'), '--data', firm.data, ...args)
const verify = (): Promise<Said> => subrosa('verify', '--data', firm.data)
const backups = async () => (await readdir(at('sealed'))).filter((name) => name !== 'blobs').sort()
const newest = async (name: string) => join(at('sealed'), (await backups()).at(-1)!, name)
const loseAll = async () => {
  await endServerProcesses(join(firm.data, 'postgres'))
  await rm(firm.data, { recursive: true, force: true })
  await rm(`${firm.data}.keyring`, { force: true })
}
const flip = async (path: string, at = -1) => {
  const bytes = await readFile(path)
  const place = at < 0 ? bytes.length + at : at
  bytes.writeUInt8(bytes[place]! ^ 1, place)
  await writeFile(path, bytes)
}
const blobs = (dir = join(firm.data, 'blobs')) => filesUnder(dir)
/** Names and contents as its person reads them. */
const contents = (own: OwnFirm): Promise<Map<string, Buffer>> =>
  running(own, async (door) => {
    const { documents } = await door.ok('document.list', { params: { matter: own.matter } })
    const files = new Map<string, Buffer>()
    for (const one of documents) files.set(one.name, (await door.ask('document.download', { params: { document: one.id } })).bytes)
    return files
  })

beforeAll(async () => (original = await ownFirm()))
beforeEach(async () => (firm = await copyOf(original)))
afterEach(() => dropFirm(firm))
afterAll(() => dropFirm(original))

describe('backup and restore', () => {
  test('after the data folder is gone everything is back, byte for byte, and verifies', async () => {
    const made = await backUp('--json')
    expect(made, made.err).toMatchObject({ code: 0 })
    expect(JSON.parse(made.out)).toMatchObject({
      postgres: expect.stringMatching(/^\d+\.\d+/),
      blobs: { count: 3, copied: 3 },
      keys: 1,
      faults: [],
    })
    expect(JSON.parse(await readFile(join(firm.data, 'last-backup.json'), 'utf8'))).toEqual({
      at: JSON.parse(made.out).made,
      to: at('sealed'),
      keysTo: at('keys'),
    })
    await loseAll()
    const said = await restore()
    expect(said, said.err).toMatchObject({ code: 0 })
    expect(said.out).toMatch(/Restored the backup of .*3 documents.*\n.*up to entry \d+\./)
    expect(await contents(firm)).toEqual(firm.files)
    expect((await verify()).code).toBe(0)
    expect((await stat(`${firm.data}.keyring`)).mode & 0o777).toBe(0o600)
    expect(serverProcesses(join(firm.data, 'postgres'))).toEqual([])
  })

  test('the data backup holds no name, no content and no root key; the key backup is for its owner alone', async () => {
    await backUp()
    const root = (await readKeyring(`${firm.data}.keyring`))!.key
    const forms = [
      root,
      Buffer.from(root.toString('hex')),
      Buffer.from(root.toString('hex').toUpperCase()),
      Buffer.from(root.toString('base64').slice(0, -2)),
      Buffer.from(root.toString('base64url').slice(0, -1)),
      Buffer.from(wordsOf(root).slice(0, 4).join(' ')),
    ]
    const search = async (dir: string) => {
      const found: string[] = []
      for (const path of await filesUnder(dir)) {
        const bytes = await readFile(path)
        if (canariesIn(bytes).length > 0 || forms.some((form) => bytes.includes(form))) found.push(path)
      }
      return found
    }
    expect(await search(at('sealed'))).toEqual([])
    // the search finds what is there: the root key where it belongs, and a canary that was planted
    expect(await search(at('keys'))).toEqual([at('keys/root.keyring')])
    await writeFile(at('sealed/planted'), original.files.values().next().value!)
    expect(await search(at('sealed'))).toEqual([at('sealed/planted')])
    for (const path of await filesUnder(at('keys'))) expect((await stat(path)).mode & 0o777, path).toBe(0o600)
    const names = (await filesUnder(at('sealed'))).map((path) => path.slice(at('sealed').length))
    expect(names.filter((name) => /keyring|keystore/.test(name) || name.endsWith(firm.matter))).toEqual([])
    for (const dir of [at('keys'), at('keys/keystore'), at('sealed')]) expect((await stat(dir)).mode & 0o777, dir).toBe(0o700)
  })

  test('a second backup copies new documents only, and both can be restored', async () => {
    await backUp()
    await running(firm, (door) => door.upload(firm.matter, 'later.txt', '', Buffer.from('later')))
    expect(JSON.parse((await backUp('--json')).out).blobs).toMatchObject({ count: 4, copied: 1 })
    const [first] = await backups()
    await loseAll()
    expect((await subrosa('restore', '--from', join(at('sealed'), first!), '--keys-from', at('keys'), '--data', firm.data)).code).toBe(0)
    expect([...(await contents(firm)).keys()]).not.toContain('later.txt')
    await loseAll()
    expect((await restore()).code).toBe(0)
    expect((await contents(firm)).get('later.txt')?.toString()).toBe('later')
  })

  test.runIf(process.env.SLOW)('the keyring can stand elsewhere, and another key there is not overwritten', async () => {
    await backUp()
    await loseAll()
    await writeKeyring(at('taken.keyring'), newKey())
    expect(await restore('--keyring', at('taken.keyring'))).toMatchObject({
      code: 78,
      err: expect.stringMatching(/holds another root key .* is not overwritten/),
    })
    await expect(stat(firm.data)).rejects.toThrow()
    expect((await restore('--keyring', at('own.keyring'))).code).toBe(0)
    expect((await subrosa('verify', '--data', firm.data, '--keyring', at('own.keyring'))).code).toBe(0)
  })
})

describe('where backup refuses', () => {
  test('while a server runs on the data folder', async () => {
    await running(firm, async () => {
      expect(await backUp()).toMatchObject({
        code: 73,
        err: expect.stringMatching(/needs the data folder .* to itself, and process \d+ uses it\. Stop the server first/),
      })
    })
    await expect(stat(at('sealed'))).rejects.toThrow()
  })

  test('data and keys in one place, within each other, or within the data folder, also through a link', async () => {
    spawnSync('ln', ['-s', firm.data, at('link')])
    for (const [to, keys] of [
      ['one', 'one'],
      ['one', 'one/keys'],
      ['one/data', 'one'],
      ['data/backup', 'keys'],
      ['sealed', 'data/keys'],
      ['link/sealed', 'keys'],
      ['.', 'keys'],
    ] as const) {
      const said = await subrosa('backup', '--data', firm.data, '--to', at(to), '--keys-to', at(keys))
      expect(said.code, `${to} ${keys}: ${said.err}`).toBe(2)
    }
    expect(await readdir(firm.dir)).toEqual(expect.not.arrayContaining(['one', 'keys', 'sealed']))
  })

  test.runIf(process.env.SLOW)('another firm’s backup or keys, and an older copy of this firm', async () => {
    await backUp()
    const other = await ownFirm()
    try {
      expect(await subrosa('backup', '--data', other.data, '--to', at('sealed'), '--keys-to', at('others'))).toMatchObject({
        code: 78,
        err: expect.stringMatching(/backups of another firm/),
      })
      expect(await subrosa('backup', '--data', other.data, '--to', at('others'), '--keys-to', at('keys'))).toMatchObject({
        code: 78,
        err: expect.stringMatching(/keys of another firm/),
      })
    } finally {
      await dropFirm(other)
    }
    const older = await copyOf(original)
    try {
      await running(firm, (door) => door.ok('client.create', { body: { name: 'Later' } }))
      expect((await backUp()).code).toBe(0)
      const halves = await readdir(at('keys/keystore'))
      expect(await subrosa('backup', '--data', older.data, '--to', at('sealed'), '--keys-to', at('keys'))).toMatchObject({
        code: 1,
        err: expect.stringMatching(/not a continuation of that one/),
      })
      expect(await subrosa('backup', '--data', older.data, '--to', at('elsewhere'), '--keys-to', at('keys'))).toMatchObject({ code: 1 })
      expect(await readdir(at('keys/keystore'))).toEqual(halves)
    } finally {
      await dropFirm(older)
    }
  })

  test.runIf(process.env.SLOW)('a full disk: the earlier backup stays whole', async (context) => {
    await mkdir(at('sealed'))
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=100m', 'tmpfs', at('sealed')]).status !== 0)
      return context.skip('needs the right to mount')
    try {
      expect((await backUp()).code).toBe(0)
      const before = await bytesUnder(at('sealed'))
      const said = await backUp()
      expect(said).toMatchObject({ code: 73, err: expect.stringMatching(/The disk of .* is full\./) })
      expect(await bytesUnder(at('sealed'))).toEqual(before)
      await loseAll()
      expect((await restore()).code).toBe(0)
    } finally {
      spawnSync('umount', [at('sealed')])
    }
  })
})

describe('what is damaged or lost', () => {
  test('a flipped byte in a blob, and a missing one, are named by verify with exit code 1', async () => {
    const [one, two] = await blobs()
    await flip(one!)
    await rm(two!)
    const said = await verify()
    expect(said.code).toBe(1)
    for (const path of [one!, two!]) expect(said.out).toContain(`version ${path.slice(-36)}, matter ${firm.matter}`)
    expect(canariesIn(said.out + said.err)).toEqual([])
  })

  test('a flipped byte in the backup: of a blob it is named and all else restored, of the database nothing is', async () => {
    await backUp()
    await loseAll()
    const [blob] = await blobs(at('sealed/blobs'))
    await flip(blob!, 2000)
    const said = await restore()
    expect(said).toMatchObject({ code: 1, out: expect.stringContaining(`its checksum differs. (version ${blob!.slice(-36)})`) })
    expect(await subrosa('verify', '--data', firm.data)).toMatchObject({
      code: 1,
      out: expect.stringContaining(`The content cannot be opened: the blob is missing. (version ${blob!.slice(-36)}`),
    })
    await flip(blob!, 2000)
    for (const [name, sentence] of [
      ['postgres/global/pg_control', 'postgres/global/pg_control is not the file that was backed up'],
      ['firm.json', 'firm.json is not the file'],
      ['files.jsonl', 'its files.jsonl was changed'],
      ['manifest.json', 'its manifest.json (was changed|cannot be read)'],
    ]) {
      await loseAll()
      const place = name === 'manifest.json' ? 20 : 10
      await flip(await newest(name!), place)
      expect(await restore(), name).toMatchObject({ code: 1, err: expect.stringMatching(sentence!) })
      await expect(stat(firm.data), name).rejects.toThrow()
      await flip(await newest(name!), place)
    }
    expect((await restore()).code).toBe(0)
  })

  test.runIf(process.env.SLOW)('a blob or a half that is lost here stays in the backup, is named, and comes back from it', async () => {
    await backUp()
    const [one, two] = await blobs()
    await rm(one!)
    await writeFile(two!, (await readFile(two!)).subarray(0, 100))
    await rename(join(firm.data, 'keystore', firm.matter), at('half'))
    const said = await backUp()
    expect(said.code).toBe(1)
    expect(said.out).toContain(`A blob is missing here; the copy of the earlier backup was kept. (version ${one!.slice(-36)})`)
    expect(said.out).toContain(
      `A blob has another length here than in the earlier backup; that copy was kept. (version ${two!.slice(-36)})`,
    )
    expect(said.out).toContain(
      `The key store’s half for the matter is missing here; the one in the key backup was kept. (matter ${firm.matter})`,
    )
    await loseAll()
    expect(await restore()).toMatchObject({ code: 0 })
    expect(await contents(firm)).toEqual(firm.files)
  })

  test('a half that was destroyed here is erased from the key backup', async () => {
    await backUp()
    await running(firm, async (_, { base }) => {
      const pool = openPool({ ...base.migrator }, 1)
      await pool.query('set role subrosa_owner')
      await pool.query('alter table app.matter_keys no force row level security')
      await pool.query('delete from app.matter_keys')
      await pool.query('alter table app.matter_keys force row level security')
      await pool.end()
    })
    await rm(join(firm.data, 'keystore', firm.matter))
    expect((await backUp()).code).toBe(0)
    expect(await readdir(at('keys/keystore'))).toEqual([])
  })

  test.runIf(process.env.SLOW)('a cluster that did not shut down is brought to rest before it is copied', async () => {
    await running(firm, async (_, { base }) => {
      const pid = Number((await readFile(join(firm.data, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0])
      process.kill(pid, 'SIGKILL')
      await base.lost
    })
    expect(await wasShutDown(join(firm.data, 'postgres'))).toBe(false)
    expect((await backUp()).code).toBe(0)
    await loseAll()
    expect((await restore()).code).toBe(0)
  })
})

describe('interrupted', () => {
  test.runIf(process.env.SLOW)('kill -9 at any moment of a backup leaves the earlier one whole, and the next one works', async () => {
    expect((await backUp()).code).toBe(0)
    const before = await bytesUnder(join(at('sealed'), (await backups())[0]!))
    await running(firm, async (door) => {
      for (let n = 0; n < 5; n += 1) await door.upload(firm.matter, `more ${n}.bin`, '', randomBytes(1_000_000))
    })
    for (const ms of [300, 600, 800, 1000, 1200, 1500]) {
      const child = started('backup', '--data', firm.data, '--to', at('sealed'), '--keys-to', at('keys'))
      const ended = new Promise((resolve) => child.on('exit', resolve))
      await Promise.race([pause(ms), ended])
      child.kill('SIGKILL')
      await ended
      expect(await bytesUnder(join(at('sealed'), (await backups())[0]!))).toEqual(before)
    }
    const copy = at('again')
    expect(
      (await subrosa('restore', '--from', join(at('sealed'), (await backups())[0]!), '--keys-from', at('keys'), '--data', copy)).code,
    ).toBe(0)
    const done = await backUp('--json')
    expect(done, done.err).toMatchObject({ code: 0 })
    expect(JSON.parse(done.out).blobs.count).toBe(8)
    for (const name of await backups()) expect(await readdir(join(at('sealed'), name))).toContain('manifest.json')
  })

  test.runIf(process.env.SLOW)('kill -9 in the middle of a restore leaves no firm behind, and it is simply run again', async () => {
    await backUp()
    await loseAll()
    for (const ms of [250, 400, 600]) {
      const child = started('restore', '--from', at('sealed'), '--keys-from', at('keys'), '--data', firm.data)
      const ended = new Promise((resolve) => child.on('exit', resolve))
      await Promise.race([pause(ms), ended])
      child.kill('SIGKILL')
      await ended
      const names = await readdir(firm.data).catch((): string[] => [])
      // it may have come to its end: then it stands whole
      if (names.includes('firm.json')) await loseAll()
      else if (names.length > 0) expect((await verify()).err).toMatch(/There is no firm in/)
    }
    expect((await restore()).code).toBe(0)
    expect(await contents(firm)).toEqual(firm.files)
  })

  test('a folder that is not empty is not restored into', async () => {
    await backUp()
    expect(await restore()).toMatchObject({ code: 73, err: expect.stringMatching(/is not empty, and nothing in it is overwritten/) })
    await mkdir(at('others'))
    await copyFile(`${firm.data}.keyring`, at('others/note.txt'))
    expect(await subrosa('restore', '--from', at('sealed'), '--keys-from', at('keys'), '--data', at('others'))).toMatchObject({ code: 73 })
    expect(await readdir(at('others'))).toEqual(['note.txt'])
    expect(await subrosa('restore', '--from', at('nowhere'), '--keys-from', at('keys'), '--data', at('new'))).toMatchObject({
      code: 2,
      err: expect.stringMatching(/There is no backup in/),
    })
    expect(await subrosa('restore', '--from', at('sealed'), '--keys-from', at('nowhere'), '--data', at('new'))).toMatchObject({
      code: 78,
      err: expect.stringMatching(/There is no root.keyring in/),
    })
  })
})
