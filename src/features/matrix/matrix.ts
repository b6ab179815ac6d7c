import { Matrix, type Handling } from '../../contract/matrix.ts'
import type { Class } from '../../contract/words.ts'
import type { Db } from '../../platform/postgres.ts'

/** A version of the handling matrix, complete: what it does not say itself it has from version 0. */
export type Versioned = { version: number; matrix: Matrix }

/** The matrix that holds, for whoever is signed in. Inside a look or an act. */
export const matrixNow = async (db: Db): Promise<Versioned> => (await matrixAt(db, null))!

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
