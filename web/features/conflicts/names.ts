/** One to a line; empty lines and what was written twice fall away. */
export const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((entry) => entry.trim())
      .filter(Boolean),
  ),
]

/**
 * The first fault of a list typed line by line, from the contract's faults by path (`names.2`): the line is named, so
 * that it is found again among many.
 */
export function lineFault(faults: Record<string, string>, field: string, entries: readonly string[]): string | null {
  const path = Object.keys(faults).find((key) => key === field || key.startsWith(`${field}.`))
  if (!path) return null
  const entry = entries[Number(path.split('.')[1])]
  return entry === undefined ? (faults[path] as string) : `“${shortened(entry)}”: ${faults[path]}`
}

const shortened = (entry: string) => ([...entry].length > 40 ? `${[...entry].slice(0, 40).join('')}…` : entry)

/** `Hallam Trust, J. Smyth and 4 more`. */
export function shortNames(names: readonly string[], shown = 3): string {
  if (names.length === 0) return 'Names of a matter'
  const rest = names.length - shown
  return rest > 0 ? `${names.slice(0, shown).join(', ')} and ${rest} more` : names.join(', ')
}
