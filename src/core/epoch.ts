import { createHash } from 'node:crypto'
import { base64, fromBase64 } from './bytes.ts'
import { BrokenNote, openNote, parseVkey, signerOf } from './note.ts'

// Epochs of a log: under which key its checkpoints are signed, from which size on. docs/formats/ledger.md, section Epochs.

/** Who signs: `signerOf`. */
export type Signer = ReturnType<typeof signerOf>

/**
 * One statement that an epoch begins. `n`: 1, 2, …; the log's own first key is epoch 0 and has no statement. Checkpoints over more
 * than `size` leaves are signed by `vkey`; `root` is the tree's at `size`. `at`: RFC 3339 UTC. `why`: one line, for people.
 */
export type Epoch = { n: number; size: number; root: Buffer; vkey: string; at: string; why: string; note: string }
/** The epochs of one log, in order: its name, its first key, and the statements after it. */
export type Epochs = { origin: string; first: string; later: Epoch[] }

const HEAD = 'subrosa epoch v1'
const sha256 = (text: string): string => base64(createHash('sha256').update(text).digest())

/** The log's name, made of its first key and of nothing of the firm: a checkpoint goes to witnesses. It stays in every epoch. */
export function originOf(seed: Uint8Array): string {
  return `subrosa.example/${signerOf('subrosa', seed).vkey.split('+')[1]!}`
}

type Beginning = Pick<Epoch, 'size' | 'root' | 'at' | 'why'>

/**
 * The statement of the next epoch, a note with two signatures of the log's name: the key before it, which vouches, and the new one.
 * It names the hash of what came before, so that the newest key's signature holds the whole chain back to the first key.
 * Throws BrokenNote when it would not read back as it was meant.
 */
export function beginEpoch(epochs: Epochs, before: Signer, next: Signer, { size, root, at, why }: Beginning): Epoch {
  const n = epochs.later.length + 1
  const text = `${[HEAD, epochs.origin, n, size, base64(root), next.vkey, at, why, linkTo(epochs.first, epochs.later)].join('\n')}\n`
  const note = before.sign(text) + next.sign(text).slice(text.length + 1)
  return openEpochs(epochs.origin, epochs.first, [...epochs.later.map((one) => one.note), note]).later.at(-1)!
}

/**
 * Reads a log's epochs and checks each: both signatures and no third, the same name, the number, a size that does not shrink, and
 * the hash of what came before. Throws BrokenNote, which says which one is wrong. That a key is the firm's it does not say: hold
 * the first or the last (`vouches`) against one that is known.
 */
export function openEpochs(origin: string, first: string, notes: readonly string[]): Epochs {
  if (parseVkey(first).name !== origin) throw new BrokenNote('the first key of the log bears another name')
  const later: Epoch[] = []
  for (const note of notes) {
    const before = later.at(-1)
    const epoch = readEpoch(origin, note, before?.vkey ?? first)
    if (epoch.n !== later.length + 1) throw new BrokenNote(`epoch ${later.length + 1} says that it is ${epoch.n}`)
    if (epoch.link !== linkTo(first, later)) throw new BrokenNote(`epoch ${epoch.n} does not follow the one before it`)
    if (epoch.size < (before?.size ?? 0)) throw new BrokenNote(`epoch ${epoch.n} begins before the one before it`)
    const { link: _, ...kept } = epoch
    later.push(kept)
  }
  return { origin, first, later }
}

/** The key that signs checkpoints over `size` leaves; the first one's for the empty tree. */
export function keyAt({ first, later }: Epochs, size: number): string {
  return later.findLast((epoch) => epoch.size < size)?.vkey ?? first
}
/** The key that signs now. */
export const newestKey = ({ first, later }: Epochs): string => later.at(-1)?.vkey ?? first
/** Whether a key that someone knows is one of this log's: then the chain leads from it to every later one. */
export const vouches = ({ first, later }: Epochs, vkey: string): boolean => first === vkey || later.some((one) => one.vkey === vkey)

const linkTo = (first: string, later: readonly Epoch[]): string => sha256(later.length === 0 ? first : later.at(-1)!.note)

function readEpoch(origin: string, note: string, before: string): Epoch & { link: string } {
  const split = note.lastIndexOf('\n\n')
  const lines = note.slice(0, split < 0 ? 0 : split).split('\n')
  const [head, name, n = '', size = '', root = '', vkey = '', at = '', why = '', link = ''] = lines
  if (head !== HEAD || lines.length !== 9 || lines.includes('')) throw new BrokenNote('not a statement of an epoch')
  if (name !== origin || parseVkey(vkey).name !== origin) throw new BrokenNote('an epoch bears another name than its log')
  const rootBytes = fromBase64(root)
  if (!isWhole(n) || !isWhole(size) || rootBytes?.length !== 32) throw new BrokenNote('an epoch has no number, size or root')
  if (Number.isNaN(Date.parse(at)) || new Date(at).toISOString() !== at) throw new BrokenNote('an epoch has no time')
  if (vkey === before) throw new BrokenNote('an epoch begins with another key')
  // exactly these two in this order, so that nothing stands in a note that nobody vouches for
  const signatures = note.slice(split + 2).split('\n')
  if (signatures.length !== 3 || signatures[2] !== '') throw new BrokenNote('an epoch has two signatures')
  for (const [at, key] of [before, vkey].entries()) openNote(`${note.slice(0, split + 2)}${signatures[at]}\n`, [parseVkey(key)])
  return { n: Number(n), size: Number(size), root: rootBytes, vkey, at, why, note, link }
}

const isWhole = (text: string): boolean => /^(0|[1-9][0-9]*)$/.test(text) && Number.isSafeInteger(Number(text))
