import { randomBytes, randomUUID } from 'node:crypto'
import { commit, fromText, leafBytes, saltOf, type Label, type LeafTwo } from '../src/core/leaf.ts'
import { appendLeaves, emptyFrontier, leafHash, rootOfFrontier } from '../src/core/merkle.ts'
import { uuidv7 } from '../src/core/ids.ts'
import { median, row, scatter, type Figure } from './measure.ts'

type Opened = { bytes: Buffer; salt: Buffer; values: Record<Label, string> }

/** Nothing but the leaves' bytes and the root that was signed. */
export const verify: Figure = {
  id: 'ledger-verify',
  what: 'entries checked offline on one core, from their stored canonical bytes to the signed root',
  unit: '1/s',
  bar: { least: 200_000 },
  measure: async (stage) => {
    const many = stage.quick ? 100_000 : 400_000
    const entries = Array.from({ length: many }, (_, n) => made(n))
    const root = rootOfFrontier(
      appendLeaves(
        emptyFrontier(),
        entries.map((one) => leafHash(one.bytes)),
      ),
    )
    const rate = (check: () => Buffer) => {
      const begun = process.cpuUsage()
      if (!check().equals(root)) throw new Error('the root is another')
      const { user, system } = process.cpuUsage(begun)
      return (many / (user + system)) * 1e6
    }
    const alone = () =>
      rate(() =>
        rootOfFrontier(
          appendLeaves(
            emptyFrontier(),
            entries.map((one) => leafHash(one.bytes)),
          ),
        ),
      )
    const whole = () => rate(() => rootOfFrontier(appendLeaves(emptyFrontier(), entries.map(checked))))
    const rounds = Array.from({ length: stage.quick ? 3 : 5 }, () => [alone(), whole()] as const)
    const [stored, parsed] = [rounds.map((one) => one[0]), rounds.map((one) => one[1])]
    return [
      row(verify, median(stored), null, `by the processor's time; ${scatter(stored)}`),
      row(
        { id: 'ledger-verify-open', unit: '1/s', what: 'the same with each leaf parsed, written again and its five commitments opened' },
        median(parsed),
        median(stored),
        scatter(parsed),
      ),
    ]
  },
}

function made(n: number): Opened {
  const salt = randomBytes(16)
  const values = {
    actor: randomUUID(),
    matter: randomUUID(),
    object: randomUUID(),
    from: fromText(randomUUID(), randomBytes(32)),
    ground: 'team lead',
  }
  const of = (label: Label) => commit(saltOf(2, salt, label), label, values[label])
  const at = new Date(1_770_000_000_000 + n).toISOString()
  const leaf: LeafTwo = {
    v: 2,
    id: uuidv7(1_770_000_000_000 + n),
    n,
    m: n + 1,
    at,
    numbered: at,
    deed: 'document.opened',
    via: 'browser',
    actor: of('actor'),
    matter: of('matter'),
    object: of('object'),
    from: of('from'),
    ground: of('ground'),
    details: randomBytes(32).toString('base64'),
  }
  return { bytes: leafBytes(leaf), salt, values }
}

function checked({ bytes, salt, values }: Opened): Buffer {
  const leaf = JSON.parse(bytes.toString('utf8')) as LeafTwo
  if (!leafBytes(leaf).equals(bytes)) throw new Error('a leaf is not canonical')
  for (const label of ['actor', 'matter', 'object', 'from', 'ground'] as const)
    if (commit(saltOf(2, salt, label), label, values[label]) !== leaf[label]) throw new Error('a commitment is of something else')
  return leafHash(bytes)
}
