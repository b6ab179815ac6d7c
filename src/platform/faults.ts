/** Throws what was caught while one thing after another was done: the fault itself where it is one, or all of them. */
export function throwAll(faults: readonly unknown[], what: string): void {
  if (faults.length === 1) throw faults[0]
  if (faults.length > 1) throw new AggregateError(faults, `${faults.length} ${what}`)
}
