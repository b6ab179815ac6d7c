import { openEpochs, vouches, type Epochs } from '../../core/epoch.ts'
import { BrokenNote, parseVkey } from '../../core/note.ts'
import type { Clerk } from '../../platform/ways.ts'
import { epochRows, type EpochRows } from './epochs.ts'
import type { Found } from './faults.ts'
import { JOB } from './verify-details.ts'

/**
 * The log's epochs, checked against the key that signs now (`vkey`, from the root key and not from the database): its signature holds
 * the whole chain. Where the chain is broken, what is named and found; the rest is then checked under `vkey` alone.
 */
export async function checkEpochs(clerk: Clerk, vkey: string, found: Found): Promise<Epochs> {
  const { origin, first, notes, numbers } = await clerk({ name: JOB }, epochRows)
  const alone = { origin: parseVkey(vkey).name, first: vkey, later: [] }
  try {
    const epochs = openEpochs(origin, first, notes)
    const gap = numbers.findIndex((n, at) => n !== at + 1)
    if (gap >= 0)
      found.push({ what: `The epochs are numbered wrongly: ${numbers[gap]} stands where ${gap + 1} was due.`, where: 'ledger.epochs' })
    // one begun just now was vouched for by this key
    if (vouches(epochs, vkey)) return epochs
    found.push({
      what: 'The ledger is kept under a key that is not the firm’s.',
      where: epochs.later.length > 0 ? 'ledger.epochs' : 'ledger.log',
    })
  } catch (fault) {
    if (!(fault instanceof BrokenNote)) throw fault
    found.push({
      what: `The epochs of the ledger do not follow one another: ${fault.message}.`,
      where: notes.length > 0 ? 'ledger.epochs' : 'ledger.log',
    })
  }
  return alone
}

/** The epochs that were checked, with those that were begun since; what does not follow them is left out, and found by what it signs. */
export function laterEpochs(epochs: Epochs, { origin, first, notes }: EpochRows): Epochs {
  if (notes.length <= epochs.later.length || epochs.later.some((one, at) => notes[at] !== one.note)) return epochs
  try {
    const opened = openEpochs(origin, first, notes)
    return opened.first === epochs.first ? opened : epochs
  } catch (fault) {
    if (fault instanceof BrokenNote) return epochs
    throw fault
  }
}
