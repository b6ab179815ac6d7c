import type { House } from '../../platform/house.ts'

/** A rotation under way, as its row has it. */
export type Rotation = {
  id: string
  what: 'root' | 'firm' | 'matter' | 'own' | 'ledger'
  matter_id: string | null
  /** Of `own`: the client's key that the matter comes under; null: it comes off the one it is under. */
  root_id: string | null
  begun_by: string
  after: string | null
  done: number
  of: number
  /** Matters whose client withholds its key. */
  skipped: number
}
/** What a rotation is done with: how far it is, and whether it goes on. */
export type Step = { rotation: Rotation; goesOn: () => boolean; reached(after: string | null, done: number, of: number): Promise<void> }
export type Stores = Pick<House, 'clerk' | 'keys' | 'keystore' | 'rootKey' | 'rootPlace'>

/** The clerk's job. */
export const JOB = 'rotate'
