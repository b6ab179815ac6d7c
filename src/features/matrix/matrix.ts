import { Matrix, type Handling } from '../../contract/matrix.ts'
import type { Class } from '../../contract/words.ts'
import { askedOnce, type Db } from '../../platform/postgres.ts'

/** A version of the handling matrix, complete: what it does not say itself it has from version 0. */
export type Versioned = { version: number; matrix: Matrix }

const known = new Map<string, Versioned>()
const KNOWN_MOST = 100

/** The matrix that holds, for whoever is signed in. Inside a look or an act. What it says is read once, whether it still holds each time. */
export async function matrixNow(db: Db): Promise<Versioned> {
  const { tag } = (await askedOnce(db, 'the matrix', () => db.row<{ tag: string }>('select hidden.matrix_tag() as tag', [])))!
  const before = known.get(tag)
  if (before) return before
  const read = (await matrixAt(db, null))!
  if (known.size >= KNOWN_MOST) known.clear()
  known.set(tag, read)
  return read
}

/** One version; null when there is none, or when it is not theirs to read. */
export async function matrixAt(db: Db, version: number | null): Promise<Versioned | null> {
  const row = await db.row<{ version: number; rules: unknown }>('select version, rules from hidden.matrix_at($1)', [version])
  return row && { version: row.version, matrix: Matrix.parse(row.rules) }
}

/** How a class is handled now. A refusal names the cell as `<class>.<cell>`, with the version. */
export async function handlingOf(db: Db, its: Class): Promise<{ version: number; handling: Handling }> {
  const { version, matrix } = await matrixNow(db)
  return { version, handling: matrix.classes[its] }
}
