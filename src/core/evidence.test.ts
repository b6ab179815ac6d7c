import { describe, expect, test } from 'vitest'
import {
  DEEDS,
  instant,
  madeBundle,
  madeEpochs,
  madeHead,
  madeLog,
  MILL,
  OF_ORCHARD,
  ORCHARD,
  PEOPLE,
  shown,
  shut,
  signer,
} from '../../test/world/made-evidence.ts'
import { cosignerOf } from './cosignature.ts'
import type { Claim, EvidenceHead, EvidenceLine } from './evidence.ts'
import { checkBundle, checkFiles } from './evidence-check.ts'
import { signerOf } from './note.ts'
import { readStoredZip, storedZip } from './stored-zip.ts'

const log = madeLog(DEEDS)
const WHOLE: Claim = { kind: 'matter', matter: ORCHARD, first: 1, last: 5 }
const whole = madeHead({ claims: [WHOLE] })
const ofOrchard = OF_ORCHARD.map((n) => shown(log, n))
const faultsOf = (head: EvidenceHead, lines: readonly EvidenceLine[]) =>
  checkBundle(madeBundle(log, head, lines)).faults.map((fault) => fault.what)

test('a matter’s bundle holds, and says what it shows', () => {
  const { faults, evidence } = checkBundle(madeBundle(log, whole, ofOrchard, Buffer.from('<html>')), { keys: [signer.vkey] })
  expect(faults).toEqual([])
  expect(evidence!.isKnownKey).toBe(true)
  expect(evidence!.claims.map((claim) => claim.says)).toEqual([
    'Every entry of the matter Orchard v. Mill that was numbered until this was made is here.',
  ])
  expect(evidence!.entries.map((entry) => entry.n)).toEqual(OF_ORCHARD)
})

test('a key that is not the one named is a fault', () => {
  const other = `${signer.vkey.slice(0, -4)}AAAA`
  expect(checkBundle(madeBundle(log, whole, ofOrchard), { keys: [other] }).faults).toEqual([
    { what: 'The key that signed is neither the one you named nor one that followed from it.', where: 'evidence.json' },
  ])
})

test('witnesses that the bundle or the reader names have cosigned, or it does not hold', () => {
  const witness = cosignerOf('witness.example', Buffer.alloc(32, 9))
  const other = cosignerOf('other.example', Buffer.alloc(32, 8))
  const zip = madeBundle(log, { ...whole, witnesses: [witness.vkey] }, ofOrchard, null, (text) => witness.cosign(text, 1_772_445_600))
  expect(checkBundle(zip, { keys: [], witnesses: [witness.vkey] })).toMatchObject({
    faults: [],
    evidence: { cosigned: [{ name: 'witness.example', time: 1_772_445_600 }] },
  })
  const missing = [{ what: 'The witness other.example has not cosigned it.', where: 'checkpoint' }]
  expect(checkBundle(zip, { keys: [], witnesses: [other.vkey] }).faults).toEqual(missing)
  const lies = madeBundle(log, { ...whole, witnesses: [other.vkey] }, ofOrchard)
  expect(checkBundle(lies).faults).toEqual(missing)
})

describe('a key that was replaced while the log ran', () => {
  const { signers, notes, head } = madeEpochs(log, [2, 5])
  const [one, two] = notes as [string, string]
  type Changed = Partial<EvidenceHead['log']>
  const of = (changed: Changed = {}, by = { lists: signers[2]!, checkpoint: signers[2]! }) =>
    madeBundle(log, { ...whole, log: { ...head, ...changed } }, ofOrchard, null, () => '', by)
  const saysOf = (zip: Buffer) => checkBundle(zip).faults.map((fault) => `${fault.where}: ${fault.what}`)

  test('whoever knows any of its keys finds that it holds, and is told which signed it', () => {
    for (const { vkey } of signers) {
      const { faults, evidence } = checkBundle(of(), { keys: [vkey] })
      expect([faults, evidence!.isKnownKey, evidence!.keys]).toEqual([[], true, signers.map((key) => key.vkey)])
    }
    const other = signerOf(signer.name, Buffer.alloc(32, 99)).vkey
    expect(checkBundle(of(), { keys: [other] })).toMatchObject({ faults: [{ where: 'evidence.json' }], evidence: { isKnownKey: false } })
  })

  test('a checkpoint of before the last epoch is signed by the key of its time, and by no other', () => {
    const late = madeEpochs(log, [2, DEEDS.length])
    const by = (checkpoint: (typeof signers)[0]) =>
      madeBundle(log, { ...whole, log: late.head }, ofOrchard, null, () => '', { lists: late.signers[2]!, checkpoint })
    expect(saysOf(by(late.signers[1]!))).toEqual([])
    for (const wrong of [late.signers[0]!, late.signers[2]!])
      expect(saysOf(by(wrong))).toEqual(['checkpoint: It is not signed with the key that it names.'])
  })

  test('an epoch left out, exchanged, out of order, or of another history is refused', () => {
    const stranger = madeEpochs(log, [3]).notes[0]!
    for (const epochs of [[], [one], [two], [two, one], [one, one], [one, two, two], [stranger, two]])
      expect(saysOf(of({ epochs })), `${epochs.length}`).not.toEqual([])
    expect(saysOf(of({ first: signers[1]!.vkey, epochs: [two] }))).toEqual(['evidence.json: It is not signed with the key that it names.'])
    expect(saysOf(of({ epochs: [one] }))).toContain('evidence.json: The key that signed it is not the newest of its log.')
    // the key before signs lists no more, though the chain that it brings is whole up to it
    const before = { lists: signers[1]!, checkpoint: signers[1]! }
    expect(saysOf(of({}, before))).toEqual(['manifest: It is not signed with the key that it names.'])
  })
})

test('fields may be hidden one by one', () => {
  const lines = OF_ORCHARD.map((n) => shown(log, n, n === 7 ? ['details'] : ['actor', 'object', 'details']))
  expect(faultsOf(whole, lines)).toEqual([])
})

test('each byte flipped and each cut is found out, however it is packed', () => {
  const zip = madeBundle(log, whole, ofOrchard, Buffer.from('<html>'))
  for (let at = 0; at < zip.length; at++) {
    const edited = Buffer.from(zip)
    edited[at]! ^= 1 << (at & 7)
    expect(checkBundle(edited).faults.length, `byte ${at}`).toBeGreaterThan(0)
    if (at % 7 === 0) expect(checkBundle(zip.subarray(0, at)).faults.length, `cut at ${at}`).toBeGreaterThan(0)
  }
})

test('each byte of each file flipped is found out though the zip was made to fit', () => {
  const files = readStoredZip(madeBundle(log, whole, ofOrchard, Buffer.from('<html>')))
  for (const [which, file] of files.entries()) {
    for (let at = 0; at < file.bytes.length; at += process.env.SLOW ? 1 : 11) {
      const bytes = Buffer.from(file.bytes)
      bytes[at]! ^= 1 << (at & 7)
      const result = checkBundle(storedZip(files.with(which, { ...file, bytes })))
      expect(result.faults.length, `${file.name}, byte ${at}`).toBeGreaterThan(0)
    }
    const cut = storedZip(files.with(which, { ...file, bytes: file.bytes.subarray(0, -1) }))
    expect(checkBundle(cut).faults.length, `${file.name} cut`).toBeGreaterThan(0)
    const without = checkBundle(storedZip(files.toSpliced(which, 1)))
    expect(without.faults.length, `without ${file.name}`).toBeGreaterThan(0)
  }
  expect(checkBundle(storedZip([...files, { name: 'more', bytes: Buffer.alloc(0) }])).faults.length).toBeGreaterThan(0)
})

describe('signed by the firm itself, and not true', () => {
  test('an entry left out of a matter', () => {
    expect(faultsOf(whole, ofOrchard.toSpliced(2, 1))).toContainEqual('Entries are missing: 5 should be there in a row, and are not.')
    expect(faultsOf(madeHead({ claims: [{ ...WHOLE, last: 4 }] }), ofOrchard.slice(0, 4))).toEqual([
      'What came after the last of these entries may lie within the period.',
    ])
    expect(faultsOf(madeHead({ claims: [{ ...WHOLE, first: 2 }] }), ofOrchard.slice(1))).toEqual([
      'What came before the first of these entries may lie within the period.',
    ])
  })

  test('a field that was never written, an entry changed, one shown twice, one of another matter', () => {
    const other = { ...ofOrchard[1]!, open: { ...ofOrchard[1]!.open, actor: { ...ofOrchard[1]!.open.actor!, value: PEOPLE.ben } } }
    expect(faultsOf(whole, ofOrchard.with(1, other))).toEqual(['What is shown as its actor is not what was written.'])
    const leaf = ofOrchard[1]!.leaf.replace('document.opened', 'document.renamed')
    expect(faultsOf(whole, ofOrchard.with(1, { ...ofOrchard[1]!, leaf }))).toEqual([
      'The entries are not those of the tree that was signed.',
    ])
    const stray = OF_ORCHARD.concat(2)
      .sort()
      .map((n) => shown(log, n))
    expect(faultsOf(whole, stray)).toEqual(['1 entry is not shown to be of what this is about.'])
    const { details, ...open } = ofOrchard[1]!.open
    expect(details).toBeDefined()
    expect(faultsOf(whole, ofOrchard.with(1, { ...ofOrchard[1]!, open }))).toEqual(['Not each of its fields is either opened or hidden.'])
  })

  test('files that another key signed', () => {
    const files = readStoredZip(madeBundle(log, whole, ofOrchard))
    const bytes = Buffer.from(Buffer.from(files[0]!.bytes).toString().replace('subrosa evidence v1', 'subrosa evidence v2'))
    expect(checkBundle(storedZip(files.with(0, { name: 'manifest', bytes }))).faults).toEqual([
      { what: 'It is not signed with the key that it names.', where: 'manifest' },
    ])
    expect(checkFiles(files, { keys: [] }, []).faults).toEqual([])
  })
})

describe('that there is none', () => {
  const period = { from: instant(2), to: instant(4) }
  const absence = (person: string, matter: string | null): Claim => ({ kind: 'absence', person, matter })
  const part: Claim = { kind: 'matter', matter: ORCHARD, first: 1, last: 3 }

  test('on a matter, within a period: shown by the matter’s own numbers', () => {
    const head = madeHead({ period, claims: [part, absence(PEOPLE.ben, ORCHARD)], names: {} })
    const { faults, evidence } = checkBundle(madeBundle(log, head, ofOrchard.slice(0, 3)))
    expect(faults).toEqual([])
    expect(evidence!.claims[1]!.says).toBe(
      `There is no entry by ${PEOPLE.ben} on the matter ${ORCHARD} that was numbered between ${period.from} and ${period.to}.`,
    )
  })

  test('and false where there is one, where one is not shown, and where not all is there', () => {
    expect(faultsOf(madeHead({ period, claims: [part, absence(PEOPLE.ada, ORCHARD)] }), ofOrchard.slice(0, 3))).toEqual([
      'There is 1 entry by this person.',
    ])
    expect(faultsOf(madeHead({ claims: [WHOLE, absence(PEOPLE.ben, ORCHARD)] }), ofOrchard)).toEqual(['There is 1 entry by this person.'])
    const hidden = ofOrchard.with(1, shown(log, 3, ['actor'])).slice(0, 3)
    expect(faultsOf(madeHead({ period, claims: [part, absence(PEOPLE.ben, ORCHARD)] }), hidden)).toEqual([
      'Of 1 entry it is not shown whose it is.',
    ])
    expect(faultsOf(madeHead({ period, claims: [absence(PEOPLE.ben, ORCHARD)] }), ofOrchard.slice(0, 3))).toEqual([
      'That there is none is claimed, and not that all are here.',
    ])
    expect(faultsOf(madeHead({ period, claims: [part, absence(PEOPLE.ben, MILL)] }), ofOrchard.slice(0, 3))).toHaveLength(1)
  })

  test('in the whole log: by its places in a row', () => {
    const range: Claim = { kind: 'range', first: 1, last: 5 }
    const lines = [1, 2, 3, 4, 5].map((n) => shown(log, n, ['matter', 'object', 'details']))
    const head = madeHead({
      subject: { kind: 'period', id: null },
      period: { from: instant(3), to: instant(3) },
      claims: [range, absence(PEOPLE.ben, null)],
    })
    expect(faultsOf(head, lines)).toEqual([])
    expect(faultsOf({ ...head, claims: [range, absence(PEOPLE.ada, null)] }, lines)).toEqual(['There is 1 entry by this person.'])
    expect(faultsOf(head, lines.with(2, shut(log, 3) as never))).toEqual(['Of 1 entry it is not shown whose it is.'])
    expect(faultsOf({ ...head, claims: [range] }, lines.with(2, shut(log, 3) as never))).toEqual([])
    expect(faultsOf({ ...head, period: { from: instant(1), to: instant(3) } }, lines)).toHaveLength(2)
    expect(faultsOf({ ...head, claims: [range] }, lines.with(4, shut(log, 5) as never))).toHaveLength(1)
  })
})
