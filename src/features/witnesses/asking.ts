import { createHash } from 'node:crypto'
import { ALARMING, WITNESS_FAULTS, type WitnessFault } from '../../contract/witness.ts'
import { parseCosignerKey } from '../../core/cosignature.ts'
import { growthProof } from '../../core/growth.ts'
import { parseVkey, type NoteKey } from '../../core/note.ts'
import { now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import type { Db } from '../../platform/postgres.ts'
import { Rounds } from '../../platform/rounds.ts'
import { rememberAsClerk } from '../ledger/ledger.ts'
import { epochsOf } from '../ledger/epochs.ts'
import { lastCheckpoint } from '../ledger/queries.ts'
import { notify } from '../notices/notices.ts'
import {
  checkpointAfter,
  checkpointAt,
  keepCosignature,
  keepOutcome,
  lastOf,
  leafHashes,
  nextTurn,
  takeTurns,
  type WitnessRow,
} from './queries.ts'
import { isFork, shown, tell, type Step } from './talking.ts'

type Keeper = Pick<House, 'clerk' | 'keys' | 'keystore' | 'log'>

/** Seconds: between two checkpoints, while there is something new; between two when there is not; and at most, for one that does not answer. */
const EVERY_S = 30
const IDLE_S = 3600
const LONGEST_S = 3600
/** Leaves in one step: who was away for a week is brought up in several. */
const STEP = 50_000
const MOST_STEPS = 400
const MOST_CONFLICTS = 3

const asClerk = <T>({ clerk }: Keeper, fn: (db: Db) => Promise<T>): Promise<T> => clerk({ name: 'witnesses' }, fn)

/**
 * Sends the newest checkpoint to every witness whose turn it is, each by itself. Nothing waits for it: no act, no entry, no other
 * witness. What is wrong stands at the witness until it is not; one that does not answer is asked more and more seldom.
 */
export const openWitnessKeeper = (house: Keeper): Rounds =>
  new Rounds(5_000, (goesOn) => askWitnesses(house, goesOn), { log: house.log, fault: 'couldn’t ask the witnesses' })

export async function askWitnesses(house: Keeper, goesOn: () => boolean = () => true): Promise<void> {
  const due = await asClerk(house, (db) => takeTurns(db))
  await Promise.all(
    due.map((row) => ask(house, row, goesOn).catch((fault: unknown) => house.log.error(`couldn’t ask the witness ${row.id}`, fault))),
  )
}

type Outcome = { held: number | null; fault: WitnessFault | null; /** what it shows to prove that */ note?: string }

async function ask(house: Keeper, row: WitnessRow, goesOn: () => boolean): Promise<void> {
  const latest = await asClerk(house, (db) => lastCheckpoint(db))
  const isIdle = latest?.size === row.held && row.fault === null && row.asked_at !== null && row.asked_at.getTime() > now() - IDLE_S * 1000
  if (!latest || isIdle) return void (await asClerk(house, (db) => nextTurn(db, row.id, EVERY_S)))
  const { first, later } = await asClerk(house, epochsOf)
  // of every epoch: what it shows may have been signed with an earlier one
  const keys = { ours: [first, ...later.map((one) => one.vkey)].map((vkey) => parseVkey(vkey)), its: parseCosignerKey(row.vkey) }
  const outcome = await bringUp(house, row, keys, goesOn)
  const isAlarming = outcome.fault !== null && ALARMING.includes(outcome.fault)
  const seconds = outcome.fault === null ? EVERY_S : Math.min(LONGEST_S, EVERY_S * 2 ** Math.min(row.tries, 10))
  await asClerk(house, async (db) => {
    // what it claimed beside a fault is not built upon: it is asked anew from where it was
    const kept = await keepOutcome(db, row.id, outcome.fault ? row.held : outcome.held, outcome.fault, seconds)
    if (!kept?.is_new) return
    if (outcome.fault) house.log.warn(`the witness ${keys.its.name}: ${WITNESS_FAULTS[outcome.fault]}`)
    if (isAlarming) await alarm(house, db, row.id, keys.its.name, outcome, latest.size)
  })
}

/** Step by step until it has cosigned the newest checkpoint, or something is wrong. */
async function bringUp(house: Keeper, row: WitnessRow, keys: { ours: NoteKey[]; its: NoteKey }, goesOn: () => boolean): Promise<Outcome> {
  let held = row.held ?? 0
  let conflicts = 0
  for (let steps = 0; steps < MOST_STEPS && goesOn(); steps += 1) {
    const step = await asClerk(house, (db) => stepFrom(db, held))
    // where only we remember it so, it is asked what it holds
    if ((step === 'ahead' || step === 'strange') && conflicts === 0 && held !== 0) {
      held = 0
      continue
    }
    if (step === 'ahead' || step === 'strange') return contradicted(house, row, keys, held)
    const told = await tell(row.url, keys.its, step)
    if (told.kind === 'fault')
      return told.fault === 'unproved' ? contradicted(house, row, keys, held) : { held: row.held && held, fault: told.fault }
    if (told.kind === 'holds') {
      const last = await asClerk(house, (db) => lastOf(db, row.id))
      if (last && told.size < last.size) return { held: told.size, fault: 'forgot' }
      if ((conflicts += 1) > MOST_CONFLICTS) return { held: told.size, fault: 'odd' }
      held = told.size
      continue
    }
    await asClerk(house, (db) => keepCosignature(db, row.id, step.size, told.cosignature))
    held = step.size
    row.held = held
    const newest = await asClerk(house, (db) => lastCheckpoint(db))
    if (newest!.size - held < STEP) return { held, fault: null }
  }
  return { held, fault: null }
}

/** What follows from a size that a witness holds. `ahead`, `strange`: we never signed at that size. */
async function stepFrom(db: Db, held: number): Promise<Step | 'ahead' | 'strange'> {
  const latest = (await lastCheckpoint(db))!
  if (held > latest.size) return 'ahead'
  if (held === 0 || held === latest.size) return { old: held, proof: [], size: latest.size, note: latest.note }
  const from = await checkpointAt(db, held)
  if (!from) return 'strange'
  const to = (await checkpointAfter(db, held, STEP))!
  const proof = growthProof({ size: from.size, hashes: from.frontier }, await leafHashes(db, held, to.size))
  return { old: held, proof, size: to.size, note: to.note }
}

/** It says that we do not follow. Whether that is so, the checkpoint says that it shows: with our own signature on it, or it shows nothing. */
async function contradicted(house: Keeper, row: WitnessRow, keys: { ours: NoteKey[]; its: NoteKey }, held: number): Promise<Outcome> {
  const hash = createHash('sha256').update(keys.ours[0]!.name).digest('hex')
  const theirs = await shown(row.url, hash, keys)
  if (!theirs) return { held, fault: 'unproved' }
  const [latest, ours] = await asClerk(house, async (db) => [await lastCheckpoint(db), await checkpointAt(db, theirs.size)] as const)
  const fault: WitnessFault = theirs.size > latest!.size ? 'ahead' : !ours ? 'strange' : isFork(theirs, ours.root) ? 'forked' : 'unproved'
  return { held: theirs.size, fault, ...(fault !== 'unproved' && { note: theirs.note }) }
}

async function alarm(house: Keeper, db: Db, witness: string, name: string, { fault, held, note }: Outcome, ours: number): Promise<void> {
  const details = { object: name, fault: fault!, held, ours, ...(note && { note }) }
  await rememberAsClerk(house, db, 'witness.differed', null, null, { object: witness, details })
  const people = await db.rows<{ person: string }>('select person from hidden.told_of_witnesses()')
  await notify(
    house,
    db,
    people.map((row) => row.person),
    {
      text: `The witness ${name} contradicts the ledger. ${WITNESS_FAULTS[fault!]}`,
      todo: 'Open the ledger: its witnesses stand beside the newest checkpoint.',
    },
  )
}
