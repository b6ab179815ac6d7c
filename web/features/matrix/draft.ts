import { DATA_TYPES, type Handling, type Matrix } from '../../../src/contract/matrix.ts'
import { CLASSES, type Class } from '../../../src/contract/words.ts'

export type Draft = { matrix: Matrix; set: (matrix: Matrix) => void }

/** Changes one field of one class. */
export const withField = <F extends keyof Handling>(matrix: Matrix, its: Class, field: F, value: Handling[F]): Matrix => ({
  ...matrix,
  classes: { ...matrix.classes, [its]: { ...matrix.classes[its], [field]: value } },
})

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

export const isChanged = (before: Handling, after: Handling, fields: readonly (keyof Handling)[]) =>
  fields.some((field) => !same(before[field], after[field]))

/** The rules in which two matrices differ: `restricted.download`, `dataTypes.iban`. */
export function changesOf(before: Matrix, after: Matrix): string[] {
  const cells = CLASSES.flatMap((its) =>
    (Object.keys(after.classes[its]) as (keyof Handling)[])
      .filter((field) => isChanged(before.classes[its], after.classes[its], [field]))
      .map((field) => `${its}.${field}`),
  )
  const types = DATA_TYPES.filter((type) => !same(before.dataTypes[type], after.dataTypes[type])).map((type) => `dataTypes.${type}`)
  return [...cells, ...types]
}
