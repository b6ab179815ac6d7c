import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { base64 } from '../../src/core/bytes.ts'
import { consistencyProof, inclusionProof, leafHash, rootOf } from '../../src/core/merkle.ts'
import { signerOf } from '../../src/core/note.ts'
import { isSigned } from '../../web/features/ledger/proving/digest.ts'
import { hasOnlyGrown, keptIn } from '../../web/features/ledger/proving/verify-growth.ts'
import { verifyProof } from '../../web/features/ledger/proving/verify-proof.ts'

const FOLDER = join(import.meta.dirname, '../vectors/rfc6962/consistency')
type Vector = { size1: number; size2: number; root1: string; root2: string; proof: string[] | null; wantErr: boolean }
const vectors = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.json'))
  .map((file) => ({ file, ...(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Vector) }))

test.each(vectors)('in the browser, $file', async ({ size1, size2, root1, root2, proof, wantErr }) => {
  const claim = { from: size1, to: size2, hashes: proof ?? [], roots: { from: root1, to: root2 } }
  expect(await hasOnlyGrown(claim)).toBe(!wantErr)
})

const leaves = Array.from({ length: 40 }, (_, n) => `{"n":${n}}`)
const hashes = leaves.map((leaf) => leafHash(Buffer.from(leaf)))
const root = (size: number) => base64(rootOf(hashes.slice(0, size)))

test('every two sizes of a log are proved to each other, and to no other root', async () => {
  for (let to = 1; to <= hashes.length; to += 1)
    for (let from = 1; from <= to; from += 1) {
      const claim = { from, to, hashes: consistencyProof(hashes, from, to).map(base64), roots: { from: root(from), to: root(to) } }
      expect([from, to, await hasOnlyGrown(claim)]).toEqual([from, to, true])
      expect(await hasOnlyGrown({ ...claim, roots: { ...claim.roots, from: base64(leafHash(Buffer.from('other'))) } })).toBe(false)
      expect(await hasOnlyGrown({ ...claim, hashes: [...claim.hashes, root(1)] })).toBe(false)
      if (claim.hashes.length > 0) expect(await hasOnlyGrown({ ...claim, hashes: claim.hashes.slice(1) })).toBe(false)
    }
})

const signer = signerOf('firm.example/ledger', Buffer.alloc(32, 7))
const other = signerOf('firm.example/ledger', Buffer.alloc(32, 8))
const noteOf = (size: number) => signer.sign(`${signer.name}\n${size}\n${root(size)}\n`)

test('an entry’s proof holds for its own leaf, place and note alone', async () => {
  for (const position of [0, 6, 31, 39]) {
    const proof = {
      position,
      leaf: leaves[position]!,
      leafHash: base64(hashes[position]!),
      size: 40,
      root: root(40),
      note: noteOf(40),
      origin: signer.name,
      key: signer.vkey,
      witnesses: [],
      hashes: inclusionProof(hashes, position, 40).map(base64),
      text: '',
    }
    expect(await verifyProof(proof)).toEqual({ tree: true, signature: true })
    expect(await verifyProof({ ...proof, leaf: '{"n":41}' })).toMatchObject({ tree: false })
    expect(await verifyProof({ ...proof, position: 1 })).toMatchObject({ tree: false })
    expect(await verifyProof({ ...proof, key: other.vkey })).toEqual({ tree: true, signature: false })
    expect(await verifyProof({ ...proof, note: noteOf(39) })).toMatchObject({ tree: false })
  }
})

test('a kept note is read as what it states, and anything else as none', async () => {
  expect(keptIn(noteOf(12))).toEqual({ origin: signer.name, size: 12, root: root(12) })
  const [unsigned] = noteOf(12).split('\n\u2014')
  for (const text of ['', 'a letter', unsigned!, noteOf(12).replace('\n12\n', '\n012\n'), noteOf(12).replace('\n12\n', '\n-1\n')])
    expect(keptIn(text)).toBeNull()
  expect(await isSigned(noteOf(12), signer.vkey)).toBe(true)
  expect(await isSigned(noteOf(12), other.vkey)).toBe(false)
  expect(await isSigned(noteOf(12).replace('\n12\n', '\n13\n'), signer.vkey)).toBe(false)
})
