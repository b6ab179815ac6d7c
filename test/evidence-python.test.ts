import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkBundle } from '../src/core/evidence-check.ts'
import type { Claim } from '../src/core/evidence.ts'
import { readStoredZip, storedZip } from '../src/core/stored-zip.ts'
import { DEEDS, instant, madeBundle, madeHead, madeLog, OF_ORCHARD, ORCHARD, PEOPLE, shown, shut, signer } from './world/made-evidence.ts'

const VERIFIER = join(import.meta.dirname, '../docs/formats/verify.py')
const hasPython = spawnSync('python3', ['--version']).status === 0

let folder: string
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'subrosa-python-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function asked(bundle: Uint8Array, ...more: string[]) {
  writeFileSync(join(folder, 'bundle.zip'), bundle)
  const { status, stdout } = spawnSync('python3', [VERIFIER, join(folder, 'bundle.zip'), ...more], { encoding: 'utf8' })
  return { status, stdout }
}

/** Many at once, since to start Python takes longer than to check. */
function askedMany(bundles: readonly Uint8Array[]): boolean[] {
  bundles.forEach((bundle, at) => writeFileSync(join(folder, `${at}.zip`), bundle))
  const driver = `
import sys; sys.path.insert(0, sys.argv[1]); sys.dont_write_bytecode = True
import verify
for at in range(int(sys.argv[3])):
    try: verify.verify(open(f"{sys.argv[2]}/{at}.zip", "rb").read()); print(1)
    except Exception: print(0)`
  const args = ['-c', driver, join(VERIFIER, '..'), folder, String(bundles.length)]
  const { stdout, stderr } = spawnSync('python3', args, { encoding: 'utf8' })
  const answers = stdout.trim().split('\n')
  expect(answers, stderr).toHaveLength(bundles.length)
  return answers.map((answer) => answer === '1')
}

const log = madeLog(DEEDS)
const claims: Claim[] = [{ kind: 'matter', matter: ORCHARD, first: 1, last: 5 }]
const good = madeBundle(
  log,
  madeHead({ claims }),
  OF_ORCHARD.map((n) => shown(log, n)),
  Buffer.from('<html>'),
)

describe.runIf(hasPython)('the second verifier, in Python', () => {
  test('holds what holds, and says whose key it is', () => {
    expect(asked(good, signer.vkey)).toEqual({ status: 0, stdout: 'Holds: 5 entries, claims: matter.\n' })
    expect(asked(good).stdout).toContain(`Signed with ${signer.vkey}`)
    expect(asked(good, `${signer.vkey}x`)).toMatchObject({ status: 1 })
    expect(asked(good.subarray(0, 100))).toMatchObject({ status: 1, stdout: expect.stringMatching(/^Does not hold: /) })
  })

  test('agrees with ours on 200 random edits, of the file and of what is in it', () => {
    const files = readStoredZip(good)
    // the same edits each time
    let seed = 1
    const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below
    const edits = Array.from({ length: 200 }, (_, at) => {
      const edited = Buffer.from(at % 2 === 0 ? good : files[(at >> 1) % files.length]!.bytes)
      edited[random(edited.length)]! ^= 1 << random(8)
      return at % 2 === 0
        ? edited
        : storedZip(files.with((at >> 1) % files.length, { name: files[(at >> 1) % files.length]!.name, bytes: edited }))
    })
    const ours = edits.map((edit) => checkBundle(edit).faults.length === 0)
    expect(askedMany(edits)).toEqual(ours)
    expect(ours).not.toContain(true)
  })

  test('agrees on claims, true and false', () => {
    const period = { from: instant(2), to: instant(4) }
    const part: Claim = { kind: 'matter', matter: ORCHARD, first: 1, last: 3 }
    const lines = OF_ORCHARD.map((n) => shown(log, n))
    const by = (person: string, matter: string | null): Claim => ({ kind: 'absence', person, matter })
    const inLog = { subject: { kind: 'period' as const, id: null }, period: { from: instant(3), to: instant(3) } }
    const range: Claim = { kind: 'range', first: 1, last: 5 }
    const places = [1, 2, 3, 4, 5].map((n) => shown(log, n, ['object', 'details']))
    const made = [
      madeBundle(log, madeHead({ period, claims: [part, by(PEOPLE.ben, ORCHARD)] }), lines.slice(0, 3)),
      madeBundle(log, madeHead({ period, claims: [part, by(PEOPLE.ada, ORCHARD)] }), lines.slice(0, 3)),
      madeBundle(log, madeHead({ period, claims: [by(PEOPLE.ben, ORCHARD)] }), lines.slice(0, 3)),
      madeBundle(log, madeHead({ period, claims: [part, by(PEOPLE.ben, ORCHARD)] }), lines.slice(0, 3).with(1, shown(log, 3, ['actor']))),
      madeBundle(log, madeHead({ claims }), lines.slice(0, 4)),
      madeBundle(log, madeHead({ claims: [{ ...part, last: 4 }] }), lines.slice(0, 4)),
      madeBundle(log, madeHead({ claims: [] }), lines.slice(0, 4)),
      madeBundle(log, madeHead({ claims: [] }), [...lines.slice(0, 4), shown(log, 7, ['matter', 'object'])]),
      madeBundle(log, madeHead({ ...inLog, claims: [range, by(PEOPLE.ben, null)] }), places),
      madeBundle(log, madeHead({ ...inLog, claims: [range, by(PEOPLE.ada, null)] }), places),
      madeBundle(log, madeHead({ ...inLog, claims: [range] }), places.with(2, shut(log, 3) as never)),
      madeBundle(log, madeHead({ ...inLog, claims: [range, by(PEOPLE.ben, null)] }), places.with(2, shut(log, 3) as never)),
    ]
    const ours = made.map((one) => checkBundle(one).faults.length === 0)
    expect(askedMany(made)).toEqual(ours)
    expect(ours).toEqual([true, false, false, false, false, false, true, false, true, false, true, false])
  })

  test('a stranger’s zip reader reads it too', () => {
    writeFileSync(join(folder, 'bundle.zip'), good)
    const script = 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), ",".join(z.namelist()))'
    const { stdout } = spawnSync('python3', ['-c', script, join(folder, 'bundle.zip')], { encoding: 'utf8' })
    expect(stdout).toBe('None manifest,evidence.json,entries.jsonl,proof,checkpoint,report.pdf,verify.html,verify.html.note\n')
  })
})
