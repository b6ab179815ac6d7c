import type { Stage } from './stage.ts'

/** One figure. `ratio` is value to baseline; both are null where there is nothing to hold it against. */
export type Row = { id: string; what: string; value: number; unit: string; baseline: number | null; ratio: number | null }

/** What the issue asks of a figure; `goal` is asked of the ratio. */
export type Bar = { most?: number; least?: number; goal?: number }

export type Figure = { id: string; what: string; unit: string; bar?: Bar; measure(stage: Stage): Promise<Row[]> }

export const median = (values: number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Runs both in turn, `rounds` times, so that what else the machine does falls on both alike. */
export async function alternate<T>(
  rounds: number,
  ours: (round: number) => Promise<T>,
  theirs: (round: number) => Promise<T>,
): Promise<{ ours: T[]; theirs: T[] }> {
  const got: { ours: T[]; theirs: T[] } = { ours: [], theirs: [] }
  for (let round = 0; round < rounds; round += 1) {
    got.ours.push(await ours(round))
    got.theirs.push(await theirs(round))
  }
  return got
}

export function row(figure: Pick<Figure, 'id' | 'what' | 'unit'>, value: number, baseline: number | null = null, note = ''): Row {
  return {
    id: figure.id,
    what: figure.what + (note && `; ${note}`),
    value: rounded(value),
    unit: figure.unit,
    baseline: baseline === null ? null : rounded(baseline),
    ratio: baseline === null ? null : rounded(value / baseline),
  }
}

/** Three digits that count; four of what hardly differs from one. */
const rounded = (value: number): number => Number(value.toPrecision(value >= 1000 || (value >= 1 && value < 1.1) ? 4 : 3))

/** The figures of a run as a note, so that a reader sees how much they scatter. */
export const scatter = (values: number[]): string => `runs ${values.map((value) => String(rounded(value))).join(' ')}`

/** Whether a row reaches its bar; null where it has none. */
export function reaches(row: Row, bar: Bar | undefined): boolean | null {
  if (!bar) return null
  return (bar.most === undefined || row.value <= bar.most) && (bar.least === undefined || row.value >= bar.least)
}

export function barText(bar: Bar | undefined): string {
  if (!bar) return ''
  const own = bar.most !== undefined ? `≤ ${bar.most}` : bar.least !== undefined ? `≥ ${bar.least}` : ''
  return own + (bar.goal === undefined ? '' : ` (ratio ≥ ${bar.goal})`)
}
