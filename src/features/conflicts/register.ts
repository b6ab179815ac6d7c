import { now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { firmText } from '../keys/firm-words.ts'
import { openConflictsDesk, type ConflictsDesk } from './conflicts-desk.ts'
import type { Entry } from './name-index.ts'

type Row = { id: string; kind: Entry['kind']; form: 'name' | 'former' | 'alias' | 'email'; sealed_name: Buffer }
/** `readAt`: when the last reading began, Unix milliseconds; null until the whole was read. */
type Register = { desk: ConflictsDesk; readAt: number | null }

const registers = new WeakMap<House, Register>()
const BATCH = 2000
/** An entry may commit so long after its id was made; ids tell the time (RFC 9562). */
const OVERLAP_MS = 5 * 60_000
const FIRST = '00000000-0000-0000-0000-000000000000'

/** The desk over the firm's conflicts register, up to date with what is committed, whichever process wrote it. */
export async function upToDateDesk(house: House): Promise<ConflictsDesk> {
  const known = registers.get(house)
  const register: Register = known ?? { desk: null as never, readAt: null }
  if (!known) {
    register.desk = openConflictsDesk(() => batches(house, register, FIRST))
    registers.set(house, register)
  }
  // without a thread there is nothing to catch up with: its start reads the whole
  if ((await register.desk.memory()) !== null && register.readAt !== null)
    for await (const batch of batches(house, register, idAt(register.readAt - OVERLAP_MS))) register.desk.add(batch)
  return register.desk
}

/** Ends the thread with the firm. */
export async function closeRegister(house: House): Promise<void> {
  await registers.get(house)?.desk.close()
  registers.delete(house)
}

async function* batches(house: House, register: Register, from: string): AsyncGenerator<Entry[]> {
  const begun = now()
  let after = from
  for (;;) {
    const rows = await house.clerk({ name: 'conflicts' }, (db) =>
      db.rows<Row>('select id, kind, form, sealed_name from hidden.names_after($1, $2)', [after, BATCH]),
    )
    if (rows.length > 0) {
      after = rows.at(-1)!.id
      yield rows.map((row) => entryOf(house, row))
    }
    if (rows.length < BATCH) break
  }
  register.readAt = begun
}

function entryOf(house: House, row: Row): Entry {
  const text = firmText(house.keys, 'names', 'sealed_name', row.id, row.sealed_name)
  return row.form === 'email'
    ? { id: row.id, name: '', kind: 'unknown', domains: [text] }
    : { id: row.id, name: text, kind: row.kind, domains: [] }
}

/** No id that was made since then is smaller. */
function idAt(ms: number): string {
  const hex = Math.max(0, ms).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}
