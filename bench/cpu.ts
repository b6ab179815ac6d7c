import { readdirSync, readFileSync } from 'node:fs'

const TICK_MS = 10

/** Milliseconds of processor that a process and all that it started have taken since they began, those that have ended with them; Linux only, else null. */
export function cpuOf(pid: number): number | null {
  const all = new Map<number, { parent: number; ticks: number }>()
  try {
    for (const name of readdirSync('/proc')) if (/^\d+$/.test(name)) note(all, Number(name))
  } catch {
    return null
  }
  const isBelow = (one: number): boolean => one === pid || (all.has(one) && isBelow(all.get(one)!.parent))
  return [...all].filter(([one]) => isBelow(one)).reduce((sum, [, { ticks }]) => sum + ticks * TICK_MS, 0)
}

/** proc(5): after the name in brackets come state, parent and, as the 14th to 17th of all, user and system time and those of ended children. */
function note(all: Map<number, { parent: number; ticks: number }>, pid: number): void {
  let stat: string
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return
  }
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  all.set(pid, { parent: Number(fields[1]), ticks: [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0) })
}
