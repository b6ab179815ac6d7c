import type { House } from '../../platform/house.ts'
import { firmText } from '../keys/firm-words.ts'
import { openConflictsDesk, type ConflictsDesk } from './conflicts-desk.ts'
import type { Entry } from './name-index.ts'

type Row = { id: string; kind: Entry['kind']; form: 'name' | 'former' | 'alias' | 'email'; sealed_name: Buffer }
/** `last`: the newest id that was read, in any process's register. */
type Register = { desk: ConflictsDesk; last: string; loaded: boolean }

const registers = new WeakMap<House, Register>()
const BATCH = 2000
/** An entry that committed late has an older id than one that was read already; ids tell the time (RFC 9562). */
const OVERLAP_MS = 5 * 60_000
const FIRST = '00000000-0000-0000-0000-000000000000'

/** The desk over the firm's conflicts register, up to date with what is committed, whichever process wrote it. */
export async function upToDateDesk(house: House): Promise<ConflictsDesk> {
  const known = registers.get(house)
  const register: Register = known ?? { desk: null as never, last: FIRST, loaded: false }
  if (!known) {
    register.desk = openConflictsDesk(() => batches(house, register, FIRST))
    registers.set(house, register)
  }
  // without a thread there is nothing to catch up with: its start reads the whole
  if ((await register.desk.memory()) !== null && register.loaded)
    for await (const batch of batches(house, register, before(register.last))) register.desk.add(batch)
  return register.desk
}

/** Ends the thread with the firm. */
export async function closeRegister(house: House): Promise<void> {
  await registers.get(house)?.desk.close()
  registers.delete(house)
}

async function* batches(house: House, register: Register, from: string): AsyncGenerator<Entry[]> {
  let after = from
  for (;;) {
    const rows = await house.clerk({ name: 'conflicts' }, (db) =>
      db.rows<Row>('select id, kind, form, sealed_name from hidden.names_after($1, $2)', [after, BATCH]),
    )
    if (rows.length > 0) {
      after = rows.at(-1)!.id
      if (after > register.last) register.last = after
      yield rows.map((row) => entryOf(house, row))
    }
    if (rows.length < BATCH) break
  }
  register.loaded = true
}

function entryOf(house: House, row: Row): Entry {
  const text = firmText(house.keys, 'names', 'sealed_name', row.id, row.sealed_name)
  return row.form === 'email'
    ? { id: row.id, name: '', kind: 'unknown', domains: [text] }
    : { id: row.id, name: text, kind: row.kind, domains: [] }
}

/** The id that five minutes before this one would have begun with. */
function before(id: string): string {
  const at = Math.max(0, Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16) - OVERLAP_MS)
  const hex = at.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}
