import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cosignerOf } from '../src/core/cosignature.ts'
import { checkBundle } from '../src/core/evidence-check.ts'
import type { Claim } from '../src/core/evidence.ts'
import { readStoredZip, storedZip } from '../src/core/stored-zip.ts'
import {
  DEEDS,
  instant,
  madeBundle,
  madeEpochs,
  madeHead,
  madeLog,
  OF_ORCHARD,
  ORCHARD,
  PEOPLE,
  shown,
  shut,
  signer,
} from './world/made-evidence.ts'
import { askPython as asked, askPythonOfMany as askedMany, FORMATS, hasPython } from './world/python-verifier.ts'

let folder: string
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'subrosa-python-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

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
    expect(asked(good, signer.vkey)).toMatchObject({ status: 0, stdout: 'Holds: 5 entries, claims: matter.\n' })
    expect(asked(good).stdout).toContain(`Signed with ${signer.vkey}`)
    expect(asked(good, `${signer.vkey}x`)).toMatchObject({ status: 1 })
    expect(asked(good, 'nonsense')).toMatchObject({ status: 1, stdout: 'Does not hold: a verifier key that is none\n' })
    expect(spawnSync('python3', ['-B', join(FORMATS, 'verify.py'), join(folder, 'none.zip')]).status).toBe(2)
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

  test('a key that was replaced: from any key of the log to the newest, and no epoch left out, exchanged or out of order', () => {
    const { signers, notes, head } = madeEpochs(log, [2, 5])
    const lines = OF_ORCHARD.map((n) => shown(log, n))
    const of = (changed: Partial<typeof head> = {}, checkpoint = signers[2]!) =>
      madeBundle(log, madeHead({ claims, log: { ...head, ...changed } }), lines, null, () => '', { lists: signers[2]!, checkpoint })
    expect(asked(of(), signers[2]!.vkey)).toMatchObject({ status: 0, stdout: 'Holds: 5 entries, claims: matter.\n' })
    for (const earlier of signers.slice(0, 2))
      expect(asked(of(), earlier.vkey)).toMatchObject({ status: 0, stdout: expect.stringContaining('an earlier key of it is the one') })
    expect(asked(of(), `${signers[2]!.vkey.slice(0, -4)}AAAA`).status).toBe(1)
    const [one, two] = notes as [string, string]
    const stranger = madeEpochs(log, [3]).notes[0]!
    const made = [
      of(),
      ...[[one], [two], [two, one], [one, one], [one, two, two], [], [stranger, two]].map((epochs) => of({ epochs })),
      of({ first: signers[1]!.vkey, epochs: [two] }),
      of({ vkey: signers[1]!.vkey, epochs: [one] }),
      of({}, signers[1]),
      of({}, signers[0]),
    ]
    const ours = made.map((bundle) => checkBundle(bundle).faults.length === 0)
    expect(askedMany(made)).toEqual(ours)
    expect(ours).toEqual([true, ...Array<boolean>(11).fill(false)])
  })

  test('witnesses: says who cosigned and when, and refuses one who has not, and every cosignature that was edited', () => {
    const [witness, other] = [cosignerOf('witness.example', Buffer.alloc(32, 9)), cosignerOf('other.example', Buffer.alloc(32, 8))]
    const lines = OF_ORCHARD.map((n) => shown(log, n))
    const of = (witnesses: string[], cosign: (text: string) => string) =>
      madeBundle(log, madeHead({ claims, witnesses }), lines, null, cosign)
    const true1 = of([witness.vkey], (text) => witness.cosign(text, 1_772_445_600))
    const said = { status: 0, stdout: expect.stringContaining('Cosigned by witness.example at 2026-03-02T10:00:00Z.\n') }
    expect(asked(true1)).toMatchObject(said)
    expect(asked(true1, signer.vkey, witness.vkey)).toMatchObject(said)
    expect(asked(true1, other.vkey)).toEqual({
      status: 1,
      stdout: 'Does not hold: the witness other.example has not cosigned it\n',
      stderr: '',
    })
    const edited = (at: number) => (text: string) => {
      const [dash, name, encoded] = witness.cosign(text, 1_772_445_600).trimEnd().split(' ')
      const bytes = Buffer.from(encoded!, 'base64')
      bytes[at]! ^= 1
      return `${dash} ${name} ${bytes.toString('base64')}\n`
    }
    const made = [
      true1,
      of([], (text) => witness.cosign(text, 5)),
      of([witness.vkey, other.vkey], (text) => witness.cosign(text, 5) + other.cosign(text, 7)),
      of([other.vkey], (text) => witness.cosign(text, 5)),
      of([witness.vkey], () => ''),
      of([witness.vkey], (text) => witness.cosign(text.replace('8', '9'), 5)),
      of([witness.vkey], (text) => witness.cosign(text, 5) + edited(20)(text)),
      of([signer.vkey], (text) => witness.cosign(text, 5)),
      ...Array.from({ length: 76 }, (_, at) => of([witness.vkey], edited(at))),
    ]
    const ours = made.map((bundle) => checkBundle(bundle).faults.length === 0)
    expect(askedMany(made)).toEqual(ours)
    expect(ours).toEqual([true, true, true, ...Array<boolean>(81).fill(false)])
  })

  test('a stranger’s zip reader reads it too', () => {
    writeFileSync(join(folder, 'bundle.zip'), good)
    const script = 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), ",".join(z.namelist()))'
    const { stdout } = spawnSync('python3', ['-c', script, join(folder, 'bundle.zip')], { encoding: 'utf8' })
    expect(stdout).toBe('None manifest,evidence.json,entries.jsonl,proof,checkpoint,report.pdf,verify.html,verify.html.note\n')
  })
})
