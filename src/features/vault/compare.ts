import { setImmediate as letOthersRun } from 'node:timers/promises'
import type { ComparedLine } from '../../contract/version.ts'
import { diffLines, type Run } from '../../core/diff.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Ask, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { versionKey } from '../keys/matter-keys.ts'
import { find, type Found } from './documents.ts'
import { checkHandling } from './handling.ts'
import { checkedOf, refuseBroken, refusingBroken } from './soundness.ts'
import { about } from './taking.ts'

type Compared = Answer<'version.compare'>
const MOST_BYTES = 2 * 1024 * 1024
const MOST_LINES = 50_000
/** About a second of one processor, in slices of a few milliseconds. */
const MOST_STEPS = 50_000_000
/** How many lines of both stand around a change. */
const AROUND = 3

/**
 * Two versions side by side. It opens both, so it is handled as an opening: the wall and the matrix are asked before they are
 * read, and again by the act, without which no line is sent.
 * @throws Refusal `compare.refused`; as `checkHandling`
 */
export async function compare(ask: Ask, { params, body }: Input<'version.compare'>): Promise<Compared | null> {
  const both = async (here: Here) => {
    const [older, newer] = [await find(here, params.document, body.older), await find(here, params.document, body.newer)]
    if (!older || !newer) return null
    for (const { row, view } of [older, newer]) {
      await refuseBroken(here.db, row.version_id)
      await checkHandling(here, view, false)
    }
    return { older, newer }
  }
  const found = await ask.look(both)
  if (!found) return null
  const [older, newer] = [await linesOf(ask, found.older), await linesOf(ask, found.newer)]
  const runs = await runsOf(older, newer)
  const value = laidOut(runs, older, newer)
  return ask.act('version.compared', async (here) => {
    const still = await both(here)
    return still && remembered(about(still.newer.view, { older: body.older, newer: body.newer }), value)
  })
}

/** The lines of a text that is short enough; in UTF-8, or in Windows-1252 where it is not that. */
async function linesOf({ house }: Ask, { row, keys, view }: Found): Promise<string[]> {
  if (view.shown !== 'text') throw new Refusal('compare.refused', { text: `Version ${view.version} is no text. Open both and read them.` })
  if (row.size > MOST_BYTES)
    throw new Refusal('compare.refused', { text: `Version ${view.version} is larger than 2 MiB. Open both and read them.` })
  const key = versionKey(keys, row.version_id, row.wrapped_key)
  const parts: Buffer[] = []
  await refusingBroken(house, checkedOf(row), async () => {
    for await (const part of house.blobs.read(row.version_id, key, 0, row.size, view)) parts.push(part)
  })
  const lines = textOf(Buffer.concat(parts)).split(/\r\n|\n|\r/)
  if (lines.length > MOST_LINES)
    throw new Refusal('compare.refused', { text: `Version ${view.version} has more than 50,000 lines. Open both and read them.` })
  return lines
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

async function runsOf(older: string[], newer: string[]): Promise<Run[]> {
  const walk = diffLines(older, newer, MOST_STEPS)
  for (;;) {
    const step = walk.next()
    if (!step.done) {
      await letOthersRun()
      continue
    }
    if (!step.value) throw new Refusal('compare.refused', { text: 'The two versions have too little in common. Open both and read them.' })
    return step.value
  }
}

/** Lines of both are shown where they stand next to a change; the others are counted. */
export function laidOut(runs: readonly Run[], older: readonly string[], newer: readonly string[]): Compared {
  const lines: ComparedLine[] = []
  const left: Compared['left'] = []
  const show = (run: Run, from: number, to: number) => {
    const text = run.in === 'newer' ? newer : older
    for (let at = run.start + from; at < run.start + to; at += 1) lines.push({ in: run.in, text: text[at]! })
  }
  for (const [at, run] of runs.entries()) {
    const head = at > 0 ? AROUND : 0
    const tail = at < runs.length - 1 ? AROUND : 0
    if (run.in !== 'both' || run.count <= head + tail) {
      show(run, 0, run.count)
      continue
    }
    show(run, 0, head)
    left.push({ before: lines.length, count: run.count - head - tail })
    show(run, run.count - tail, run.count)
  }
  const counted = (where: Run['in']) => runs.filter((run) => run.in === where).reduce((sum, run) => sum + run.count, 0)
  return { lines, left, added: counted('newer'), removed: counted('older') }
}
